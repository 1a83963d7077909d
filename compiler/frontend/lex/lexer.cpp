#include "compiler/frontend/lex/char_class.h"
#include "compiler/frontend/lex/lexer_impl.h"
#include "runtime/base/check.h"

#include <algorithm>
#include <cstdio>

namespace pyc {

std::string_view tokenText(TokenKind kind) {
  static constexpr std::string_view kTexts[] = {
#define PYC_TOKEN(Name, text) text,
#define PYC_OPERATOR(Name, text) text,
#define PYC_KEYWORD(Name, text) text,
#include "compiler/frontend/lex/token.def"
  };
  return kTexts[static_cast<size_t>(kind)];
}

LexResult lex(const Source& source, LexMode mode) {
  return lexing::Lexer(source, mode).run();
}

namespace lexing {

namespace {

char closerOf(char opener) {
  return opener == '(' ? ')' : opener == '[' ? ']' : '}';
}

/// The longest operator at `text`, which ends with a newline. `length` is 0 where there is none.
TokenKind operatorAt(const char* text, size_t& length) {
  struct Entry {
    char text[4];
    TokenKind kind;
  };
  // By first character, longer ones first; "..." and "." are the lexer's own.
  static constexpr Entry kOperators[] = {
      {"**=", TokenKind::DoubleStarEqual},
      {"**", TokenKind::DoubleStar},
      {"*=", TokenKind::StarEqual},
      {"*", TokenKind::Star},
      {"//=", TokenKind::DoubleSlashEqual},
      {"//", TokenKind::DoubleSlash},
      {"/=", TokenKind::SlashEqual},
      {"/", TokenKind::Slash},
      {"<<=", TokenKind::LeftShiftEqual},
      {"<<", TokenKind::LeftShift},
      {"<=", TokenKind::LessEqual},
      {"<", TokenKind::Less},
      {">>=", TokenKind::RightShiftEqual},
      {">>", TokenKind::RightShift},
      {">=", TokenKind::GreaterEqual},
      {">", TokenKind::Greater},
      {"==", TokenKind::EqualEqual},
      {"=", TokenKind::Equal},
      {",", TokenKind::Comma},
      {":=", TokenKind::ColonEqual},
      {":", TokenKind::Colon},
      {";", TokenKind::Semicolon},
      {"+=", TokenKind::PlusEqual},
      {"+", TokenKind::Plus},
      {"->", TokenKind::Arrow},
      {"-=", TokenKind::MinusEqual},
      {"-", TokenKind::Minus},
      {"%=", TokenKind::PercentEqual},
      {"%", TokenKind::Percent},
      {"@=", TokenKind::AtEqual},
      {"@", TokenKind::At},
      {"|=", TokenKind::VBarEqual},
      {"|", TokenKind::VBar},
      {"&=", TokenKind::AmperEqual},
      {"&", TokenKind::Amper},
      {"^=", TokenKind::CircumflexEqual},
      {"^", TokenKind::Circumflex},
      {"!=", TokenKind::NotEqual},
      {"!", TokenKind::Exclamation},
      {"~", TokenKind::Tilde},
  };
  struct Index {
    uint8_t first[128] = {};
  };
  static constexpr Index kIndex = [] {
    Index index;
    for (size_t i = std::size(kOperators); i-- > 0;)
      index.first[uint8_t(kOperators[i].text[0])] = uint8_t(i);
    return index;
  }();
  for (size_t i = kIndex.first[uint8_t(*text)];; ++i) {
    const Entry& entry = kOperators[i];
    PYC_DCHECK(entry.text[0] == text[0]);
    if (entry.text[1] == 0) {
      length = 1;
      return entry.kind;
    }
    if (entry.text[1] != text[1])
      continue;
    length = entry.text[2] ? 3 : 2;
    if (length == 2 || entry.text[2] == text[2])
      return entry.kind;
  }
}

} // namespace

std::string hexCodePoint(uint32_t codePoint) {
  char text[16];
  std::snprintf(text, sizeof text, "%04X", codePoint);
  return text;
}

Lexer::Lexer(const Source& source, LexMode mode)
    : source_(source), mode_(mode), begin_(source.text().data()),
      end_(begin_ + source.text().size()), cursor_(begin_), lineStart_(begin_),
      bufferStart_(begin_) {}

LexResult Lexer::run() {
  result_.tokens.reserve(static_cast<size_t>(end_ - begin_) / 4 + 8);
  while (!isDone_) {
    if (inFString() && fstrings_.back().inText)
      lexFStringText();
    else
      lexToken();
  }
  result_.endsInFString = inFString();
  if (!brackets_.empty()) {
    result_.openBracket = brackets_.back().character;
    result_.openBracketOffset = offsetOf(brackets_.back().place);
  }
  return std::move(result_);
}

void Lexer::push(TokenKind kind, const char* start, const char* end, uint32_t line) {
  result_.tokens.push_back({offsetOf(start), offsetOf(end), line, kind,
                            static_cast<uint8_t>(brackets_.size()), line != line_});
}

int32_t Lexer::charsBefore(const char* place) const {
  return static_cast<int32_t>(
      std::count_if(lineStart_, place, [](char c) { return (c & 0xC0) != 0x80; }));
}

bool Lexer::fail(DiagId id, Args arguments) {
  auto line = static_cast<int32_t>(line_);
  int32_t offset = charsBefore(cursor_);
  return failAt(id, {line, offset, line, offset}, arguments);
}

bool Lexer::failMildly(DiagId id, const DiagLocation& location) {
  failAt(id, location);
  result_.end = LexEnd::MildError;
  return false;
}

bool Lexer::failAt(DiagId id, const DiagLocation& location, Args arguments) {
  result_.end = LexEnd::Error;
  result_.error = {id, location, {arguments.begin(), arguments.end()}};
  push(TokenKind::Error, cursor_);
  isDone_ = true;
  return false;
}

void Lexer::warn(DiagId id, const char* place, Args arguments) {
  auto column = static_cast<uint32_t>(place - lineStart_);
  result_.warnings.push_back({static_cast<uint32_t>(result_.tokens.size()),
                              {id,
                               locate(source_, {line_, column, line_, column + 1}),
                               {arguments.begin(), arguments.end()}}});
}

/// Lexes to the end of the next token of ordinary code; blank lines and comments are no tokens.
void Lexer::lexToken() {
  bool isBlankLine = false;
  if (atLineStart_ && !lexIndentation(isBlankLine))
    return;
  while (*cursor_ == ' ' || *cursor_ == '\t' || *cursor_ == '\f')
    ++cursor_;
  if (cursor_ == end_)
    return finish();
  switch (classOf(*cursor_)) {
  case CharClass::Identifier:
    return lexIdentifier();
  case CharClass::Newline:
    return lexNewline(cursor_, isBlankLine);
  case CharClass::Operator:
    return lexOperator();
  case CharClass::Open:
    return openBracket();
  case CharClass::Close:
    return closeBracket();
  case CharClass::Digit:
    return lexNumber();
  case CharClass::Quote:
    return lexString(cursor_, false, false, 0);
  case CharClass::Dot: {
    if (isDigit(cursor_[1]))
      return lexNumber();
    const char* start = cursor_;
    bool isEllipsis = cursor_[1] == '.' && cursor_[2] == '.';
    cursor_ += isEllipsis ? 3 : 1;
    return push(isEllipsis ? TokenKind::Ellipsis : TokenKind::Dot, start);
  }
  case CharClass::Comment: {
    const char* comment = cursor_;
    while (*cursor_ != '\n')
      ++cursor_;
    return lexNewline(comment, isBlankLine);
  }
  case CharClass::Backslash:
    joinLines();
    return;
  case CharClass::Invalid:
    return lexStray();
  case CharClass::Blank:
    PYC_UNREACHABLE("blanks are skipped");
  }
}

/// Lexes the blanks that begin a line, and the Indent and Dedent tokens they mean. False where that
/// was all there was to do.
bool Lexer::lexIndentation(bool& isBlankLine) {
  atLineStart_ = false;
  Indent indent{0, 0};
  Indent joined{0, 0};
  for (;; ++cursor_) {
    if (*cursor_ == ' ') {
      ++indent.column;
      ++indent.altColumn;
    } else if (*cursor_ == '\t') {
      indent.column = (indent.column / 8 + 1) * 8;
      ++indent.altColumn;
    } else if (*cursor_ == '\f') {
      indent = {0, 0};
    } else if (*cursor_ == '\\') {
      // The first line's blanks count, not those after a line that a backslash joined.
      if (joined.column == 0)
        joined = indent;
      if (!joinLines())
        return false;
      --cursor_;
    } else {
      break;
    }
  }
  if (*cursor_ == '#' || (*cursor_ == '\n' && cursor_ != end_)) {
    isBlankLine = true;
    return true;
  }
  if (!brackets_.empty())
    return true;
  return changeIndentation(joined.column ? joined : indent);
}

bool Lexer::changeIndentation(Indent indent) {
  auto line = static_cast<int32_t>(line_);
  auto failTabs = [&] { return failMildly(DiagId::InconsistentTabs, {line, 1, line, 0}); };
  if (indent.column > indents_.back().column) {
    if (indents_.size() >= kMaxIndentDepth)
      return failMildly(DiagId::TooManyIndents, {line, 1, line, 0});
    if (indent.altColumn <= indents_.back().altColumn)
      return failTabs();
    indents_.push_back(indent);
    push(TokenKind::Indent, cursor_);
    return true;
  }
  size_t depth = indents_.size();
  while (indent.column < indents_[depth - 1].column)
    --depth;
  if (indent.column != indents_[depth - 1].column) {
    cursor_ = std::find(cursor_, end_, '\n');
    int32_t offset = charsBefore(cursor_) + 1;
    return failMildly(DiagId::UnmatchedDedent, {line, offset, line, -1});
  }
  if (indent.altColumn != indents_[depth - 1].altColumn)
    return failTabs();
  for (; indents_.size() > depth; indents_.pop_back())
    push(TokenKind::Dedent, cursor_);
  return true;
}

/// Lexes the end of a line; the token begins at `start`, which is where a comment does.
void Lexer::lexNewline(const char* start, bool isBlankLine) {
  if (!isBlankLine && brackets_.empty())
    push(TokenKind::Newline, start, cursor_ + 1, line_);
  ++cursor_;
  beginLine();
  bufferStart_ = lineStart_;
  atLineStart_ = true;
}

void Lexer::finish() {
  isDone_ = true;
  if (!brackets_.empty()) {
    result_.end = LexEnd::InBrackets;
    push(TokenKind::Error, cursor_);
    return;
  }
  bool hasLines = source_.hasFinalNewline();
  std::vector<Token>& tokens = result_.tokens;
  if (mode_ == LexMode::Expression && !hasLines && !tokens.empty() &&
      tokens.back().kind == TokenKind::Newline)
    tokens.pop_back();
  if (mode_ == LexMode::Interactive && hasLines && !tokens.empty())
    push(TokenKind::Newline, cursor_);
  push(TokenKind::EndMarker, cursor_);
}

/// Lexes the backslash that joins two lines.
bool Lexer::joinLines() {
  ++cursor_;
  if (*cursor_ != '\n') {
    // CPython counts from where it has begun to read, but not further than the line's end.
    auto line = static_cast<int32_t>(line_);
    const char* lineEnd = std::find(cursor_, end_, '\n');
    int32_t offset =
        bufferStart_ == lineStart_ ? charsBefore(cursor_) + 1 : charsBefore(lineEnd) + 2;
    offset = std::min(offset, static_cast<int32_t>(cursor_ + 1 - bufferStart_));
    return failMildly(DiagId::CharacterAfterBackslash, {line, offset, line, 0});
  }
  if (cursor_ + 1 == end_) {
    result_.end = LexEnd::InJoinedLine;
    push(TokenKind::Error, cursor_);
    isDone_ = true;
    return false;
  }
  ++cursor_;
  beginLine();
  return true;
}

void Lexer::lexOperator() {
  const char* start = cursor_;
  if (*cursor_ == ':' && inFString() && beginSpec())
    return;
  size_t length;
  TokenKind kind = operatorAt(cursor_, length);
  cursor_ += length;
  push(kind, start);
}

void Lexer::openBracket() {
  const char* start = cursor_;
  if (brackets_.size() >= kMaxBracketDepth) {
    ++cursor_;
    fail(DiagId::TooManyBrackets);
    return;
  }
  brackets_.push_back({*cursor_, line_, cursor_});
  TokenKind kind = *cursor_ == '('   ? TokenKind::LeftParen
                   : *cursor_ == '[' ? TokenKind::LeftSquare
                                     : TokenKind::LeftBrace;
  ++cursor_;
  push(kind, start);
}

void Lexer::closeBracket() {
  const char* start = cursor_;
  std::string_view closer(cursor_++, 1);
  if (brackets_.empty()) {
    fail(DiagId::UnmatchedBracket, {closer});
    return;
  }
  Bracket opener = brackets_.back();
  bool closesField = inFString() && atFieldEnd();
  if (closerOf(opener.character) != closer[0]) {
    std::string_view openText(&opener.character, 1);
    if (closesField)
      fail(DiagId::FStringUnmatchedBracket, {{&fstrings_.back().letter, 1}, closer});
    else if (opener.line != line_)
      fail(DiagId::MismatchedBracketOnLine, {closer, openText, std::to_string(opener.line)});
    else
      fail(DiagId::MismatchedBracket, {closer, openText});
    return;
  }
  brackets_.pop_back();
  if (closesField) {
    FString& string = fstrings_.back();
    string.fields.pop_back();
    string.inText = true;
    if (!string.fields.empty())
      string.fields.back().inSpec = false;
  }
  TokenKind kind = closer[0] == ')'   ? TokenKind::RightParen
                   : closer[0] == ']' ? TokenKind::RightSquare
                                      : TokenKind::RightBrace;
  push(kind, start);
}

/// A character that no token begins with: the parser's error, unless it cannot be printed.
void Lexer::lexStray() {
  const char* start = cursor_++;
  if (*start < 0x20 || *start == 0x7F)
    fail(DiagId::NonPrintableCharacter, {hexCodePoint(uint8_t(*start))});
  else
    push(TokenKind::Stray, start);
}

} // namespace lexing
} // namespace pyc
