#include "runtime/objects/fixed_point.h"

#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <random>
#include <string>

namespace pyc::rt {
namespace {

/// The same by way of the exact decimal text.
std::string fixedText(double magnitude, int places) {
  char text[500];
  char* end =
      std::to_chars(text, text + sizeof text, magnitude, std::chars_format::fixed, places).ptr;
  std::string digits(text, end);
  if (size_t point = digits.find('.'); point != std::string::npos)
    digits.erase(point, 1);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return digits;
}

void check(double magnitude, unsigned places) {
  auto scaled = scaledByTens(magnitude, places);
  if (scaled)
    ASSERT_EQ(std::to_string(*scaled), fixedText(magnitude, static_cast<int>(places)))
        << magnitude << " to " << places;
}

TEST(FixedPoint, RoundsTheExactValueAndTiesToEven) {
  EXPECT_EQ(scaledByTens(0.0, 3), 0u);
  EXPECT_EQ(scaledByTens(0.5, 0), 0u);
  EXPECT_EQ(scaledByTens(1.5, 0), 2u);
  EXPECT_EQ(scaledByTens(2.5, 0), 2u);
  EXPECT_EQ(scaledByTens(0.125, 2), 12u);
  EXPECT_EQ(scaledByTens(2.675, 2), 267u); // the double is a little less
  EXPECT_EQ(scaledByTens(1e-10, 3), 0u);
  EXPECT_EQ(scaledByTens(123456.789, 2), 12345679u);
}

TEST(FixedPoint, LeavesWhatDoesNotFit) {
  EXPECT_FALSE(scaledByTens(1e17, 0));
  EXPECT_FALSE(scaledByTens(1e10, 12));
  EXPECT_FALSE(scaledByTens(1e-300, 5));
  EXPECT_FALSE(scaledByTens(5e-324, 5));
  EXPECT_FALSE(scaledByTens(1.5, 20));
}

TEST(FixedPoint, AgreesWithExactDecimals) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 200'000; ++i) {
    auto places = static_cast<unsigned>(random() % 20);
    double whole =
        std::ldexp(static_cast<double>(random() >> 11), -static_cast<int>(random() % 90));
    check(whole, places);
    check(std::fabs(std::bit_cast<double>(random() & ~(uint64_t{1} << 62))), places);
    check(static_cast<double>(random() % 100000) / 8, places % 4); // many ties
  }
}

} // namespace
} // namespace pyc::rt
