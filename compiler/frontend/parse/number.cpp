// Numeric literals to values. The lexer has settled that they are well formed.
#include "compiler/frontend/parse/parser_impl.h"

#include <charconv>
#include <limits>

namespace pyc::parsing {

namespace {

/// `digits`, without underscores, in a base that is a power of two, as hexadecimal digits.
std::string toHex(std::string_view digits, unsigned bitsPerDigit) {
  std::string reversed;
  unsigned accumulator = 0, bits = 0;
  for (size_t i = digits.size(); i-- > 0;) {
    char c = digits[i];
    unsigned value = c <= '9' ? unsigned(c - '0') : unsigned((c | 0x20) - 'a' + 10);
    accumulator |= value << bits;
    for (bits += bitsPerDigit; bits >= 4; bits -= 4, accumulator >>= 4)
      reversed += "0123456789abcdef"[accumulator & 15];
  }
  if (bits > 0)
    reversed += "0123456789abcdef"[accumulator & 15];
  while (reversed.size() > 1 && reversed.back() == '0')
    reversed.pop_back();
  return {reversed.rbegin(), reversed.rend()};
}

/// What a float's text comes to where it is out of range: infinity or zero.
double outOfRange(std::string_view digits) {
  size_t exponentAt = digits.find_first_of("eE");
  std::string_view mantissa = digits.substr(0, exponentAt);
  size_t firstDigit = mantissa.find_first_not_of("0.");
  if (firstDigit == std::string_view::npos)
    return 0.0;
  bool isNegative = exponentAt != std::string_view::npos && digits[exponentAt + 1] == '-';
  size_t point = std::min(mantissa.find('.'), mantissa.size());
  if (exponentAt == std::string_view::npos)
    return firstDigit < point ? std::numeric_limits<double>::infinity() : 0.0;
  // Digits and exponent may pull in opposite directions; the larger one decides.
  std::string_view exponentText = digits.substr(exponentAt + 1);
  if (exponentText[0] == '+' || exponentText[0] == '-')
    exponentText.remove_prefix(1);
  long long exponent = 0;
  auto parsed =
      std::from_chars(exponentText.data(), exponentText.data() + exponentText.size(), exponent);
  if (parsed.ec != std::errc())
    exponent = std::numeric_limits<long long>::max() / 2;
  long long magnitude = (isNegative ? -exponent : exponent) + static_cast<long long>(point) -
                        static_cast<long long>(firstDigit);
  return magnitude > 0 ? std::numeric_limits<double>::infinity() : 0.0;
}

double parseDouble(std::string_view digits) {
  double value = 0;
  auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return parsed.ec == std::errc::result_out_of_range ? outOfRange(digits) : value;
}

} // namespace

ExprNode* Parser::number() {
  Mark token = pos_++;
  std::string_view text = textOf(token);
  std::string withoutUnderscores;
  if (text.find('_') != std::string_view::npos) {
    for (char c : text)
      if (c != '_')
        withoutUnderscores += c;
    text = withoutUnderscores;
  }
  auto* constant = makeAt<Constant>(spanOf(token));
  ConstantValue& value = constant->value;
  char marker = text.size() > 1 && text[0] == '0' ? char(text[1] | 0x20) : '0';
  unsigned bits = marker == 'x' ? 4 : marker == 'o' ? 3 : marker == 'b' ? 1 : 0;
  if (bits == 0 && text.find_first_not_of("0123456789") != std::string_view::npos) {
    bool isImaginary = (text.back() | 0x20) == 'j';
    value.kind = isImaginary ? ConstantKind::Complex : ConstantKind::Float;
    value.number = parseDouble(text.substr(0, text.size() - isImaginary));
    return constant;
  }
  value.kind = ConstantKind::Int;
  value.integer = 0;
  std::string_view digits = bits ? text.substr(2) : text;
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
  int base = bits == 0 ? 10 : 1 << bits;
  auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value.integer, base);
  if (parsed.ec == std::errc())
    return constant;
  value.integer = 0;
  value.digitsBase = bits ? 16 : 10;
  value.text = arena_.copy(bits ? std::string_view(toHex(digits, bits)) : digits);
  if (!bits && options_.maxIntDigits != 0 && digits.size() > options_.maxIntDigits) {
    auto line = static_cast<int32_t>(tokens_[token].line);
    return raiseAt(DiagId::IntTooLarge, {line, 0, line, 0},
                   {std::to_string(options_.maxIntDigits), std::to_string(digits.size())});
  }
  return constant;
}

} // namespace pyc::parsing
