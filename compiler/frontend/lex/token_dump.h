// Tokens as text.
#pragma once

#include "compiler/frontend/lex/lexer.h"

#include <string>

namespace pyc {

/// One line a token: `1,0-1,5: NAME 'print'`, with lines from 1 and columns in bytes from 0. Where
/// lexing failed, the last line is the ERRORTOKEN.
std::string dumpTokens(const Source& source, const LexResult& tokens);

} // namespace pyc
