#include "runtime/modules/json_text.h"

#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str_chars.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt::json {

namespace {

/// The letter behind the backslash of a short escape; 'u' for characters that have none; 0: as it
/// is.
constexpr char escapeOf(uint32_t c) {
  switch (c) {
  case '"':
  case '\\':
    return static_cast<char>(c);
  case '\b':
    return 'b';
  case '\f':
    return 'f';
  case '\n':
    return 'n';
  case '\r':
    return 'r';
  case '\t':
    return 't';
  default:
    return c < 32 ? 'u' : 0;
  }
}

struct EscapeTable {
  char escapes[128];
  constexpr EscapeTable() : escapes() {
    for (uint32_t c = 0; c < 128; ++c)
      escapes[c] = escapeOf(c);
  }
};
constexpr EscapeTable kEscapes;

void appendHex(StrBuilder& out, uint32_t unit) {
  char text[6] = {'\\', 'u'};
  for (int i = 5; i > 1; --i, unit >>= 4)
    text[i] = "0123456789abcdef"[unit & 15];
  out.append(std::string_view(text, sizeof text));
}

void appendEscape(StrBuilder& out, uint32_t c) {
  char letter = c < 128 ? kEscapes.escapes[c] : 'u';
  if (letter != 'u' && letter != 0) {
    out.appendChar('\\');
    out.appendChar(static_cast<uint8_t>(letter));
  } else if (c < 0x10000) {
    appendHex(out, c);
  } else {
    appendHex(out, 0xD800 | ((c - 0x10000) >> 10));
    appendHex(out, 0xDC00 | ((c - 0x10000) & 0x3FF));
  }
}

template <class Char>
void appendEscaped(StrBuilder& out, const StrObject* text, const Char* chars, bool ascii) {
  int64_t plain = 0; // from here on nothing has been written
  for (int64_t i = 0; i < text->length; ++i) {
    uint32_t c = chars[i];
    if (c < 127 ? kEscapes.escapes[c] == 0 : !ascii)
      continue;
    out.append(text, plain, i);
    appendEscape(out, c);
    plain = i + 1;
  }
  out.append(text, plain, text->length);
}

/// The number of four hexadecimal digits, or -1.
template <class Char> int32_t readHex(const Char* chars, int64_t at, int64_t length) {
  if (length - at < 4)
    return -1;
  int32_t number = 0;
  for (int64_t i = at; i < at + 4; ++i) {
    uint32_t c = chars[i], letter = (c | 32) - 'a';
    if (c - '0' < 10)
      number = number * 16 + static_cast<int32_t>(c - '0');
    else if (letter < 6 && c < 128)
      number = number * 16 + static_cast<int32_t>(letter + 10);
    else
      return -1;
  }
  return number;
}

/// The first place from `at` on that is a quote, a backslash or, for `strict`, a control character.
template <class Char>
int64_t skipPlain(const Char* chars, int64_t at, int64_t length, bool strict) {
  for (; at < length; ++at) {
    uint32_t c = chars[at];
    if (c == '"' || c == '\\' || (c < 32 && strict))
      return at;
  }
  return at;
}

/// The character that an escape stands for; `at` is behind the backslash and moves behind the
/// escape. -1 with JSONDecodeError.
template <class Char>
int64_t readEscape(StrObject* document, const Char* chars, int64_t begin, int64_t& at) {
  int64_t length = document->length;
  if (at >= length) {
    raiseDecodeError("Unterminated string starting at", document, begin);
    return -1;
  }
  uint32_t letter = chars[at++];
  constexpr std::string_view kLetters = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
  if (letter != 'u') {
    size_t known = letter < 128 ? kLetters.find(static_cast<char>(letter)) : std::string_view::npos;
    if (known != std::string_view::npos)
      return kMeanings[known];
    raiseDecodeError("Invalid \\escape", document, at - 2);
    return -1;
  }
  int32_t unit = readHex(chars, at, length);
  if (unit < 0) {
    raiseDecodeError("Invalid \\uXXXX escape", document, at - 1);
    return -1;
  }
  at += 4;
  if ((unit & 0xFC00) == 0xD800 && length - at >= 2 && chars[at] == '\\' && chars[at + 1] == 'u') {
    int32_t low = readHex(chars, at + 2, length);
    if (low < 0) {
      raiseDecodeError("Invalid \\uXXXX escape", document, at + 1);
      return -1;
    }
    if ((low & 0xFC00) == 0xDC00) {
      at += 6;
      return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
  }
  return unit;
}

} // namespace

void appendQuoted(StrBuilder& out, const StrObject* text, bool ascii) {
  out.appendChar('"');
  withChars(text, [&](auto* chars) { appendEscaped(out, text, chars, ascii); });
  out.appendChar('"');
}

Ref quoted(const StrObject* text, bool ascii) {
  StrBuilder out;
  out.reserve(text->length + 2);
  appendQuoted(out, text, ascii);
  return out.finish();
}

Raised raiseDecodeError(const char* message, StrObject* document, int64_t place) {
  Ref decoder = moduleImporter(internLiteral("json.decoder"));
  Ref type = decoder ? getAttr(decoder, internLiteral("JSONDecodeError")) : Ref();
  Ref text = type ? makeStrAscii(message) : Ref();
  Ref error = text ? call(type, text, Value(document), Value::fromInt(place)) : Ref();
  if (error)
    raiseValue(error);
  return {};
}

template <class Char>
Ref readString(StrObject* document, const Char* chars, int64_t at, bool strict, int64_t& next) {
  const int64_t begin = at - 1, length = document->length;
  int64_t stop = skipPlain(chars, at, length, strict);
  if (stop < length && chars[stop] == '"') {
    next = stop + 1;
    return strSlice(document, at, stop);
  }
  StrBuilder text;
  for (;;) {
    if (stop >= length)
      return raiseDecodeError("Unterminated string starting at", document, begin);
    text.append(document, at, stop);
    at = stop + 1;
    if (chars[stop] == '"')
      break;
    if (chars[stop] != '\\')
      return raiseDecodeError("Invalid control character at", document, stop);
    int64_t c = readEscape(document, chars, begin, at);
    if (c < 0)
      return {};
    text.appendChar(static_cast<uint32_t>(c));
    stop = skipPlain(chars, at, length, strict);
  }
  next = at;
  return text.finish();
}

template Ref readString(StrObject*, const uint8_t*, int64_t, bool, int64_t&);
template Ref readString(StrObject*, const uint16_t*, int64_t, bool, int64_t&);
template Ref readString(StrObject*, const uint32_t*, int64_t, bool, int64_t&);

Ref readString(StrObject* document, int64_t at, bool strict, int64_t& next) {
  if (at < 0 || at > document->length)
    return raise(valueErrorType, "end is out of bounds");
  return withChars(document,
                   [&](auto* chars) { return readString(document, chars, at, strict, next); });
}

Ref encodeBaseString(const Value* args) {
  if (!isStr(args[0]))
    return raiseBadArgument("encode_basestring", 0, "str", args[0]);
  return quoted(asStr(args[0]), false);
}

Ref encodeBaseStringAscii(const Value* args) {
  if (!isStr(args[0]))
    return raiseBadArgument("encode_basestring_ascii", 0, "str", args[0]);
  return quoted(asStr(args[0]), true);
}

} // namespace pyc::rt::json
