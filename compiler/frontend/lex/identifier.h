// Identifiers: reserved words, and names beyond ASCII (PEP 3131).
#pragma once

#include "compiler/frontend/lex/token.h"

#include <string>
#include <string_view>

namespace pyc {

/// The keyword's kind, or Name.
TokenKind keywordKind(std::string_view text);

/// Whether `text`, valid UTF-8, is an identifier; if not, `badAt` is the offset of the first
/// character that cannot stand where it does.
bool isIdentifier(std::string_view text, size_t& badAt);

/// The NFKC form of an identifier that is not all ASCII.
std::string normaliseIdentifier(std::string_view text);

/// The code point of the valid UTF-8 sequence at `text[at]`; `at` moves past it.
uint32_t decodeUtf8(std::string_view text, size_t& at);

} // namespace pyc
