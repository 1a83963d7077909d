// The lexer's state, shared by the files that implement it. Nothing outside of lex/ includes this.
#pragma once

#include "compiler/frontend/lex/lexer.h"

#include <initializer_list>

namespace pyc::lexing {

/// An f-string or t-string whose text is being lexed.
struct FString {
  char letter; ///< 'f' or 't', as messages name it
  char quote;
  uint8_t quoteSize;
  bool isRaw;
  uint32_t startLine;
  const char* start;
  /// For each open replacement field: its bracket level, and whether the text that follows is that
  /// of its format spec up to the first field in it. Behind that, CPython allows doubled braces.
  struct Field {
    uint32_t level;
    bool inSpec;
  };
  std::vector<Field> fields;
  /// Between fields, or in a format spec: text rather than an expression comes next.
  bool inText = true;
};

struct Bracket {
  char character;
  uint32_t line;
  const char* place;
};

struct Indent {
  uint32_t column;    ///< with tabs to multiples of 8
  uint32_t altColumn; ///< with tabs as one column
};

/// At least four digits.
std::string hexCodePoint(uint32_t codePoint);

class Lexer {
public:
  Lexer(const Source& source, LexMode mode);
  LexResult run();

private:
  using Args = std::initializer_list<std::string_view>;

  // lexer.cpp, lex_word.cpp
  void lexToken();
  bool lexIndentation(bool& isBlankLine);
  bool changeIndentation(Indent indent);
  void lexNewline(const char* start, bool isBlankLine);
  void lexOperator();
  void openBracket();
  void closeBracket();
  void lexString(const char* start, bool hasFormat, bool isRaw, char letter);
  void lexIdentifier();
  bool lexStringPrefix();
  bool checkIdentifier(const char* start);
  void lexStray();
  bool joinLines();
  void finish();

  // lex_number.cpp
  void lexNumber();
  bool lexRadixDigits(int radix, DiagId invalid, std::string_view kind);
  bool lexZeroPrefixed();
  bool lexDecimalTail();
  bool lexFraction();
  bool checkNumberEnd(std::string_view kind);

  // lex_fstring.cpp
  void beginFString(const char* start, char letter, bool isRaw);
  void lexFStringText();
  bool atFieldEnd() const;
  bool beginSpec();
  void skipTextEscape(bool isRaw, bool& inNamedEscape);
  bool beginField();
  void endFString();
  void failUnterminatedFString();
  void failUnclosedField();

  bool inFString() const { return !fstrings_.empty(); }

  void push(TokenKind kind, const char* start, const char* end, uint32_t line);
  void push(TokenKind kind, const char* start) { push(kind, start, cursor_, line_); }
  uint32_t offsetOf(const char* place) const { return static_cast<uint32_t>(place - begin_); }
  void beginLine() {
    ++line_;
    lineStart_ = cursor_;
  }

  /// The number of characters from the start of the line to `place`.
  int32_t charsBefore(const char* place) const;
  /// Ends lexing with an error whose last character is the one before the cursor.
  bool fail(DiagId id, Args arguments = {});
  bool failAt(DiagId id, const DiagLocation& location, Args arguments = {});
  bool failMildly(DiagId id, const DiagLocation& location);
  /// Warns about the token that comes next.
  void warn(DiagId id, const char* place, Args arguments);

  const Source& source_;
  LexMode mode_;
  const char* begin_;
  const char* end_;
  const char* cursor_;
  const char* lineStart_;
  /// The start of the first of the lines that backslashes and strings join to this one.
  const char* bufferStart_;
  uint32_t line_ = 1;
  bool atLineStart_ = true;
  bool isDone_ = false;
  std::vector<Bracket> brackets_;
  std::vector<Indent> indents_{{0, 0}};
  std::vector<FString> fstrings_;
  LexResult result_;
};

} // namespace pyc::lexing
