// Which error a failed statement is, and where: the rules of CPython's parser.
#include "compiler/frontend/parse/parser_impl.h"

#include <algorithm>

namespace pyc::parsing {

std::nullptr_t Parser::raiseAt(DiagId id, const DiagLocation& location, Args arguments) {
  // Past an error of the lexer nothing else is found: that error stands.
  if (!raised_ && !sawLexError())
    pending_ = Pending{id, location, {arguments.begin(), arguments.end()}};
  raised_ = true;
  return nullptr;
}

std::nullptr_t Parser::raise(DiagId id, const SourceSpan& span, Args arguments) {
  return raiseAt(id, locate(source_, span), arguments);
}

std::nullptr_t Parser::raiseStartingFrom(DiagId id, const SourceSpan& span, Args arguments) {
  SourceSpan end = spanOf(furthestSeen());
  return raise(id, SourceSpan::join(span, end), arguments);
}

/// Where CPython places an error at a token. Indent and Dedent have no place of their own.
DiagLocation Parser::locationOf(Mark token) const {
  const Token& found = tokens_[token];
  DiagLocation location = locate(source_, spanOf(token));
  if (found.kind == TokenKind::Indent || found.kind == TokenKind::Dedent) {
    --location.offset;
    location.endOffset = -1;
  }
  return location;
}

std::nullptr_t Parser::raiseAtToken(Mark token, DiagId id, Args arguments) {
  return raiseAt(id, locationOf(token), arguments);
}

std::nullptr_t Parser::raiseAtFurthest(DiagId id, Args arguments) {
  return raiseAtToken(furthestSeen(), id, arguments);
}

std::nullptr_t Parser::raiseNoBlock(Mark first, std::string_view statement) {
  return raiseAtFurthest(DiagId::ExpectedBlockAfter,
                         {statement, std::to_string(tokens_[first].line)});
}

std::nullptr_t Parser::raiseTooComplex() {
  if (!raised_)
    pending_ = Pending{DiagId::TooComplex, {}, {}};
  raised_ = true;
  return nullptr;
}

void Parser::reportPending(const Pending& pending) {
  // A report takes its arguments as a list; no text has more than three.
  const auto& args = pending.arguments;
  switch (args.size()) {
  case 0:
    return sink_.report(pending.id, pending.location);
  case 1:
    return sink_.report(pending.id, pending.location, {args[0]});
  case 2:
    return sink_.report(pending.id, pending.location, {args[0], args[1]});
  default:
    return sink_.report(pending.id, pending.location, {args[0], args[1], args[2]});
  }
}

Parser::Pending Parser::unclosedBracket() const {
  uint32_t line = source_.lineOf(lexed_.openBracketOffset);
  uint32_t column = lexed_.openBracketOffset - source_.lineStart(line);
  DiagLocation location = locate(source_, {line, column, line, column});
  location.endOffset = 0;
  return {DiagId::NeverClosed, location, {std::string(1, lexed_.openBracket)}};
}

/// The lexer's error as it is reported where the parser gets there.
Parser::Pending Parser::lexErrorAsPending() const {
  if (lexed_.end == LexEnd::InBrackets)
    return unclosedBracket();
  if (lexed_.end == LexEnd::Error)
    return lexed_.error;
  if (lexed_.openBracket)
    return unclosedBracket();
  DiagLocation location = locate(source_, spanOf(errorToken_));
  location.endOffset = -1;
  return {DiagId::UnexpectedEnd, location, {}};
}

/// An error of the lexer anywhere after the parser's takes its place, except that brackets that are
/// never closed only do so when they were opened on an earlier line.
std::optional<Parser::Pending> Parser::lexErrorAfter(Mark lastToken) const {
  if (lexed_.end == LexEnd::Complete)
    return std::nullopt;
  if (lexed_.end == LexEnd::Error)
    return lexed_.error;
  if (!lexed_.openBracket)
    return std::nullopt;
  if (tokens_[lastToken].line > source_.lineOf(lexed_.openBracketOffset))
    return unclosedBracket();
  return std::nullopt;
}

/// Whether more text could make the source right: all of it was read.
bool Parser::isIncompleteInput() const {
  return options_.allowIncompleteInput &&
         (tokens_[furthestSeen()].kind == TokenKind::EndMarker ||
          lexed_.end == LexEnd::InBrackets || lexed_.end == LexEnd::InJoinedLine);
}

/// Reports the error of the statement that the second pass has just parsed; `last` is the furthest
/// token of the first pass.
void Parser::reportStatementError(Mark last) {
  if (isIncompleteInput())
    return reportPending({DiagId::IncompleteInput, locationOf(last), {}});
  if (pending_ && pending_->id == DiagId::TooComplex)
    return reportPending(*pending_);
  if (!pending_ && last >= errorToken_)
    return reportPending(lexErrorAsPending());
  if (pending_ && last >= errorToken_)
    return reportPending(*pending_);
  TokenKind kind = tokens_[last].kind;
  if (!pending_ && (kind == TokenKind::Indent || kind == TokenKind::Dedent)) {
    DiagId id = kind == TokenKind::Indent ? DiagId::UnexpectedIndent : DiagId::UnexpectedUnindent;
    return reportPending({id, locationOf(last), {}});
  }
  if (auto error = lexErrorAfter(furthestSeen()))
    return reportPending(*error);
  reportPending(pending_ ? *pending_ : Pending{DiagId::InvalidSyntax, locationOf(last), {}});
}

} // namespace pyc::parsing
