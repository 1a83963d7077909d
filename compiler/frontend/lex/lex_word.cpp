// Words: names, keywords, and string literals with their prefixes.
#include "compiler/frontend/lex/char_class.h"
#include "compiler/frontend/lex/identifier.h"
#include "compiler/frontend/lex/lexer_impl.h"
#include "runtime/base/unicode/unicode.h"

#include <algorithm>

namespace pyc::lexing {

/// Lexes a string literal without replacement fields; the cursor is at its first quote, and `start`
/// at its prefix.
void Lexer::lexString(const char* start, bool hasFormat, bool isRaw, char letter) {
  if (hasFormat)
    return beginFString(start, letter, isRaw);
  const char quote = *cursor_;
  const uint32_t startLine = line_;
  const char* startLineStart = lineStart_;
  bool isTriple = cursor_[1] == quote && cursor_[2] == quote;
  if (!isTriple && cursor_[1] == quote) {
    cursor_ += 2;
    return push(TokenKind::String, start);
  }
  cursor_ += isTriple ? 3 : 1;
  bool hasEscapedQuote = false;
  for (;; ++cursor_) {
    char c = *cursor_;
    if (cursor_ == end_ || (c == '\n' && !isTriple))
      break;
    if (c == quote && (!isTriple || (cursor_[1] == quote && cursor_[2] == quote))) {
      cursor_ += isTriple ? 3 : 1;
      return push(TokenKind::String, start, cursor_, startLine);
    }
    if (c == '\\') {
      ++cursor_;
      hasEscapedQuote |= *cursor_ == quote;
    }
    if (*cursor_ == '\n') {
      ++line_;
      lineStart_ = cursor_ + 1;
    }
  }
  std::string detectedAt = std::to_string(std::min(line_, source_.lineCount()));
  bool isImpliedNewline = mode_ != LexMode::Module && !source_.hasFinalNewline();
  bool isAtEnd = isTriple || cursor_ == end_ || (cursor_ + 1 == end_ && isImpliedNewline);
  cursor_ = start + 1;
  line_ = startLine;
  lineStart_ = startLineStart;
  bool endsFString = inFString() && fstrings_.back().quote == quote &&
                     fstrings_.back().quoteSize == (isTriple ? 3 : 1);
  if (endsFString)
    failUnclosedField();
  else if (isTriple)
    fail(DiagId::UnterminatedTripleString, {detectedAt});
  else
    fail(hasEscapedQuote ? DiagId::UnterminatedStringEscaped : DiagId::UnterminatedString,
         {detectedAt});
  result_.endsInString = isAtEnd && !endsFString;
}

/// Quotes that end an f-string within a replacement field.
void Lexer::failUnclosedField() {
  std::string_view letter(&fstrings_.back().letter, 1);
  uint32_t fieldLine = brackets_[fstrings_.back().fields.back().level - 1].line;
  if (fieldLine == line_)
    fail(DiagId::FStringExpectingBrace, {letter});
  else
    fail(DiagId::FStringExpectingBraceOnLine, {letter, std::to_string(fieldLine)});
}

/// Where the name at the cursor is a string prefix, lexes the string; true if it did.
bool Lexer::lexStringPrefix() {
  const char* start = cursor_;
  const char* place = cursor_;
  enum : uint8_t { B = 1, U = 2, R = 4, F = 8, T = 16 };
  uint8_t seen = 0;
  for (;; ++place) {
    char c = *place;
    char lower = char(c | 0x20);
    uint8_t letter = lower == 'b'   ? B
                     : lower == 'u' ? U
                     : lower == 'r' ? R
                     : lower == 'f' ? F
                     : lower == 't' ? T
                                    : 0;
    if (c == '"' || c == '\'')
      break;
    if (letter == 0 || (seen & letter))
      return false;
    seen |= letter;
  }
  cursor_ = place;
  struct Clash {
    uint8_t both;
    std::string_view first, second;
  };
  static constexpr Clash kClashes[] = {{U | B, "u", "b"}, {U | R, "u", "r"}, {U | F, "u", "f"},
                                       {U | T, "u", "t"}, {B | F, "b", "f"}, {B | T, "b", "t"},
                                       {F | T, "f", "t"}};
  for (const Clash& clash : kClashes)
    if ((seen & clash.both) == clash.both) {
      auto line = static_cast<int32_t>(line_);
      failAt(DiagId::IncompatiblePrefixes,
             {line, charsBefore(start) + 1, line, charsBefore(place) + 1},
             {clash.first, clash.second});
      return true;
    }
  lexString(start, seen & (F | T), seen & R, seen & F ? 'f' : 't');
  return true;
}

void Lexer::lexIdentifier() {
  const char* start = cursor_;
  switch (*start | 0x20) {
  case 'b':
  case 'f':
  case 'r':
  case 't':
  case 'u':
    if (lexStringPrefix())
      return;
  }
  uint8_t allBits = 0;
  while (continuesName(*cursor_))
    allBits |= uint8_t(*cursor_++);
  if ((allBits & 0x80) && !checkIdentifier(start))
    return;
  push(keywordKind({start, static_cast<size_t>(cursor_ - start)}), start);
}

bool Lexer::checkIdentifier(const char* start) {
  std::string_view text(start, static_cast<size_t>(cursor_ - start));
  size_t at;
  if (isIdentifier(text, at))
    return true;
  size_t next = at;
  uint32_t codePoint = decodeUtf8(text, next);
  cursor_ = start + next;
  std::string_view character = text.substr(at, next - at);
  if (isUnicodePrintable(codePoint))
    return fail(DiagId::InvalidCharacter, {character, hexCodePoint(codePoint)});
  return fail(DiagId::NonPrintableCharacter, {hexCodePoint(codePoint)});
}

} // namespace pyc::lexing
