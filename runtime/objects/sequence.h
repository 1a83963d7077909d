// What the built-in sequence types share: repeating, searching, comparing.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

/// Takes `sequence * n` or `n * sequence` apart, `isSequence` telling which. False when the other
/// operand is no count, or when it is one that fits no int64_t; the latter has raised.
inline bool splitRepeat(Value lhs, Value rhs, bool leftIsSequence, Value& sequence,
                        int64_t& times) {
  sequence = leftIsSequence ? lhs : rhs;
  Value count = leftIsSequence ? rhs : lhs;
  if (PYC_LIKELY(count.isInt())) {
    times = count.asInt();
    return true;
  }
  const TypeSlots& slots = typeOf(count)->slots;
  // An object that says itself what a product with it is gets asked by the caller.
  if (!slots.index || (!isInteger(count) && slots.binary[static_cast<unsigned>(BinaryOp::Mul)]))
    return false;
  return toInt64(count, times, &overflowErrorType);
}

/// What `sequence op other` is when it is decided by a number that stands for the order of the two.
inline bool compareOrder(CompareOp op, int64_t lhs, int64_t rhs) {
  switch (op) {
  case CompareOp::Lt:
    return lhs < rhs;
  case CompareOp::Le:
    return lhs <= rhs;
  case CompareOp::Eq:
    return lhs == rhs;
  case CompareOp::Ne:
    return lhs != rhs;
  case CompareOp::Gt:
    return lhs > rhs;
  case CompareOp::Ge:
    return lhs >= rhs;
  }
  __builtin_unreachable();
}

/// __index__ as exactly an int: bools and instances of subclasses become plain.
inline Ref exactIndex(Value value) {
  if (value.isInt())
    return Ref::number(value);
  PYC_TRY(index, toIndex(value));
  if (index.get().isInt() || hasShape(index, kShapeInt))
    return index;
  return intBinary(BinaryOp::Add, index, Value::fromInt(0));
}

/// The start and stop arguments of index(): null or any integer, negative ones counted from the
/// end. TypeError for other types.
inline bool searchBound(Value argument, int64_t length, int64_t fallback, int64_t& result) {
  result = fallback;
  if (!argument)
    return true;
  if (!argument.isInt() && !typeOf(argument)->slots.index)
    return raise(typeErrorType, "slice indices must be integers or have an __index__ method");
  if (!toInt64(argument, result))
    return false;
  if (result < 0)
    result = result + length < 0 ? 0 : result + length;
  return true;
}

} // namespace pyc::rt
