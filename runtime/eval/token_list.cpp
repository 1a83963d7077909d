#include "runtime/eval/token_list.h"

#include <algorithm>
#include <iterator>

namespace pyc::rt {

namespace {

// The numbers of the module `token`.
enum TokenType : int {
  kEndMarker = 0,
  kName = 1,
  kNumber = 2,
  kString = 3,
  kNewline = 4,
  kIndent = 5,
  kDedent = 6,
  kFirstOperator = 7,
  kOp = 55,
  kFStringStart = 59,
  kFStringMiddle = 60,
  kFStringEnd = 61,
  kTStringStart = 62,
  kTStringMiddle = 63,
  kTStringEnd = 64,
  kComment = 65,
  kBlankLine = 66,
};

/// In the order of their numbers.
constexpr std::string_view kOperators[] = {
    "(",  ")",   "[",   "]",   ":",  ",",   ";",  "+",  "-",  "*",   "/",  "|",
    "&",  "<",   ">",   "=",   ".",  "%",   "{",  "}",  "==", "!=",  "<=", ">=",
    "~",  "^",   "<<",  ">>",  "**", "+=",  "-=", "*=", "/=", "%=",  "&=", "|=",
    "^=", "<<=", ">>=", "**=", "//", "//=", "@",  "@=", "->", "...", ":=", "!"};

int operatorType(std::string_view text) {
  for (size_t i = 0; i < std::size(kOperators); ++i)
    if (kOperators[i] == text)
      return kFirstOperator + static_cast<int>(i);
  return kOp;
}

int typeOfToken(TokenKind kind, std::string_view text, bool withExtras) {
  switch (kind) {
  case TokenKind::EndMarker:
    return kEndMarker;
  case TokenKind::Newline:
    return kNewline;
  case TokenKind::Indent:
    return kIndent;
  case TokenKind::Dedent:
    return kDedent;
  case TokenKind::Name:
#define PYC_KEYWORD(Name, text) case TokenKind::Kw##Name:
#include "compiler/frontend/lex/token.def"
    return kName;
  case TokenKind::Number:
    return kNumber;
  case TokenKind::String:
    return kString;
  case TokenKind::FStringStart:
    return kFStringStart;
  case TokenKind::FStringMiddle:
    return kFStringMiddle;
  case TokenKind::FStringEnd:
    return kFStringEnd;
  case TokenKind::TStringStart:
    return kTStringStart;
  case TokenKind::TStringMiddle:
    return kTStringMiddle;
  case TokenKind::TStringEnd:
    return kTStringEnd;
  case TokenKind::Stray:
  case TokenKind::Error:
    return kOp;
#define PYC_OPERATOR(Name, text) case TokenKind::Name:
#include "compiler/frontend/lex/token.def"
    return withExtras ? static_cast<int>(kOp) : operatorType(text);
  }
  __builtin_unreachable();
}

class TokenLister {
public:
  TokenLister(const Source& source, bool withExtras)
      : source_(source), text_(source.text()), withExtras_(withExtras) {}

  std::vector<ListedToken> list(const LexResult& lexed) {
    for (const Token& token : lexed.tokens) {
      if (withExtras_)
        addGap(at_, token.start);
      if (token.kind != TokenKind::Error)
        add(token);
      at_ = token.end;
    }
    return std::move(tokens_);
  }

private:
  int32_t lineOf(uint32_t offset) const {
    return static_cast<int32_t>(offset >= text_.size() ? source_.lineCount() + 1
                                                       : source_.lineOf(offset));
  }
  int32_t columnOf(uint32_t offset, int32_t line) const {
    auto number = static_cast<uint32_t>(line);
    if (number > source_.lineCount())
      return 0;
    return static_cast<int32_t>(source_.charColumn(number, offset - source_.lineStart(number)));
  }

  void push(int type, uint32_t start, uint32_t end) {
    int32_t line = lineOf(start), endLine = lineOf(end);
    tokens_.push_back({type, text_.substr(start, end - start), line, columnOf(start, line), endLine,
                       columnOf(end, endLine), line, endLine});
  }

