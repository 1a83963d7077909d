// f-strings and t-strings (PEP 701, PEP 750): their literal text, and where it gives way to
// expressions and comes back.
#include "compiler/frontend/lex/char_class.h"
#include "compiler/frontend/lex/lexer_impl.h"

#include <algorithm>

namespace pyc::lexing {

namespace {
constexpr size_t kMaxFStringDepth = 150;
constexpr size_t kMaxFieldDepth = 3;

TokenKind startKind(char letter) {
  return letter == 'f' ? TokenKind::FStringStart : TokenKind::TStringStart;
}
TokenKind middleKind(char letter) {
  return letter == 'f' ? TokenKind::FStringMiddle : TokenKind::TStringMiddle;
}
TokenKind endKind(char letter) {
  return letter == 'f' ? TokenKind::FStringEnd : TokenKind::TStringEnd;
}
} // namespace

void Lexer::beginFString(const char* start, char letter, bool isRaw) {
  FString string;
  string.letter = letter;
  string.quote = *cursor_;
  string.quoteSize = cursor_[1] == *cursor_ && cursor_[2] == *cursor_ ? 3 : 1;
  string.isRaw = isRaw;
  string.startLine = line_;
  string.start = start;
  if (fstrings_.size() + 1 >= kMaxFStringDepth) {
    cursor_ += string.quoteSize;
    fail(DiagId::TooManyFStrings);
    return;
  }
  cursor_ += string.quoteSize;
  push(startKind(letter), start);
  fstrings_.push_back(std::move(string));
}

/// Whether a closing bracket at the level of the innermost field would end that field.
bool Lexer::atFieldEnd() const {
  const FString& string = fstrings_.back();
  return !string.fields.empty() && string.fields.back().level == brackets_.size();
}

/// A colon at the level of its field begins the format spec.
bool Lexer::beginSpec() {
  if (!atFieldEnd())
    return false;
  FString& string = fstrings_.back();
  string.fields.back().inSpec = true;
  string.inText = true;
  const char* start = cursor_++;
  push(TokenKind::Colon, start);
  return true;
}

/// Begins a replacement field at the cursor's brace.
bool Lexer::beginField() {
  FString& string = fstrings_.back();
  if (string.fields.size() >= kMaxFieldDepth)
    return fail(DiagId::FStringTooDeep, {{&string.letter, 1}});
  size_t before = brackets_.size();
  string.inText = false;
  openBracket();
  if (brackets_.size() == before)
    return false;
  string.fields.push_back({static_cast<uint32_t>(brackets_.size()), false});
  return true;
}

void Lexer::endFString() {
  const char* start = cursor_;
  cursor_ += fstrings_.back().quoteSize;
  push(endKind(fstrings_.back().letter), start);
  fstrings_.pop_back();
}

void Lexer::failUnterminatedFString() {
  const FString& string = fstrings_.back();
  bool isAtEnd = string.quoteSize == 3;
  std::string detectedAt = std::to_string(std::min(line_, source_.lineCount()));
  line_ = string.startLine;
  lineStart_ = begin_ + source_.lineStart(string.startLine);
  cursor_ = string.start + 1;
  fail(string.quoteSize == 3 ? DiagId::UnterminatedTripleFString : DiagId::UnterminatedFString,
       {{&string.letter, 1}, detectedAt});
  result_.endsInString = isAtEnd;
}

/// Moves over the backslash at the cursor and what it escapes. A brace is never escaped.
void Lexer::skipTextEscape(bool isRaw, bool& inNamedEscape) {
  ++cursor_;
  if (*cursor_ == '{' || *cursor_ == '}' || cursor_ == end_)
    return;
  if (!isRaw && cursor_[0] == 'N' && cursor_[1] == '{') {
    inNamedEscape = true;
    ++cursor_;
  }
  bool isNewline = *cursor_ == '\n';
  ++cursor_;
  if (isNewline)
    beginLine();
}

/// Lexes one piece of literal text, or the field or the quotes that come instead of it.
void Lexer::lexFStringText() {
  const char letter = fstrings_.back().letter, quote = fstrings_.back().quote;
  const bool isTriple = fstrings_.back().quoteSize == 3, isRaw = fstrings_.back().isRaw;
  const bool inField = !fstrings_.back().fields.empty();
  const bool inSpec = inField && fstrings_.back().fields.back().inSpec;
  const char* start = cursor_;
  const uint32_t startLine = line_;
  bool inNamedEscape = false;
  auto atQuotes = [&] {
    return *cursor_ == quote && (!isTriple || (cursor_[1] == quote && cursor_[2] == quote));
  };
  // The text of a spec ends with a token, even if that is empty.
  auto pushText = [&] {
    if (cursor_ != start || (inField && *cursor_ == '}'))
      push(middleKind(letter), start, cursor_, startLine);
  };
  for (;;) {
    char c = *cursor_;
    if (cursor_ == end_ || (c == '\n' && !isTriple)) {
      if (inSpec && cursor_ != end_) {
        ++cursor_;
        fail(DiagId::FStringNewlineInSpec, {{&letter, 1}, {&letter, 1}});
        return;
      }
      return failUnterminatedFString();
    }
    if (atQuotes()) {
      pushText();
      return endFString();
    }
    if (c == '\\') {
      skipTextEscape(isRaw, inNamedEscape);
      continue;
    }
    if (c == '}' && inNamedEscape) {
      inNamedEscape = false;
    } else if ((c == '{' || c == '}') && !inNamedEscape) {
      if (cursor_[1] != c || inSpec || (c == '}' && inField)) {
        if (c == '}' && !inField) {
          ++cursor_;
          fail(DiagId::FStringSingleBrace, {{&letter, 1}});
          return;
        }
        pushText();
        if (c == '{')
          beginField();
        else
          fstrings_.back().inText = false;
        return;
      }
      // A doubled brace ends a token, which has both.
      cursor_ += 2;
      return push(middleKind(letter), start, cursor_, startLine);
    }
    ++cursor_;
    if (c == '\n')
      beginLine();
  }
}

} // namespace pyc::lexing
