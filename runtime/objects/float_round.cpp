// round(float), round(float, digits): exact, ties to even.
#include "runtime/objects/errors.h"
#include "runtime/objects/fixed_point.h"
#include "runtime/objects/float_slots.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"

#include <charconv>
#include <cmath>
#include <string>

namespace pyc::rt {

namespace {

/// More digits behind the point change no double, fewer before it leave none.
constexpr int64_t kMostPlaces = 323, kLeastPlaces = -308;
/// Every double in decimal, exactly.
constexpr int kExactDigits = 800;

double fromText(const char* begin, const char* end) {
  double result = HUGE_VAL;
  std::from_chars(begin, end, result); // a result out of range stays infinite
  return result;
}

/// To so many digits behind the point.
double roundBehindPoint(double value, int places) {
  // A quotient of two doubles that are exact is the double nearest to it.
  constexpr uint64_t kMostExact = uint64_t{1} << 53;
  auto scaled = scaledByTens(std::fabs(value), static_cast<unsigned>(places));
  if (scaled && *scaled <= kMostExact)
    return std::copysign(static_cast<double>(*scaled) /
                             static_cast<double>(powerOfTen(static_cast<unsigned>(places))),
                         value);
  char text[800];
  char* end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, places).ptr;
  return fromText(text, end);
}

/// To a multiple of 10^places, on the digits of the exact decimal number.
double roundBeforePoint(double value, int places) {
  char text[kExactDigits + 16];
  char* end = std::to_chars(text, text + sizeof text, std::fabs(value),
                            std::chars_format::scientific, kExactDigits)
                  .ptr;
  std::string digits(text, end);
  size_t mark = digits.find('e');
  int exponent = 0;
  const char* begin = digits.data() + mark + 1;
  std::from_chars(begin + (*begin == '+'), digits.data() + digits.size(), exponent);
  digits.resize(mark);
  digits.erase(1, 1);
  int kept = exponent + 1 - places; // digits of the number divided by 10^places
  if (kept < 0)
    return std::copysign(0.0, value);
  auto cut = static_cast<size_t>(kept);
  size_t firstBehind = digits.find_first_not_of('0', cut + 1);
  bool isTie = digits[cut] == '5' && firstBehind == std::string::npos;
  bool isOdd = kept > 0 && ((digits[cut - 1] - '0') & 1);
  bool up = isTie ? isOdd : digits[cut] >= '5';
  digits.resize(cut);
  std::string rounded = "0" + digits;
  if (up) {
    size_t i = rounded.size() - 1;
    for (; rounded[i] == '9'; --i)
      rounded[i] = '0';
    ++rounded[i];
  }
  rounded += 'e';
  rounded += std::to_string(places);
  return std::copysign(fromText(rounded.data(), rounded.data() + rounded.size()), value);
}

Ref roundTo(double value, int64_t places) {
  if (!std::isfinite(value) || places > kMostPlaces)
    return makeFloat(value);
  if (places < kLeastPlaces)
    return makeFloat(std::copysign(0.0, value));
  double result = places >= 0 ? roundBehindPoint(value, static_cast<int>(places))
                              : roundBeforePoint(value, static_cast<int>(-places));
  if (std::isinf(result))
    return raise(overflowErrorType, "rounded value too large to represent");
  return makeFloat(result);
}

} // namespace

Ref floatRound(const Value* args) {
  double value = floatValue(args[0]);
  if (!args[1] || args[1].isNone())
    return floatToInt(std::nearbyint(value));
  int64_t places;
  return toInt64(args[1], places) ? roundTo(value, places) : Ref();
}

} // namespace pyc::rt
