#include "runtime/objects/fixed_point.h"

#include <array>
#include <bit>

namespace pyc::rt {

namespace {

constexpr unsigned kMantissaBits = 52;
constexpr int kExponentMask = 0x7FF;
/// Of the mantissa as a whole number.
constexpr int kExponentBias = 1075;
/// 2^53 * 10^19 has fewer than 128 bits.
constexpr unsigned kMostPlaces = 19;

constexpr std::array<uint64_t, kMostPlaces + 1> kPowers = [] {
  std::array<uint64_t, kMostPlaces + 1> powers{1};
  for (unsigned i = 1; i <= kMostPlaces; ++i)
    powers[i] = powers[i - 1] * 10;
  return powers;
}();

} // namespace

uint64_t powerOfTen(unsigned places) {
  return kPowers[places];
}

std::optional<uint64_t> scaledByTens(double magnitude, unsigned places) {
  if (places > kMostPlaces)
    return {};
  if (magnitude == 0)
    return 0;
  auto bits = std::bit_cast<uint64_t>(magnitude);
  int exponent = static_cast<int>(bits >> kMantissaBits) & kExponentMask;
  int shift = kExponentBias - exponent; // the number is mantissa / 2^shift
  if (exponent == 0 || shift < 1 || shift > 127)
    return {};
  uint64_t mantissa = (bits & ((uint64_t{1} << kMantissaBits) - 1)) | uint64_t{1} << kMantissaBits;
  unsigned __int128 product = static_cast<unsigned __int128>(mantissa) * kPowers[places];
  unsigned __int128 one = 1, half = one << (shift - 1);
  unsigned __int128 quotient = product >> shift, rest = product & ((one << shift) - 1);
  quotient += rest > half || (rest == half && (quotient & 1));
  if (quotient > UINT64_MAX)
    return {};
  return static_cast<uint64_t>(quotient);
}

} // namespace pyc::rt
