// Inline fast paths of the semantic functions in protocol.h for numbers: shared by the
// interpreter's uops and, as bitcode, by native code. A null Value (or false) says "not here, ask
// protocol.h"; nothing is raised, and numbers count no references.
#pragma once

#include "runtime/objects/type.h"

#include <cmath>

namespace pyc::rt {

/// Both are small ints.
inline bool areInts(Value a, Value b) {
  return (a.bits() & b.bits()) >= Value::kIntTag;
}
inline bool areDoubles(Value a, Value b) {
  return a.isDouble() && b.isDouble();
}
inline bool areNumbers(Value a, Value b) {
  return a.isNumber() && b.isNumber();
}
/// The value of a float or small int.
inline double numberAsDouble(Value v) {
  return v.isInt() ? static_cast<double>(v.asInt()) : v.asDouble();
}

/// A small int's value times 2^15: arithmetic on these overflows 64 bits exactly when the result
/// does not fit a small int.
inline int64_t shiftedInt(Value v) {
  return static_cast<int64_t>(v.bits() << 15);
}
inline Value fromShiftedInt(int64_t shifted) {
  return Value::fromBits((static_cast<uint64_t>(shifted) >> 15) | Value::kIntTag);
}
inline Value fitInt(int64_t value) {
  return Value::fitsInt(value) ? Value::fromInt(value) : Value();
}

inline Value addInts(Value a, Value b) {
  int64_t sum;
  if (PYC_UNLIKELY(__builtin_add_overflow(shiftedInt(a), shiftedInt(b), &sum)))
    return {};
  return fromShiftedInt(sum);
}
inline Value subInts(Value a, Value b) {
  int64_t difference;
  if (PYC_UNLIKELY(__builtin_sub_overflow(shiftedInt(a), shiftedInt(b), &difference)))
    return {};
  return fromShiftedInt(difference);
}
inline Value mulInts(Value a, Value b) {
  int64_t product;
  if (PYC_UNLIKELY(__builtin_mul_overflow(shiftedInt(a), b.asInt(), &product)))
    return {};
  return fromShiftedInt(product);
}
/// Floor division and modulo; the divisor is not zero. Division of 32-bit numbers is much cheaper.
inline Value floorDivInts(Value a, Value b) {
  int64_t x = a.asInt(), y = b.asInt();
  if (PYC_UNLIKELY(y == 0))
    return {};
  if (((x | y) >> 32) == 0)
    return Value::fromInt(static_cast<uint32_t>(x) / static_cast<uint32_t>(y));
  int64_t quotient = x / y;
  return fitInt(quotient - ((x % y != 0) & ((x < 0) != (y < 0))));
}
inline Value modInts(Value a, Value b) {
  int64_t x = a.asInt(), y = b.asInt();
  if (PYC_UNLIKELY(y == 0))
    return {};
  if (((x | y) >> 32) == 0)
    return Value::fromInt(static_cast<uint32_t>(x) % static_cast<uint32_t>(y));
  int64_t rest = x % y;
  return Value::fromInt(rest != 0 && (rest ^ y) < 0 ? rest + y : rest);
}
inline Value trueDivInts(Value a, Value b) {
  if (PYC_UNLIKELY(b.asInt() == 0))
    return {};
  return Value::fromDouble(static_cast<double>(a.asInt()) / static_cast<double>(b.asInt()));
}
inline Value lshiftInts(Value a, Value b) {
  int64_t x = a.asInt(), shift = b.asInt();
  if (shift < 0 || shift > 47)
    return {};
  return Value::fitsInt(x) && ((x << shift) >> shift) == x ? fitInt(x << shift) : Value();
}
inline Value rshiftInts(Value a, Value b) {
  int64_t x = a.asInt(), shift = b.asInt();
  if (shift < 0)
    return {};
  return Value::fromInt(x >> (shift > 63 ? 63 : shift));
}
inline Value andInts(Value a, Value b) {
  return Value::fromBits(a.bits() & b.bits());
}
inline Value orInts(Value a, Value b) {
  return Value::fromBits(a.bits() | b.bits());
}
inline Value xorInts(Value a, Value b) {
  return Value::fromBits((a.bits() ^ b.bits()) | Value::kIntTag);
}

inline Value trueDivDoubles(double x, double y) {
  return y == 0 ? Value() : Value::fromDouble(x / y);
}
inline Value modDoubles(double x, double y) {
  if (y == 0)
    return {};
  double rest = std::fmod(x, y);
  if (rest != 0 ? (y < 0) != (rest < 0) : false)
    rest += y;
  else if (rest == 0)
    rest = std::copysign(0.0, y);
  return Value::fromDouble(rest);
}
/// As CPython: the exact quotient's floor, corrected where the division rounded.
inline Value floorDivDoubles(double x, double y) {
  if (y == 0)
    return {};
  double rest = std::fmod(x, y);
  double quotient = (x - rest) / y;
  if (rest != 0 && (y < 0) != (rest < 0))
    quotient -= 1;
  if (quotient == 0)
    return Value::fromDouble(std::copysign(0.0, x / y));
  double floored = std::floor(quotient);
  return Value::fromDouble(quotient - floored > 0.5 ? floored + 1 : floored);
}

/// One operator: small ints, doubles, or null. `op` is a constant at every use.
[[gnu::always_inline]] inline Value binaryInts(BinaryOp op, Value a, Value b) {
  switch (op) {
  case BinaryOp::Add:
    return addInts(a, b);
  case BinaryOp::Sub:
    return subInts(a, b);
  case BinaryOp::Mul:
    return mulInts(a, b);
  case BinaryOp::TrueDiv:
    return trueDivInts(a, b);
  case BinaryOp::FloorDiv:
    return floorDivInts(a, b);
  case BinaryOp::Mod:
    return modInts(a, b);
  case BinaryOp::LShift:
    return lshiftInts(a, b);
  case BinaryOp::RShift:
    return rshiftInts(a, b);
  case BinaryOp::And:
    return andInts(a, b);
  case BinaryOp::Or:
    return orInts(a, b);
  case BinaryOp::Xor:
    return xorInts(a, b);
  case BinaryOp::MatMul:
  case BinaryOp::Pow:
    return {};
  }
  __builtin_unreachable();
}
[[gnu::always_inline]] inline Value binaryDoubles(BinaryOp op, double x, double y) {
  switch (op) {
  case BinaryOp::Add:
    return Value::fromDouble(x + y);
  case BinaryOp::Sub:
    return Value::fromDouble(x - y);
  case BinaryOp::Mul:
    return Value::fromDouble(x * y);
  case BinaryOp::TrueDiv:
    return trueDivDoubles(x, y);
  case BinaryOp::FloorDiv:
    return floorDivDoubles(x, y);
  case BinaryOp::Mod:
    return modDoubles(x, y);
  default:
    return {};
  }
}
/// Small ints and doubles mixed.
[[gnu::always_inline]] inline Value binaryNumbers(BinaryOp op, Value a, Value b) {
  if (areInts(a, b))
    return binaryInts(op, a, b);
  return areNumbers(a, b) ? binaryDoubles(op, numberAsDouble(a), numberAsDouble(b)) : Value();
}

template <class T> [[gnu::always_inline]] inline bool compareAs(CompareOp op, T x, T y) {
  switch (op) {
  case CompareOp::Lt:
    return x < y;
  case CompareOp::Le:
    return x <= y;
  case CompareOp::Eq:
    return x == y;
  case CompareOp::Ne:
    return x != y;
  case CompareOp::Gt:
    return x > y;
  case CompareOp::Ge:
    return x >= y;
  }
  __builtin_unreachable();
}
inline bool compareInts(CompareOp op, Value a, Value b) {
  return compareAs(op, shiftedInt(a), shiftedInt(b));
}

/// bool(value) of the commonest values; false when it takes more than a look.
[[gnu::always_inline]] inline bool truthFast(Value value, bool& result) {
  if (value.isTrue() || value.isFalse()) {
    result = value.isTrue();
    return true;
  }
  if (value.isInt()) {
    result = value.bits() != Value::kIntTag;
    return true;
  }
  result = false;
  return value.isNone();
}

} // namespace pyc::rt
