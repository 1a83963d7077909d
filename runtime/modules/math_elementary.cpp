// math: powers, exponentials, trigonometry.
#include "runtime/modules/math_functions.h"
#include "runtime/objects/known_functions.h"

#include <cmath>

namespace pyc::rt {

namespace {

constexpr const char* kFinite = "expected a finite input, got %R";
constexpr const char* kUnitRange = "expected a number in range from -1 up to 1, got %R";

/// Converts both arguments; the first one's error comes first.
bool takeTwo(const Value* args, double& x, double& y) {
  return toDouble(args[0], x) && toDouble(args[1], y);
}

/// f(x, y), which is not finite only for arguments that are not, or that it has no result for.
template <class F> Ref binary(const Value* args, F f) {
  double x, y;
  return takeTwo(args, x, y) ? makeFloat(f(x, y)) : Ref();
}

Ref power(const Value* args) {
  double x, y;
  if (!takeTwo(args, x, y))
    return {};
  double result = std::pow(x, y);
  if (!std::isfinite(x) || !std::isfinite(y) || std::isfinite(result))
    return makeFloat(result);
  return std::isnan(result) || x == 0 ? Ref(raiseMathDomain()) : Ref(raiseMathRange());
}

/// fmod and remainder: nothing for an infinite x or for y 0.
template <class F> Ref division(const Value* args, F f) {
  double x, y;
  if (!takeTwo(args, x, y))
    return {};
  if (!std::isnan(x) && !std::isnan(y) && (std::isinf(x) || y == 0))
    return raiseMathDomain();
  return makeFloat(f(x, y));
}

Ref fma(const Value* args) {
  double x, y, z;
  if (!toDouble(args[0], x) || !toDouble(args[1], y) || !toDouble(args[2], z))
    return {};
  double result = std::fma(x, y, z);
  if (std::isnan(result) && !std::isnan(x) && !std::isnan(y) && !std::isnan(z))
    return raise(valueErrorType, "invalid operation in fma");
  if (std::isinf(result) && std::isfinite(x) && std::isfinite(y) && std::isfinite(z))
    return raise(overflowErrorType, "overflow in fma");
  return makeFloat(result);
}

/// As the C functions, where zeros of both signs compare by sign.
double largerOf(double x, double y) {
  if (x == y)
    return std::signbit(x) ? y : x;
  return std::fmax(x, y);
}
double smallerOf(double x, double y) {
  if (x == y)
    return std::signbit(y) ? y : x;
  return std::fmin(x, y);
}

/// A row of a function of one argument.
#define PYC_MATH_UNARY(function, text, ...)                                                        \
  {.signature = function "(x, /)",                                                                 \
   .bound = [](const Value* args) { return mathUnary(args[0], __VA_ARGS__); },                     \
   .doc = text}
#define PYC_MATH(f) [](double x) { return f(x); }

/// A row of one that native code knows.
#define PYC_KNOWN_ROW(function, text)                                                              \
  {.signature = #function "(x, /)", .bound = pycMath_##function, .doc = text}

constexpr MethodDef kFunctions[] = {
    PYC_KNOWN_ROW(acos, "Return the arc cosine (measured in radians) of x."),
    PYC_MATH_UNARY("acosh", "Return the inverse hyperbolic cosine of x.", PYC_MATH(std::acosh),
                   Infinite::IsDomainError, "expected argument value not less than 1, got %R"),
    PYC_KNOWN_ROW(asin, "Return the arc sine (measured in radians) of x."),
    PYC_MATH_UNARY("asinh", "Return the inverse hyperbolic sine of x.", PYC_MATH(std::asinh)),
    PYC_KNOWN_ROW(atan, "Return the arc tangent (measured in radians) of x."),
    PYC_MATH_UNARY("atanh", "Return the inverse hyperbolic tangent of x.", PYC_MATH(std::atanh),
                   Infinite::IsDomainError, "expected a number between -1 and 1, got %R"),
    PYC_MATH_UNARY("cbrt", "Return the cube root of x.", PYC_MATH(std::cbrt)),
    PYC_KNOWN_ROW(cos, "Return the cosine of x (measured in radians)."),
    PYC_KNOWN_ROW(cosh, "Return the hyperbolic cosine of x."),
    PYC_KNOWN_ROW(degrees, "Convert angle x from radians to degrees."),
    PYC_KNOWN_ROW(exp, "Return e raised to the power of x."),
    PYC_MATH_UNARY("exp2", "Return 2 raised to the power of x.", PYC_MATH(std::exp2),
                   Infinite::IsRangeError),
    PYC_MATH_UNARY("expm1", "Return exp(x)-1, without loss for small x.", PYC_MATH(std::expm1),
                   Infinite::IsRangeError),
    PYC_KNOWN_ROW(fabs, "Return the absolute value of the float x."),
    PYC_KNOWN_ROW(radians, "Convert angle x from degrees to radians."),
    PYC_KNOWN_ROW(sin, "Return the sine of x (measured in radians)."),
    PYC_KNOWN_ROW(sinh, "Return the hyperbolic sine of x."),
    {.signature = "sqrt(x, /)", .bound = pycMathSqrt, .doc = "Return the square root of x."},
    PYC_KNOWN_ROW(tan, "Return the tangent of x (measured in radians)."),
    PYC_KNOWN_ROW(tanh, "Return the hyperbolic tangent of x."),
    {.signature = "atan2(y, x, /)",
     .bound =
         [](const Value* args) {
           return binary(args, [](double y, double x) { return std::atan2(y, x); });
         },
     .doc = "Return the arc tangent (measured in radians) of y/x, in the quadrant of (x, y)."},
    {.signature = "copysign(x, y, /)",
     .bound =
         [](const Value* args) {
           return binary(args, [](double x, double y) { return std::copysign(x, y); });
         },
     .doc = "Return a float with the magnitude (absolute value) of x but the sign of y."},
    {.signature = "fmax(x, y, /)",
     .bound = [](const Value* args) { return binary(args, largerOf); },
     .doc = "Return the larger of two floating-point arguments."},
    {.signature = "fmin(x, y, /)",
     .bound = [](const Value* args) { return binary(args, smallerOf); },
     .doc = "Return the smaller of two floating-point arguments."},
    {.signature = "fma(x, y, z, /)",
     .bound = fma,
     .doc = "Compute (x * y) + z with a single rounding."},
    {.signature = "fmod(x, y, /)",
     .bound =
         [](const Value* args) {
           return division(args, [](double x, double y) { return std::fmod(x, y); });
         },
     .doc = "Return fmod(x, y), according to platform C.\n\nx % y may differ."},
    {.signature = "pow(x, y, /)", .bound = power, .doc = "Return x**y (x to the power of y)."},
    {.signature = "remainder(x, y, /)",
     .bound =
         [](const Value* args) {
           return division(args, [](double x, double y) { return std::remainder(x, y); });
         },
     .doc = "Difference between x and the closest integer multiple of y."},
};

} // namespace

/// What native code calls, and the function of the module, which is the same but for its errors.
#define PYC_KNOWN(function, result, ...)                                                           \
  double pyc_math_##function(double x) {                                                           \
    return result;                                                                                 \
  }                                                                                                \
  Ref pycMath_##function(const Value* args) {                                                      \
    return mathUnary(args[0], pyc_math_##function, __VA_ARGS__);                                   \
  }
PYC_KNOWN(acos, std::acos(x), Infinite::IsDomainError, kUnitRange)
PYC_KNOWN(asin, std::asin(x), Infinite::IsDomainError, kUnitRange)
PYC_KNOWN(atan, std::atan(x), Infinite::IsDomainError)
PYC_KNOWN(cos, std::cos(x), Infinite::IsDomainError, kFinite)
PYC_KNOWN(cosh, std::cosh(x), Infinite::IsRangeError)
PYC_KNOWN(degrees, x * (180 / M_PI), Infinite::IsResult)
PYC_KNOWN(exp, std::exp(x), Infinite::IsRangeError)
PYC_KNOWN(fabs, std::fabs(x), Infinite::IsDomainError)
PYC_KNOWN(radians, x*(M_PI / 180), Infinite::IsResult)
PYC_KNOWN(sin, std::sin(x), Infinite::IsDomainError, kFinite)
PYC_KNOWN(sinh, std::sinh(x), Infinite::IsRangeError)
PYC_KNOWN(tan, std::tan(x), Infinite::IsDomainError, kFinite)
PYC_KNOWN(tanh, std::tanh(x), Infinite::IsDomainError)

Ref pycMathSqrt(const Value* args) {
  return mathUnary(args[0], PYC_MATH(std::sqrt), Infinite::IsDomainError,
                   "expected a nonnegative input, got %R");
}

std::span<const MethodDef> mathElementary() {
  return kFunctions;
}

} // namespace pyc::rt
