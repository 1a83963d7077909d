// Arithmetic and comparisons whose common case is in line: part of fast_entry.cpp.
#pragma once

#include "runtime/abi/fast_parts.h"
#include "runtime/objects/complex.h"
#include "runtime/objects/fast.h"
#include "runtime/objects/int.h"

#include <bit>
#include <cmath>

namespace pyc::rt {

namespace {

/// a * a, if that is what the C library's pow gives: pow is off by less than 0.05 units in the last
/// place before it rounds, so that it can differ only near the middle between two doubles. False
/// there, and for very small and large numbers.
[[gnu::always_inline]] inline bool squareAsPow(double a, double& square) {
  square = a * a;
  if (!(square > 0x1p-900 && square < 0x1p900))
    return false;
  // What rounding lost, exactly (Dekker).
  double scaled = a * 0x1.0000002p27;
  double high = scaled - (scaled - a), low = a - high;
  double lost = ((high * high - square) + 2 * high * low) + low * low;
  uint64_t exponent = std::bit_cast<uint64_t>(square) & 0x7FF0000000000000;
  return std::fabs(lost) < 0.4 * 0x1p-52 * std::bit_cast<double>(exponent);
}

} // namespace

extern "C" {

/// Whether a value is an int that fits 64 bits, and the number of one that is.
PYC_FAST bool pyc_is_wide_int(Value value) {
  if (PYC_LIKELY(value.isInt()))
    return true;
  if (!hasShape(value, kShapeInt))
    return false;
  auto* object = value.as<IntObject>();
  return (object->size == 1 || object->size == -1) && object->limbs()[0] <= INT64_MAX;
}
PYC_FAST int64_t pyc_wide_int(Value value) {
  if (PYC_LIKELY(value.isInt()))
    return value.asInt();
  auto* object = value.as<IntObject>();
  auto magnitude = static_cast<int64_t>(object->limbs()[0]);
  return object->size < 0 ? -magnitude : magnitude;
}

/// Whether a value is a complex number without NaN.
PYC_FAST bool pyc_is_plain_complex(Value value) {
  return PYC_LIKELY(hasShape(value, kShapeComplex)) &&
         !std::isunordered(asComplex(value)->real, asComplex(value)->imag);
}
PYC_FAST double pyc_complex_real(Value value) {
  return asComplex(value)->real;
}
PYC_FAST double pyc_complex_imag(Value value) {
  return asComplex(value)->imag;
}

/// Inlined: both ints, or both floats. Mixed ones take a copy of the module's own.
#define PYC_BINARY(uop, op)                                                                        \
  [[gnu::noinline]] static Value mixed_##uop(Value lhs, Value rhs) {                               \
    Value result = binaryNumbers(BinaryOp::op, lhs, rhs);                                          \
    return PYC_LIKELY(result) ? result : pyc_slow_##uop(lhs, rhs);                                 \
  }                                                                                                \
  [[gnu::noinline]] static Value mixed_inplace_##uop(Value lhs, Value rhs) {                       \
    Value result = binaryNumbers(BinaryOp::op, lhs, rhs);                                          \
    return PYC_LIKELY(result) ? result : pyc_slow_inplace_##uop(lhs, rhs);                         \
  }                                                                                                \
  PYC_FAST Value pyc_##uop(Value lhs, Value rhs) {                                                 \
    if (areDoubles(lhs, rhs))                                                                      \
      return binaryDoubles(BinaryOp::op, lhs.asDouble(), rhs.asDouble());                          \
    Value result = areInts(lhs, rhs) ? binaryInts(BinaryOp::op, lhs, rhs) : Value();               \
    return PYC_LIKELY(result) ? result : mixed_##uop(lhs, rhs);                                    \
  }                                                                                                \
  PYC_FAST Value pyc_inplace_##uop(Value lhs, Value rhs) {                                         \
    if (areDoubles(lhs, rhs))                                                                      \
      return binaryDoubles(BinaryOp::op, lhs.asDouble(), rhs.asDouble());                          \
    Value result = areInts(lhs, rhs) ? binaryInts(BinaryOp::op, lhs, rhs) : Value();               \
    return PYC_LIKELY(result) ? result : mixed_inplace_##uop(lhs, rhs);                            \
  }
PYC_BINARY(add, Add)
PYC_BINARY(sub, Sub)
PYC_BINARY(mul, Mul)
#undef PYC_BINARY

/// The left operand ends here, so that a str can grow in place.
#define PYC_TAKING(uop)                                                                            \
  PYC_FAST Value pyc_##uop##_taking(Value lhs, Value rhs) {                                        \
    if (areDoubles(lhs, rhs))                                                                      \
      return binaryDoubles(BinaryOp::Add, lhs.asDouble(), rhs.asDouble());                         \
    Value result = areInts(lhs, rhs) ? binaryInts(BinaryOp::Add, lhs, rhs) : Value();              \
    return PYC_LIKELY(result) ? result : pyc_slow_##uop##_taking(lhs, rhs);                        \
  }
