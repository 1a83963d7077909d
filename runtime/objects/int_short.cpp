#include "runtime/objects/int_short.h"

#include "runtime/objects/int_view.h"

namespace pyc::rt {

namespace {

using Wide = unsigned __int128;

struct ShortInt {
  Wide magnitude;
  bool negative;

  Wide twosComplement() const { return negative ? 0 - magnitude : magnitude; }
  bool isOneLimb() const { return magnitude >> 64 == 0; }
};

bool read(Value value, ShortInt& number) {
  if (value.isInt()) {
    int64_t small = value.asInt();
    number.negative = small < 0;
    number.magnitude =
        number.negative ? 0 - static_cast<uint64_t>(small) : static_cast<uint64_t>(small);
    return true;
  }
  if (!hasShape(value, kShapeInt))
    return false;
  auto* object = value.as<IntObject>();
  number.negative = object->size < 0;
  int64_t count = number.negative ? -object->size : object->size;
  if (count > 2)
    return false;
  number.magnitude = object->limbs()[0];
  if (count == 2)
    number.magnitude |= static_cast<Wide>(object->limbs()[1]) << 64;
  return true;
}

bool add(const ShortInt& a, const ShortInt& b, ShortInt& sum) {
  if (a.negative == b.negative) {
    sum = {a.magnitude + b.magnitude, a.negative};
    return sum.magnitude >= a.magnitude;
  }
  sum = a.magnitude >= b.magnitude ? ShortInt{a.magnitude - b.magnitude, a.negative}
                                   : ShortInt{b.magnitude - a.magnitude, b.negative};
  return true;
}

bool shiftLeft(const ShortInt& a, const ShortInt& b, ShortInt& result) {
  if (b.negative || b.magnitude > 64 || !a.isOneLimb())
    return false;
  result = {a.magnitude << static_cast<unsigned>(b.magnitude), a.negative};
  return true;
}

/// Of numbers that are not negative: only there are bits and remainders those of the magnitudes.
bool combine(BinaryOp op, Wide a, Wide b, Wide& result) {
  switch (op) {
  case BinaryOp::Or:
    result = a | b;
    return true;
  case BinaryOp::Xor:
    result = a ^ b;
    return true;
  case BinaryOp::RShift:
    result = b < 128 ? a >> static_cast<unsigned>(b) : 0;
    return true;
  case BinaryOp::FloorDiv:
    if (b != 0)
      result = (a | b) >> 64 == 0 ? static_cast<uint64_t>(a) / static_cast<uint64_t>(b) : a / b;
    return b != 0;
  case BinaryOp::Mod:
    if (b != 0)
      result = (a | b) >> 64 == 0 ? static_cast<uint64_t>(a) % static_cast<uint64_t>(b) : a % b;
    return b != 0;
  default:
    return false;
  }
}

bool compute(BinaryOp op, const ShortInt& a, const ShortInt& b, ShortInt& result) {
  switch (op) {
  case BinaryOp::Add:
    return add(a, b, result);
  case BinaryOp::Sub:
    return add(a, {b.magnitude, !b.negative}, result);
  case BinaryOp::Mul:
    result = {a.magnitude * b.magnitude, a.negative != b.negative};
    return a.isOneLimb() && b.isOneLimb();
  case BinaryOp::LShift:
    return shiftLeft(a, b, result);
  case BinaryOp::And:
    // Of two's complements: with one that is not negative, no more bits than that has.
    result = {a.twosComplement() & b.twosComplement(), false};
    return !a.negative || !b.negative;
  default:
    result.negative = false;
    return !a.negative && !b.negative && combine(op, a.magnitude, b.magnitude, result.magnitude);
  }
}

} // namespace

bool shortIntBinary(BinaryOp op, Value a, Value b, Ref& result) {
  ShortInt left, right, number;
  if (!read(a, left) || !read(b, right) || !compute(op, left, right, number))
    return false;
  result = makeIntFromWide(number.magnitude, number.negative);
  return true;
}

} // namespace pyc::rt
