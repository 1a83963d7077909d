// The table of a set: searching and changing it. Internal to the set*.cpp files. The order of
// entries follows CPython's algorithm step by step: where keys go, when the table grows and to what
// size.
#pragma once

#include "runtime/objects/set.h"

namespace pyc::rt {

inline constexpr int64_t kSetMissing = -1, kSetError = -2;

/// An instance of set, frozenset or a subclass without items.
SetObject* allocSet(TypeObject* type);

/// The item's hash; a TypeError that speaks of set elements when it has none.
bool setHashItem(Value item, int64_t& hash);
/// Number of the item's entry, kSetMissing or kSetError. May run Python code.
int64_t setLookup(SetObject* set, Value item, int64_t hash);
/// Takes an entry out; its key goes to the caller, owned.
Value setTakeEntry(SetObject* set, int64_t number);
/// Makes the table fit for `wanted` keys, without deleted entries. False with MemoryError.
bool setResize(SetObject* set, int64_t wanted);
/// Adds all items of a set.
bool setMerge(SetObject* set, SetObject* other);

/// New sets of a type.
Ref setFrom(TypeObject* type, Value iterable);
/// set or frozenset, whichever the value's type derives from.
TypeObject* setBaseOf(Value set);

/// The operations on two sets, or a set and an iterable; `set.intersection(other)` and so on.
Ref setIntersection(SetObject* set, Value other);
Ref setDifference(SetObject* set, Value other);
Ref setSymmetricDifference(SetObject* set, Value other);
bool setXorUpdate(SetObject* set, Value other);
bool setIsSubset(SetObject* set, SetObject* other, bool& result);
/// Exchanges the items of two sets.
void setSwapBodies(SetObject* a, SetObject* b);

/// Runs use(key, hash) -> bool over the items; stops at false. The set may change meanwhile.
template <class Use> bool forEachInSet(SetObject* set, Use&& use) {
  for (int64_t i = 0; i <= set->mask; ++i) {
    SetEntry entry = set->table[i];
    if (entry.key.isNull())
      continue;
    Ref kept = Ref::copy(entry.key);
    if (!use(entry.key, entry.hash))
      return false;
  }
  return true;
}

} // namespace pyc::rt
