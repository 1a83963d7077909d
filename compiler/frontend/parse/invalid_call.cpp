// Wrong arguments of calls.
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

namespace {

/// Where the last clause of a comprehension ends.
const SourceSpan& lastOf(Seq<Comprehension> generators) {
  const Comprehension* last = generators.back();
  return last->ifs.empty() ? last->iter->span : last->ifs.back()->span;
}

} // namespace

void Parser::invalidArguments(Mark first) {
  // After keywords with '**', starred arguments.
  CallArguments* found = argumentList(/*allowsGenerator=*/false);
  if (raised_)
    return;
  if (found && !found->keywords.empty() && at(TokenKind::Comma)) {
    Mark comma = pos_++;
    bool isWrong = false;
    while (at(TokenKind::Star) && starredExpression() && !raised_ && !at(TokenKind::Equal)) {
      isWrong = true;
      if (!accept(TokenKind::Comma))
        break;
    }
    if (isWrong)
      raiseStartingFrom(DiagId::UnpackAfterKeywordUnpack, spanOf(comma));
    if (raised_)
      return;
  }
  Seq<Comprehension> generators;
  pos_ = first;
  ExprNode* value = expression();
  if (raised_)
    return;
  if (value && atForIf() && forIfClauses(generators) && accept(TokenKind::Comma)) {
    Mark back = pos_;
    argumentList(/*allowsGenerator=*/false);
    if (!raised_ && pos_ == back && (value = expression()))
      forIfClauses(generators);
    if (!raised_) {
      pos_ = first;
      value = expression();
      forIfClauses(generators);
      raiseRange(DiagId::GeneratorParens, value->span, lastOf(generators));
    }
  }
  if (raised_)
    return;
  pos_ = first;
  invalidGeneratorKeyword(first);
  if (raised_)
    return;
  pos_ = first;
  invalidArgumentValue(first);
  if (raised_)
    return;
  pos_ = first;
  invalidArgumentOrder(first);
}

/// NAME '=' expression for_if_clauses
void Parser::invalidGeneratorKeyword(Mark first) {
  if (!at(TokenKind::Name) || peekAt(1) != TokenKind::Equal)
    return;
  pos_ = first + 2;
  Seq<Comprehension> generators;
  if (expression() && !raised_ && atForIf() && forIfClauses(generators))
    raiseRange(DiagId::MaybeEqualOrWalrus, spanOf(first), spanOf(first + 1));
}

/// [args ','] NAME '=' with nothing behind it
void Parser::invalidArgumentValue(Mark first) {
  CallArguments* before = argumentList(/*allowsGenerator=*/false);
  if (raised_)
    return;
  if (!before)
    pos_ = first;
  else if (!accept(TokenKind::Comma))
    pos_ = first;
  Mark name = pos_;
  if (at(TokenKind::Name) && peekAt(1) == TokenKind::Equal) {
    pos_ += 2;
    if (at(TokenKind::Comma) || at(TokenKind::RightParen))
      raiseRange(DiagId::ExpectedArgumentValue, spanOf(name), spanOf(name + 1));
  }
}

/// Generator expressions among other arguments, and positional arguments behind keywords.
void Parser::invalidArgumentOrder(Mark first) {
  CallArguments* before = argumentList(/*allowsGenerator=*/false);
  if (!before || raised_)
    return;
  Mark back = pos_;
  Seq<Comprehension> generators;
  if (atForIf() && forIfClauses(generators)) {
    if (before->positional.size() > 1)
      raiseRange(DiagId::GeneratorParens, before->positional.back()->span, lastOf(generators));
  }
  if (raised_)
    return;
  pos_ = back;
  if (!accept(TokenKind::Comma))
    return;
  back = pos_;
  ExprNode* value = expression();
  if (value && !raised_ && atForIf() && forIfClauses(generators))
    raiseRange(DiagId::GeneratorParens, value->span, lastOf(generators));
  if (raised_)
    return;
  pos_ = back;
  if (!argumentList(/*allowsGenerator=*/false) || raised_)
    return;
  bool hasUnpacking = std::any_of(before->keywords.begin(), before->keywords.end(),
                                  [](const Keyword* keyword) { return !keyword->arg; });
  raiseAtFurthest(hasUnpacking ? DiagId::PositionalAfterUnpacking : DiagId::PositionalAfterKeyword);
}

/// What is written as a keyword argument and cannot be one.
void Parser::invalidKeywordArgument(Mark first) {
  bool isConstant = at(TokenKind::KwTrue) || at(TokenKind::KwFalse) || at(TokenKind::KwNone);
  if (isConstant && peekAt(1) == TokenKind::Equal) {
    raiseRange(DiagId::CannotAssign, spanOf(first), spanOf(first + 1), {textOf(first)});
    return;
  }
  if (at(TokenKind::Name) && peekAt(1) == TokenKind::Equal) {
    invalidGeneratorKeyword(first);
    return;
  }
  ExprNode* value = expression();
  if (raised_)
    return;
  if (value && at(TokenKind::Equal)) {
    raiseRange(DiagId::ExpressionAssignment, value->span, spanOf(pos_));
    return;
  }
  pos_ = first;
  if (!accept(TokenKind::DoubleStar) || !expression() || !accept(TokenKind::Equal))
    return;
  value = expression();
  if (value && !raised_)
    raiseRange(DiagId::AssignKeywordUnpack, spanOf(first), value->span);
}

/// '*' expression '=' expression
void Parser::invalidStarredUnpacking(Mark first) {
  ++pos_;
  if (!expression() || !accept(TokenKind::Equal))
    return;
  ExprNode* value = expression();
  if (value && !raised_)
    raiseRange(DiagId::AssignUnpack, spanOf(first), value->span);
}

} // namespace pyc::parsing