PYC_TAKING(add)
PYC_TAKING(inplace_add)
#undef PYC_TAKING

/// Inlined: floats. Ints divide in a copy of the module's own.
#define PYC_DIVISION(uop)                                                                          \
  [[gnu::noinline]] static Value mixed_##uop(Value lhs, Value rhs) {                               \
    Value result = binaryNumbers(BinaryOp::TrueDiv, lhs, rhs);                                     \
    return PYC_LIKELY(result) ? result : pyc_slow_##uop(lhs, rhs);                                 \
  }                                                                                                \
  PYC_FAST Value pyc_##uop(Value lhs, Value rhs) {                                                 \
    if (areDoubles(lhs, rhs) && PYC_LIKELY(rhs.asDouble() != 0))                                   \
      return Value::fromDouble(lhs.asDouble() / rhs.asDouble());                                   \
    return mixed_##uop(lhs, rhs);                                                                  \
  }
PYC_DIVISION(truediv)
PYC_DIVISION(inplace_truediv)
#undef PYC_DIVISION

/// Inlined for ints: bit operations.
#define PYC_BITWISE(uop, function)                                                                 \
  PYC_FAST Value pyc_##uop(Value lhs, Value rhs) {                                                 \
    return PYC_LIKELY(areInts(lhs, rhs)) ? function(lhs, rhs) : pyc_slow_##uop(lhs, rhs);          \
  }                                                                                                \
  PYC_FAST Value pyc_inplace_##uop(Value lhs, Value rhs) {                                         \
    return PYC_LIKELY(areInts(lhs, rhs)) ? function(lhs, rhs) : pyc_slow_inplace_##uop(lhs, rhs);  \
  }
PYC_BITWISE(and, andInts)
PYC_BITWISE(or, orInts)
PYC_BITWISE(xor, xorInts)
#undef PYC_BITWISE

// One copy a module: their fast paths are long, or not fast.
#define PYC_LONG(uop, op)                                                                          \
  PYC_OUTLINED Value pyc_##uop(Value lhs, Value rhs) {                                             \
    Value result = binaryNumbers(BinaryOp::op, lhs, rhs);                                          \
    return PYC_LIKELY(result) ? result : pyc_slow_##uop(lhs, rhs);                                 \
  }                                                                                                \
  PYC_OUTLINED Value pyc_inplace_##uop(Value lhs, Value rhs) {                                     \
    Value result = binaryNumbers(BinaryOp::op, lhs, rhs);                                          \
    return PYC_LIKELY(result) ? result : pyc_slow_inplace_##uop(lhs, rhs);                         \
  }
PYC_LONG(matmul, MatMul)
PYC_LONG(floordiv, FloorDiv)
PYC_LONG(mod, Mod)
PYC_LONG(pow, Pow)
PYC_LONG(lshift, LShift)
PYC_LONG(rshift, RShift)
#undef PYC_LONG

/// Whether two objects are strs with the same text; no answer for others.
[[gnu::always_inline]] static inline bool compareStrs(Value lhs, Value rhs, bool& same) {
  if (!hasShape(lhs, kShapeStr) || !hasShape(rhs, kShapeStr))
    return false;
  StrObject *a = asStr(lhs), *b = asStr(rhs);
  if (a->length == 1 && b->length == 1 && a->isNarrow() && b->isNarrow())
    same = a->data()[0] == b->data()[0];
  else
    same = a == b || (a->length == b->length && strEquals(a, b));
  return true;
}
/// Which of two strs comes first; no answer for others.
[[gnu::always_inline]] static inline bool orderStrs(CompareOp op, Value lhs, Value rhs,
                                                    bool& result) {
  if (!hasShape(lhs, kShapeStr) || !hasShape(rhs, kShapeStr))
    return false;
  StrObject *a = asStr(lhs), *b = asStr(rhs);
  if (a->length == 1 && b->length == 1 && a->isNarrow() && b->isNarrow())
    result = compareAs(op, a->data()[0], b->data()[0]);
  else
    result = compareAs(op, strCompare(a, b), 0);
  return true;
}
/// Inlined: one of the two is nearly always a character or, for == and !=, interned.
[[gnu::always_inline]] static inline bool compareTexts(CompareOp op, Value lhs, Value rhs,
                                                       bool& result) {
  if (op != CompareOp::Eq && op != CompareOp::Ne)
    return orderStrs(op, lhs, rhs, result);
  bool same;
  if (!compareStrs(lhs, rhs, same))
    return false;
  result = same == (op == CompareOp::Eq);
  return true;
}
#define PYC_COMPARE(uop, op)                                                                       \
  PYC_FAST Value pyc_##uop(Value lhs, Value rhs) {                                                 \
    if (areInts(lhs, rhs))                                                                         \
      return Value::fromBool(compareInts(CompareOp::op, lhs, rhs));                                \
    if (areDoubles(lhs, rhs))                                                                      \
      return Value::fromBool(compareAs(CompareOp::op, lhs.asDouble(), rhs.asDouble()));            \
    if (bool same; compareTexts(CompareOp::op, lhs, rhs, same))                                    \
      return Value::fromBool(same);                                                                \
    return pyc_slow_##uop(lhs, rhs);                                                               \
  }                                                                                                \
  PYC_FAST int32_t pyc_truth_##uop(Value lhs, Value rhs) {                                         \
    if (areInts(lhs, rhs))                                                                         \
      return compareInts(CompareOp::op, lhs, rhs);                                                 \
    if (areDoubles(lhs, rhs))                                                                      \
      return compareAs(CompareOp::op, lhs.asDouble(), rhs.asDouble());                             \
    if (bool same; compareTexts(CompareOp::op, lhs, rhs, same))                                    \
      return same;                                                                                 \
    return pyc_slow_truth_##uop(lhs, rhs);                                                         \
  }
