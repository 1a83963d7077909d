#include "runtime/objects/attr_dependents.h"

#include "runtime/objects/heap_type.h"

#include <unordered_map>

namespace pyc::rt {

struct NameDependents {
  AttrCache* first = nullptr;
  uint32_t changes = 0; // that emptied at least one cache
};

struct AttrDependents {
  std::unordered_map<StrObject*, NameDependents> names;
  NameDependents layouts;
};

namespace {

/// An attribute that has changed this often under cached accesses is a variable, not a method.
constexpr uint32_t kMaxChanges = 8;

void emptyCache(AttrCache* cache) {
  cache->shape = 0;
  cache->kind = AttrKind::None;
  cache->value = Value();
  cache->dependsOn = 0;
  cache->nextDependent = nullptr;
}

void resetList(NameDependents& list) {
  AttrCache* cache = std::exchange(list.first, nullptr);
  if (!cache)
    return;
  ++list.changes;
  while (cache) {
    AttrCache* next = cache->nextDependent;
    emptyCache(cache);
    cache = next;
  }
}

bool unlink(NameDependents& list, AttrCache* cache) {
  for (AttrCache** link = &list.first; *link; link = &(*link)->nextDependent)
    if (*link == cache) {
      *link = cache->nextDependent;
      emptyCache(cache);
      return true;
    }
  return false;
}

} // namespace

bool addDependent(TypeObject* type, StrObject* name, AttrCache* cache) {
  removeDependent(cache, name);
  if (isHeapType(type) && asHeapType(type)->foreignMro)
    return false;
  if (!type->dependents)
    type->dependents = new AttrDependents;
  NameDependents& list = type->dependents->names[name];
  if (list.changes >= kMaxChanges)
    return false;
  cache->nextDependent = list.first;
  list.first = cache;
  cache->dependsOn = type->rootShape;
  return true;
}

void removeDependent(AttrCache* cache, StrObject* name) {
  if (cache->dependsOn == 0)
    return;
  auto& names = shapeAt(cache->dependsOn)->type->dependents->names;
  if (name)
    unlink(names[name], cache);
  else
    for (auto& [key, list] : names)
      if (unlink(list, cache))
        return;
}

bool addLayoutDependent(TypeObject* type, AttrCache* cell) {
  if (!isHeapType(type) || asHeapType(type)->foreignMro)
    return false;
  if (!type->dependents)
    type->dependents = new AttrDependents;
  NameDependents& list = type->dependents->layouts;
  if (list.changes >= kMaxChanges)
    return false;
  cell->nextDependent = list.first;
  list.first = cell;
  cell->dependsOn = type->rootShape;
  return true;
}

void removeLayoutDependent(AttrCache* cell) {
  if (cell->dependsOn != 0)
    unlink(shapeAt(cell->dependsOn)->type->dependents->layouts, cell);
}

void resetLayoutDependents(TypeObject* type) {
  if (type->dependents)
    resetList(type->dependents->layouts);
}

void resetDependents(TypeObject* type, StrObject* name) {
  if (!type->dependents)
    return;
  auto& names = type->dependents->names;
  if (name) {
    if (auto found = names.find(name); found != names.end())
      resetList(found->second);
    return;
  }
  for (auto& [key, list] : names)
    resetList(list);
  resetLayoutDependents(type);
}

void freeDependents(TypeObject* type) {
  resetDependents(type, nullptr);
  delete type->dependents;
  type->dependents = nullptr;
}

void releaseAttrCaches(AttrCache* caches, size_t count) {
  for (size_t i = 0; i < count; ++i)
    removeDependent(&caches[i], nullptr);
}

} // namespace pyc::rt
