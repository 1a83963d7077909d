// The layout of numbers: sign, prefix, grouped digits, point, fraction, suffix, and the padding.
#include "runtime/objects/errors.h"
#include "runtime/objects/format_spec.h"
#include "runtime/objects/str_chars.h"

#include <algorithm>
#include <climits>
#include <clocale>
#include <vector>

namespace pyc::rt {

namespace {

/// How digits are grouped: sizes of the groups from the right, the last one repeated.
struct Separators {
  std::string_view thousands;
  std::string_view point = ".";
  std::string_view sizes; // bytes as in lconv::grouping; empty: no groups
};

Separators separatorsOf(const FormatSpec& spec) {
  if (spec.type == 'n') {
    const lconv* locale = localeconv();
    return {locale->thousands_sep, locale->decimal_point, locale->grouping};
  }
  switch (spec.grouping) {
  case Grouping::None:
    return {};
  case Grouping::Comma:
    return {",", ".", "\3"};
  case Grouping::Underscore:
    return {"_", ".", "\3"};
  case Grouping::UnderscoreFour:
    return {"_", ".", "\4"};
  }
  PYC_UNREACHABLE("grouping");
}

int64_t codePointsOf(std::string_view utf8) {
  return std::count_if(utf8.begin(), utf8.end(),
                       [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; });
}

/// Cuts digits into groups, with zeros in front to reach a width.
class DigitGroups {
public:
  DigitGroups(std::string_view digits, const Separators& separators, int64_t minWidth)
      : digits_(digits), separators_(separators) {
    layOut(minWidth);
  }
  /// Characters that write() writes.
  int64_t width() const { return width_; }
  void write(StrBuilder& out) const {
    size_t at = 0;
    for (size_t i = groups_.size(); i-- > 0;) {
      out.appendRepeated('0', groups_[i].zeros);
      out.append(digits_.substr(at, groups_[i].digits));
      at += groups_[i].digits;
      if (i != 0)
        out.append(separators_.thousands);
    }
  }

private:
  struct Group {
    int64_t zeros;
    size_t digits;
  };

  void layOut(int64_t minWidth) {
    int64_t rest = static_cast<int64_t>(digits_.size());
    int64_t separatorWidth = codePointsOf(separators_.thousands);
    size_t next = 0;
    for (;;) {
      int64_t size = groupSize(next++);
      size = std::min(size, std::max({rest, minWidth, int64_t(1)}));
      int64_t digits = std::min(size, rest);
      groups_.push_back({size - digits, static_cast<size_t>(digits)});
      width_ += size;
      rest -= digits;
      minWidth -= size;
      if (rest <= 0 && minWidth <= 0)
        return;
      width_ += separatorWidth;
      minWidth -= separatorWidth;
    }
  }

  /// Size of the i-th group from the right.
  int64_t groupSize(size_t i) const {
    if (separators_.sizes.empty())
      return INT64_MAX;
    char size = separators_.sizes[std::min(i, separators_.sizes.size() - 1)];
    return size == CHAR_MAX || size <= 0 ? INT64_MAX : size;
  }

  std::string_view digits_;
  const Separators& separators_;
  int64_t width_ = 0;
  std::vector<Group> groups_;
};

/// The fraction's digits, grouped by three from the left.
std::string groupFraction(std::string_view digits, Grouping grouping) {
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && i % 3 == 0)
      out += grouping == Grouping::Comma ? ',' : '_';
    out += digits[i];
  }
  return out;
}

char signOf(const NumberText& number, const FormatSpec& spec) {
  return number.sign ? number.sign : spec.sign == '+' || spec.sign == ' ' ? spec.sign : 0;
}

/// Without groups: everything but the padding is one text.
Ref formatPlain(const NumberText& number, const FormatSpec& spec) {
  char text[160];
  size_t used = 0;
  auto put = [&](std::string_view part) {
    part.copy(text + used, part.size());
    used += part.size();
  };
  if (char sign = signOf(number, spec))
    text[used++] = sign;
  put(number.prefix);
  size_t head = used; // '=' pads behind it
  put(number.digits);
  if (number.point)
    text[used++] = '.';
  put(number.fraction);
  put(number.suffix);
  int64_t missing = spec.width - static_cast<int64_t>(used);
  if (missing <= 0)
    return makeStrAscii({text, used});
  if (spec.fill < 128 && used + static_cast<size_t>(missing) <= sizeof text) {
    // The gap opens behind `left` characters of the text, or on both sides.
    size_t gap = static_cast<size_t>(missing);
    size_t at = spec.align == '<' ? used : spec.align == '=' ? head : 0;
    size_t before = spec.align == '^' ? gap / 2 : gap;
    memmove(text + at + before, text + at, used - at);
    memset(text + at, static_cast<char>(spec.fill), before);
    if (before < gap)
      memset(text + used + before, static_cast<char>(spec.fill), gap - before);
    return makeStrAscii({text, used + gap});
  }
  if (spec.align == '=') {
    StrBuilder out;
    out.append(std::string_view(text, head));
    out.appendRepeated(spec.fill, missing);
    out.append(std::string_view(text + head, used - head));
    return out.finish();
  }
  PYC_TRY(body, makeStrAscii({text, used}));
  return padText(body.as<StrObject>(), spec);
}

} // namespace

Ref formatNumber(const NumberText& number, const FormatSpec& spec) {
  size_t length =
      number.prefix.size() + number.digits.size() + number.fraction.size() + number.suffix.size();
  if (PYC_LIKELY(spec.grouping == Grouping::None && spec.fractionGrouping == Grouping::None &&
                 spec.type != 'n' && length < 128))
    return formatPlain(number, spec);

  Separators separators = separatorsOf(spec);
  std::string fraction = spec.fractionGrouping == Grouping::None
                             ? std::string(number.fraction)
                             : groupFraction(number.fraction, spec.fractionGrouping);
  char sign = signOf(number, spec);
  std::string_view point = number.point ? separators.point : std::string_view();
  int64_t others = (sign != 0) + static_cast<int64_t>(number.prefix.size()) + codePointsOf(point) +
                   static_cast<int64_t>(fraction.size() + number.suffix.size());
  bool zeroFill = spec.fill == '0' && spec.align == '=';
  DigitGroups groups(number.digits, separators, zeroFill ? spec.width - others : 0);
  bool hasDigits = !number.digits.empty();
  int64_t missing = std::max<int64_t>(spec.width - others - (hasDigits ? groups.width() : 0), 0);
  int64_t left = spec.align == '>' ? missing : spec.align == '^' ? missing / 2 : 0;
  int64_t inside = spec.align == '=' ? missing : 0;
  StrBuilder out;
  out.appendRepeated(spec.fill, left);
  if (sign)
    out.appendChar(static_cast<uint8_t>(sign));
  out.append(number.prefix);
  out.appendRepeated(spec.fill, inside);
  if (hasDigits)
    groups.write(out);
  out.append(point);
  out.append(fraction);
  out.append(number.suffix);
  out.appendRepeated(spec.fill, missing - left - inside);
  return out.finish();
}

} // namespace pyc::rt