PYC_FOR_EACH_COMPARE(PYC_COMPARE)
#undef PYC_COMPARE

PYC_FAST Value pyc_neg(Value operand) {
  if (operand.isDouble())
    return Value::fromDouble(-operand.asDouble());
  if (operand.isInt() && operand.asInt() != Value::kMinInt)
    return Value::fromInt(-operand.asInt());
  return pyc_slow_neg(operand);
}
PYC_FAST Value pyc_pos(Value operand) {
  return operand.isNumber() ? operand : pyc_slow_pos(operand);
}
PYC_FAST Value pyc_invert(Value operand) {
  return operand.isInt() ? Value::fromInt(~operand.asInt()) : pyc_slow_invert(operand);
}

PYC_FAST Value pyc_box_int(int64_t value) {
  return PYC_LIKELY(Value::fitsInt(value)) ? Value::fromInt(value) : pyc_slow_box_int(value);
}
PYC_FAST bool pyc_int_floordiv(int64_t a, int64_t b, int64_t* result) {
  if (b == 0 || (b == -1 && a == INT64_MIN))
    return false;
  int64_t quotient = a / b;
  *result = quotient - ((a % b != 0) & ((a < 0) != (b < 0)));
  return true;
}
PYC_FAST bool pyc_int_mod(int64_t a, int64_t b, int64_t* result) {
  if (b == 0 || b == -1) {
    *result = 0;
    return b != 0;
  }
  int64_t rest = a % b;
  *result = rest != 0 && (rest ^ b) < 0 ? rest + b : rest;
  return true;
}
PYC_FAST bool pyc_int_lshift(int64_t a, int64_t shift, int64_t* result) {
  if (shift < 0 || shift > 62)
    return false;
  *result = static_cast<int64_t>(static_cast<uint64_t>(a) << shift);
  return (*result >> shift) == a;
}
PYC_FAST bool pyc_int_rshift(int64_t a, int64_t shift, int64_t* result) {
  *result = a >> (shift > 63 ? 63 : shift & 63);
  return shift >= 0;
}
/// Square and multiply; leaves when the result needs more than 64 bits, or is a float.
[[gnu::used]] inline bool pyc_int_pow(int64_t base, int64_t exponent, int64_t* result) {
  if (exponent < 0)
    return false;
  if (base == -1 || base == 1) {
    *result = (exponent & 1) != 0 ? base : 1;
    return true;
  }
  int64_t power = 1;
  while (exponent != 0) {
    if ((exponent & 1) != 0 && __builtin_mul_overflow(power, base, &power))
      return false;
    exponent >>= 1;
    if (exponent != 0 && __builtin_mul_overflow(base, base, &base))
      return false;
  }
  *result = power;
  return true;
}
/// Exact where both operands are exact doubles; CPython's longer way gives the same there.
PYC_FAST bool pyc_int_truediv(int64_t a, int64_t b, double* result) {
  constexpr int64_t kExact = 1ll << 53;
  if (b == 0 || a > kExact || a < -kExact || b > kExact || b < -kExact)
    return false;
  *result = static_cast<double>(a) / static_cast<double>(b);
  return true;
}
PYC_FAST bool pyc_float_floordiv(double a, double b, double* result) {
  Value value = floorDivDoubles(a, b);
  *result = value ? value.asDouble() : 0;
  return static_cast<bool>(value);
}
PYC_FAST bool pyc_float_mod(double a, double b, double* result) {
  Value value = modDoubles(a, b);
  *result = value ? value.asDouble() : 0;
  return static_cast<bool>(value);
}
/// Finite operands whose power is a finite real number; everything else has its own rules.
PYC_FAST bool pyc_float_pow(double a, double b, double* result) {
  if (b == 2 && squareAsPow(a, *result))
    return true;
  if ((a < 0 && b != std::floor(b)) || (a == 0 && b < 0) || !std::isfinite(a) || !std::isfinite(b))
    return false;
  *result = pyc_library_pow(a, b);
  return std::isfinite(*result);
}
}

} // namespace pyc::rt
