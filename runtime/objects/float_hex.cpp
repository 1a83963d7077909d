// float.hex and float.fromhex.
#include "runtime/objects/double_rounding.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/float_slots.h"
#include "runtime/objects/float_text.h"
#include "runtime/objects/number_text.h"
#include "runtime/objects/protocol.h"

#include <bit>
#include <cmath>
#include <cstdio>

namespace pyc::rt {

namespace {

int hexValue(char c) {
  if (isAsciiDigit(c))
    return c - '0';
  char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Reads "0x1.8p+1"; prefix, point and exponent may be left out.
class HexScanner {
public:
  explicit HexScanner(std::string_view text) : rest_(text) {}

  /// False when it is no number; the result may be infinite.
  bool scan(double& result) {
    bool negative = false;
    if (!rest_.empty() && (rest_[0] == '-' || rest_[0] == '+')) {
      negative = rest_[0] == '-';
      rest_.remove_prefix(1);
    }
    double special;
    bool startsWord = !rest_.empty() && ((rest_[0] | 0x20) == 'i' || (rest_[0] | 0x20) == 'n');
    if (startsWord && parseDouble(rest_, special)) {
      result = negative ? -special : special; // inf, nan
      isExactInfinity_ = true;
      return true;
    }
    if (rest_.size() >= 2 && rest_[0] == '0' && (rest_[1] | 0x20) == 'x')
      rest_.remove_prefix(2);
    if (!scanDigits() || !scanExponent() || !rest_.empty())
      return false;
    double magnitude = value();
    result = negative ? -magnitude : magnitude;
    return true;
  }
  /// Whether the text said "inf".
  bool isExactInfinity() const { return isExactInfinity_; }

private:
  /// Digits with at most one point in them, at least one digit.
  bool scanDigits() {
    bool any = false, point = false;
    for (; !rest_.empty(); rest_.remove_prefix(1)) {
      if (rest_[0] == '.' && !point) {
        point = true;
        continue;
      }
      int digit = hexValue(rest_[0]);
      if (digit < 0)
        break;
      any = true;
      addDigit(static_cast<unsigned>(digit), point);
    }
    return any;
  }
  /// The first 15 significant digits count, of the others only whether one is not zero.
  void addDigit(unsigned digit, bool behindPoint) {
    if (bits_ >> 60) {
      bits_ |= digit != 0;
      exponent_ += behindPoint ? 0 : 4;
      return;
    }
    bits_ = bits_ << 4 | digit;
    exponent_ -= behindPoint ? 4 : 0;
  }
  bool scanExponent() {
    if (rest_.empty() || (rest_[0] | 0x20) != 'p')
      return true;
    rest_.remove_prefix(1);
    bool negative = false;
    if (!rest_.empty() && (rest_[0] == '-' || rest_[0] == '+')) {
      negative = rest_[0] == '-';
      rest_.remove_prefix(1);
    }
    if (rest_.empty() || !isAsciiDigit(rest_[0]))
      return false;
    constexpr int64_t kEnough = int64_t(1) << 60; // more than any text has digits
    int64_t exponent = 0;
    for (; !rest_.empty() && isAsciiDigit(rest_[0]); rest_.remove_prefix(1))
      exponent = exponent > kEnough / 10 - 10 ? kEnough : exponent * 10 + (rest_[0] - '0');
    exponent_ += negative ? -exponent : exponent;
    return true;
  }
  double value() const {
    if (bits_ == 0)
      return 0;
    int zeros = __builtin_clzll(bits_);
    return roundToDouble(bits_ << zeros, exponent_ - zeros);
  }

  std::string_view rest_;
  uint64_t bits_ = 0;
  int64_t exponent_ = 0;
  bool isExactInfinity_ = false;
};

} // namespace

Ref floatHex(const Value* args) {
  double value = floatValue(args[0]);
  char text[40];
  const char* sign = std::signbit(value) && !std::isnan(value) ? "-" : "";
  if (!std::isfinite(value)) {
    snprintf(text, sizeof text, "%s%s", sign, std::isnan(value) ? "nan" : "inf");
  } else if (value == 0) {
    snprintf(text, sizeof text, "%s0x0.0p+0", sign);
  } else {
    auto bits = std::bit_cast<uint64_t>(value);
    int exponent = static_cast<int>(bits >> 52 & 0x7FF);
    bool isNormal = exponent != 0;
    snprintf(text, sizeof text, "%s0x%d.%013llxp%+d", sign, isNormal,
             static_cast<unsigned long long>(bits & ((uint64_t(1) << 52) - 1)),
             isNormal ? exponent - 1023 : -1022);
  }
  return makeStrAscii(text);
}

Ref floatFromHex(const Value* args) {
  if (!isStr(args[1]))
    return raise(typeErrorType, "bad argument type for built-in operation");
  std::string storage;
  HexScanner scanner(trimBlanks(utf8View(args[1], storage)));
  double result;
  if (!scanner.scan(result))
    return raise(valueErrorType, "invalid hexadecimal floating-point string");
  if (std::isinf(result) && !scanner.isExactInfinity())
    return raise(overflowErrorType, "hexadecimal value too large to represent as a float");
  Ref number = makeFloat(result);
  return args[0] == Value(&floatType.header) ? std::move(number) : call(args[0], number);
}

} // namespace pyc::rt
