// cmath: inverse hyperbolic and trigonometric functions, after Kahan's "Branch cuts for complex
// elementary functions".
#include "runtime/modules/cmath_functions.h"

#include <cfloat>

namespace pyc::rt {

namespace {

using StdComplex = std::complex<double>;

ComplexNumber rootOf(double real, double imag) {
  ComplexError error;
  return complexSqrt({real, imag}, error);
}

/// log |2 z| of a large number.
double logOfTwice(ComplexNumber z) {
  return std::log(std::hypot(z.real / 2, z.imag / 2)) + 2 * M_LN2;
}

} // namespace

ComplexNumber complexAcos(ComplexNumber z, ComplexError&) {
  if (!isFinite(z)) {
    ComplexNumber result = applyC([](const StdComplex& w) { return std::acos(w); }, z);
    bool isOpen = std::isinf(z.real) && std::isnan(z.imag); // the sign may be either
    return {result.real, isOpen ? HUGE_VAL : result.imag};
  }
  if (isLarge(z))
    return {std::atan2(std::fabs(z.imag), z.real), -std::copysign(logOfTwice(z), z.imag)};
  ComplexNumber minus = rootOf(1 - z.real, -z.imag), plus = rootOf(1 + z.real, z.imag);
  return {2 * std::atan2(minus.real, plus.real),
          std::asinh(plus.real * minus.imag - plus.imag * minus.real)};
}

ComplexNumber complexAcosh(ComplexNumber z, ComplexError&) {
  if (!isFinite(z))
    return applyC([](const StdComplex& w) { return std::acosh(w); }, z);
  if (isLarge(z))
    return {logOfTwice(z), std::atan2(z.imag, z.real)};
  ComplexNumber minus = rootOf(z.real - 1, z.imag), plus = rootOf(z.real + 1, z.imag);
  return {std::asinh(minus.real * plus.real + minus.imag * plus.imag),
          2 * std::atan2(minus.imag, plus.real)};
}

ComplexNumber complexAsinh(ComplexNumber z, ComplexError&) {
  if (!isFinite(z))
    return applyC([](const StdComplex& w) { return std::asinh(w); }, z);
  if (isLarge(z))
    return {std::copysign(logOfTwice(z), z.real), std::atan2(z.imag, std::fabs(z.real))};
  ComplexNumber plus = rootOf(1 + z.imag, -z.real), minus = rootOf(1 - z.imag, z.real);
  return {std::asinh(plus.real * minus.imag - minus.real * plus.imag),
          std::atan2(z.imag, plus.real * minus.real - plus.imag * minus.imag)};
}

ComplexNumber complexAtanh(ComplexNumber z, ComplexError& error) {
  if (!isFinite(z))
    return applyC([](const StdComplex& w) { return std::atanh(w); }, z);
  if (std::signbit(z.real)) { // an odd function
    ComplexNumber result = complexAtanh({-z.real, -z.imag}, error);
    return {-result.real, -result.imag};
  }
  double y = std::fabs(z.imag);
  const double largeRoot = std::sqrt(kLargeDouble), smallRoot = std::sqrt(DBL_MIN);
  if (z.real > largeRoot || y > largeRoot) {
    double half = std::hypot(z.real / 2, y / 2); // of the length
    return {z.real / 4 / half / half, std::copysign(M_PI_2, z.imag)};
  }
  if (z.real == 1 && y < smallRoot) {
    if (y == 0) {
      error = ComplexError::Domain;
      return {HUGE_VAL, z.imag};
    }
    return {-std::log(std::sqrt(y) / std::sqrt(std::hypot(y, 2.0))),
            std::copysign(std::atan2(2.0, -y) / 2, z.imag)};
  }
  double distance = 1 - z.real;
  return {std::log1p(4 * z.real / (distance * distance + y * y)) / 4,
          -std::atan2(-2 * z.imag, distance * (1 + z.real) - y * y) / 2};
}

} // namespace pyc::rt
