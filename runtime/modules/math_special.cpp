// math: gamma, lgamma, erf, erfc. The gamma function by Lanczos' approximation, with the
// coefficients of 13 terms for g = 6.0246800407767296 (as in Boost and CPython).
#include "runtime/modules/math_functions.h"

#include <cmath>

namespace pyc::rt {

namespace {

constexpr double kLanczosG = 6.024680040776729583740234375;
constexpr double kLanczosGMinusHalf = 5.524680040776729583740234375;
constexpr int kTerms = 13;
constexpr double kNumerator[kTerms] = {23531376880.410759688572007674451636754734846804940,
                                       42919803642.649098768957899047001988850926355848959,
                                       35711959237.355668049440185451547166705960488635843,
                                       17921034426.037209699919755754458931112671403265390,
                                       6039542586.3520280050642916443072979210699388420708,
                                       1439720407.3117216736632230727949123939715485786372,
                                       248874557.86205415651146038641322942321632125127801,
                                       31426415.585400194380614231628318205362874684987640,
                                       2876370.6289353724412254090516208496135991145378768,
                                       186056.26539522349504029498971604569928220784236328,
                                       8071.6720023658162106380029022722506138218516325024,
                                       210.82427775157934587250973392071336271166969580291,
                                       2.5066282746310002701649081771338373386264310793408};
/// x * (x + 1) * ... * (x + 11), multiplied out.
constexpr double kDenominator[kTerms] = {0,        39916800, 120543840, 150917976, 105258076,
                                         45995730, 13339535, 2637558,   357423,    32670,
                                         1925,     66,       1};

double lanczosSum(double x) {
  double numerator = 0, denominator = 0;
  if (x < 5) {
    for (int i = kTerms; i-- > 0;) {
      numerator = numerator * x + kNumerator[i];
      denominator = denominator * x + kDenominator[i];
    }
  } else { // in powers of 1/x, so that nothing overflows
    for (int i = 0; i < kTerms; ++i) {
      numerator = numerator / x + kNumerator[i];
      denominator = denominator / x + kDenominator[i];
    }
  }
  return numerator / denominator;
}

/// sin(pi * x), exact where it is zero.
double sinPi(double x) {
  double y = std::fmod(std::fabs(x), 2.0);
  double result;
  switch (static_cast<int>(std::round(2 * y))) {
  case 0:
    result = std::sin(M_PI * y);
    break;
  case 1:
    result = std::cos(M_PI * (y - 0.5));
    break;
  case 2: // not -sin(pi * (y - 1)), for the sign of zero
    result = std::sin(M_PI * (1 - y));
    break;
  case 3:
    result = -std::cos(M_PI * (y - 1.5));
    break;
  default:
    result = std::sin(M_PI * (y - 2));
    break;
  }
  return std::copysign(1.0, x) * result;
}

/// y ** (x - 0.5) overflows before the whole result does: in two steps for large x.
template <class Step> void applyPower(double x, double y, Step step) {
  constexpr double kOneStep = 140;
  if (x < kOneStep) {
    step(std::pow(y, x - 0.5));
    return;
  }
  double root = std::pow(y, x / 2 - 0.25);
  step(root);
  step(root);
}

double gammaOfWhole(double x) {
  double result = 1;
  for (double i = 2; i < x; ++i)
    result *= i;
  return result;
}

/// NaN where there is no value, infinite where it is too large; x is finite.
double gammaOf(double x) {
  constexpr double kLastExactWhole = 23, kTiny = 1e-20, kLarge = 200;
  if (x == std::floor(x)) {
    if (x <= 0)
      return __builtin_nan("");
    if (x <= kLastExactWhole)
      return gammaOfWhole(x);
  }
  double size = std::fabs(x);
  if (size < kTiny)
    return 1 / x;
  if (size > kLarge)
    return x < 0 ? 0 / sinPi(x) : HUGE_VAL;
  double y = size + kLanczosGMinusHalf;
  // What the addition lost.
  double lost =
      size > kLanczosGMinusHalf ? (y - size) - kLanczosGMinusHalf : (y - kLanczosGMinusHalf) - size;
  lost = lost * kLanczosG / y;
  double result;
  if (x < 0) {
    result = -M_PI / sinPi(size) / size * std::exp(y) / lanczosSum(size);
    result -= lost * result;
    applyPower(size, y, [&](double power) { result /= power; });
  } else {
    result = lanczosSum(size) / std::exp(y);
    result += lost * result;
    applyPower(size, y, [&](double power) { result *= power; });
  }
  return result;
}

/// NaN where there is no value; x is finite.
double logGammaOf(double x) {
  constexpr double kTiny = 1e-20, kLogPi = 1.144729885849400174143427351353058711647;
  if (x == std::floor(x) && x <= 2)
    return x <= 0 ? __builtin_nan("") : 0;
  double size = std::fabs(x);
  if (size < kTiny)
    return -std::log(size);
  double result = std::log(lanczosSum(size)) - kLanczosG;
  result += (size - 0.5) * (std::log(size + kLanczosG - 0.5) - 1);
  if (x < 0)
    result = kLogPi - std::log(std::fabs(sinPi(size))) - std::log(size) - result;
  return result;
}

constexpr const char* kNoPole = "expected a noninteger or positive integer, got %R";

Ref gamma(const Value* args) {
  return mathUnary(
      args[0],
      [](double x) {
        return std::isfinite(x) ? gammaOf(x) : x == -HUGE_VAL ? __builtin_nan("") : x;
      },
      Infinite::IsRangeError, kNoPole);
}

Ref logGamma(const Value* args) {
  return mathUnary(
      args[0],
      [](double x) { return std::isfinite(x) ? logGammaOf(x)
                            : std::isinf(x)  ? HUGE_VAL
                                             : x; },
      Infinite::IsRangeError, kNoPole);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "gamma(x, /)", .bound = gamma, .doc = "Gamma function at x."},
    {.signature = "lgamma(x, /)",
     .bound = logGamma,
     .doc = "Natural logarithm of absolute value of Gamma function at x."},
    {.signature = "erf(x, /)",
     .bound =
         [](const Value* args) { return mathUnary(args[0], [](double x) { return std::erf(x); }); },
     .doc = "Error function at x."},
    {.signature = "erfc(x, /)",
     .bound =
         [](const Value* args) {
           return mathUnary(args[0], [](double x) { return std::erfc(x); });
         },
     .doc = "Complementary error function at x."},
};

} // namespace

std::span<const MethodDef> mathSpecial() {
  return kFunctions;
}

} // namespace pyc::rt
