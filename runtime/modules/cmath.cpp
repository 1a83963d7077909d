// The module cmath: its table. The functions are in cmath_*.cpp.
#include "runtime/modules/cmath_functions.h"
#include "runtime/modules/math_functions.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

Ref finish(ComplexNumber result, ComplexError error) {
  switch (error) {
  case ComplexError::None:
    return makeComplex(result);
  case ComplexError::Domain:
    return raiseMathDomain();
  case ComplexError::Range:
    return raiseMathRange();
  }
  __builtin_unreachable();
}

Ref apply(ComplexFunction function, Value argument) {
  ComplexNumber z;
  if (!toComplex(argument, z))
    return {};
  ComplexError error = ComplexError::None;
  ComplexNumber result = function(z, error);
  return finish(result, error);
}

// Trigonometric functions are the hyperbolic ones, turned by a right angle.

ComplexNumber complexCos(ComplexNumber z, ComplexError& error) {
  return complexCosh(timesI(z), error);
}
ComplexNumber complexSin(ComplexNumber z, ComplexError& error) {
  return timesMinusI(complexSinh(timesI(z), error));
}
ComplexNumber complexTan(ComplexNumber z, ComplexError& error) {
  return timesMinusI(complexTanh(timesI(z), error));
}
ComplexNumber complexAsin(ComplexNumber z, ComplexError& error) {
  return timesMinusI(complexAsinh(timesI(z), error));
}
ComplexNumber complexAtan(ComplexNumber z, ComplexError& error) {
  return timesMinusI(complexAtanh(timesI(z), error));
}

Ref log(const Value* args) {
  PYC_TRY(number, apply(complexLog, args[0]));
  if (!args[1])
    return number;
  PYC_TRY(base, apply(complexLog, args[1]));
  ComplexNumber divisor = asComplex(base)->number();
  if (divisor.real == 0 && divisor.imag == 0)
    return raiseMathDomain();
  return binaryOp(BinaryOp::TrueDiv, number, base);
}

Ref phase(const Value* args) {
  ComplexNumber z;
  if (!toComplex(args[0], z))
    return {};
  double angle = std::atan2(z.imag, z.real);
  if (angle == 0 && z.imag != 0 && std::isfinite(z.real)) // too small an angle, as C's errno says
    return raiseMathRange();
  return makeFloat(angle);
}

Ref polar(const Value* args) {
  ComplexNumber z;
  if (!toComplex(args[0], z))
    return {};
  double length = std::hypot(z.real, z.imag);
  if (std::isinf(length) && isFinite(z))
    return raiseMathRange();
  return tupleOf(Value::fromForeignDouble(length),
                 Value::fromForeignDouble(std::atan2(z.imag, z.real)));
}

Ref rect(const Value* args) {
  double length, angle;
  if (!toDouble(args[0], length) || !toDouble(args[1], angle))
    return {};
  ComplexError error = ComplexError::None;
  ComplexNumber result = complexFromPolar(length, angle, error);
  return finish(result, error);
}

Ref isClose(const Value* args) {
  ComplexNumber a, b;
  double relative = 1e-09, absolute = 0;
  if (!toComplex(args[0], a) || !toComplex(args[1], b) ||
      (args[2] && !toDouble(args[2], relative)) || (args[3] && !toDouble(args[3], absolute)))
    return {};
  if (relative < 0 || absolute < 0)
    return raise(valueErrorType, "tolerances must be non-negative");
  if (a.real == b.real && a.imag == b.imag)
    return Ref::boolean(true);
  auto isInfinite = [](ComplexNumber z) { return std::isinf(z.real) || std::isinf(z.imag); };
  if (isInfinite(a) || isInfinite(b))
    return Ref::boolean(false);
  double difference = std::hypot(a.real - b.real, a.imag - b.imag);
  return Ref::boolean(difference <= relative * std::hypot(b.real, b.imag) ||
                      difference <= relative * std::hypot(a.real, a.imag) ||
                      difference <= absolute);
}

