// Floats to the shortest text and back.
#include "runtime/objects/float_text.h"
#include "runtime/objects/float.h"
#include "runtime/objects/number_text.h"

#include <charconv>
#include <cmath>
#include <cstring>

namespace pyc::rt {

DecimalDigits shortestDigits(double magnitude) {
  DecimalDigits result;
  char text[32];
  char* end = std::to_chars(text, text + sizeof text, magnitude, std::chars_format::scientific).ptr;
  char* mark = static_cast<char*>(std::memchr(text, 'e', static_cast<size_t>(end - text)));
  for (char* at = text; at < mark; ++at)
    if (*at != '.')
      result.digits[result.count++] = *at;
  int exponent = 0;
  std::from_chars(mark + (mark[1] == '+' ? 2 : 1), end, exponent);
  result.point = exponent + 1;
  return result;
}

/// Behind the digits of a number in scientific notation: "e-05".
static void appendExponent(std::string& out, int exponent) {
  out += exponent < 0 ? "e-" : "e+";
  int magnitude = std::abs(exponent);
  if (magnitude < 10)
    out += '0';
  out += std::to_string(magnitude);
}

/// Digits with a point in their midst, or zeros around them.
static void appendPlain(std::string& out, const DecimalDigits& digits) {
  auto count = static_cast<int>(digits.count);
  if (digits.point <= 0) {
    out += "0.";
    out.append(static_cast<size_t>(-digits.point), '0');
    out.append(digits.digits, digits.count);
  } else if (digits.point >= count) {
    out.append(digits.digits, digits.count);
    out.append(static_cast<size_t>(digits.point - count), '0');
  } else {
    out.append(digits.digits, static_cast<size_t>(digits.point));
    out += '.';
    out.append(digits.digits + digits.point, static_cast<size_t>(count - digits.point));
  }
}

void appendFloatShortest(std::string& out, double value, bool addPointZero) {
  if (std::isnan(value)) {
    out += "nan";
    return;
  }
  if (std::signbit(value))
    out += '-';
  if (std::isinf(value)) {
    out += "inf";
    return;
  }
  DecimalDigits digits = shortestDigits(std::fabs(value));
  if (digits.point > -4 && digits.point <= 16) {
    appendPlain(out, digits);
    if (addPointZero && digits.point >= static_cast<int>(digits.count))
      out += ".0";
    return;
  }
  int exponent = digits.point - 1;
  digits.point = 1;
  appendPlain(out, digits);
  appendExponent(out, exponent);
}

void appendFloatRepr(std::string& out, double value) {
  appendFloatShortest(out, value, true);
}

namespace {

/// Length of a decimal number (without sign) at the start of `text`; 0 when there is none.
size_t decimalLength(std::string_view text) {
  size_t at = 0, digits = 0;
  auto takeDigits = [&] {
    for (; at < text.size() && isAsciiDigit(text[at]); ++at)
      ++digits;
  };
  takeDigits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    takeDigits();
  }
  if (digits == 0)
    return 0;
  if (at < text.size() && (text[at] | 0x20) == 'e') {
    size_t exponent = at + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-'))
      ++exponent;
    if (exponent < text.size() && isAsciiDigit(text[exponent]))
      for (at = exponent; at < text.size() && isAsciiDigit(text[at]);)
        ++at;
  }
  return at;
}

/// Whether a number that is out of a double's range is so because it is large.
bool isLarge(std::string_view text) {
  size_t mark = text.find_first_of("eE");
  std::string_view mantissa = text.substr(0, mark);
  int64_t exponent = 0;
  if (mark != std::string_view::npos) {
    std::string_view digits = text.substr(mark + 1);
    if (digits.starts_with('+'))
      digits.remove_prefix(1);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), exponent).ec != std::errc())
      return !digits.starts_with('-'); // no mantissa makes up for so large an exponent
  }
  size_t first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos)
    return false;
  size_t point = mantissa.find('.');
  if (point == std::string_view::npos)
    point = mantissa.size();
  return exponent + static_cast<int64_t>(point) - static_cast<int64_t>(first) > 0;
}

bool startsWithWord(std::string_view text, std::string_view word) {
  if (text.size() < word.size())
    return false;
  for (size_t i = 0; i < word.size(); ++i)
    if ((text[i] | 0x20) != word[i])
      return false;
  return true;
}

/// Length of "inf", "infinity" or "nan" in any case; 0 when it is none of them.
size_t specialLength(std::string_view text, double& result) {
  if (startsWithWord(text, "nan")) {
    result = __builtin_nan("");
    return 3;
  }
  if (!startsWithWord(text, "inf"))
    return 0;
  result = __builtin_inf();
  return startsWithWord(text, "infinity") ? 8 : 3;
}

} // namespace

size_t scanDouble(std::string_view text, double& result) {
  size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+');
  std::string_view number = text.substr(sign);
  size_t length = decimalLength(number);
  if (length != 0) {
    number = number.substr(0, length);
    result = 0;
    auto [end, error] = std::from_chars(number.data(), number.data() + length, result);
    if (error == std::errc::result_out_of_range)
      result = isLarge(number) ? __builtin_inf() : 0;
  } else {
    length = specialLength(number, result);
    if (length == 0)
      return 0;
  }
  if (sign && text[0] == '-')
    result = -result;
  return sign + length;
}

bool parseDouble(std::string_view text, double& result) {
  size_t length = scanDouble(text, result);
  return length != 0 && length == text.size();
}

bool removeUnderscores(std::string_view text, std::string& plain) {
  char before = 0;
  for (char c : text) {
    if (c == '_' ? !isAsciiDigit(before) : before == '_' && !isAsciiDigit(c))
      return false;
    if (c != '_')
      plain += c;
    before = c;
  }
  return before != '_';
}

} // namespace pyc::rt
