// Arithmetic of complex numbers. A real operand stays real: it is not turned into a complex number
// with a zero that could meet an infinity (C11, annex G).
#include "runtime/objects/complex_slots.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/float_slots.h"

#include <cmath>

namespace pyc::rt {

namespace {

/// An operand: complex, or real (imag is then 0 and has no part in anything).
struct Operand {
  ComplexNumber number;
  bool isReal;
};

/// False for what is no number and, with OverflowError and `raised`, for ints that are too large.
bool takeOperand(Value value, Operand& result, bool& raised) {
  raised = false;
  result.isReal = !isComplex(value);
  if (result.isReal) {
    result.number.imag = 0;
    return floatOperand(value, result.number.real, raised);
  }
  result.number = asComplex(value)->number();
  return true;
}

template <class Op> Ref withOperands(Value lhs, Value rhs, Op op) {
  Operand a, b;
  bool raised;
  if (takeOperand(lhs, a, raised) && takeOperand(rhs, b, raised))
    return op(a, b);
  return raised ? Ref() : Ref::notImplemented();
}

/// 1 or 0, with the sign of `x`: what an infinity counts beside finite numbers.
double boxInfinity(double x) {
  return std::copysign(std::isinf(x) ? 1.0 : 0.0, x);
}
double zeroIfNan(double x) {
  return std::isnan(x) ? std::copysign(0.0, x) : x;
}
bool isInfinite(ComplexNumber z) {
  return std::isinf(z.real) || std::isinf(z.imag);
}
bool isFinite(ComplexNumber z) {
  return std::isfinite(z.real) && std::isfinite(z.imag);
}
bool isNan(ComplexNumber z) {
  return std::isnan(z.real) && std::isnan(z.imag);
}

/// A product that came out as NaN though an infinite factor makes it infinite.
ComplexNumber recoverProduct(ComplexNumber a, ComplexNumber b, ComplexNumber product) {
  bool recover = false;
  if (isInfinite(a)) {
    a = {boxInfinity(a.real), boxInfinity(a.imag)};
    b = {zeroIfNan(b.real), zeroIfNan(b.imag)};
    recover = true;
  }
  if (isInfinite(b)) {
    b = {boxInfinity(b.real), boxInfinity(b.imag)};
    a = {zeroIfNan(a.real), zeroIfNan(a.imag)};
    recover = true;
  }
  if (!recover && (std::isinf(a.real * b.real) || std::isinf(a.imag * b.imag) ||
                   std::isinf(a.real * b.imag) || std::isinf(a.imag * b.real))) {
    a = {zeroIfNan(a.real), zeroIfNan(a.imag)};
    b = {zeroIfNan(b.real), zeroIfNan(b.imag)};
    recover = true;
  }
  if (!recover)
    return product;
  return {HUGE_VAL * (a.real * b.real - a.imag * b.imag),
          HUGE_VAL * (a.real * b.imag + a.imag * b.real)};
}

/// A quotient that came out as NaN though it is infinite or zero.
ComplexNumber recoverQuotient(ComplexNumber a, ComplexNumber b, ComplexNumber quotient) {
  double scale = HUGE_VAL;
  if (isInfinite(a) && isFinite(b)) {
    a = {boxInfinity(a.real), boxInfinity(a.imag)};
  } else if (isInfinite(b) && isFinite(a)) {
    b = {boxInfinity(b.real), boxInfinity(b.imag)};
    scale = 0;
  } else {
    return quotient;
  }
  return {scale * (a.real * b.real + a.imag * b.imag), scale * (a.imag * b.real - a.real * b.imag)};
}

/// real / complex.
ComplexNumber divideReal(double a, ComplexNumber b) {
  ComplexNumber result{__builtin_nan(""), __builtin_nan("")};
  if (std::fabs(b.real) >= std::fabs(b.imag)) {
    double ratio = b.imag / b.real, denominator = b.real + b.imag * ratio;
    result = {a / denominator, (-a * ratio) / denominator};
  } else if (std::fabs(b.imag) >= std::fabs(b.real)) {
    double ratio = b.real / b.imag, denominator = b.real * ratio + b.imag;
    result = {(a * ratio) / denominator, (-a) / denominator};
  }
  if (isNan(result) && std::isfinite(a) && isInfinite(b))
    return {0 * (a * boxInfinity(b.real)), 0 * (-a * boxInfinity(b.imag))};
  return result;
}

ComplexNumber quotientOf(const Operand& a, const Operand& b) {
  if (b.isReal)
    return {a.number.real / b.number.real, a.number.imag / b.number.real};
  return a.isReal ? divideReal(a.number.real, b.number) : divideComplex(a.number, b.number);
}

} // namespace

ComplexNumber multiplyComplex(ComplexNumber a, ComplexNumber b) {
  ComplexNumber product{a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
  return isNan(product) ? recoverProduct(a, b, product) : product;
}

/// Smith's algorithm: dividing by the larger part first keeps squares from overflowing.
ComplexNumber divideComplex(ComplexNumber a, ComplexNumber b) {
  ComplexNumber result{__builtin_nan(""), __builtin_nan("")};
  if (std::fabs(b.real) >= std::fabs(b.imag)) {
    double ratio = b.imag / b.real, denominator = b.real + b.imag * ratio;
    result = {(a.real + a.imag * ratio) / denominator, (a.imag - a.real * ratio) / denominator};
  } else if (std::fabs(b.imag) >= std::fabs(b.real)) {
    double ratio = b.real / b.imag, denominator = b.real * ratio + b.imag;
    result = {(a.real * ratio + a.imag) / denominator, (a.imag * ratio - a.real) / denominator};
  }
  return isNan(result) ? recoverQuotient(a, b, result) : result;
}

Ref complexAdd(Value lhs, Value rhs) {
  return withOperands(lhs, rhs, [](const Operand& a, const Operand& b) {
    double imag = a.isReal   ? b.number.imag
                  : b.isReal ? a.number.imag
                             : a.number.imag + b.number.imag;
    return makeComplex(a.number.real + b.number.real, imag);
  });
}

Ref complexSubtract(Value lhs, Value rhs) {
  return withOperands(lhs, rhs, [](const Operand& a, const Operand& b) {
    double imag = a.isReal   ? -b.number.imag
                  : b.isReal ? a.number.imag
                             : a.number.imag - b.number.imag;
    return makeComplex(a.number.real - b.number.real, imag);
  });
}

Ref complexMultiply(Value lhs, Value rhs) {
  return withOperands(lhs, rhs, [](const Operand& a, const Operand& b) {
    if (!a.isReal && !b.isReal)
      return makeComplex(multiplyComplex(a.number, b.number));
    double real = a.isReal ? a.number.real : b.number.real;
    ComplexNumber other = a.isReal ? b.number : a.number;
    return makeComplex(other.real * real, other.imag * real);
  });
}

Ref complexDivide(Value lhs, Value rhs) {
  return withOperands(lhs, rhs, [](const Operand& a, const Operand& b) -> Ref {
    if (b.number.real == 0 && b.number.imag == 0)
      return raise(zeroDivisionErrorType, "division by zero");
    return makeComplex(quotientOf(a, b));
  });
}

} // namespace pyc::rt
