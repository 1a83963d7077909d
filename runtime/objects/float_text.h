// Text of floats, for float, complex and their formatting.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pyc::rt {

/// The number 0.d1d2d3... times 10^point.
struct DecimalDigits {
  char digits[20];
  size_t count = 0;
  int point;
};
/// The fewest digits that tell a finite, non-negative double from all others.
DecimalDigits shortestDigits(double magnitude);

/// repr() of a double, with or without ".0" behind whole numbers (complex does without).
void appendFloatShortest(std::string& out, double value, bool addPointZero);

/// Reads the number (sign, digits, or inf, infinity, nan) that `text` begins with: its length, or
/// 0.
size_t scanDouble(std::string_view text, double& result);

/// Copies text without the underscores, which must stand between digits; false when one does not.
bool removeUnderscores(std::string_view text, std::string& plain);

} // namespace pyc::rt
