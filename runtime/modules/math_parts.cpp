// math: whole parts, exponents, neighbours and kinds of floats.
#include "runtime/modules/math_functions.h"
#include "runtime/objects/float_slots.h"
#include "runtime/objects/int.h"
#include "runtime/objects/known_functions.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <bit>
#include <cmath>

namespace pyc::rt {

namespace {

/// The special method, or the float's whole part by `round`.
Ref wholePart(Value x, StrObject* method, double (*round)(double)) {
  if (x.isInt())
    return Ref::number(x);
  if (!x.isDouble()) {
    bool found = false;
    Ref result = callSpecial(x, method, nullptr, 0, found);
    if (found)
      return result;
  }
  double value;
  return toDouble(x, value) ? floatToInt(round(value)) : Ref();
}

Ref truncOf(const Value* args) {
  if (args[0].isDouble())
    return floatToInt(args[0].asDouble());
  bool found = false;
  Ref result = callSpecial(args[0], names::__trunc__, nullptr, 0, found);
  if (!found)
    return raise(typeErrorType, "type %.100T doesn't define __trunc__ method", args[0]);
  return result;
}

Ref frexpOf(const Value* args) {
  double x;
  if (!toDouble(args[0], x))
    return {};
  int exponent = 0;
  if (std::isfinite(x))
    x = std::frexp(x, &exponent);
  return tupleOf(Value::fromForeignDouble(x), Value::fromInt(exponent));
}

Ref modfOf(const Value* args) {
  double x, whole;
  if (!toDouble(args[0], x))
    return {};
  double fraction = std::modf(x, &whole);
  return tupleOf(Value::fromForeignDouble(fraction), Value::fromForeignDouble(whole));
}

Ref ldexpOf(const Value* args) {
  double x;
  if (!toDouble(args[0], x))
    return {};
  if (!isInteger(args[1]))
    return raise(typeErrorType, "Expected an int as second argument to ldexp.");
  if (x == 0 || !std::isfinite(x))
    return makeFloat(x);
  constexpr int64_t kEnough = 1 << 20; // beyond every double
  int64_t exponent;
  if (!intFits64(args[1], exponent))
    exponent = intSign(args[1]) * kEnough;
  exponent = exponent > kEnough ? kEnough : exponent < -kEnough ? -kEnough : exponent;
  double result = std::ldexp(x, static_cast<int>(exponent));
  return std::isinf(result) ? Ref(raiseMathRange()) : makeFloat(result);
}

// Doubles in order are integers in order: positive ones by their bits, negative ones below.

int64_t orderOf(double x) {
  auto bits = std::bit_cast<int64_t>(x);
  return bits < 0 ? INT64_MIN - bits : bits;
}
double doubleAt(int64_t order) {
  return std::bit_cast<double>(order < 0 ? INT64_MIN - order : order);
}

/// So many doubles from x towards y, at most as far as y.
double stepTowards(double x, double y, uint64_t steps) {
  if (std::isnan(x) || std::isnan(y))
    return x + y;
  auto from = static_cast<uint64_t>(orderOf(x)), to = static_cast<uint64_t>(orderOf(y));
  bool up = x < y;
  uint64_t distance = up ? to - from : from - to;
  if (steps == 0)
    return x;
  if (steps >= distance)
    return y;
  double result = doubleAt(static_cast<int64_t>(up ? from + steps : from - steps));
  return result == 0 ? std::copysign(0.0, x) : result; // zero is approached from x's side
}

Ref nextAfter(const Value* args) {
  double x, y;
  if (!toDouble(args[0], x) || !toDouble(args[1], y))
    return {};
  if (!args[2] || args[2].isNone())
    return makeFloat(std::nextafter(x, y));
  PYC_TRY(steps, toIndex(args[2]));
  if (intSign(steps) < 0)
    return raise(valueErrorType, "steps must be a non-negative integer");
  uint64_t count;
  if (!intFitsUnsigned64(steps, count))
    count = UINT64_MAX; // no two doubles are as far apart
  return makeFloat(stepTowards(x, y, count));
}

double ulpOf(double x) {
  if (std::isnan(x))
    return x;
  x = std::fabs(x);
  if (std::isinf(x))
    return x;
  double next = std::nextafter(x, HUGE_VAL);
  return std::isinf(next) ? x - std::nextafter(x, -HUGE_VAL) : next - x;
}

Ref ulp(const Value* args) {
  double x;
  return toDouble(args[0], x) ? makeFloat(ulpOf(x)) : Ref();
}

bool closeTo(double a, double b, double relative, double absolute) {
  if (a == b)
    return true;
  if (std::isinf(a) || std::isinf(b))
    return false;
  double difference = std::fabs(b - a);
  return difference <= std::fabs(relative * b) || difference <= std::fabs(relative * a) ||
         difference <= absolute;
}

Ref isClose(const Value* args) {
  double a, b, relative = 1e-09, absolute = 0;
  if (!toDouble(args[0], a) || !toDouble(args[1], b) || (args[2] && !toDouble(args[2], relative)) ||
      (args[3] && !toDouble(args[3], absolute)))
    return {};
  if (relative < 0 || absolute < 0)
    return raise(valueErrorType, "tolerances must be non-negative");
  return Ref::boolean(closeTo(a, b, relative, absolute));
}

template <class Test> Ref test(Value argument, Test isTrue) {
  double x;
  return toDouble(argument, x) ? Ref::boolean(isTrue(x)) : Ref();
}

/// A row of a question about a float.
#define PYC_MATH_TEST(function, expression, text)                                                  \
  {.signature = function "(x, /)",                                                                 \
   .bound = [](const Value* args) { return test(args[0], [](double x) { return expression; }); },  \
   .doc = text}

constexpr MethodDef kFunctions[] = {
    {.signature = "ceil(x, /)",
     .bound = pycMathCeil,
     .doc = "Return the ceiling of x as an Integral.\n\n"
            "This is the smallest integer >= x."},
    {.signature = "floor(x, /)",
     .bound = pycMathFloor,
     .doc = "Return the floor of x as an Integral.\n\nThis is the largest integer <= x."},
    {.signature = "trunc(x, /)",
     .bound = truncOf,
     .doc = "Truncates the Real x to the nearest Integral toward 0."},
    {.signature = "frexp(x, /)",
     .bound = frexpOf,
     .doc = "Return the mantissa and exponent of x, as pair (m, e): x = m * 2.**e."},
    {.signature = "ldexp(x, i, /)", .bound = ldexpOf, .doc = "Return x * (2**i)."},
    {.signature = "modf(x, /)",
     .bound = modfOf,
     .doc = "Return the fractional and integer parts of x."},
    {.signature = "nextafter(x, y, /, *, steps=None)",
     .bound = nextAfter,
     .doc = "Return the floating-point value the given number of steps after x towards y."},
    {.signature = "ulp(x, /)",
     .bound = ulp,
     .doc = "Return the value of the least significant bit of the float x."},
    {.signature = "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)",
     .bound = isClose,
     .doc = "Determine whether two floating-point numbers are close in value."},
    PYC_MATH_TEST("isfinite", std::isfinite(x),
                  "Return True if x is neither an infinity nor a NaN, and False otherwise."),
    PYC_MATH_TEST("isinf", std::isinf(x),
                  "Return True if x is a positive or negative infinity, and False otherwise."),
    PYC_MATH_TEST("isnan", std::isnan(x),
                  "Return True if x is a NaN (not a number), and False otherwise."),
    PYC_MATH_TEST("isnormal", std::isnormal(x), "Return True if x is normal, and False otherwise."),
    PYC_MATH_TEST("issubnormal", std::fpclassify(x) == FP_SUBNORMAL,
                  "Return True if x is subnormal, and False otherwise."),
    PYC_MATH_TEST("signbit", std::signbit(x),
                  "Return True if the sign of x is negative and False otherwise."),
};

} // namespace

Ref pycMathFloor(const Value* args) {
  return wholePart(args[0], names::__floor__, std::floor);
}
Ref pycMathCeil(const Value* args) {
  return wholePart(args[0], names::__ceil__, std::ceil);
}

std::span<const MethodDef> mathParts() {
  return kFunctions;
}

} // namespace pyc::rt
