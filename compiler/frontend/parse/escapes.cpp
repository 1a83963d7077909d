#include "compiler/frontend/parse/escapes.h"

namespace pyc::parsing {

namespace {

int hexValue(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  char lower = char(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

class Decoder {
public:
  Decoder(std::string_view body, LiteralForm form, CharacterLookup lookup, std::string& out,
          std::optional<UnknownEscape>& unknown)
      : body_(body), form_(form), lookup_(lookup), out_(out), unknown_(unknown) {}

  std::optional<EscapeProblem> run() {
    while (at_ < body_.size()) {
      char c = body_[at_];
      if (c == '\\' && !form_.isRaw) {
        if (!escape())
          return problem_;
        continue;
      }
      if (form_.isFString && (c == '{' || c == '}') && at_ + 1 < body_.size() &&
          body_[at_ + 1] == c)
        ++at_;
      // Where Python decodes, a character beyond ASCII has become ten of ASCII.
      if (uint8_t(c) >= 0xC0)
        shift_ += 10 - sequenceLength(uint8_t(c));
      out_ += c;
      ++at_;
    }
    return std::nullopt;
  }

private:
  static ptrdiff_t sequenceLength(uint8_t lead) { return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2; }

  bool fail(EscapeProblem::Kind kind, size_t first, size_t end) {
    problem_ = {kind, first + size_t(shift_), end + size_t(shift_) - 1};
    return false;
  }

  void append(uint32_t value) {
    if (form_.isBytes)
      out_ += char(value);
    else
      appendWtf8(out_, value);
  }

  /// A backslash that escapes nothing stays, and so does what follows.
  bool keepUnknown(size_t start, bool isOctal) {
    if (!unknown_)
      unknown_ = UnknownEscape{start, isOctal};
    return true;
  }

  bool escape() {
    size_t start = at_;
    if (start + 1 == body_.size()) {
      // In an f-string the brace of a replacement field comes next.
      out_ += body_[at_++];
      return keepUnknown(start, false);
    }
    char c = body_[at_ + 1];
    at_ += 2;
    switch (c) {
    case '\n':
      return true;
    case '\\':
    case '\'':
    case '"':
      out_ += c;
      return true;
    case 'a':
      out_ += '\a';
      return true;
    case 'b':
      out_ += '\b';
      return true;
    case 'f':
      out_ += '\f';
      return true;
    case 'n':
      out_ += '\n';
      return true;
    case 'r':
      out_ += '\r';
      return true;
    case 't':
      out_ += '\t';
      return true;
    case 'v':
      out_ += '\v';
      return true;
    case 'x':
      return hexEscape(start, 2, EscapeProblem::TruncatedX);
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
      return octalEscape(start);
    }
    if (!form_.isBytes) {
      if (c == 'u')
        return hexEscape(start, 4, EscapeProblem::TruncatedU4);
      if (c == 'U')
        return hexEscape(start, 8, EscapeProblem::TruncatedU8);
      if (c == 'N')
        return nameEscape(start);
    }
    out_ += '\\';
    --at_;
    return keepUnknown(start, false);
  }

  bool octalEscape(size_t start) {
    uint32_t value = 0;
    size_t end = start + 1;
    while (end < body_.size() && end < start + 4 && body_[end] >= '0' && body_[end] <= '7')
      value = value * 8 + uint32_t(body_[end++] - '0');
    at_ = end;
    append(value);
    return value <= 0377 || keepUnknown(start, true);
  }

  bool hexEscape(size_t start, size_t digits, EscapeProblem::Kind truncated) {
    uint32_t value = 0;
    size_t end = start + 2;
    for (; end < start + 2 + digits; ++end) {
      int digit = end < body_.size() ? hexValue(body_[end]) : -1;
      if (digit < 0)
        return fail(form_.isBytes ? EscapeProblem::InvalidBytesX : truncated, start, end);
      value = value << 4 | uint32_t(digit);
    }
    if (value > 0x10FFFF)
      return fail(EscapeProblem::IllegalCharacter, start, end);
    at_ = end;
    append(value);
    return true;
  }

  bool nameEscape(size_t start) {
    size_t close = body_.find('}', start);
    if (start + 2 >= body_.size() || body_[start + 2] != '{')
      return fail(EscapeProblem::MalformedName, start, start + 2);
    if (close == std::string_view::npos)
      return fail(EscapeProblem::MalformedName, start, body_.size());
    std::string_view name = body_.substr(start + 3, close - start - 3);
    if (name.empty())
      return fail(EscapeProblem::MalformedName, start, close + 1);
    uint32_t codePoint;
    if (!lookup_)
      return fail(EscapeProblem::NoNames, start, close + 1);
    if (!lookup_(name, codePoint))
      return fail(EscapeProblem::UnknownName, start, close + 1);
    at_ = close + 1;
    append(codePoint);
    return true;
  }

  std::string_view body_;
  LiteralForm form_;
  CharacterLookup lookup_;
  std::string& out_;
  std::optional<UnknownEscape>& unknown_;
  EscapeProblem problem_{};
  size_t at_ = 0;
  ptrdiff_t shift_ = 0;
};

} // namespace

std::optional<EscapeProblem> decodeLiteral(std::string_view body, LiteralForm form,
                                           CharacterLookup lookup, std::string& out,
                                           std::optional<UnknownEscape>& unknown) {
  return Decoder(body, form, lookup, out, unknown).run();
}

void appendWtf8(std::string& out, uint32_t codePoint) {
  if (codePoint < 0x80) {
    out += char(codePoint);
    return;
  }
  if (codePoint < 0x800) {
    out += char(0xC0 | codePoint >> 6);
  } else {
    if (codePoint < 0x10000) {
      out += char(0xE0 | codePoint >> 12);
    } else {
      out += char(0xF0 | codePoint >> 18);
      out += char(0x80 | (codePoint >> 12 & 0x3F));
    }
    out += char(0x80 | (codePoint >> 6 & 0x3F));
  }
  out += char(0x80 | (codePoint & 0x3F));
}

} // namespace pyc::parsing
