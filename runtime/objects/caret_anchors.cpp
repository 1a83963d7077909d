// The segment is the exact text of an expression, so that its tokens tell its kind: a binary
// operator outside all brackets makes it an operation, a bracket at the end a subscript or call.
#include "runtime/objects/caret_anchors.h"

#include <algorithm>
#include <iterator>

namespace pyc::rt {

namespace {

enum class TokenKind { Name, Number, String, Operator };

struct Token {
  TokenKind kind;
  std::u32string_view text;
  size_t line, column;
  size_t endLine, endColumn;
  size_t partner; // index of the matching bracket
};

bool isNameStart(char32_t c) {
  return c >= 128 || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isDigit(char32_t c) {
  return c >= '0' && c <= '9';
}
bool isNamePart(char32_t c) {
  return isNameStart(c) || isDigit(c);
}
bool isOpening(std::u32string_view t) {
  return t == U"(" || t == U"[" || t == U"{";
}
bool isClosing(std::u32string_view t) {
  return t == U")" || t == U"]" || t == U"}";
}

/// Cuts a segment into tokens. Comments, blanks and backslashes at line ends are skipped.
class Tokenizer {
public:
  explicit Tokenizer(const std::vector<std::u32string>& lines) : lines_(lines) {}

  /// False when the text is no sequence of whole tokens with matching brackets.
  bool run(std::vector<Token>& tokens) {
    while (skipBlanks()) {
      size_t startLine = line_, startColumn = column_;
      TokenKind kind = TokenKind::Operator;
      if (!scan(kind))
        return false;
      std::u32string_view text;
      if (startLine == line_)
        text = std::u32string_view(lines_[line_]).substr(startColumn, column_ - startColumn);
      tokens.push_back({kind, text, startLine, startColumn, line_, column_, 0});
    }
    return matchBrackets(tokens);
  }

private:
  char32_t at(size_t offset = 0) const {
    return column_ + offset < lines_[line_].size() ? lines_[line_][column_ + offset] : U'\0';
  }

  bool skipBlanks() {
    while (line_ < lines_.size()) {
      char32_t c = at();
      bool endsLine = column_ >= lines_[line_].size() || c == '#' ||
                      (c == '\\' && column_ + 1 == lines_[line_].size());
      if (endsLine) {
        line_++;
        column_ = 0;
      } else if (c == ' ' || c == '\t' || c == '\f') {
        column_++;
      } else {
        return true;
      }
    }
    return false;
  }

  bool scan(TokenKind& kind) {
    char32_t c = at();
    if (isDigit(c) || (c == '.' && isDigit(at(1)))) {
      kind = TokenKind::Number;
      scanNumber();
      return true;
    }
    if (c == '"' || c == '\'') {
      kind = TokenKind::String;
      return scanString(false);
    }
    if (isNameStart(c))
      return scanName(kind);
    kind = TokenKind::Operator;
    return scanOperator();
  }

  void scanNumber() {
    for (char32_t previous = 0;
         isNamePart(at()) || at() == '.' || ((at() == '+' || at() == '-') && isExponent(previous));
         column_++)
      previous = at();
  }
  /// A sign belongs to a number behind the e of a decimal exponent.
  bool isExponent(char32_t c) const { return c == 'e' || c == 'E'; }

  bool scanName(TokenKind& kind) {
    size_t start = column_;
    while (isNamePart(at()))
      column_++;
    char32_t c = at();
    if (c == '"' || c == '\'') {
      std::u32string prefix = lines_[line_].substr(start, column_ - start);
      bool isPrefix =
          prefix.size() <= 2 && prefix.find_first_not_of(U"rRbBuUfFtT") == std::u32string::npos;
      if (isPrefix) {
        kind = TokenKind::String;
        return scanString(prefix.find_first_of(U"fFtT") != std::u32string::npos);
      }
    }
    kind = TokenKind::Name;
    return true;
  }

  /// From the opening quote to behind the closing one. Replacement fields may contain quotes.
  bool scanString(bool hasFields) {
    char32_t quote = at();
    bool isTriple = at(1) == quote && at(2) == quote;
    column_ += isTriple ? 3 : 1;
    int depth = 0;
    for (;;) {
      if (column_ >= lines_[line_].size()) {
        bool continues = isTriple || depth > 0;
        if (!continues || line_ + 1 >= lines_.size())
          return false;
        line_++;
        column_ = 0;
        continue;
      }
      char32_t c = at();
      if (c == '\\' && depth == 0) {
        bool atLineEnd = column_ + 1 == lines_[line_].size();
        if (atLineEnd && !isTriple) { // the string goes on in the next line
          if (line_ + 1 >= lines_.size())
            return false;
          line_++;
          column_ = 0;
        } else {
          column_ += atLineEnd ? 1 : 2;
        }
        continue;
      }
      if (hasFields && (c == '{' || c == '}')) {
        if (depth == 0 && at(1) == c) { // a doubled brace is text
          column_ += 2;
          continue;
        }
        depth += c == '{' ? 1 : -1;
        column_++;
        continue;
      }
      if (depth > 0 && (c == '"' || c == '\'')) {
        if (!scanString(false))
          return false;
        continue;
      }
      if (depth == 0 && c == quote && (!isTriple || (at(1) == quote && at(2) == quote))) {
        column_ += isTriple ? 3 : 1;
        return true;
      }
      column_++;
    }
  }

  bool scanOperator() {
    static constexpr std::u32string_view kLong[] = {
        U"**=", U"//=", U"<<=", U">>=", U"...", U"**", U"//", U"<<", U">>", U"<=", U">=", U"==",
        U"!=",  U"->",  U"+=",  U"-=",  U"*=",  U"/=", U"%=", U"&=", U"|=", U"^=", U"@=", U":="};
    std::u32string_view rest = std::u32string_view(lines_[line_]).substr(column_);
    for (std::u32string_view text : kLong)
      if (rest.starts_with(text)) {
        column_ += text.size();
        return true;
      }
    if (std::u32string_view(U"+-*/%@&|^~<>()[]{},:.=").find(rest[0]) == std::u32string_view::npos)
      return false;
    column_++;
    return true;
  }

  static bool matchBrackets(std::vector<Token>& tokens) {
    std::vector<size_t> open;
    for (size_t i = 0; i < tokens.size(); i++) {
      if (tokens[i].kind != TokenKind::Operator)
        continue;
      if (isOpening(tokens[i].text)) {
        open.push_back(i);
      } else if (isClosing(tokens[i].text)) {
        if (open.empty())
          return false;
        char32_t left = tokens[open.back()].text[0], right = tokens[i].text[0];
        if (right != (left == '(' ? U')' : left == '[' ? U']' : U'}'))
          return false;
        tokens[i].partner = open.back();
        tokens[open.back()].partner = i;
        open.pop_back();
      }
    }
    return open.empty();
  }

  const std::vector<std::u32string>& lines_;
  size_t line_ = 0, column_ = 0;
};

/// Words that make an expression something else than an operation, subscript or call, or no
/// expression at all.
bool isOtherKeyword(std::u32string_view name) {
  static constexpr std::u32string_view kWords[] = {
      U"and",  U"as",     U"assert", U"async",  U"break",   U"class",    U"continue", U"def",
      U"del",  U"elif",   U"else",   U"except", U"finally", U"for",      U"from",     U"global",
      U"if",   U"import", U"in",     U"is",     U"lambda",  U"nonlocal", U"not",      U"or",
      U"pass", U"raise",  U"return", U"try",    U"while",   U"with",     U"yield"};
  return std::find(std::begin(kWords), std::end(kWords), name) != std::end(kWords);
}

/// Binding strength of a binary operator, 0 for other tokens.
int precedence(std::u32string_view op) {
  static constexpr std::pair<std::u32string_view, int> kOperators[] = {
      {U"|", 1}, {U"^", 2}, {U"&", 3}, {U"<<", 4}, {U">>", 4}, {U"+", 5},  {U"-", 5},
      {U"*", 6}, {U"/", 6}, {U"%", 6}, {U"//", 6}, {U"@", 6},  {U"**", 8},
  };
  for (const auto& [text, strength] : kOperators)
    if (text == op)
      return strength;
  return 0;
}
constexpr int kUnaryPrecedence = 7;

class Classifier {
public:
  Classifier(const std::vector<std::u32string>& lines, const std::vector<Token>& tokens)
      : lines_(lines), tokens_(tokens) {}

  std::optional<CaretAnchors> run() const {
    size_t first = 0, last = tokens_.size();
    // Parentheses around the whole expression are not part of it.
    while (last > first + 1 && isGrouping(first) && tokens_[first].partner == last - 1) {
      first++;
      last--;
    }
    if (first == last)
      return {};
    size_t op = last;
    if (!findOperator(first, last, op))
      return {};
    return op < last ? operatorAnchors(op, last) : bracketAnchors(first, last);
  }

private:
  bool is(size_t i, std::u32string_view text) const {
    return tokens_[i].kind == TokenKind::Operator && tokens_[i].text == text;
  }

  /// A parenthesis that only groups: no tuple, generator or yield within.
  bool isGrouping(size_t i) const {
    if (!is(i, U"(") || tokens_[i].partner == i + 1)
      return false;
    for (size_t k = i + 1; k < tokens_[i].partner; k++) {
      if (tokens_[k].kind == TokenKind::Operator && isOpening(tokens_[k].text))
        k = tokens_[k].partner;
      else if (is(k, U","))
        return false;
      else if (tokens_[k].kind == TokenKind::Name && tokens_[k].text == U"for")
        return false;
    }
    return true;
  }

  /// The operator that binds least; `op` stays `last` when there is none. False when the expression
  /// is of a kind without anchors.
  bool findOperator(size_t first, size_t last, size_t& op) const {
    int weakest = 100;
    bool wantsOperand = true;
    bool startsWithAwait = false; // binds more than any operator
    for (size_t i = first; i < last; i++) {
      const Token& token = tokens_[i];
      if (token.kind == TokenKind::Name && token.text == U"await") {
        startsWithAwait = startsWithAwait || i == first;
        continue;
      }
      if (token.kind == TokenKind::Name && isOtherKeyword(token.text))
        return false;
      if (token.kind != TokenKind::Operator) {
        wantsOperand = false;
        continue;
      }
      if (isOpening(token.text)) {
        i = token.partner;
        wantsOperand = false;
        continue;
      }
      if (token.text == U"." || token.text == U"...") {
        wantsOperand = false;
        continue;
      }
      int strength = precedence(token.text);
      bool isUnary =
          wantsOperand && (token.text == U"-" || token.text == U"+" || token.text == U"~");
      if (isUnary) {
        // What a unary operator takes in is weaker than it only when it stands first.
        if (kUnaryPrecedence < weakest && i == first) {
          weakest = kUnaryPrecedence;
          op = last;
        }
        continue;
      }
      if (strength == 0 || wantsOperand)
        return false; // a comma, comparison, assignment, star, ...
      // ** groups from the right: its first occurrence is the outer one.
      if (strength < weakest || (strength == weakest && token.text != U"**")) {
        weakest = strength;
        op = i;
      }
      wantsOperand = true;
    }
    return weakest != kUnaryPrecedence && !wantsOperand && !(startsWithAwait && op == last);
  }

  std::optional<CaretAnchors> operatorAnchors(size_t op, size_t last) const {
    const Token& token = tokens_[op];
    size_t right = op + 1;
    while (isGrouping(right) && tokens_[right].partner == last - 1) {
      right++;
      last--;
    }
    // A second character is marked as well when it is not the right operand's.
    size_t end = token.column + 1;
    const std::u32string& line = lines_[token.line];
    bool isFree = tokens_[right].line > token.line || end < tokens_[right].column;
    if (end < line.size() && isFree &&
        std::u32string_view(U" \t\f\\#").find(line[end]) == std::u32string_view::npos)
      end++;
    return CaretAnchors{
        AnchorKind::BinaryOperator, token.line, token.column, token.line, end, false};
  }

  std::optional<CaretAnchors> bracketAnchors(size_t first, size_t last) const {
    const Token& close = tokens_[last - 1];
    if (close.kind != TokenKind::Operator || (close.text != U")" && close.text != U"]") ||
        close.partner == first)
      return {};
    const Token& open = tokens_[close.partner];
    bool isName = close.partner == first + 1 && tokens_[first].kind == TokenKind::Name;
    return CaretAnchors{close.text == U")" ? AnchorKind::Call : AnchorKind::Subscript,
                        open.line,
                        open.column,
                        close.endLine,
                        close.endColumn,
                        isName};
  }

  const std::vector<std::u32string>& lines_;
  const std::vector<Token>& tokens_;
};

} // namespace

std::optional<CaretAnchors> findCaretAnchors(const std::vector<std::u32string>& lines) {
  std::vector<Token> tokens;
  if (!Tokenizer(lines).run(tokens) || tokens.empty())
    return {};
  return Classifier(lines, tokens).run();
}

} // namespace pyc::rt
