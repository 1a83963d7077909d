// cmath: roots, exponentials, logarithms, hyperbolic functions, polar coordinates.
#include "runtime/modules/cmath_functions.h"

#include <cfloat>

namespace pyc::rt {

namespace {

using StdComplex = std::complex<double>;

/// Beyond this, exp(x) may overflow where the result, times a sine, does not.
const double kLogLarge = std::log(kLargeDouble);

ComplexNumber checkRange(ComplexNumber result, ComplexError& error) {
  if (std::isinf(result.real) || std::isinf(result.imag))
    error = ComplexError::Range;
  return result;
}

/// An infinite angle has no direction.
void checkAngle(ComplexNumber z, ComplexError& error) {
  if (std::isinf(z.imag) && !std::isnan(z.real))
    error = ComplexError::Domain;
}

bool isTiny(ComplexNumber z) {
  return std::fabs(z.real) < DBL_MIN && std::fabs(z.imag) < DBL_MIN;
}

} // namespace

ComplexNumber complexSqrt(ComplexNumber z, ComplexError&) {
  if (!isFinite(z))
    return applyC([](const StdComplex& w) { return std::sqrt(w); }, z);
  if (z.real == 0 && z.imag == 0)
    return {0, z.imag};
  // Scaled by powers of four, whose roots are exact, so that the length is neither too large nor
  // subnormal.
  constexpr int kUp = 2 * (DBL_MANT_DIG / 2) + 1;
  double x = std::fabs(z.real), y = std::fabs(z.imag), root;
  if (isTiny(z)) {
    x = std::ldexp(x, kUp);
    root = std::ldexp(std::sqrt(x + std::hypot(x, std::ldexp(y, kUp))), -(kUp + 1) / 2);
  } else {
    x /= 8;
    root = 2 * std::sqrt(x + std::hypot(x, y / 8));
  }
  double other = y / (2 * root);
  if (z.real >= 0)
    return {root, std::copysign(other, z.imag)};
  return {other, std::copysign(root, z.imag)};
}

ComplexNumber complexExp(ComplexNumber z, ComplexError& error) {
  if (!isFinite(z)) {
    if (z.real == -HUGE_VAL && !std::isfinite(z.imag))
      return {0, 0};
    checkAngle(z, error);
    return applyC([](const StdComplex& w) { return std::exp(w); }, z);
  }
  bool isLong = z.real > kLogLarge;
  double length = std::exp(isLong ? z.real - 1 : z.real);
  ComplexNumber result{length * std::cos(z.imag), length * std::sin(z.imag)};
  if (isLong)
    result = {result.real * M_E, result.imag * M_E};
  return checkRange(result, error);
}

ComplexNumber complexLog(ComplexNumber z, ComplexError& error) {
  if (!isFinite(z))
    return applyC([](const StdComplex& w) { return std::log(w); }, z);
  double angle = std::atan2(z.imag, z.real);
  if (isLarge(z))
    return {logOfLarge(z), angle};
  if (isTiny(z)) {
    if (z.real == 0 && z.imag == 0) {
      error = ComplexError::Domain;
      return {-HUGE_VAL, angle};
    }
    double length = std::hypot(std::ldexp(z.real, DBL_MANT_DIG), std::ldexp(z.imag, DBL_MANT_DIG));
    return {std::log(length) - DBL_MANT_DIG * M_LN2, angle};
  }
  double length = std::hypot(z.real, z.imag);
  if (length < 0.71 || length > 1.73)
    return {std::log(length), angle};
  // Near 1 the logarithm is taken of the square, less 1, where nothing cancels.
  double x = std::fabs(z.real), y = std::fabs(z.imag);
  double larger = x > y ? x : y, smaller = x > y ? y : x;
  return {std::log1p((larger - 1) * (larger + 1) + smaller * smaller) / 2, angle};
}

ComplexNumber complexLog10(ComplexNumber z, ComplexError& error) {
  ComplexNumber result = complexLog(z, error);
  return {result.real / M_LN10, result.imag / M_LN10};
}

ComplexNumber complexCosh(ComplexNumber z, ComplexError& error) {
  if (!isFinite(z)) {
    checkAngle(z, error);
    ComplexNumber result = applyC([](const StdComplex& w) { return std::cosh(w); }, z);
    return {result.real, std::isnan(z.real) && z.imag == 0 ? 0 : result.imag};
  }
  if (std::fabs(z.real) <= kLogLarge)
    return checkRange({std::cos(z.imag) * std::cosh(z.real), std::sin(z.imag) * std::sinh(z.real)},
                      error);
  double less = z.real - std::copysign(1.0, z.real);
  return checkRange(
      {std::cos(z.imag) * std::cosh(less) * M_E, std::sin(z.imag) * std::sinh(less) * M_E}, error);
}

ComplexNumber complexSinh(ComplexNumber z, ComplexError& error) {
  if (!isFinite(z)) {
    checkAngle(z, error);
    ComplexNumber result = applyC([](const StdComplex& w) { return std::sinh(w); }, z);
    return {z.real == 0 ? 0 : result.real, result.imag};
  }
  if (std::fabs(z.real) <= kLogLarge)
    return checkRange({std::cos(z.imag) * std::sinh(z.real), std::sin(z.imag) * std::cosh(z.real)},
                      error);
  double less = z.real - std::copysign(1.0, z.real);
  return checkRange(
      {std::cos(z.imag) * std::sinh(less) * M_E, std::sin(z.imag) * std::cosh(less) * M_E}, error);
}

ComplexNumber complexTanh(ComplexNumber z, ComplexError& error) {
  if (!isFinite(z)) {
    if (std::isinf(z.real) && !std::isfinite(z.imag))
      return {std::copysign(1.0, z.real), 0};
    checkAngle(z, error);
    return applyC([](const StdComplex& w) { return std::tanh(w); }, z);
  }
  if (std::fabs(z.real) > kLogLarge)
    return {std::copysign(1.0, z.real),
            4 * std::sin(z.imag) * std::cos(z.imag) * std::exp(-2 * std::fabs(z.real))};
  double x = std::tanh(z.real), y = std::tan(z.imag);
  double inverse = 1 / std::cosh(z.real), product = x * y;
  double denominator = 1 + product * product;
  return {x * (1 + y * y) / denominator, (y / denominator * inverse) * inverse};
}

ComplexNumber complexFromPolar(double length, double angle, ComplexError& error) {
  if (std::isfinite(length) && std::isfinite(angle)) {
    if (angle == 0)
      return {length, length * angle};
    return {length * std::cos(angle), length * std::sin(angle)};
  }
  if (length == 0)
    return {0, 0};
  checkAngle({length, angle}, error);
  if (std::isnan(length))
    return {length, angle == 0 ? 0 : length};
  if (std::isnan(angle))
    return {std::isinf(length) ? HUGE_VAL : angle, angle};
  if (angle == 0)
    return {length, std::copysign(0.0, length) * std::copysign(1.0, angle)};
  return {length * std::copysign(1.0, std::cos(angle)),
          length * std::copysign(1.0, std::sin(angle))};
}

} // namespace pyc::rt
