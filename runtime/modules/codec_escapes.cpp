// Escape sequences as codecs: unicode_escape, raw_unicode_escape and those of bytes.
#include "runtime/base/unicode/unicode_names.h"
#include "runtime/modules/codec_kinds.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/codec_errors.h"

#include <cstdio>

namespace pyc::rt {

namespace {

int hexValue(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}
bool isOctal(char c) {
  return c >= '0' && c <= '7';
}

/// What stands for one character after a backslash; -1: nothing of that kind.
int simpleEscape(char c) {
  switch (c) {
  case '\\':
  case '\'':
  case '"':
    return c;
  case 'a':
    return 7;
  case 'b':
    return 8;
  case 't':
    return 9;
  case 'n':
    return 10;
  case 'v':
    return 11;
  case 'f':
    return 12;
  case 'r':
    return 13;
  default:
    return -1;
  }
}

/// Up to three octal digits.
uint32_t readOctal(std::string_view data, int64_t& at) {
  uint32_t value = 0;
  for (int i = 0;
       i < 3 && at < static_cast<int64_t>(data.size()) && isOctal(data[static_cast<size_t>(at)]);
       ++i)
    value = value * 8 + static_cast<uint32_t>(data[static_cast<size_t>(at++)] - '0');
  return value;
}

/// Reads up to `count` hexadecimal digits; false when there are fewer.
bool readHex(std::string_view data, int64_t& at, int count, uint32_t& value) {
  value = 0;
  for (; count > 0 && at < static_cast<int64_t>(data.size()); --count, ++at) {
    int digit = hexValue(data[static_cast<size_t>(at)]);
    if (digit < 0)
      return false;
    value = value << 4 | static_cast<uint32_t>(digit);
  }
  return count == 0;
}

/// Warns of the first sequence that means nothing, once the text is whole.
class InvalidEscape {
public:
  void noteLetter(char c) {
    if (text_[0] == 0)
      snprintf(text_, sizeof text_, "%c", c), isOctal_ = false;
  }
  void noteOctal(uint32_t value) {
    if (text_[0] == 0)
      snprintf(text_, sizeof text_, "%o", value), isOctal_ = true;
  }
  bool report(const char* prefix) const {
    if (text_[0] == 0)
      return true;
    PYC_TRY(shown, makeStrLatin1(reinterpret_cast<const uint8_t*>(text_),
                                 static_cast<int64_t>(std::char_traits<char>::length(text_))));
    return warn(deprecationWarningType, 1,
                "%s\"\\%S\" is an invalid %sescape sequence. Such sequences will not work in the "
                "future. ",
                prefix, shown.get(), isOctal_ ? "octal " : "");
  }

private:
  char text_[12] = {};
  bool isOctal_ = false;
};

/// Both decoders to text: they differ in the sequences that they know.
class EscapeDecoder {
public:
  EscapeDecoder(std::string_view data, const ErrorHandling& errors, bool isRaw)
      : data_(data), size_(static_cast<int64_t>(data.size())), isRaw_(isRaw),
        handler_(isRaw ? "rawunicodeescape" : "unicodeescape", data, errors, out_) {}

  Ref decode(int64_t* consumed) {
    isPartial_ = consumed != nullptr;
    while (at_ < size_ && !stopped_) {
      char c = data_[static_cast<size_t>(at_)];
      if (c != '\\') {
        out_.appendChar(static_cast<uint8_t>(c));
        ++at_;
        continue;
      }
      start_ = at_++;
      if (!(isRaw_ ? rawSequence() : sequence()))
        return {};
    }
    if (consumed)
      *consumed = at_;
    Ref text = out_.finish();
    return text && invalid_.report("") ? std::move(text) : Ref();
  }

private:
  /// A sequence that the input ends in is left for the next call, or is an error.
  bool fail(const char* reason) {
    if (at_ >= size_ && isPartial_) {
      at_ = start_;
      stopped_ = true;
      return true;
    }
    return failAlways(reason);
  }
  bool failAlways(const char* reason) {
    int64_t next = handler_.handle(start_, at_, reason);
    if (next >= 0)
      at_ = next;
    return next >= 0;
  }

  bool hexSequence(int digits, const char* truncated, const char* tooLarge) {
    uint32_t value;
    if (!readHex(data_, at_, digits, value))
      return fail(truncated);
    if (value > 0x10FFFF)
      return failAlways(tooLarge);
    out_.appendChar(value);
    return true;
  }

  bool rawSequence() {
    if (at_ >= size_) {
      if (isPartial_)
        return fail("");
      out_.appendChar('\\');
      return true;
    }
    char c = data_[static_cast<size_t>(at_++)];
    if (c == 'u')
      return hexSequence(4, "truncated \\uXXXX escape", "");
    if (c == 'U')
      return hexSequence(8, "truncated \\UXXXXXXXX escape", "\\Uxxxxxxxx out of range");
    out_.appendChar('\\');
    out_.appendChar(static_cast<uint8_t>(c));
    return true;
  }

  bool sequence() {
    if (at_ >= size_)
      return fail("\\ at end of string");
    char c = data_[static_cast<size_t>(at_++)];
    if (int simple = simpleEscape(c); simple >= 0) {
      out_.appendChar(static_cast<uint32_t>(simple));
      return true;
    }
    if (isOctal(c)) {
      --at_;
      uint32_t value = readOctal(data_, at_);
      if (value > 0377)
        invalid_.noteOctal(value);
      out_.appendChar(value);
      return true;
    }
    return letter(c);
  }

