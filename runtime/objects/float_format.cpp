// Formatting of floats: e, f, g, %, and without a letter.
#include "runtime/objects/float_format.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/fixed_point.h"
#include "runtime/objects/float_slots.h"
#include "runtime/objects/float_text.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

#include <algorithm>
#include <charconv>
#include <climits>
#include <cmath>

namespace pyc::rt {

namespace {

constexpr size_t kDefaultPrecision = 6;
/// No double has more digits behind the point (2^-1074 has as many), nor more significant ones.
constexpr size_t kMostDigits = 1100;
constexpr int kReprMaxPoint = 16;
constexpr int kMinPoint = -4; // less than that is written with an exponent

/// A number in decimal, rounded to some digits behind the point.
std::string roundedText(double magnitude, std::chars_format format, size_t precision) {
  char small[400];
  size_t wanted = precision < kMostDigits ? precision : kMostDigits;
  std::string text;
  if (magnitude < 1e30 && wanted < 300) {
    char* end =
        std::to_chars(small, small + sizeof small, magnitude, format, static_cast<int>(wanted)).ptr;
    text.assign(small, end);
  } else {
    text.resize(wanted + 320);
    char* end = std::to_chars(text.data(), text.data() + text.size(), magnitude, format,
                              static_cast<int>(wanted))
                    .ptr;
    text.resize(static_cast<size_t>(end - text.data()));
  }
  return text;
}

/// Takes "d.ddde+xx" apart: digits without the point, and the exponent.
int splitScientific(std::string& text) {
  size_t mark = text.find('e');
  int exponent = 0;
  const char* begin = text.data() + mark + 1;
  std::from_chars(begin + (*begin == '+'), text.data() + text.size(), exponent);
  text.resize(mark);
  if (text.size() > 1)
    text.erase(1, 1);
  return exponent;
}

bool isZero(std::string_view digits) {
  return digits.find_first_not_of('0') == std::string_view::npos;
}

} // namespace

FloatText::FloatText(double value, const FormatSpec& spec, bool pointZero) {
  if (spec.type == '%')
    value *= 100;
  number_.sign = std::signbit(value) && !std::isnan(value) ? '-' : 0;
  if (std::isfinite(value)) {
    format(std::fabs(value), spec, pointZero);
    if (spec.noNegativeZero && isZero(digits_) && isZero(fraction_))
      number_.sign = 0;
  } else {
    suffix_ = std::isnan(value) ? "nan" : "inf";
  }
  if (spec.type == '%')
    suffix_ += '%';
  if (spec.type == 'E' || spec.type == 'F' || spec.type == 'G')
    toUpperCase();
  number_.digits = digits_;
  number_.fraction = fraction_;
  number_.suffix = suffix_;
}

void FloatText::format(double magnitude, const FormatSpec& spec, bool pointZero) {
  size_t precision = spec.precision < 0 ? kDefaultPrecision : static_cast<size_t>(spec.precision);
  switch (spec.type) {
  case 'e':
  case 'E':
    return formatScientific(magnitude, precision, spec.alternate);
  case 'f':
  case 'F':
  case '%':
    return formatFixed(magnitude, precision, spec.alternate);
  case 0:
    if (spec.precision < 0)
      return formatShortest(magnitude, spec.alternate, pointZero);
    return formatSignificant(magnitude, precision, spec.alternate, pointZero);
  default:
    return formatSignificant(magnitude, precision, spec.alternate, false);
  }
}

void FloatText::formatScientific(double magnitude, size_t precision, bool alternate) {
  std::string digits = roundedText(magnitude, std::chars_format::scientific, precision);
  int exponent = splitScientific(digits);
  digits_ = digits.substr(0, 1);
  fraction_ = digits.substr(1);
  fraction_.resize(precision, '0');
  number_.point = precision != 0 || alternate;
  setExponent(exponent);
}

void FloatText::formatFixed(double magnitude, size_t precision, bool alternate) {
  number_.point = precision != 0 || alternate;
  auto places = static_cast<unsigned>(std::min<size_t>(precision, UINT_MAX));
  if (auto scaled = scaledByTens(magnitude, places)) {
    digits_ = std::to_string(*scaled / powerOfTen(places));
    std::string behind = std::to_string(*scaled % powerOfTen(places));
    fraction_.assign(precision - std::min(precision, behind.size()), '0');
    if (precision != 0)
      fraction_ += behind;
    return;
  }
  digits_ = roundedText(magnitude, std::chars_format::fixed, precision);
  size_t point = digits_.find('.');
  if (point != std::string::npos) {
    fraction_ = digits_.substr(point + 1);
    digits_.resize(point);
  }
  fraction_.resize(precision, '0');
}

/// g: so many significant digits, without trailing zeros unless `alternate`.
void FloatText::formatSignificant(double magnitude, size_t precision, bool alternate,
                                  bool pointZero) {
  if (precision == 0)
    precision = 1;
  std::string digits = roundedText(magnitude, std::chars_format::scientific, precision - 1);
  int point = splitScientific(digits) + 1;
  if (alternate)
    digits.resize(precision, '0');
  else
    while (digits.size() > 1 && digits.back() == '0')
      digits.pop_back();
  // The zero of ".0" counts as a digit.
  bool scientific = point <= kMinPoint || point > static_cast<int64_t>(precision) - pointZero;
  layOut(digits, point, scientific, alternate, pointZero);
}

void FloatText::formatShortest(double magnitude, bool alternate, bool pointZero) {
  DecimalDigits digits = shortestDigits(magnitude);
  bool scientific = digits.point <= kMinPoint || digits.point > kReprMaxPoint;
  layOut({digits.digits, digits.count}, digits.point, scientific, alternate, pointZero);
}

void FloatText::layOut(std::string_view digits, int point, bool scientific, bool alternate,
                       bool pointZero) {
  if (scientific) {
    setExponent(point - 1);
    point = 1;
  }
  if (point <= 0) {
    digits_ = "0";
    fraction_.assign(static_cast<size_t>(-point), '0');
    fraction_ += digits;
  } else if (static_cast<size_t>(point) >= digits.size()) {
    digits_ = digits;
    digits_.resize(static_cast<size_t>(point), '0');
    if (pointZero && !scientific)
      fraction_ = "0";
  } else {
    digits_ = digits.substr(0, static_cast<size_t>(point));
    fraction_ = digits.substr(static_cast<size_t>(point));
  }
  number_.point = !fraction_.empty() || alternate;
}

void FloatText::setExponent(int exponent) {
  suffix_ = exponent < 0 ? "e-" : "e+";
  if (std::abs(exponent) < 10)
    suffix_ += '0';
  suffix_ += std::to_string(std::abs(exponent));
}

void FloatText::toUpperCase() {
  for (char& c : suffix_)
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 'a' + 'A');
}

bool checkFloatPrecision(const FormatSpec& spec) {
  return spec.precision <= INT_MAX || raise(valueErrorType, "precision too big");
}

Ref formatFloat(double value, const FormatSpec& spec) {
  if (!checkFloatPrecision(spec))
    return {};
  FloatText text(value, spec, true);
  return formatNumber(text.number(), spec);
}

Ref floatFormat(const Value* args) {
  if (!strArg("__format__", 0, args[1]))
    return {};
  if (asStr(args[1])->length == 0)
    return str(args[0]);
  FormatSpec spec;
  if (!parseFormatSpec(asStr(args[1]), args[0], 0, '>', spec))
    return {};
  switch (spec.type) {
  case 0:
  case 'e':
  case 'E':
  case 'f':
  case 'F':
  case 'g':
  case 'G':
  case 'n':
  case '%':
    return formatFloat(floatValue(args[0]), spec);
  default:
    return raiseUnknownFormatCode(spec.type, args[0]);
  }
}

} // namespace pyc::rt
