// The lexer: a source in, all its tokens out.
//
// Indentation becomes Indent and Dedent tokens, brackets join lines, and the literal text and the
// replacement fields of f-strings and t-strings become tokens of their own (PEP 701).
#pragma once

#include "compiler/frontend/diag/diagnostic.h"
#include "compiler/frontend/lex/token.h"
#include "compiler/frontend/source/source.h"

#include <string>
#include <vector>

namespace pyc {

/// Why the tokens end before the source does.
/// How the end of the source looks to the grammar.
enum class LexMode : uint8_t {
  Module,     ///< the last line always ends with a Newline
  Expression, ///< it does where the source says so
  Interactive ///< an ended source has one more Newline, which ends a compound statement
};

enum class LexEnd : uint8_t {
  Complete,     ///< they do not: the last token is EndMarker
  Error,        ///< a lexical error, in LexResult::error
  MildError,    ///< one that gives way to any error before it
  InBrackets,   ///< the source ends within brackets
  InJoinedLine, ///< the source ends after a backslash that joins lines
};

/// A diagnostic that may yet give way to one of the parser's.
struct LexError {
  DiagId id{};
  DiagLocation location;
  std::vector<std::string> arguments;
};

/// A warning about the token at index `token`; it counts where the parser gets there.
struct LexWarning {
  uint32_t token;
  LexError warning;
};

struct LexResult {
  /// The last is EndMarker or, unless `end` is Complete, Error.
  std::vector<Token> tokens;
  LexEnd end = LexEnd::Complete;
  LexError error;
  /// Within an f-string, no error is strong enough to take the place of one before it.
  bool endsInFString = false;
  /// The error is a string that the end of the source leaves open.
  bool endsInString = false;
  /// The innermost bracket still open where the tokens end.
  char openBracket = 0;
  uint32_t openBracketOffset = 0;
  std::vector<LexWarning> warnings;
};

LexResult lex(const Source& source, LexMode mode = LexMode::Module);

} // namespace pyc
