#include "compiler/frontend/parse/repr.h"

#include "compiler/frontend/lex/identifier.h"
#include "runtime/base/check.h"
#include "runtime/base/unicode/unicode.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <vector>

namespace pyc {

namespace {

char quoteFor(std::string_view text) {
  bool hasSingle = text.find('\'') != std::string_view::npos;
  bool hasDouble = text.find('"') != std::string_view::npos;
  return hasSingle && !hasDouble ? '"' : '\'';
}

void appendEscaped(std::string& out, uint32_t codePoint, char quote) {
  switch (codePoint) {
  case '\n':
    out += "\\n";
    return;
  case '\r':
    out += "\\r";
    return;
  case '\t':
    out += "\\t";
    return;
  case '\\':
    out += "\\\\";
    return;
  }
  char text[16];
  if (codePoint == uint32_t(quote)) {
    out += '\\';
    out += quote;
  } else if (codePoint < 0x100) {
    std::snprintf(text, sizeof text, "\\x%02x", codePoint);
    out += text;
  } else {
    std::snprintf(text, sizeof text, codePoint < 0x10000 ? "\\u%04x" : "\\U%08x", codePoint);
    out += text;
  }
}

std::string reprOfBytes(std::string_view bytes) {
  char quote = quoteFor(bytes);
  std::string out = "b";
  out += quote;
  for (char c : bytes) {
    bool isPlain = c >= 0x20 && c < 0x7F && c != '\\' && c != quote;
    if (isPlain)
      out += c;
    else
      appendEscaped(out, uint8_t(c), quote);
  }
  return out + quote;
}

/// Digits in base 16 as digits in base 10.
std::string decimalOfHex(std::string_view digits) {
  constexpr uint32_t kLimb = 1'000'000'000;
  std::vector<uint32_t> limbs{0};
  for (char c : digits) {
    uint64_t carry = uint64_t(c <= '9' ? c - '0' : c - 'a' + 10);
    for (uint32_t& limb : limbs) {
      carry += uint64_t(limb) * 16;
      limb = uint32_t(carry % kLimb);
      carry /= kLimb;
    }
    if (carry)
      limbs.push_back(uint32_t(carry));
  }
  std::string out = std::to_string(limbs.back());
  for (size_t i = limbs.size() - 1; i-- > 0;) {
    char text[16];
    std::snprintf(text, sizeof text, "%09u", limbs[i]);
    out += text;
  }
  return out;
}

/// The shortest text that reads back as `number`, in Python's choice of form.
std::string reprOfDouble(double number, bool isWholeWithPoint) {
  if (std::isinf(number))
    return number < 0 ? "-inf" : "inf";
  if (std::isnan(number))
    return "nan";
  char text[32];
  auto end = std::to_chars(text, text + sizeof text, number, std::chars_format::scientific).ptr;
  std::string_view all(text, static_cast<size_t>(end - text));
  size_t exponentAt = all.find('e');
  int exponent = std::atoi(std::string(all.substr(exponentAt + 1)).c_str());
  std::string digits;
  for (char c : all.substr(0, exponentAt))
    if (c != '.' && c != '-')
      digits += c;
  std::string out = std::signbit(number) ? "-" : "";
  auto count = static_cast<int>(digits.size());
  if (exponent < -4 || exponent >= 16) {
    out += digits[0];
    if (count > 1)
      out += "." + digits.substr(1);
    char suffix[16];
    std::snprintf(suffix, sizeof suffix, "e%c%02d", exponent < 0 ? '-' : '+', std::abs(exponent));
    return out + suffix;
  }
  if (exponent < 0)
    return out + "0." + std::string(size_t(-exponent - 1), '0') + digits;
  if (count > exponent + 1)
    return out + digits.substr(0, size_t(exponent) + 1) + "." + digits.substr(size_t(exponent) + 1);
  out += digits + std::string(size_t(exponent + 1 - count), '0');
  return isWholeWithPoint ? out + ".0" : out;
}

} // namespace

std::string reprOfText(std::string_view text) {
  char quote = quoteFor(text);
  std::string out(1, quote);
  for (size_t at = 0; at < text.size();) {
    size_t start = at;
    uint32_t codePoint = decodeUtf8(text, at);
    bool isPlain = codePoint < 0x80 ? codePoint >= 0x20 && codePoint < 0x7F && codePoint != '\\' &&
                                          codePoint != uint32_t(quote)
                                    : isUnicodePrintable(codePoint);
    if (isPlain)
      out += text.substr(start, at - start);
    else
      appendEscaped(out, codePoint, quote);
  }
  return out + quote;
}

static std::string reprOfMagnitude(const ast::ConstantValue& value) {
  if (value.digitsBase == 0)
    return std::to_string(value.integer);
  return value.digitsBase == 10 ? std::string(value.text) : decimalOfHex(value.text);
}

static std::string reprOfItems(const ast::ConstantValue& value) {
  std::string text;
  for (size_t k = 0; k < value.itemCount; ++k)
    text += (k ? ", " : "") + reprOf(value.items[k]);
  return text;
}

static std::string reprOfComplex(double real, double imaginary) {
  std::string text = reprOfDouble(imaginary, false) + "j";
  if (real == 0 && !std::signbit(real))
    return text;
  bool hasSign = text.starts_with('-') || text.starts_with('+');
  return "(" + reprOfDouble(real, false) + (hasSign ? "" : "+") + text + ")";
}

std::string reprOf(const ast::ConstantValue& value) {
  switch (value.kind) {
  case ast::ConstantKind::None:
    return "None";
  case ast::ConstantKind::True:
    return "True";
  case ast::ConstantKind::False:
    return "False";
  case ast::ConstantKind::Ellipsis:
    return "Ellipsis";
  case ast::ConstantKind::Int:
    return (value.isNegative ? "-" : "") + reprOfMagnitude(value);
  case ast::ConstantKind::Float:
    return reprOfDouble(value.number, true);
  case ast::ConstantKind::Complex:
    return reprOfComplex(value.real, value.number);
  case ast::ConstantKind::Str:
    return reprOfText(value.text);
  case ast::ConstantKind::Bytes:
    return reprOfBytes(value.text);
  case ast::ConstantKind::Tuple:
    return "(" + reprOfItems(value) + (value.itemCount == 1 ? ",)" : ")");
  case ast::ConstantKind::FrozenSet:
    return value.itemCount ? "frozenset({" + reprOfItems(value) + "})" : "frozenset()";
  }
  PYC_UNREACHABLE("ConstantKind");
}

} // namespace pyc
