// set and frozenset: open addressing, short linear runs before each jump. The order in which items
// come out is CPython's where hashes are CPython's, because programs print sets of numbers.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

struct SetEntry {
  Value key; // null: unused (hash 0) or deleted (hash -1)
  int64_t hash;
};

inline constexpr int64_t kSetFirstSize = 8;

/// Of sets and frozensets.
struct SetObject {
  Object header;
  SetEntry* table; // mask + 1 entries: `first`, or memory of its own
  int64_t fill;    // entries in use and deleted ones
  int64_t count;   // live entries
  int64_t mask;
  int64_t hash;   // of a frozenset; -1: not computed yet
  int64_t finger; // where pop() goes on to search
  SetEntry first[kSetFirstSize];
};

inline SetObject* asSet(Value value) {
  return value.as<SetObject>();
}
/// Exactly set or exactly frozenset.
inline bool isExactSet(Value value) {
  return hasShape(value, kShapeSet);
}
inline bool isExactFrozenSet(Value value) {
  return hasShape(value, kShapeFrozenSet);
}
/// set, frozenset and subclasses.
bool isAnySet(Value value);

Ref newSet();
/// A set or frozenset of the items; null iterable: empty.
Ref makeSet(Value iterable);
Ref makeFrozenSet(Value iterable);
Ref makeFrozenSet(const Value* items, size_t count);
/// set.add; TypeError for unhashable items.
bool setAdd(SetObject* set, Value item);
/// What the uop set_add does: TypeError as well where `set` is no set, since a program may have
/// replaced one of the compiler's own.
bool addToSet(Value set, Value item);
bool setAddHashed(SetObject* set, Value item, int64_t hash);
/// For small ints and exact strs, where that takes no Python code and no memory: false, with
/// nothing done and nothing raised, otherwise.
bool setAddFast(SetObject* set, Value item);
bool setContainsFast(const SetObject* set, Value item, bool& result);
bool setContains(SetObject* set, Value item, bool& result);
/// set.discard; `removed` says whether it was there.
bool setRemove(SetObject* set, Value item, bool& removed);
/// set.update(iterable).
bool setUpdate(SetObject* set, Value iterable);
/// set.difference_update(iterable).
bool setSubtract(SetObject* set, Value iterable);
void setClear(SetObject* set);
/// Iteration: `position` starts at 0; borrowed. The set must not change meanwhile.
bool setNext(const SetObject* set, int64_t& position, Value& key, int64_t& hash);

} // namespace pyc::rt
