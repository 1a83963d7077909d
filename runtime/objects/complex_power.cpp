// Powers of complex numbers.
#include "runtime/objects/complex_slots.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/float_slots.h"

#include <cmath>

namespace pyc::rt {

namespace {

/// Whole exponents up to here are done by multiplication.
constexpr double kMaxWholeExponent = 100;

ComplexNumber powerWhole(ComplexNumber base, unsigned exponent) {
  ComplexNumber result{1, 0};
  for (; exponent != 0; exponent >>= 1) {
    if (exponent & 1)
      result = multiplyComplex(result, base);
    base = multiplyComplex(base, base);
  }
  return result;
}

/// False for an infinite angle, which has no sine; CPython takes that for a zero base.
bool powerPolar(ComplexNumber base, ComplexNumber exponent, ComplexNumber& result) {
  double magnitude = std::hypot(base.real, base.imag);
  double length = std::pow(magnitude, exponent.real);
  double angle = std::atan2(base.imag, base.real);
  double phase = angle * exponent.real;
  if (exponent.imag != 0) {
    length *= std::exp(-angle * exponent.imag);
    phase += exponent.imag * std::log(magnitude);
  }
  result = {length * std::cos(phase), length * std::sin(phase)};
  return !std::isinf(phase);
}

bool isZero(ComplexNumber z) {
  return z.real == 0 && z.imag == 0;
}

Ref raiseZeroPower() {
  return raise(zeroDivisionErrorType, "zero to a negative or complex power");
}

} // namespace

Ref complexPower(ComplexNumber base, ComplexNumber exponent) {
  ComplexNumber result;
  bool isWhole = exponent.imag == 0 && exponent.real == std::floor(exponent.real) &&
                 std::fabs(exponent.real) <= kMaxWholeExponent;
  if (isWhole) {
    result = powerWhole(base, static_cast<unsigned>(std::fabs(exponent.real)));
    if (exponent.real < 0) {
      if (isZero(result))
        return raiseZeroPower();
      result = divideComplex({1, 0}, result);
    }
  } else if (isZero(base)) {
    if (exponent.imag != 0 || exponent.real < 0)
      return raiseZeroPower();
    result = {0, 0};
  } else if (!powerPolar(base, exponent, result)) {
    return raiseZeroPower();
  }
  if (std::isinf(result.real) || std::isinf(result.imag))
    return raise(overflowErrorType, "complex exponentiation");
  return makeComplex(result);
}

Ref complexPowerOf(Value base, Value exponent) {
  ComplexNumber numbers[2];
  Value values[] = {base, exponent};
  for (int i = 0; i < 2; ++i) {
    numbers[i].imag = 0;
    bool raised = false;
    if (isComplex(values[i]))
      numbers[i] = asComplex(values[i])->number();
    else if (!floatOperand(values[i], numbers[i].real, raised))
      return raised ? Ref() : Ref::notImplemented();
  }
  return complexPower(numbers[0], numbers[1]);
}

Ref complexPowerModulo(Value base, Value exponent, Value) {
  bool known = isComplex(base) || isFloat(base) || isInteger(base);
  if (!known || !(isComplex(exponent) || isFloat(exponent) || isInteger(exponent)))
    return Ref::notImplemented();
  return raise(valueErrorType, "complex modulo");
}

} // namespace pyc::rt
