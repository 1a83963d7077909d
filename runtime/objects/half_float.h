// IEEE 754 half precision ('e' of the struct module).
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace pyc::rt {

inline double halfToDouble(uint16_t half) {
  int exponent = half >> 10 & 0x1F;
  double mantissa = half & 0x3FF;
  double magnitude;
  if (exponent == 0x1F)
    magnitude = mantissa == 0 ? HUGE_VAL : std::nan("");
  else if (exponent == 0)
    magnitude = std::ldexp(mantissa, -24);
  else
    magnitude = std::ldexp(mantissa + 1024, exponent - 25);
  return half & 0x8000 ? -magnitude : magnitude;
}

/// Rounded to nearest, ties to even. False when a finite value is too large.
inline bool doubleToHalf(double value, uint16_t& half) {
  uint16_t sign = std::signbit(value) ? 0x8000 : 0;
  double magnitude = std::fabs(value);
  if (std::isnan(value)) {
    half = sign | 0x7E00;
    return true;
  }
  if (std::isinf(value)) {
    half = sign | 0x7C00;
    return true;
  }
  int exponent;
  std::frexp(magnitude, &exponent); // magnitude = f * 2^exponent, f in [0.5, 1)
  if (exponent < -13)
    exponent = -13; // subnormal: units of 2^-24
  double units = std::nearbyint(std::ldexp(magnitude, 11 - exponent));
  if (magnitude != 0 && units >= 2048) { // rounded up to the next power of two
    units /= 2;
    ++exponent;
  }
  if (exponent > 16)
    return false;
  auto bits = static_cast<uint16_t>(units);
  half = bits < 1024 ? static_cast<uint16_t>(sign | bits)
                     : static_cast<uint16_t>(sign | (exponent + 14) << 10 | (bits - 1024));
  return true;
}

} // namespace pyc::rt
