#include "runtime/objects/plain_keys.h"

#include "runtime/objects/bytes.h"

#include <algorithm>

namespace pyc::rt {

namespace {

KeyMatch matchOf(bool equal) {
  return equal ? KeyMatch::Yes : KeyMatch::No;
}

KeyMatch matchTuples(const TupleObject* a, const TupleObject* b, int depth);

/// A str, or an instance of a subclass that compares as strs do.
bool comparesAsStr(Value value) {
  return isExactStr(value) || typeOf(value)->slots.compare == strType.slots.compare;
}

KeyMatch matchAt(Value a, Value b, int depth) {
  if (isExactStr(a) && isExactStr(b))
    return matchOf(sameHashedText(asStr(a), asStr(b)));
  if (isExactTuple(a) && isExactTuple(b))
    return depth != 0 ? matchTuples(asTuple(a), asTuple(b), depth - 1) : KeyMatch::Unknown;
  if (hasShape(a, kShapeBytes) && hasShape(b, kShapeBytes))
    return matchOf(asBytes(a)->view() == asBytes(b)->view());
  if (comparesAsStr(a) && comparesAsStr(b))
    return matchOf(strEquals(asStr(a), asStr(b)));
  return KeyMatch::Unknown;
}

KeyMatch matchItems(Value a, Value b, int depth) {
  if (a == b)
    return KeyMatch::Yes;
  if (a.isInt() && b.isInt())
    return KeyMatch::No; // not the same bits
  if (a.isDouble() && b.isDouble())
    return matchOf(a.asDouble() == b.asDouble());
  return a.isObject() && b.isObject() ? matchAt(a, b, depth) : KeyMatch::Unknown;
}

/// Later items are not looked at where an earlier one decides.
KeyMatch matchTuples(const TupleObject* a, const TupleObject* b, int depth) {
  int64_t common = std::min(a->count, b->count);
  for (int64_t i = 0; i < common; ++i)
    if (KeyMatch match = matchItems(a->items()[i], b->items()[i], depth); match != KeyMatch::Yes)
      return match;
  return matchOf(a->count == b->count);
}

} // namespace

bool hashPlainTuple(const TupleObject* tuple, int depth, int64_t& result) {
  return hashPlainItems(tuple, depth, result);
}

KeyMatch matchObjects(Value candidate, Value key) {
  return matchAt(candidate, key, kPlainDepth);
}

} // namespace pyc::rt
