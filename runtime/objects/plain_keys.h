// Keys whose equality takes no Python code: numbers, strs, bytes and tuples of these. Dicts and
// sets ask here before they compare in the general way, which may change them.
#pragma once

#include "runtime/objects/dict.h"
#include "runtime/objects/tuple.h"
#include "runtime/objects/tuple_hash.h"

namespace pyc::rt {

enum class KeyMatch : uint8_t {
  No,
  Yes,
  Unknown, // ask equalItems
};

/// matchKeys of two different objects.
KeyMatch matchObjects(Value candidate, Value key);

/// The very same items: equal without a look at what these are.
[[gnu::always_inline]] inline bool areSameItems(const TupleObject* a, const TupleObject* b) {
  if (a->count != b->count)
    return false;
  for (int64_t i = 0; i < a->count; ++i)
    if (a->items()[i] != b->items()[i])
      return false;
  return true;
}

/// `candidate == key`, as far as it takes no Python code. Both have the same hash.
[[gnu::always_inline]] inline KeyMatch matchKeys(Value candidate, Value key) {
  if (candidate == key)
    return KeyMatch::Yes;
  if (candidate.isInt() && key.isInt())
    return KeyMatch::No; // not the same bits
  if (isExactTuple(candidate) && isExactTuple(key) &&
      areSameItems(asTuple(candidate), asTuple(key)))
    return KeyMatch::Yes;
  return candidate.isObject() && key.isObject() ? matchObjects(candidate, key) : KeyMatch::Unknown;
}

bool hashPlainTuple(const TupleObject* tuple, int depth, int64_t& result);
[[gnu::always_inline]] inline bool hashPlainItem(Value item, int depth, int64_t& result) {
  if (item.isInt())
    result = smallIntHash(item.asInt());
  else if (isExactStr(item))
    result = strHash(asStr(item));
  else
    return depth != 0 && isExactTuple(item) && hashPlainTuple(asTuple(item), depth - 1, result);
  return true;
}
/// Of an exact tuple of small ints, exact strs and such tuples; false for others, which have to be
/// asked.
[[gnu::always_inline]] inline bool hashPlainItems(const TupleObject* tuple, int depth,
                                                  int64_t& result) {
  TupleHash state;
  for (int64_t i = 0; i < tuple->count; ++i) {
    int64_t lane;
    if (PYC_UNLIKELY(!hashPlainItem(tuple->items()[i], depth, lane)))
      return false;
    state.add(lane);
  }
  result = state.finish();
  return true;
}
/// Tuples in tuples are looked into that far.
inline constexpr int kPlainDepth = 4;
inline bool hashPlainTuple(Value key, int64_t& result) {
  return isExactTuple(key) && hashPlainItems(asTuple(key), kPlainDepth, result);
}

} // namespace pyc::rt