  bool letter(char c) {
    switch (c) {
    case '\n':
      return true;
    case 'x':
      return hexSequence(2, "truncated \\xXX escape", "");
    case 'u':
      return hexSequence(4, "truncated \\uXXXX escape", "");
    case 'U':
      return hexSequence(8, "truncated \\UXXXXXXXX escape", "illegal Unicode character");
    case 'N':
      return namedSequence();
    default:
      invalid_.noteLetter(c);
      out_.appendChar('\\');
      out_.appendChar(static_cast<uint8_t>(c));
      return true;
    }
  }

  bool namedSequence() {
    constexpr const char* kMalformed = "malformed \\N character escape";
    if (at_ >= size_ || data_[static_cast<size_t>(at_)] != '{')
      return fail(kMalformed);
    int64_t name = ++at_;
    while (at_ < size_ && data_[static_cast<size_t>(at_)] != '}')
      ++at_;
    if (at_ >= size_ || at_ == name)
      return fail(kMalformed);
    std::string_view text =
        data_.substr(static_cast<size_t>(name), static_cast<size_t>(at_ - name));
    ++at_;
    uint32_t codePoint;
    if (!unicodeByName(text, codePoint))
      return failAlways("unknown Unicode character name");
    out_.appendChar(codePoint);
    return true;
  }

  std::string_view data_;
  int64_t size_, at_ = 0, start_ = 0;
  bool isRaw_, isPartial_ = false, stopped_ = false;
  StrBuilder out_;
  DecodeErrors handler_;
  InvalidEscape invalid_;
};

void appendEscape(std::string& out, uint32_t c) {
  char text[16];
  snprintf(text, sizeof text, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
  out += text;
}

/// What repr() has for a control character, or null.
const char* blankEscape(uint32_t c) {
  return c == '\t' ? "\\t" : c == '\n' ? "\\n" : c == '\r' ? "\\r" : nullptr;
}

/// Reads "\x.." of bytes at data[at - 1]; false after an error. What a bad one becomes depends on
/// `errors`.
bool bytesHexSequence(std::string_view data, int64_t& at, Value errors, std::string& out) {
  uint32_t value;
  int64_t start = at - 2;
  if (readHex(data, at, 2, value)) {
    out += static_cast<char>(value);
    return true;
  }
  if (!errors || strEquals(asStr(errors), "strict"))
    return raise(valueErrorType, "invalid \\x escape at position %lld",
                 static_cast<long long>(start));
  if (strEquals(asStr(errors), "replace"))
    out += '?';
  else if (!strEquals(asStr(errors), "ignore"))
    return raise(valueErrorType, "decoding error; unknown error handling code: %S", errors);
  return true;
}

} // namespace

Ref decodeUnicodeEscape(std::string_view data, const ErrorHandling& errors, int64_t* consumed) {
  return EscapeDecoder(data, errors, false).decode(consumed);
}
Ref decodeRawUnicodeEscape(std::string_view data, const ErrorHandling& errors, int64_t* consumed) {
  return EscapeDecoder(data, errors, true).decode(consumed);
}

Ref encodeUnicodeEscape(StrObject* str) {
  std::string out;
  for (int64_t i = 0; i < str->length; ++i) {
    uint32_t c = str->at(i);
    if (const char* blank = blankEscape(c))
      out += blank;
    else if (c == '\\')
      out += "\\\\";
    else if (c >= 32 && c < 127)
      out += static_cast<char>(c);
    else
      appendEscape(out, c);
  }
  return makeBytes(out);
}

Ref encodeRawUnicodeEscape(StrObject* str) {
  std::string out;
  for (int64_t i = 0; i < str->length; ++i) {
    if (uint32_t c = str->at(i); c < 0x100)
      out += static_cast<char>(c);
    else
      appendEscape(out, c);
  }
  return makeBytes(out);
}

Ref decodeBytesEscape(std::string_view data, Value errors) {
  std::string out;
  InvalidEscape invalid;
  auto size = static_cast<int64_t>(data.size());
  for (int64_t at = 0; at < size;) {
    char c = data[static_cast<size_t>(at++)];
    if (c != '\\') {
      out += c;
      continue;
    }
    if (at >= size)
      return raise(valueErrorType, "Trailing \\ in string");
    c = data[static_cast<size_t>(at++)];
    if (int simple = simpleEscape(c); simple >= 0) {
      out += static_cast<char>(simple);
    } else if (isOctal(c)) {
      --at;
      uint32_t value = readOctal(data, at);
      if (value > 0377)
        invalid.noteOctal(value);
      out += static_cast<char>(value);
    } else if (c == 'x') {
      if (!bytesHexSequence(data, at, errors, out))
        return {};
    } else if (c != '\n') {
      invalid.noteLetter(c);
      out += '\\';
      out += c;
    }
  }
  return invalid.report("b") ? makeBytes(out) : Ref();
}

Ref encodeBytesEscape(std::string_view data) {
  std::string out;
  for (char character : data) {
    auto c = static_cast<uint8_t>(character);
    if (const char* blank = blankEscape(c)) {
      out += blank;
    } else if (c == '\\' || c == '\'') {
      out += '\\';
      out += character;
    } else if (c >= 32 && c < 127) {
      out += character;
    } else {
      appendEscape(out, c);
    }
  }
  return makeBytes(out);
}

} // namespace pyc::rt