  /// The end of a line at its newline character, as NEWLINE or NL.
  void pushLineEnd(int type, uint32_t newline) {
    int32_t line = lineOf(newline), column = columnOf(newline, line);
    bool isAdded = newline + 1 == text_.size() && !source_.hasFinalNewline();
    bool hasText = withExtras_ && !isAdded;
    tokens_.push_back({type, text_.substr(newline, hasText), line, column, line,
                       column + withExtras_, line, line});
  }

  /// Comments and blank lines.
  void addGap(uint32_t start, uint32_t end) {
    for (uint32_t i = start; i < end; ++i) {
      if (text_[i] == '\\') {
        ++i; // and the newline behind it
      } else if (text_[i] == '\n') {
        pushLineEnd(kBlankLine, i);
      } else if (text_[i] == '#') {
        auto comment = static_cast<uint32_t>(text_.find('\n', i));
        push(kComment, i, comment);
        i = comment - 1;
      }
    }
  }

  void add(const Token& token) {
    switch (token.kind) {
    case TokenKind::Newline:
      return addNewline(token);
    case TokenKind::Indent:
    case TokenKind::Dedent:
    case TokenKind::EndMarker:
      return addInvisible(token);
    case TokenKind::FStringMiddle:
    case TokenKind::TStringMiddle:
      return addMiddle(token);
    default: {
      std::string_view text = text_.substr(token.start, token.end - token.start);
      push(typeOfToken(token.kind, text, withExtras_), token.start, token.end);
    }
    }
  }

  /// The lexer's token begins with the comment.
  void addNewline(const Token& token) {
    if (token.end == token.start)
      return;
    if (text_[token.start] == '#' && withExtras_)
      push(kComment, token.start, token.end - 1);
    else if (text_[token.start] == '#')
      return push(kNewline, token.start, token.end - 1);
    pushLineEnd(kNewline, token.end - 1);
  }

  void addInvisible(const Token& token) {
    int type = typeOfToken(token.kind, {}, withExtras_);
    int32_t line = lineOf(token.start);
    bool isPastEnd = static_cast<uint32_t>(line) > source_.lineCount();
    if (!withExtras_) {
      line = std::max(1, isPastEnd ? line - 1 : line);
      tokens_.push_back({type, {}, line, -1, line, -1, line, line});
      return;
    }
    int32_t column = columnOf(token.start, line), shown = isPastEnd ? 0 : line;
    std::string_view text;
    if (token.kind == TokenKind::Indent) {
      uint32_t start = source_.lineStart(static_cast<uint32_t>(line));
      text = text_.substr(start, token.start - start);
    }
    tokens_.push_back({type, text, line, text.empty() ? column : 0, line, column, shown, shown});
  }

  /// Two braces stand for one; a token ends with the first of them.
  void addMiddle(const Token& token) {
    int type = typeOfToken(token.kind, {}, withExtras_);
    uint32_t start = token.start;
    bool isEmpty = token.start == token.end;
    for (uint32_t i = start; i + 1 < token.end; ++i) {
      if (text_[i] == '\\' && text_.substr(i, 3) == "\\N{") {
        i = static_cast<uint32_t>(std::min<size_t>(text_.find('}', i), token.end));
        continue;
      }
      if ((text_[i] != '{' && text_[i] != '}') || text_[i + 1] != text_[i])
        continue;
      push(type, start, i + 1);
      start = ++i + 1;
    }
    if (start < token.end || isEmpty)
      push(type, start, token.end);
  }

  const Source& source_;
  std::string_view text_;
  bool withExtras_;
  uint32_t at_ = 0; // end of the last token of the lexer
  std::vector<ListedToken> tokens_;
};

} // namespace

std::vector<ListedToken> listTokens(const Source& source, const LexResult& lexed, bool withExtras) {
  return TokenLister(source, withExtras).list(lexed);
}

} // namespace pyc::rt
