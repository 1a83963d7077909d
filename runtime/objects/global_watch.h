// The inside of GlobalSlots (dict.h), for dict_watch.cpp and for native code's stores.
#pragma once

#include "runtime/objects/dict.h"

namespace pyc::rt {

struct GlobalWatch {
  DictObject* owner;
  DictObject* builtins;    // owned; null in the watch that a dict has as builtins of others
  GlobalWatch* next;       // of the same owner
  GlobalWatch* dependents; // watches that read through the owner
  GlobalWatch* nextDependent;
  GlobalSlot** buckets; // slots by hash of the name, chained
  uint32_t bucketMask;
  uint32_t slotCount;

  /// Whether a slot of the owner is the only one that shows a value of it.
  bool isOnly() const { return !next && !dependents; }
};

/// The slot's entry in its dict, which may be elsewhere than it was last seen; null then, and when
/// there is none.
inline DictEntry* entryOfSlot(DictObject* globals, const GlobalSlot* slot) {
  DictEntry* entries = globals->entries;
  if (slot->entry >= tableOf(entries)->used || entries[slot->entry].key != Value(slot->name))
    return nullptr;
  return &entries[slot->entry];
}

/// globals[slot->name] = value where numbers alone are replaced: nothing is counted, and code may
/// have it in line. False, with nothing done, elsewhere.
inline bool replaceNumberInSlot(DictObject* globals, GlobalSlot* slot, Value value) {
  DictEntry* entry = entryOfSlot(globals, slot);
  if (!entry || !value.isNumber() || !entry->value.isNumber() || !globals->watch->isOnly())
    return false;
  entry->value = value;
  slot->value = value;
  return true;
}

} // namespace pyc::rt
