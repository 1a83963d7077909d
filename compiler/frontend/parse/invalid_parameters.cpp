// Wrong parameter lists of functions and lambdas.
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

/// A parameter without a default, with its comma or before the closing token.
bool Parser::skipPlain(bool isLambda) {
  Arg* arg;
  ExprNode* value;
  return at(TokenKind::Name) && parameterItem({.isLambda = isLambda}, arg, value);
}

bool Parser::skipMaybeDefault(bool isLambda) {
  Arg* arg;
  ExprNode* value;
  return at(TokenKind::Name) &&
         parameterItem({.isLambda = isLambda, .allowsDefault = true}, arg, value);
}

bool Parser::skipWithDefault(bool isLambda) {
  Mark back = pos_;
  Arg* arg;
  ExprNode* value = nullptr;
  bool isRight = at(TokenKind::Name) &&
                 parameterItem({.isLambda = isLambda, .allowsDefault = true}, arg, value) && value;
  if (!isRight)
    pos_ = back;
  return isRight;
}

/// Parameters that a '/' ends: those without a default, then, where `withDefault`, one or more with
/// one.
bool Parser::skipSlashParameters(bool isLambda, bool withDefault) {
  Mark back = pos_;
  size_t count = 0;
  while (!raised_ && skipPlain(isLambda))
    ++count;
  if (withDefault)
    for (count = 0; !raised_ && skipWithDefault(isLambda);)
      ++count;
  TokenKind closer = isLambda ? TokenKind::Colon : TokenKind::RightParen;
  if (!raised_ && count > 0 && accept(TokenKind::Slash) && (accept(TokenKind::Comma) || at(closer)))
    return true;
  pos_ = back;
  return false;
}

void Parser::invalidParameters(Mark first, bool isLambda) {
  auto skipEither = [&] {
    return skipSlashParameters(isLambda, false) || skipSlashParameters(isLambda, true);
  };
  auto skipMany = [&] {
    size_t count = 0;
    while (!raised_ && skipMaybeDefault(isLambda))
      ++count;
    return count;
  };
  if (at(TokenKind::Slash) && peekAt(1) == TokenKind::Comma) {
    raise(DiagId::NothingBeforeSlash, spanOf(first));
    return;
  }
  if (skipEither()) {
    skipMany();
    if (!raised_ && at(TokenKind::Slash))
      raise(DiagId::SecondSlash, spanOf(pos_));
  }
  if (raised_)
    return;
  pos_ = first;
  invalidDefaultOrder(isLambda);
  if (raised_)
    return;
  pos_ = first;
  invalidParenthesisedParameters(isLambda);
  if (raised_)
    return;
  pos_ = first;
  skipEither();
  skipMany();
  if (!raised_ && accept(TokenKind::Star) && (accept(TokenKind::Comma) || skipPlain(isLambda))) {
    skipMany();
    if (!raised_ && at(TokenKind::Slash))
      raise(DiagId::SlashAfterStar, spanOf(pos_));
  }
  if (raised_)
    return;
  pos_ = first;
  if (skipMany() > 0 && !raised_ && accept(TokenKind::Slash) && at(TokenKind::Star))
    raise(DiagId::NoCommaAfterSlash, spanOf(pos_));
}

/// A parameter without a default after one with a default.
void Parser::invalidDefaultOrder(bool isLambda) {
  skipSlashParameters(isLambda, false);
  while (!raised_ && skipPlain(isLambda))
    continue;
  bool sawDefault = !raised_ && skipSlashParameters(isLambda, true);
  while (!sawDefault && !raised_ && skipWithDefault(isLambda)) {
    while (!raised_ && skipWithDefault(isLambda))
      continue;
    sawDefault = true;
  }
  Arg* arg;
  ExprNode* value;
  if (sawDefault && !raised_ && at(TokenKind::Name) &&
      parameterItem({.isLambda = isLambda}, arg, value))
    raise(DiagId::DefaultOrder, arg->span);
}

void Parser::invalidParenthesisedParameters(bool isLambda) {
  while (!raised_ && skipPlain(isLambda))
    continue;
  if (raised_ || !at(TokenKind::LeftParen))
    return;
  Mark open = pos_++;
  size_t count = 0;
  if (isLambda) {
    do {
      Mark back = pos_;
      if (!accept(TokenKind::Name)) {
        pos_ = count > 0 ? back - 1 : back;
        break;
      }
      ++count;
    } while (accept(TokenKind::Comma));
  } else {
    while (!raised_ && skipPlain(false))
      ++count;
  }
  if (raised_ || count == 0)
    return;
  accept(TokenKind::Comma);
  if (at(TokenKind::RightParen))
    raiseRange(DiagId::ParenthesisedParameters, spanOf(open), spanOf(pos_),
               {isLambda ? "Lambda expression" : "Function"});
}

/// The cursor is at '*'.
void Parser::invalidStarParameters(Mark first, bool isLambda) {
  TokenKind closer = isLambda ? TokenKind::Colon : TokenKind::RightParen;
  ++pos_;
  bool isBare = at(closer);
  if (accept(TokenKind::Comma))
    isBare = at(closer) || at(TokenKind::DoubleStar);
  if (isBare) {
    if (isLambda)
      raiseAtFurthest(DiagId::BareStar);
    else
      raise(DiagId::BareStar, spanOf(first));
    return;
  }
  pos_ = first + 1;
  if (at(TokenKind::Name) && parameter({.isLambda = isLambda}) && !raised_ &&
      at(TokenKind::Equal)) {
    raise(DiagId::VarPositionalDefault, spanOf(pos_));
    return;
  }
  if (raised_)
    return;
  pos_ = first + 1;
  if (!skipPlain(isLambda) && (raised_ || !accept(TokenKind::Comma)))
    return;
  while (!raised_ && skipMaybeDefault(isLambda))
    continue;
  if (raised_ || !at(TokenKind::Star))
    return;
  Mark second = pos_++;
  if ((skipPlain(isLambda) && !raised_) || (!raised_ && accept(TokenKind::Comma)))
    raise(DiagId::SecondStar, spanOf(second));
}

/// The cursor is at '**'.
void Parser::invalidKeywordParameters(Mark first, bool isLambda) {
  ++pos_;
  if (!at(TokenKind::Name) || !parameter({.isLambda = isLambda}) || raised_)
    return;
  if (at(TokenKind::Equal)) {
    raise(DiagId::VarKeywordDefault, spanOf(pos_));
    return;
  }
  if (!accept(TokenKind::Comma))
    return;
  if (at(TokenKind::Name)) {
    Arg* late = parameter({.isLambda = isLambda});
    if (late && !raised_)
      raise(DiagId::AfterVarKeyword, late->span);
  } else if (at(TokenKind::Star) || at(TokenKind::DoubleStar) || at(TokenKind::Slash)) {
    raise(DiagId::AfterVarKeyword, spanOf(pos_));
  }
}

} // namespace pyc::parsing
