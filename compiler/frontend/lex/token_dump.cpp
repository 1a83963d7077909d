#include "compiler/frontend/lex/token_dump.h"

#include "compiler/frontend/parse/repr.h"

namespace pyc {

namespace {

std::string_view kindName(TokenKind kind) {
  if (kind < TokenKind::LeftParen)
    return tokenText(kind);
  return kind < TokenKind::KwFalse ? "OP" : "KEYWORD";
}

} // namespace

std::string dumpTokens(const Source& source, const LexResult& tokens) {
  std::string out;
  for (const Token& token : tokens.tokens) {
    uint32_t endLine = token.isMultiLine ? source.lineOf(token.end) : token.line;
    auto place = [&](uint32_t line, uint32_t offset) {
      out += std::to_string(line) + "," + std::to_string(offset - source.lineStart(line));
    };
    place(token.line, token.start);
    out += '-';
    place(endLine, token.end);
    out += ": ";
    out += kindName(token.kind);
    out += ' ';
    out += reprOfText(source.text().substr(token.start, token.end - token.start));
    out += '\n';
  }
  return out;
}

} // namespace pyc
