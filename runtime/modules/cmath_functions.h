// The functions of the module cmath. For arguments that are not finite they are C's, which follow
// annex G of C99; CPython's choice is taken where that leaves one.
#pragma once

#include "runtime/objects/complex.h"

#include <cmath>
#include <complex>

namespace pyc::rt {

/// What a function has to say besides its result.
enum class ComplexError : uint8_t { None, Domain, Range };

using ComplexFunction = ComplexNumber (*)(ComplexNumber z, ComplexError& error);

ComplexNumber complexSqrt(ComplexNumber z, ComplexError& error);
ComplexNumber complexExp(ComplexNumber z, ComplexError& error);
ComplexNumber complexLog(ComplexNumber z, ComplexError& error);
ComplexNumber complexLog10(ComplexNumber z, ComplexError& error);
ComplexNumber complexCosh(ComplexNumber z, ComplexError& error);
ComplexNumber complexSinh(ComplexNumber z, ComplexError& error);
ComplexNumber complexTanh(ComplexNumber z, ComplexError& error);
ComplexNumber complexAcos(ComplexNumber z, ComplexError& error);
ComplexNumber complexAcosh(ComplexNumber z, ComplexError& error);
ComplexNumber complexAsinh(ComplexNumber z, ComplexError& error);
ComplexNumber complexAtanh(ComplexNumber z, ComplexError& error);
/// length * (cos angle, sin angle).
ComplexNumber complexFromPolar(double length, double angle, ComplexError& error);

inline bool isFinite(ComplexNumber z) {
  return std::isfinite(z.real) && std::isfinite(z.imag);
}
inline ComplexNumber timesI(ComplexNumber z) {
  return {-z.imag, z.real};
}
inline ComplexNumber timesMinusI(ComplexNumber z) {
  return {z.imag, -z.real};
}

/// Below it, lengths of vectors and twice them are doubles.
inline constexpr double kLargeDouble = 1.7976931348623157e308 / 4;

inline bool isLarge(ComplexNumber z) {
  return std::fabs(z.real) > kLargeDouble || std::fabs(z.imag) > kLargeDouble;
}
/// log |z| of a large number.
inline double logOfLarge(ComplexNumber z) {
  return std::log(std::hypot(z.real / 2, z.imag / 2)) + M_LN2;
}

/// C's function of a number that is not finite. The sign of a NaN is nothing to go by.
template <class F> ComplexNumber applyC(F function, ComplexNumber z) {
  auto withoutSign = [](double x) { return std::isnan(x) ? __builtin_nan("") : x; };
  std::complex<double> result =
      function(std::complex<double>(withoutSign(z.real), withoutSign(z.imag)));
  return {result.real(), result.imag()};
}

} // namespace pyc::rt