template <class Test> Ref test(Value argument, Test isTrue) {
  ComplexNumber z;
  return toComplex(argument, z) ? Ref::boolean(isTrue(z)) : Ref();
}

/// A row of a function of one complex number.
#define PYC_CMATH(function, implementation, text)                                                  \
  {.signature = function "(z, /)",                                                                 \
   .bound = [](const Value* args) { return apply(implementation, args[0]); },                      \
   .doc = text}

constexpr MethodDef kFunctions[] = {
    PYC_CMATH("acos", complexAcos, "Return the arc cosine of z."),
    PYC_CMATH("acosh", complexAcosh, "Return the inverse hyperbolic cosine of z."),
    PYC_CMATH("asin", complexAsin, "Return the arc sine of z."),
    PYC_CMATH("asinh", complexAsinh, "Return the inverse hyperbolic sine of z."),
    PYC_CMATH("atan", complexAtan, "Return the arc tangent of z."),
    PYC_CMATH("atanh", complexAtanh, "Return the inverse hyperbolic tangent of z."),
    PYC_CMATH("cos", complexCos, "Return the cosine of z."),
    PYC_CMATH("cosh", complexCosh, "Return the hyperbolic cosine of z."),
    PYC_CMATH("exp", complexExp, "Return the exponential value e**z."),
    PYC_CMATH("log10", complexLog10, "Return the base-10 logarithm of z."),
    PYC_CMATH("sin", complexSin, "Return the sine of z."),
    PYC_CMATH("sinh", complexSinh, "Return the hyperbolic sine of z."),
    PYC_CMATH("sqrt", complexSqrt, "Return the square root of z."),
    PYC_CMATH("tan", complexTan, "Return the tangent of z."),
    PYC_CMATH("tanh", complexTanh, "Return the hyperbolic tangent of z."),
    {.signature = "log(z, base=<unrepresentable>, /)",
     .bound = log,
     .doc = "log(z[, base]) -> the logarithm of z to the given base.\n\n"
            "If the base is not specified, returns the natural logarithm (base e) of z."},
    {.signature = "phase(z, /)",
     .bound = phase,
     .doc = "Return argument, also known as the phase angle, of a complex."},
    {.signature = "polar(z, /)",
     .bound = polar,
     .doc = "Convert a complex from rectangular coordinates to polar coordinates."},
    {.signature = "rect(r, phi, /)",
     .bound = rect,
     .doc = "Convert from polar coordinates to rectangular coordinates."},
    {.signature = "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)",
     .bound = isClose,
     .doc = "Determine whether two complex numbers are close in value."},
    {.signature = "isfinite(z, /)",
     .bound = [](const Value* args) { return test(args[0], isFinite); },
     .doc = "Return True if both the real and imaginary parts of z are finite, else False."},
    {.signature = "isinf(z, /)",
     .bound =
         [](const Value* args) {
           return test(args[0],
                       [](ComplexNumber z) { return std::isinf(z.real) || std::isinf(z.imag); });
         },
     .doc = "Checks if the real or imaginary part of z is infinite."},
    {.signature = "isnan(z, /)",
     .bound =
         [](const Value* args) {
           return test(args[0],
                       [](ComplexNumber z) { return std::isnan(z.real) || std::isnan(z.imag); });
         },
     .doc = "Checks if the real or imaginary part of z not a number (NaN)."},
};

} // namespace

bool fillModule_cmath(ModuleObject* module) {
  double nan = __builtin_nan("");
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addValue(module, "pi", makeFloat(M_PI)) && addValue(module, "e", makeFloat(M_E)) &&
         addValue(module, "tau", makeFloat(2 * M_PI)) &&
         addValue(module, "inf", makeFloat(HUGE_VAL)) && addValue(module, "nan", makeFloat(nan)) &&
         addValue(module, "infj", makeComplex(0, HUGE_VAL)) &&
         addValue(module, "nanj", makeComplex(0, nan));
}

} // namespace pyc::rt
