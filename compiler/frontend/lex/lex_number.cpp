// Numeric literals. What a number's text says is the parser's to find out; here is where it ends.
#include "compiler/frontend/lex/char_class.h"
#include "compiler/frontend/lex/lexer_impl.h"

namespace pyc::lexing {

namespace {

bool isDigitOf(int radix, char c) {
  if (radix == 16)
    return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
  return c >= '0' && c < '0' + radix;
}

} // namespace

void Lexer::lexNumber() {
  const char* start = cursor_;
  if (*cursor_ == '0') {
    char marker = char(cursor_[1] | 0x20);
    bool isRight;
    switch (marker) {
    case 'x':
      isRight = lexRadixDigits(16, DiagId::InvalidHexLiteral, "hexadecimal");
      break;
    case 'o':
      isRight = lexRadixDigits(8, DiagId::InvalidOctalLiteral, "octal");
      break;
    case 'b':
      isRight = lexRadixDigits(2, DiagId::InvalidBinaryLiteral, "binary");
      break;
    default:
      isRight = lexZeroPrefixed() && lexFraction();
    }
    if (!isRight)
      return;
  } else if ((*cursor_ != '.' && !lexDecimalTail()) || !lexFraction()) {
    return;
  }
  push(TokenKind::Number, start);
}

/// The digits after "0x", "0o" or "0b", in groups that single underscores part.
bool Lexer::lexRadixDigits(int radix, DiagId invalid, std::string_view kind) {
  cursor_ += 2;
  do {
    if (*cursor_ == '_')
      ++cursor_;
    if (!isDigitOf(radix, *cursor_)) {
      if (!isDigit(*cursor_))
        return fail(invalid);
      ++cursor_;
      return fail(DiagId::InvalidDigit, {{cursor_ - 1, 1}, kind});
    }
    while (isDigitOf(radix, *cursor_))
      ++cursor_;
  } while (*cursor_ == '_');
  if (isDigit(*cursor_)) {
    ++cursor_;
    return fail(DiagId::InvalidDigit, {{cursor_ - 1, 1}, kind});
  }
  return checkNumberEnd(kind);
}

/// Decimal digits that begin with a zero: zero itself, or the integer part of a float.
bool Lexer::lexZeroPrefixed() {
  const char* start = cursor_;
  while (*cursor_ == '0' || *cursor_ == '_') {
    if (*cursor_ == '_' && !isDigit(*++cursor_))
      return fail(DiagId::InvalidDecimalLiteral);
    if (*cursor_ != '0')
      break;
    ++cursor_;
  }
  if (!isDigit(*cursor_))
    return true;
  const char* zerosEnd = cursor_;
  if (!lexDecimalTail())
    return false;
  char next = char(*cursor_ | 0x20);
  bool isFloat = *cursor_ == '.' || next == 'e' || next == 'j';
  if (isFloat)
    return true;
  auto line = static_cast<int32_t>(line_);
  return failAt(DiagId::LeadingZeros,
                {line, charsBefore(start) + 1, line, charsBefore(zerosEnd) + 1});
}

/// Digits in groups that single underscores part.
bool Lexer::lexDecimalTail() {
  for (;;) {
    while (isDigit(*cursor_))
      ++cursor_;
    if (*cursor_ != '_')
      return true;
    ++cursor_;
    if (!isDigit(*cursor_))
      return fail(DiagId::InvalidDecimalLiteral);
  }
}

/// What may follow an integer part: a fraction, an exponent, the mark of an imaginary number.
bool Lexer::lexFraction() {
  if (*cursor_ == '.') {
    ++cursor_;
    if (isDigit(*cursor_) && !lexDecimalTail())
      return false;
  }
  if ((*cursor_ | 0x20) == 'e') {
    const char* exponent = cursor_;
    bool hasSign = cursor_[1] == '+' || cursor_[1] == '-';
    if (isDigit(cursor_[hasSign ? 2 : 1])) {
      cursor_ += hasSign ? 2 : 1;
      if (!lexDecimalTail())
        return false;
    } else if (hasSign) {
      cursor_ += 2;
      return fail(DiagId::InvalidDecimalLiteral);
    } else {
      cursor_ = exponent;
      return checkNumberEnd("decimal");
    }
  }
  if ((*cursor_ | 0x20) == 'j') {
    ++cursor_;
    return checkNumberEnd("imaginary");
  }
  return checkNumberEnd("decimal");
}

/// A letter right after a number is an error, or a warning where it begins a keyword that could
/// follow one: a whole one, except that CPython looks at no more than `if`, `in` and `is`.
bool Lexer::checkNumberEnd(std::string_view kind) {
  if (uint8_t(*cursor_) >= 0x80 || !continuesName(*cursor_))
    return true;
  std::string_view rest(cursor_, static_cast<size_t>(end_ - cursor_));
  for (std::string_view keyword : {"and", "else", "for", "if", "in", "is", "or", "not"})
    if (rest.starts_with(keyword) && (keyword[0] == 'i' || !continuesName(rest[keyword.size()]))) {
      warn(DiagId::NumberBeforeKeyword, cursor_ - 1, {kind});
      return true;
    }
  DiagId id = kind == "hexadecimal" ? DiagId::InvalidHexLiteral
              : kind == "octal"     ? DiagId::InvalidOctalLiteral
              : kind == "binary"    ? DiagId::InvalidBinaryLiteral
              : kind == "imaginary" ? DiagId::InvalidImaginaryLiteral
                                    : DiagId::InvalidDecimalLiteral;
  return fail(id);
}

} // namespace pyc::lexing
