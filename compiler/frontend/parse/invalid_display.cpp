// Wrong dictionaries, comprehension clauses and replacement fields.
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

// --- Dictionaries ---

void Parser::invalidDict(Mark first) {
  pos_ = first + 1;
  bool sawPair = false;
  for (;;) {
    Mark back = pos_;
    ExprNode* key;
    ExprNode* value;
    if (!keyValuePair(key, value)) {
      pos_ = back;
      break;
    }
    sawPair = true;
    if (!accept(TokenKind::Comma))
      break;
  }
  if (raised_)
    return;
  if (sawPair && wantsInvalid() && tokens_[pos_ - 1].kind == TokenKind::Comma) {
    invalidKeyValuePair(/*isFirst=*/false);
    if (raised_)
      return;
  }
  pos_ = first + 1;
  invalidKeyValuePair(/*isFirst=*/true);
}

/// A pair without its colon or its value, or with stars where none can be.
void Parser::invalidKeyValuePair(bool isFirst) {
  Mark first = pos_;
  if (at(TokenKind::Star) || (isFirst && at(TokenKind::DoubleStar)))
    return invalidStarredKey(first);
  ExprNode* key = expression();
  if (!key || raised_)
    return;
  if (!isFirst && !at(TokenKind::Colon)) {
    DiagLocation location = locate(source_, key->span);
    location.offset = static_cast<int32_t>(source_.charColumn(key->span.line, key->span.endColumn));
    location.endOffset = 0;
    raiseAt(DiagId::ExpectedColonAfterKey, location);
    return;
  }
  if (!at(TokenKind::Colon))
    return;
  Mark colon = pos_++;
  if (at(TokenKind::Star) || at(TokenKind::DoubleStar)) {
    bool isDouble = at(TokenKind::DoubleStar);
    Mark star = pos_++;
    ExprNode* value = bitwiseOr();
    DiagId id = isDouble ? DiagId::DictUnpackValue : DiagId::StarredValue;
    if (value && !raised_ && isFirst)
      raiseRange(id, spanOf(star), value->span);
    else if (value && !raised_)
      raiseStartingFrom(id, spanOf(star));
  } else if (at(TokenKind::RightBrace) || at(TokenKind::Comma)) {
    raise(DiagId::ExpectedDictValue, spanOf(colon));
  }
}

/// '*' or '**' at a key.
void Parser::invalidStarredKey(Mark first) {
  bool isDouble = accept(TokenKind::DoubleStar);
  pos_ += !isDouble;
  Mark operandAt = pos_;
  ExprNode* key = bitwiseOr();
  if (key && !raised_ && accept(TokenKind::Colon) && bitwiseOr() && !raised_)
    raiseRange(isDouble ? DiagId::DictUnpackKey : DiagId::StarredKey, spanOf(first), key->span);
  if (raised_ || !isDouble)
    return;
  pos_ = operandAt;
  ExprNode* value = expression();
  if (value && !raised_ && isa<IfExp>(*value) && startsAt(value, operandAt) && !atForIf())
    raiseRange(DiagId::DoubleStarredConditional, spanOf(first), value->span);
}

// --- Comprehension clauses ---

void Parser::invalidForIfClause(Mark first) {
  pos_ = first;
  accept(TokenKind::KwAsync);
  if (!accept(TokenKind::KwFor) || !bitwiseOr())
    return;
  while (!raised_ && accept(TokenKind::Comma)) {
    Mark back = pos_;
    if (!bitwiseOr()) {
      pos_ = back;
      break;
    }
  }
  if (!raised_ && !at(TokenKind::KwIn))
    raiseAtFurthest(DiagId::ExpectedIn);
}

void Parser::invalidForTarget(Mark first) {
  pos_ = first;
  accept(TokenKind::KwAsync);
  if (!accept(TokenKind::KwFor))
    return;
  ExprNode* target = starExpressions();
  if (target && !raised_)
    raiseInvalidTarget(target, TargetUse::For);
}

// --- Replacement fields ---

void Parser::invalidReplacementField(Mark first, bool isTemplate) {
  std::string_view kind = isTemplate ? "t" : "f";
  auto raiseNext = [&](DiagId id) { raiseAtToken(pos_, id, {kind}); };
  auto atAny = [&](std::initializer_list<TokenKind> kinds) {
    for (TokenKind wanted : kinds)
      if (at(wanted))
        return true;
    return false;
  };
  pos_ = first + 1;
  if (atAny({TokenKind::Equal, TokenKind::Exclamation, TokenKind::Colon, TokenKind::RightBrace})) {
    raise(DiagId::FieldExpressionRequired, spanOf(pos_), {kind, textOf(pos_)});
    return;
  }
  ExprNode* value = annotatedRhs();
  if (raised_)
    return;
  if (!value) {
    pos_ = first + 1;
    return raiseNext(DiagId::FieldExpressionExpected);
  }
  bool isDebug = accept(TokenKind::Equal);
  if (!atAny({TokenKind::Exclamation, TokenKind::Colon, TokenKind::RightBrace}))
    return raiseNext(isDebug ? DiagId::FieldEndExpectedAfterEqual : DiagId::FieldEndExpected);
  if (accept(TokenKind::Exclamation)) {
    if (atAny({TokenKind::Colon, TokenKind::RightBrace}))
      return raiseNext(DiagId::MissingConversion);
    if (!accept(TokenKind::Name))
      return raiseNext(DiagId::WrongConversion);
    if (!atAny({TokenKind::Colon, TokenKind::RightBrace}))
      return raiseNext(DiagId::ExpectedSpecOrBrace);
  }
  if (at(TokenKind::Colon)) {
    // In a t-string CPython looks for the text of an f-string here.
    bool seesText = !isTemplate || tokens_[pos_ + 1].kind != TokenKind::TStringMiddle;
    ExprNode* spec;
    if (!seesText)
      ++pos_;
    if ((!seesText || formatSpec(isTemplate, /*isRaw=*/true, spec)) && !at(TokenKind::RightBrace))
      raiseNext(DiagId::ExpectedBraceOrSpec);
  }
}

} // namespace pyc::parsing
