// float's arithmetic, comparison and hash. What both operands being Values needs is in fast.h.
#include "runtime/objects/float.h"

#include "runtime/objects/complex.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/fast.h"
#include "runtime/objects/float_slots.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <cerrno>
#include <cmath>
#include <cstring>

namespace pyc::rt {

bool floatOperand(Value value, double& result, bool& raised) {
  raised = false;
  if (isFloat(value)) {
    result = floatValue(value);
    return true;
  }
  if (!isInteger(value))
    return false;
  if (intToDouble(value, result))
    return true;
  raised = true;
  return raise(overflowErrorType, "int too large to convert to float");
}

namespace {

/// Runs `op(x, y)` on operands that are floats or ints; NotImplemented for others.
template <class Op> Ref withOperands(Value lhs, Value rhs, Op op) {
  double x, y;
  bool raised;
  if (floatOperand(lhs, x, raised) && floatOperand(rhs, y, raised))
    return op(x, y);
  return raised ? Ref() : Ref::notImplemented();
}

Ref raiseZeroDivision() {
  return raise(zeroDivisionErrorType, "division by zero");
}

/// OverflowError(34, 'Numerical result out of range'), as from errno.
Ref raiseRangeError() {
  PYC_TRY(text, makeStr(strerror(ERANGE)));
  Value args[] = {Value::fromInt(ERANGE), text};
  PYC_TRY(exception, call(Value(&overflowErrorType), args, 2));
  return raiseValue(exception);
}

/// The order of a float and an int or float; false when they are not ordered (NaN) or `other` is
/// neither (then `known` is false).
bool orderOf(double x, Value other, int& order, bool& known) {
  known = true;
  if (isFloat(other)) {
    double y = floatValue(other);
    order = x < y ? -1 : x > y;
    return x == x && y == y;
  }
  if (!isInteger(other)) {
    known = false;
    return false;
  }
  if (x != x)
    return false;
  order = -compareIntToDouble(other, x);
  return true;
}

} // namespace

Ref floatAdd(Value a, Value b) {
  return withOperands(a, b, [](double x, double y) { return makeFloat(x + y); });
}

Ref floatSubtract(Value a, Value b) {
  return withOperands(a, b, [](double x, double y) { return makeFloat(x - y); });
}

Ref floatMultiply(Value a, Value b) {
  return withOperands(a, b, [](double x, double y) { return makeFloat(x * y); });
}

Ref floatDivide(Value a, Value b) {
  return withOperands(
      a, b, [](double x, double y) { return y == 0 ? raiseZeroDivision() : makeFloat(x / y); });
}

Ref floatFloorDivide(Value a, Value b) {
  return withOperands(a, b, [](double x, double y) {
    return y == 0 ? raiseZeroDivision() : Ref::number(floorDivDoubles(x, y));
  });
}

Ref floatModulo(Value a, Value b) {
  return withOperands(a, b, [](double x, double y) {
    return y == 0 ? raiseZeroDivision() : Ref::number(modDoubles(x, y));
  });
}

Ref floatPowerOf(Value a, Value b) {
  return withOperands(a, b, floatPower);
}

Ref floatPower(double x, double y) {
  if (x == 0 && y < 0 && std::isfinite(y))
    return raise(zeroDivisionErrorType, "zero to a negative power");
  if (x < 0 && std::isfinite(x) && std::isfinite(y) && y != std::floor(y))
    return complexPower({x, 0}, {y, 0});
  double result = std::pow(x, y);
  if (std::isinf(result) && std::isfinite(x) && std::isfinite(y))
    return raiseRangeError();
  return makeFloat(result);
}

Ref floatDivmod(Value a, Value b) {
  return withOperands(a, b, [](double x, double y) -> Ref {
    if (y == 0)
      return raiseZeroDivision();
    return tupleOf(floorDivDoubles(x, y), modDoubles(x, y));
  });
}

Ref floatCompare(Value self, Value other, CompareOp op) {
  int order = 0;
  bool known;
  if (orderOf(floatValue(self), other, order, known))
    return Ref::boolean(compareAs(op, order, 0));
  return known ? Ref::boolean(op == CompareOp::Ne) : Ref::notImplemented();
}

/// CPython's: the number modulo 2^61 - 1, so that equal ints and floats hash alike.
int64_t floatHash(double value) {
  constexpr int kBits = 61;
  constexpr uint64_t kModulus = (uint64_t(1) << kBits) - 1;
  if (std::isinf(value))
    return value > 0 ? 314159 : -314159;
  if (std::isnan(value))
    return 0;
  int exponent;
  double fraction = std::frexp(std::fabs(value), &exponent);
  auto mantissa = static_cast<uint64_t>(std::ldexp(fraction, 53));
  exponent -= 53;
  int shift = (exponent % kBits + kBits) % kBits; // 2^61 is 1 modulo the modulus
  uint64_t hash = ((mantissa << shift) & kModulus) | mantissa >> (kBits - shift);
  if (hash == kModulus)
    hash = 0;
  auto result = static_cast<int64_t>(hash);
  if (value < 0)
    result = -result;
  return result == -1 ? -2 : result;
}

} // namespace pyc::rt
