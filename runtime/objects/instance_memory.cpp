#include "runtime/objects/instance_memory.h"

#include "runtime/memory/release.h"
#include "runtime/objects/heap_type.h"

namespace pyc::rt {

extern "C" {
constinit thread_local InstanceMemory pycInstanceMemory = {};
}

namespace {

/// Ends of instances in ends of instances, before the general way (which has a limit of its own).
constexpr unsigned kMaxNested = 16;

/// Whether the end of the object is just deallocInstance: no code runs before, and nobody watches.
bool endsPlainly(const Object* object) {
  const TypeSlots& slots = shapeOf(object)->type->slots;
  return slots.dealloc == deallocInstance && !slots.finalize &&
         !(object->flags & kObjectHasWeakrefs);
}

void endInstance(Object* object, unsigned depth);

[[gnu::noinline]] void releaseInGeneral(Object* object) {
  releaseObject(object);
}

/// Releases what an attribute held. A plain instance that dies of it is handed back if it `isLast`,
/// for the caller to end it: lists of instances are as long as they like.
[[gnu::always_inline]] inline Object* releaseAttribute(Object* object, bool isLast,
                                                       unsigned depth) {
  uint32_t count = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED);
  if (object->owner != thisThread().id) {
    if (count != kImmortalCount)
      releaseInGeneral(object);
  } else if (count != 1) {
    __atomic_store_n(&object->localCount, count - 1, __ATOMIC_RELAXED);
  } else if (__atomic_load_n(&object->sharedCount, __ATOMIC_ACQUIRE) == 0 && endsPlainly(object) &&
             (isLast || depth < kMaxNested)) {
    __atomic_store_n(&object->localCount, 0u, __ATOMIC_RELAXED);
    if (isLast)
      return object;
    endInstance(object, depth + 1);
  } else {
    releaseInGeneral(object);
  }
  return nullptr;
}

void endInstance(Object* object, unsigned depth) {
  do {
    const Shape* shape = shapeOf(object);
    uint32_t storeOffset = shape->type->storeOffset;
    auto* word = reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + storeOffset);
    // Attributes elsewhere, in a dict or in an overflow array, are the exception.
    if (PYC_UNLIKELY(shape->kind != ShapeKind::Slots || storeOffset == 0 || *word)) {
      freeObject(object);
      return;
    }
    uint32_t inlineSlots = shape->inlineSlots;
    Object* next = nullptr;
    for (uint32_t i = 1, count = shape->slotCount; i <= count; ++i)
      if (Value value = word[i]; value.isObject() && value)
        next = releaseAttribute(value.object(), i == count, depth);
    uint32_t size = storeOffset + static_cast<uint32_t>((1 + inlineSlots) * sizeof(Value));
    keepInstance(object, size / kInstanceGrain);
    object = next;
  } while (object);
}

} // namespace

void deallocInstance(Object* object) {
  endInstance(object, 0);
}

uint32_t clearedWords(const TypeObject* type) {
  if (type->instanceSize / kInstanceGrain >= kSpareSizes ||
      (type->flags & (kTypeCollected | kTypeVarSized)) != kTypeCollected)
    return 0;
  ShapeKind kind = shapeAt(type->rootShape)->kind;
  if (type->storeOffset == kPlainStoreOffset && kind == ShapeKind::Slots)
    return 1;
  bool hasSlotsOnly = type->storeOffset == 0 && kind == ShapeKind::Plain &&
                      type->instanceSize % kInstanceGrain == 0;
  uint32_t behindHeader = type->instanceSize - static_cast<uint32_t>(sizeof(Object));
  return hasSlotsOnly ? behindHeader / static_cast<uint32_t>(sizeof(Value)) : 0;
}

void rememberConstruction(TypeObject* type, Value init, ConstructionCache& cache) {
  const Shape* root = shapeAt(type->rootShape);
  uint32_t cleared = clearedWords(type);
  bool fits =
      cleared != 0 && (root->kind == ShapeKind::Plain || type->widestInstance <= root->inlineSlots);
  cache = {.type = fits ? type : nullptr,
           .version = typeVersion(type),
           .shape = type->rootShape,
           .init = init,
           .grains = type->instanceSize / kInstanceGrain,
           .cleared = cleared};
}

} // namespace pyc::rt
