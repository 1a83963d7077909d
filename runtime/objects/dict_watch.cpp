// GlobalSlot: values of a namespace mirrored where code can read them with one load.
//
// A namespace has one GlobalWatch for each builtins dict that its code was bound to (nearly always
// one). A builtins dict has a watch of its own, whose list of dependents names the watches that
// read through it: a write to it concerns their slots as well, where the namespace lacks the name.
#include "runtime/objects/dict_table.h"

#include "runtime/memory/heap.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/global_watch.h"

#include <cstring>
#include <mimalloc.h>

namespace pyc::rt {

namespace {

constexpr uint32_t kFirstBuckets = 16;

GlobalSlot* findSlot(const GlobalWatch* watch, StrObject* name) {
  if (!watch->buckets)
    return nullptr;
  GlobalSlot* slot = watch->buckets[strHash(name) & watch->bucketMask];
  while (slot && slot->name != name && !strEquals(slot->name, name))
    slot = slot->next;
  return slot;
}

/// What a slot shows of a value: a lazy import must be resolved by the slow way.
Value visible(Value value) {
  return value && hasShape(value, kShapeLazyImport) ? Value() : value;
}

void refresh(const GlobalWatch* watch, GlobalSlot* slot) {
  Value value = dictFindStr(watch->owner, slot->name);
  if (!value && watch->builtins)
    value = dictFindStr(watch->builtins, slot->name);
  slot->value = visible(value);
}

void refreshAll(const GlobalWatch* watch) {
  for (uint32_t i = 0; watch->buckets && i <= watch->bucketMask; ++i)
    for (GlobalSlot* slot = watch->buckets[i]; slot; slot = slot->next)
      refresh(watch, slot);
}

bool growBuckets(GlobalWatch* watch) {
  uint32_t size = watch->buckets ? (watch->bucketMask + 1) * 2 : kFirstBuckets;
  auto** buckets = static_cast<GlobalSlot**>(mi_calloc(size, sizeof(GlobalSlot*)));
  if (!buckets)
    return raiseMemoryError();
  for (uint32_t i = 0; watch->buckets && i <= watch->bucketMask; ++i) {
    while (GlobalSlot* slot = watch->buckets[i]) {
      watch->buckets[i] = slot->next;
      GlobalSlot*& bucket = buckets[strHash(slot->name) & (size - 1)];
      slot->next = bucket;
      bucket = slot;
    }
  }
  freeMemory(watch->buckets);
  watch->buckets = buckets;
  watch->bucketMask = size - 1;
  return true;
}

GlobalSlot* addSlot(GlobalWatch* watch, StrObject* name) {
  if ((!watch->buckets || watch->slotCount > watch->bucketMask) && !growBuckets(watch))
    return nullptr;
  auto* slot = static_cast<GlobalSlot*>(allocPlain(sizeof(GlobalSlot)));
  if (!slot)
    return raiseMemoryError();
  GlobalSlot*& bucket = watch->buckets[strHash(name) & watch->bucketMask];
  increfObject(&name->header);
  *slot = {Value(), name, bucket, 0};
  bucket = slot;
  ++watch->slotCount;
  refresh(watch, slot);
  return slot;
}

GlobalWatch* watchFor(DictObject* dict, DictObject* builtins) {
  for (GlobalWatch* watch = dict->watch; watch; watch = watch->next)
    if (watch->builtins == builtins)
      return watch;
  auto* watch = mi_zalloc_tp(GlobalWatch);
  if (!watch)
    return raiseMemoryError();
  watch->owner = dict;
  watch->next = dict->watch;
  dict->watch = watch;
  if (!builtins)
    return watch;
  GlobalWatch* source = watchFor(builtins, nullptr);
  if (!source) {
    dict->watch = watch->next;
    freeMemory(watch);
    return nullptr;
  }
  increfObject(&builtins->header);
  watch->builtins = builtins;
  watch->nextDependent = source->dependents;
  source->dependents = watch;
  return watch;
}

/// Takes a watch out of the list of those that read through its builtins.
void detach(GlobalWatch* watch) {
  for (GlobalWatch* source = watch->builtins->watch; source; source = source->next)
    for (GlobalWatch** link = &source->dependents; *link; link = &(*link)->nextDependent)
      if (*link == watch) {
        *link = watch->nextDependent;
        return;
      }
}

void freeSlots(GlobalWatch* watch) {
  for (uint32_t i = 0; watch->buckets && i <= watch->bucketMask; ++i) {
    for (GlobalSlot* slot = watch->buckets[i]; slot;) {
      GlobalSlot* next = slot->next;
      decrefObject(&slot->name->header);
      freeMemory(slot);
      slot = next;
    }
  }
  freeMemory(watch->buckets);
}

} // namespace

void (*watchedDictDies)(DictObject* dict) = nullptr;

GlobalSlot* globalSlot(DictObject* globals, DictObject* builtins, StrObject* name) {
  GlobalWatch* watch = watchFor(globals, builtins);
  if (!watch)
    return nullptr;
  GlobalSlot* slot = findSlot(watch, name);
  return slot ? slot : addSlot(watch, name);
}

void dictWatchChanged(DictObject* dict, Value key, Value value) {
  if (!isExactStr(key)) {
    if (isStr(key)) // a subclass's instance may equal any name
      dictWatchCleared(dict);
    return;
  }
  for (GlobalWatch* watch = dict->watch; watch; watch = watch->next) {
    if (GlobalSlot* slot = findSlot(watch, asStr(key))) {
      if (value)
        slot->value = visible(value);
      else
        refresh(watch, slot);
    }
    for (GlobalWatch* reader = watch->dependents; reader; reader = reader->nextDependent)
      if (GlobalSlot* slot = findSlot(reader, asStr(key)))
        refresh(reader, slot);
  }
}

void dictWatchCleared(DictObject* dict) {
  for (GlobalWatch* watch = dict->watch; watch; watch = watch->next) {
    refreshAll(watch);
    for (GlobalWatch* reader = watch->dependents; reader; reader = reader->nextDependent)
      refreshAll(reader);
  }
}

void dictWatchFree(DictObject* dict) {
  if (dict->watch && watchedDictDies)
    watchedDictDies(dict);
  while (GlobalWatch* watch = dict->watch) {
    dict->watch = watch->next;
    if (watch->builtins) {
      detach(watch);
      decrefObject(&watch->builtins->header);
    }
    freeSlots(watch);
    freeMemory(watch);
  }
}

void dictWatchTraverse(DictObject* dict, Visitor& visitor) {
  for (GlobalWatch* watch = dict->watch; watch; watch = watch->next)
    if (watch->builtins)
      visitor.visit(watch->builtins);
}

bool dictSetSlot(DictObject* globals, GlobalSlot* slot, Value value) {
  DictEntry* entry = entryOfSlot(globals, slot);
  if (!entry) {
    if (!dictSetStr(globals, slot->name, value))
      return false;
    if (tableOf(globals)->keys != DictKeys::General)
      slot->entry = static_cast<uint32_t>(dictFindStrEntry(globals->entries, slot->name));
    return true;
  }
  incref(value);
  Value old = std::exchange(entry->value, value);
  if (PYC_LIKELY(globals->watch->isOnly()))
    slot->value = visible(value);
  else
    dictWatchChanged(globals, slot->name, value);
  decref(old);
  return true;
}

} // namespace pyc::rt
