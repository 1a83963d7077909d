#include "runtime/modules/context_map.h"

#include "runtime/memory/refcount.h"

#include <atomic>
#include <bit>

namespace pyc::rt {

namespace {

/// The address with its bits spread out; different for different objects.
uint64_t placeBits(Value key) {
  uint64_t bits = key.bits() >> 4;
  bits *= 0x9E3779B97F4A7C15ull; // odd, so this can be undone
  return bits ^ (bits >> 32);
}

struct Place {
  uint32_t bit;
  uint32_t index;
};

Place placeIn(const ContextNode* node, uint64_t bits, unsigned level) {
  uint32_t bit = 1u << ((bits >> (level * 5)) & 31);
  return {bit, static_cast<uint32_t>(std::popcount(node->bitmap & (bit - 1)))};
}

/// Threads take numbers in blocks.
uint64_t nextId() {
  constexpr uint64_t kBlock = 1 << 16;
  static std::atomic<uint64_t> blocks{1};
  static thread_local uint64_t next = 0, end = 0;
  if (next == end) {
    next = blocks.fetch_add(kBlock, std::memory_order_relaxed);
    end = next + kBlock;
  }
  return next++;
}

ContextNode* newNode(int64_t count) {
  readyType(&contextNodeType);
  auto* node =
      reinterpret_cast<ContextNode*>(allocObject(&contextNodeType, static_cast<size_t>(count)));
  if (node) {
    node->count = count;
    node->id = nextId();
  }
  return node;
}

void copyEntries(ContextNode* to, int64_t at, ContextNode* from, int64_t start, int64_t stop) {
  for (int64_t i = start; i < stop; ++i, ++at) {
    const ContextEntry& entry = from->entries()[i];
    to->entries()[at].key = Ref::copy(entry.key).release();
    to->entries()[at].value = Ref::copy(entry.value).release();
  }
}

/// A copy of the node with another value at a place.
Ref withEntry(ContextNode* node, int64_t index, Value key, Value value) {
  ContextNode* copy = newNode(node->count);
  if (!copy)
    return {};
  copy->bitmap = node->bitmap;
  copyEntries(copy, 0, node, 0, node->count);
  setField(copy->entries()[index].key, key);
  setField(copy->entries()[index].value, value);
  return Ref::steal(copy);
}

Ref leaf(Value key, Value value, unsigned level) {
  ContextNode* node = newNode(1);
  if (!node)
    return {};
  node->bitmap = placeIn(node, placeBits(key), level).bit;
  node->entries()[0] = {Ref::copy(key).release(), Ref::copy(value).release()};
  return Ref::steal(node);
}

Ref insert(Value map, Value key, Value value, unsigned level, bool& added);

/// Two keys met at a place: a node below takes both.
Ref splitEntry(const ContextEntry& entry, Value key, Value value, unsigned level, bool& added) {
  PYC_TRY(below, leaf(entry.key, entry.value, level));
  return insert(below, key, value, level, added);
}

Ref replace(ContextNode* node, uint32_t index, Value key, Value value, unsigned level,
            bool& added) {
  const ContextEntry& entry = node->entries()[index];
  if (entry.key == key)
    return withEntry(node, index, key, value);
  PYC_TRY(below, entry.key ? splitEntry(entry, key, value, level + 1, added)
                           : insert(entry.value, key, value, level + 1, added));
  return withEntry(node, index, {}, below);
}

Ref insert(Value map, Value key, Value value, unsigned level, bool& added) {
  auto* node = map.as<ContextNode>();
  Place place = placeIn(node, placeBits(key), level);
  if (node->bitmap & place.bit)
    return replace(node, place.index, key, value, level, added);
  ContextNode* larger = newNode(node->count + 1);
  if (!larger)
    return {};
  larger->bitmap = node->bitmap | place.bit;
  copyEntries(larger, 0, node, 0, place.index);
  larger->entries()[place.index] = {Ref::copy(key).release(), Ref::copy(value).release()};
  copyEntries(larger, place.index + 1, node, place.index, node->count);
  added = true;
  return Ref::steal(larger);
}

Ref withoutEntry(ContextNode* node, Place place) {
  ContextNode* smaller = newNode(node->count - 1);
  if (!smaller)
    return {};
  smaller->bitmap = node->bitmap & ~place.bit;
  copyEntries(smaller, 0, node, 0, place.index);
  copyEntries(smaller, place.index, node, place.index + 1, node->count);
  return Ref::steal(smaller);
}

bool remove(Value map, Value key, unsigned level, Ref& result) {
  auto* node = map.as<ContextNode>();
  Place place = placeIn(node, placeBits(key), level);
  const ContextEntry& entry = node->entries()[place.index];
  Ref below;
  if (!entry.key && !remove(entry.value, key, level + 1, below))
    return false;
  if (!below) {
    if (node->count == 1)
      return true; // nothing is left here either
    result = withoutEntry(node, place);
    return static_cast<bool>(result);
  }
  // A node with one variable is as good as the variable.
  const ContextEntry& only = below.as<ContextNode>()->entries()[0];
  if (below.as<ContextNode>()->count == 1 && only.key)
    result = withEntry(node, place.index, only.key, only.value);
  else
    result = withEntry(node, place.index, {}, below);
  return static_cast<bool>(result);
}

void dealloc(Object* self) {
  auto* node = reinterpret_cast<ContextNode*>(self);
  for (int64_t i = 0; i < node->count; ++i) {
    decrefMaybe(node->entries()[i].key);
    decrefMaybe(node->entries()[i].value);
  }
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  auto* node = reinterpret_cast<ContextNode*>(self);
  for (int64_t i = 0; i < node->count; ++i) {
    if (node->entries()[i].key)
      visitor.visit(node->entries()[i].key);
    if (node->entries()[i].value)
      visitor.visit(node->entries()[i].value);
  }
}

} // namespace

Value contextMapFind(Value map, Value key) {
  uint64_t bits = placeBits(key);
  for (unsigned level = 0; map; ++level) {
    auto* node = map.as<ContextNode>();
    Place place = placeIn(node, bits, level);
    if (!(node->bitmap & place.bit))
      return {};
    const ContextEntry& entry = node->entries()[place.index];
    if (entry.key)
      return entry.key == key ? entry.value : Value();
    map = entry.value;
  }
  return {};
}

Ref contextMapWith(Value map, Value key, Value value, bool& added) {
  added = false;
  if (map)
    return insert(map, key, value, 0, added);
  added = true;
  return leaf(key, value, 0);
}

bool contextMapWithout(Value map, Value key, Ref& result) {
  return remove(map, key, 0, result);
}

const ContextEntry* ContextMapWalk::next() {
  while (depth_ > 0) {
    Step& step = path_[depth_ - 1];
    if (step.at == step.node->count) {
      --depth_;
      continue;
    }
    const ContextEntry& entry = step.node->entries()[step.at++];
    if (entry.key)
      return &entry;
    path_[depth_++] = {entry.value.as<ContextNode>(), 0};
  }
  return nullptr;
}

constinit TypeObject contextNodeType = {
    .name = "context_node",
    .base = &objectType,
    .basicSize = sizeof(ContextNode),
    .itemSize = sizeof(ContextEntry),
    .flags = kTypeBuiltin | kTypeCollected | kTypeVarSized | kTypeDisallowNew,
    .slots = {.dealloc = dealloc, .traverse = traverse},
};

} // namespace pyc::rt
