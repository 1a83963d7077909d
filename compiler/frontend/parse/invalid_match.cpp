// Wrong match statements and patterns.
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

void Parser::invalidMatch(Mark first) {
  pos_ = first + 1;
  if (!subjectExpression() || raised_)
    return;
  if (at(TokenKind::Newline))
    raiseAtFurthest(DiagId::ExpectedToken, {":"});
  else if (atMissingBlock())
    raiseNoBlock(first, "'match' statement");
}

void Parser::invalidCase(Mark first) {
  MatchCase header;
  if (!caseHeader(header))
    return;
  if (at(TokenKind::Newline))
    raiseAtFurthest(DiagId::ExpectedToken, {":"});
  else if (atMissingBlock())
    raiseNoBlock(first, "'case' statement");
}

/// A case outside of any match.
void Parser::invalidStrayCase(Mark first) {
  MatchCase header;
  if (!caseHeader(header) || !accept(TokenKind::Colon))
    return;
  Seq<StmtNode> body;
  Mark colon = pos_ - 1;
  if (block(body) && !raised_)
    raiseRange(DiagId::StrayCase, spanOf(first), spanOf(colon));
}

/// What follows `as` in a pattern and is no capture.
void Parser::invalidAsPattern(Mark first) {
  if (at(TokenKind::Name) && textOf(first) == "_") {
    raise(DiagId::PatternTargetWildcard, spanOf(first));
    return;
  }
  ExprNode* target = expression();
  if (target && !raised_)
    raise(DiagId::PatternTarget, target->span, {expressionName(*target)});
}

/// '(' [','.pattern+ ','] ','.(NAME '=' pattern)+ ',' ','.pattern+
void Parser::invalidClassPattern(Mark open) {
  pos_ = open + 1;
  auto atKeyword = [&] { return at(TokenKind::Name) && peekAt(1) == TokenKind::Equal; };
  while (!atKeyword())
    if (!pattern() || raised_ || !accept(TokenKind::Comma))
      return;
  while (atKeyword()) {
    pos_ += 2;
    if (!pattern() || raised_ || !accept(TokenKind::Comma))
      return;
  }
  PatternNode* firstLate = pattern();
  if (!firstLate || raised_)
    return;
  PatternNode* lastLate = firstLate;
  while (accept(TokenKind::Comma)) {
    Mark back = pos_;
    PatternNode* next = atKeyword() ? nullptr : pattern();
    if (!next) {
      pos_ = back;
      break;
    }
    lastLate = next;
  }
  if (!raised_)
    raiseRange(DiagId::PositionalPattern, firstLate->span, lastLate->span);
}

/// Something after `**rest`.
std::nullptr_t Parser::invalidMappingRest(Mark rest) {
  ExprNode* key = at(TokenKind::Name) ? dottedPatternName() : literalExpression();
  if (key && !raised_ && accept(TokenKind::Colon) && pattern() && !raised_)
    raise(DiagId::RestNotLast, spanOf(rest));
  return nullptr;
}

} // namespace pyc::parsing
