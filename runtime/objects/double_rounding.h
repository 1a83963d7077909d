// Rounding what has more bits than a double to the nearest one, ties to even.
#pragma once

#include <cmath>
#include <cstdint>

namespace pyc::rt {

/// bits * 2^exponent, rounded once also where the result is subnormal. `bits` is at least 2^62, or
/// 0; its lowest bit may stand for all the bits that were left out. Infinite when too large.
inline double roundToDouble(uint64_t bits, int64_t exponent) {
  constexpr int64_t kLastBit = -1074; // of the smallest double
  if (bits == 0)
    return 0;
  if (exponent > 1024)
    return HUGE_VAL;
  int64_t dropped = kLastBit - exponent; // bits below it
  if (dropped <= 10)                     // then rounding to 53 bits decides
    return std::ldexp(static_cast<double>(bits), static_cast<int>(exponent));
  if (dropped > 64)
    return 0;
  unsigned __int128 wide = static_cast<unsigned __int128>(bits) << 64 >> dropped;
  auto kept = static_cast<uint64_t>(wide >> 64), rest = static_cast<uint64_t>(wide);
  constexpr uint64_t kHalf = uint64_t(1) << 63;
  if (rest > kHalf || (rest == kHalf && (kept & 1)))
    ++kept;
  return std::ldexp(static_cast<double>(kept), kLastBit);
}

} // namespace pyc::rt
