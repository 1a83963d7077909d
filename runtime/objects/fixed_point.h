// Doubles with a fixed number of digits behind the point, by arithmetic on whole numbers.
#pragma once

#include <cstdint>
#include <optional>

namespace pyc::rt {

/// 10^places, for places up to 19.
uint64_t powerOfTen(unsigned places);

/// A finite, non-negative double times 10^places, rounded to a whole number: of the double's exact
/// value, ties to even. Nothing when the number or a step on the way is too large or too small for
/// machine arithmetic; for the numbers that programs print it hardly ever is.
std::optional<uint64_t> scaledByTens(double magnitude, unsigned places);

} // namespace pyc::rt
