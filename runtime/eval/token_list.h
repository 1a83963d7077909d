// A source text as the tokens of the standard library's tokenize: those of the frontend's lexer,
// and what lies between them.
#pragma once

#include "compiler/frontend/lex/lexer.h"

#include <string>
#include <vector>

namespace pyc::rt {

/// One token. Lines count from 1, columns in characters from 0.
struct ListedToken {
  int type; // as the module `token` numbers them
  std::string_view text;
  int32_t line, column, endLine, endColumn;
  int32_t shownLine, shownEndLine; // the lines of the source that belong to it; 0: none
};

/// `withExtras`: comments and blank lines are tokens, operators are all of the type OP, and line
/// ends have their text; that is what tokenize asks for. Without: closer to the grammar.
std::vector<ListedToken> listTokens(const Source& source, const LexResult& lexed, bool withExtras);

} // namespace pyc::rt
