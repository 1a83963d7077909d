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
  return raiseAt(id, locationOf(span), arguments);
}

/// Where CPython places an error, which counts the characters before the end of several lines in
/// the first of them.
DiagLocation Parser::locationOf(const SourceSpan& span) const {
  DiagLocation location = locate(source_, span);
  if (span.line != span.endLine) {
    uint32_t length = source_.lineStart(span.line + 1) - source_.lineStart(span.line);
    location.endOffset =
        static_cast<int32_t>(source_.charColumn(span.line, std::min(span.endColumn + 1, length)) +
                             (span.endColumn + 1 >= length));
  }
  return location;
}

std::nullptr_t Parser::raiseStartingFrom(DiagId id, const SourceSpan& span, Args arguments) {
  // The end is where CPython's tokenizer stands, which counts from 0.
  DiagLocation location = locationOf(span);
  DiagLocation end = locationOf(furthestSeen());
  location.endLine = end.endLine;
  location.endOffset = end.endOffset - 1;
  return raiseAt(id, location, arguments);
}

/// Whether the token is the Newline that ends a source which does not end with one itself.
bool Parser::isImplied(Mark token) const {
  return options_.mode != ParseMode::Module && tokens_[token].kind == TokenKind::Newline &&
         (tokens_[token].start == text_.size() ||
          (tokens_[token].end == text_.size() && !source_.hasFinalNewline()));
}

/// Where CPython places an error at a token. Those without a text are where its tokenizer stands.
DiagLocation Parser::locationOf(Mark token) const {
  const Token& found = tokens_[token];
  DiagLocation location = locationOf(spanOf(token));
  switch (found.kind) {
  case TokenKind::Newline:
    if (isImplied(token))
      break;
    ++location.endOffset;
    return location;
  case TokenKind::EndMarker:
  case TokenKind::Indent:
  case TokenKind::Dedent:
    break;
  default:
    return location;
  }
  if (found.start == text_.size() || found.kind == TokenKind::Newline) {
    bool hasNewline = options_.mode == ParseMode::Module || source_.hasFinalNewline();
    auto line = static_cast<int32_t>(source_.lineCount());
    auto chars = static_cast<int32_t>(source_.charColumn(source_.lineCount(), ~0u));
    return {line, chars + hasNewline, line, -1};
  }
  --location.offset;
  location.endOffset = -1;
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

void Parser::reportWithArguments(const Pending& pending) {
  // A report takes its arguments as a list; no text has more than three.
  const auto& args = pending.arguments;
  switch (args.size()) {
  case 0:
    sink_.report(pending.id, pending.location);
    break;
  case 1:
    sink_.report(pending.id, pending.location, {args[0]});
    break;
  case 2:
    sink_.report(pending.id, pending.location, {args[0], args[1]});
    break;
  default:
    sink_.report(pending.id, pending.location, {args[0], args[1], args[2]});
  }
}

/// Reports what the lexer has to say about tokens before `end`.
void Parser::reportLexWarnings(Mark end) {
  for (; lexWarnings_ < lexed_.warnings.size(); ++lexWarnings_) {
    const LexWarning& found = lexed_.warnings[lexWarnings_];
    if (found.token >= end)
      return;
    reportWithArguments(found.warning);
  }
}

void Parser::reportPending(const Pending& pending) {
  reportLexWarnings(furthestSeen() + 1);
  reportWithArguments(pending);
  sink_.setContextLine(static_cast<int32_t>(lastCompoundLine_));
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
  if (lexed_.end != LexEnd::InJoinedLine)
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
  if (lexed_.end == LexEnd::Error && !lexed_.endsInFString)
    return lexed_.error;
  if (!lexed_.openBracket || lexed_.endsInFString)
    return std::nullopt;
  if (tokens_[lastToken].line > source_.lineOf(lexed_.openBracketOffset))
    return unclosedBracket();
  return std::nullopt;
}

Parser::Pending Parser::invalidSyntaxAt(Mark token) const {
  DiagLocation location = locationOf(token);
  if (tokens_[token].kind == TokenKind::EndMarker || isImplied(token))
    location.offset = location.endOffset = 0;
  return {DiagId::InvalidSyntax, location, {}};
}

/// Whether more text could make the source right: the first pass has read all of it.
bool Parser::isIncompleteInput(Mark last) const {
  if (!options_.allowIncompleteInput)
    return false;
  if (last >= errorToken_)
    return lexed_.endsInString || lexed_.end == LexEnd::InBrackets ||
           lexed_.end == LexEnd::InJoinedLine;
  bool touchesEnd = options_.mode != ParseMode::Module && !source_.hasFinalNewline() &&
                    tokens_[last].end + 1 >= text_.size();
  return tokens_[last].start == text_.size() || touchesEnd;
}

/// Reports the error of the statement that the second pass has just parsed; `last` is the furthest
/// token of the first pass.
void Parser::reportStatementError(Mark last) {
  if (isIncompleteInput(last))
    return reportPending(
        {DiagId::IncompleteInput, locationOf(std::min(last, errorToken_ - 1)), {}});
  if (pending_ && pending_->id == DiagId::TooComplex)
    return reportPending(*pending_);
  if (!pending_ && (last >= errorToken_ || sawLexError()))
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
  reportPending(pending_ ? *pending_ : invalidSyntaxAt(last));
}

} // namespace pyc::parsing
