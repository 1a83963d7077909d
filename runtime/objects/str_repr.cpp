// repr() and ascii() of strs.
#include "runtime/base/unicode/unicode.h"
#include "runtime/objects/str_chars.h"

namespace pyc::rt {

namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

/// How a character stands in a repr.
enum class Form { Plain, Backslash, Hex };

Form formOf(uint32_t c, uint32_t quote, bool asciiOnly) {
  if (c == quote || c == '\\' || c == '\t' || c == '\n' || c == '\r')
    return Form::Backslash;
  if (c < 0x80)
    return c - 0x20 < 0x5F ? Form::Plain : Form::Hex;
  return !asciiOnly && isUnicodePrintable(c) ? Form::Plain : Form::Hex;
}

/// Digits of the escape, with 'x', 'u' or 'U' before them.
unsigned hexDigitsOf(uint32_t c) {
  return c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
}

struct ReprSize {
  int64_t length = 2; // the quotes
  uint32_t widest = 0x7F;
  uint32_t quote = '\'';
  bool plain = true; // nothing is escaped
};

template <class Char> ReprSize measure(const Char* chars, int64_t count, bool asciiOnly) {
  ReprSize size;
  bool single = false, twofold = false;
  for (int64_t i = 0; i < count; ++i) {
    single |= chars[i] == '\'';
    twofold |= chars[i] == '"';
  }
  if (single && !twofold)
    size.quote = '"';
  for (int64_t i = 0; i < count; ++i) {
    uint32_t c = chars[i];
    switch (formOf(c, size.quote, asciiOnly)) {
    case Form::Plain:
      size.length += 1;
      size.widest |= c;
      break;
    case Form::Backslash:
      size.length += 2;
      size.plain = false;
      break;
    case Form::Hex:
      size.length += 2 + hexDigitsOf(c);
      size.plain = false;
      break;
    }
  }
  return size;
}

template <class To> To* putEscape(To* out, uint32_t c) {
  *out++ = '\\';
  if (c == '\t' || c == '\n' || c == '\r') {
    *out++ = c == '\t' ? 't' : c == '\n' ? 'n' : 'r';
    return out;
  }
  if (c == '\\' || c == '\'' || c == '"') {
    *out++ = static_cast<To>(c);
    return out;
  }
  unsigned digits = hexDigitsOf(c);
  *out++ = digits == 2 ? 'x' : digits == 4 ? 'u' : 'U';
  while (digits-- > 0)
    *out++ = static_cast<To>(kHexDigits[c >> 4 * digits & 0xF]);
  return out;
}

template <class To, class From>
void write(To* out, const From* chars, int64_t count, const ReprSize& size, bool asciiOnly) {
  *out++ = static_cast<To>(size.quote);
  if (size.plain) {
    copyChars(out, chars, count);
    out += count;
  } else {
    for (int64_t i = 0; i < count; ++i) {
      uint32_t c = chars[i];
      if (formOf(c, size.quote, asciiOnly) == Form::Plain)
        *out++ = static_cast<To>(c);
      else
        out = putEscape(out, c);
    }
  }
  *out = static_cast<To>(size.quote);
}

Ref quoted(StrObject* str, bool asciiOnly) {
  return withChars(str, [&](auto* chars) -> Ref {
    ReprSize size = measure(chars, str->length, asciiOnly);
    StrObject* result = newStr(size.length, size.widest);
    if (!result)
      return {};
    withChars(result, [&](auto* out) { write(out, chars, str->length, size, asciiOnly); });
    return Ref::steal(&result->header);
  });
}

} // namespace

Ref strRepr(StrObject* str) {
  return quoted(str, false);
}
Ref strAscii(StrObject* str) {
  return quoted(str, true);
}

} // namespace pyc::rt
