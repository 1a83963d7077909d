// A token: its kind and its place in the source text. Everything else about it is read from there.
#pragma once

#include <cstdint>
#include <string_view>

namespace pyc {

enum class TokenKind : uint8_t {
#define PYC_TOKEN(Name, text) Name,
#define PYC_OPERATOR(Name, text) Name,
#define PYC_KEYWORD(Name, text) Kw##Name,
#include "compiler/frontend/lex/token.def"
};

/// "NAME" for a name, the text itself for an operator or a keyword.
std::string_view tokenText(TokenKind kind);

/// How deep brackets may nest, and blocks.
inline constexpr uint32_t kMaxBracketDepth = 200;
inline constexpr uint32_t kMaxIndentDepth = 100;

struct Token {
  /// Byte offsets in the source text.
  uint32_t start;
  uint32_t end;
  /// The line of `start`, from 1.
  uint32_t line;
  TokenKind kind;
  /// How many brackets are open after this token.
  uint8_t level;
  /// The text spans several lines.
  bool isMultiLine;
};

} // namespace pyc
