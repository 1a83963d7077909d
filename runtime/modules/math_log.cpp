// math: logarithms, also of ints that no double holds.
#include "runtime/modules/math_functions.h"
#include "runtime/objects/int.h"
#include "runtime/objects/int_math.h"
#include "runtime/objects/known_functions.h"

#include <cmath>

namespace pyc::rt {

namespace {

using RealFunction = double (*)(double);

/// f of an int of any size: the logarithm of 2 ** e is e times that of 2.
Ref logOfInt(Value number, RealFunction f) {
  if (intSign(number) <= 0)
    return raise(valueErrorType, "expected a positive input");
  double x;
  if (intToDouble(number, x))
    return makeFloat(f(x));
  int64_t exponent;
  x = intFrexp(number, exponent);
  return makeFloat(std::fma(f(2), static_cast<double>(exponent), f(x)));
}

Ref logOf(Value number, RealFunction f) {
  if (isInteger(number))
    return logOfInt(number, f);
  Ref result = mathUnary(number, f, Infinite::IsDomainError, "expected a positive input, got %R");
  if (result || isFloat(number) || !typeOf(number)->slots.index || !catchRaised(overflowErrorType))
    return result;
  PYC_TRY(integer, toIndex(number)); // no double holds it
  return logOfInt(integer, f);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "log(x, base=math.e, /)",
     .bound = pycMath_log,
     .doc = "log(x, [base=math.e])\nReturn the logarithm of x to the given base.\n\n"
            "If the base is not specified, returns the natural logarithm (base e) of x."},
    {.signature = "log2(x, /)", .bound = pycMath_log2, .doc = "Return the base 2 logarithm of x."},
    {.signature = "log10(x, /)",
     .bound = pycMath_log10,
     .doc = "Return the base 10 logarithm of x."},
    {.signature = "log1p(x, /)",
     .bound =
         [](const Value* args) {
           return mathUnary(
               args[0], [](double x) { return std::log1p(x); }, Infinite::IsDomainError,
               "expected argument value > -1, got %R");
         },
     .doc = "Return the natural logarithm of 1+x (base e), without loss for x near zero."},
};

} // namespace

double pyc_math_log(double x) {
  return std::log(x);
}
double pyc_math_log2(double x) {
  return std::log2(x);
}
double pyc_math_log10(double x) {
  return std::log10(x);
}

Ref pycMath_log(const Value* args) {
  PYC_TRY(number, logOf(args[0], pyc_math_log));
  if (!args[1])
    return number;
  PYC_TRY(base, logOf(args[1], pyc_math_log));
  return binaryOp(BinaryOp::TrueDiv, number, base);
}
Ref pycMath_log2(const Value* args) {
  return logOf(args[0], pyc_math_log2);
}
Ref pycMath_log10(const Value* args) {
  return logOf(args[0], pyc_math_log10);
}

std::span<const MethodDef> mathLogarithms() {
  return kFunctions;
}

} // namespace pyc::rt
