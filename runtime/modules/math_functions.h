// What the files of the module math share. Functions are `bound` ones of a MethodDef.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/float.h"
#include "runtime/objects/protocol.h"

#include <span>

namespace pyc::rt {

// Rows of the module's function table, by topic; the pages are joined when the module is filled.
std::span<const MethodDef> mathElementary(); // sin, exp, sqrt, ...
std::span<const MethodDef> mathLogarithms();
std::span<const MethodDef> mathSpecial();  // gamma, lgamma, erf, erfc
std::span<const MethodDef> mathParts();    // floor, frexp, nextafter, isfinite, ...
std::span<const MethodDef> mathSums();     // fsum, prod, sumprod
std::span<const MethodDef> mathVectors();  // dist, hypot
std::span<const MethodDef> mathIntegers(); // the module math.integer

/// ValueError and OverflowError as CPython words them where it has nothing better to say.
inline Raised raiseMathDomain() {
  return raise(valueErrorType, "math domain error");
}
inline Raised raiseMathRange() {
  return raise(overflowErrorType, "math range error");
}

/// What becomes of an infinite result of a finite argument.
enum class Infinite : uint8_t { IsRangeError, IsDomainError, IsResult };

/// f(x); where x has no result, ValueError with `message`, which takes the argument as %R.
template <class F>
Ref mathUnary(Value argument, F f, Infinite infinite = Infinite::IsDomainError,
              const char* message = "math domain error") {
  double x;
  if (!toDouble(argument, x))
    return {};
  double result = f(x);
  bool isDomainError = __builtin_isnan(result) && !__builtin_isnan(x);
  if (__builtin_isinf(result) && __builtin_isfinite(x)) {
    if (infinite == Infinite::IsRangeError)
      return raiseMathRange();
    isDomainError = infinite == Infinite::IsDomainError;
  }
  if (isDomainError)
    return raise(valueErrorType, message, Value::fromDouble(x));
  return makeFloat(result);
}

/// A number as the sum of two doubles, the second one below the first one's precision.
struct DoubleLength {
  double high, low;
};
/// a + b exactly (Knuth).
inline DoubleLength addExactly(double a, double b) {
  double sum = a + b, part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}
/// The same where |a| >= |b| (Dekker).
inline DoubleLength addOrdered(double a, double b) {
  double sum = a + b;
  return {sum, (a - sum) + b};
}
/// a * b exactly.
inline DoubleLength multiplyExactly(double a, double b) {
  double product = a * b;
  return {product, __builtin_fma(a, b, -product)};
}

} // namespace pyc::rt
