// Wrong statements, as CPython's grammar tells them apart.
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

// --- Simple statements ---

void Parser::invalidAssignment(Mark first) {
  if (ExprNode* target = invalidAnnotationTarget()) {
    if (accept(TokenKind::Colon) && expression() && !raised_)
      raise(DiagId::AnnotatedSeveral, target->span, {expressionName(*target)});
  }
  if (raised_)
    return;
  pos_ = first;
  invalidAnnotation(first);
  if (raised_)
    return;
  pos_ = first;
  skipTargets();
  Mark afterTargets = pos_;
  ExprNode* value = starExpressions();
  if (raised_)
    return;
  if (value && at(TokenKind::Equal)) {
    raiseInvalidTarget(value, TargetUse::Assign);
    if (raised_)
      return;
  }
  pos_ = afterTargets;
  if (at(TokenKind::KwYield)) {
    value = yieldExpression();
    if (value && !raised_ && at(TokenKind::Equal))
      raise(DiagId::AssignToYield, value->span);
    if (raised_)
      return;
  }
  pos_ = first;
  value = starExpressions();
  if (!value || raised_ || !isAugmentedAssignment(peek()))
    return;
  ++pos_;
  if (annotatedRhs() && !raised_)
    raise(DiagId::IllegalAugmented, value->span, {expressionName(*value)});
}

/// A list or a tuple, in any number of parentheses.
ExprNode* Parser::invalidAnnotationTarget() {
  if (at(TokenKind::LeftSquare)) {
    ExprNode* node = atom();
    return node && !raised_ && isa<List>(*node) ? node : nullptr;
  }
  if (!at(TokenKind::LeftParen))
    return nullptr;
  Mark first = pos_;
  ExprNode* node = parenAtom();
  if (raised_)
    return nullptr;
  if (node && isa<Tuple>(*node))
    return node;
  pos_ = first + 1;
  node = invalidAnnotationTarget();
  return node && accept(TokenKind::RightParen) ? node : nullptr;
}

/// What is written as an annotated target and cannot be one.
void Parser::invalidAnnotation(Mark first) {
  ExprNode* target = starNamedExpression();
  if (raised_)
    return;
  if (target && accept(TokenKind::Comma)) {
    Collector<ExprNode> rest(*this);
    while (!at(TokenKind::Colon) && starNamedExpressions(rest, TokenKind::Colon))
      rest.clear();
    if (!raised_ && accept(TokenKind::Colon) && expression() && !raised_)
      raise(DiagId::AnnotatedSeveral, target->span, {"tuple"});
    if (raised_)
      return;
  }
  pos_ = first;
  target = expression();
  if (target && !raised_ && accept(TokenKind::Colon) && expression() && !raised_)
    raise(DiagId::IllegalAnnotation, target->span);
}

/// (star_targets '=')*
void Parser::skipTargets() {
  for (;;) {
    Mark back = pos_;
    if (!starTargets() || raised_ || !accept(TokenKind::Equal)) {
      pos_ = back;
      return;
    }
  }
}

void Parser::invalidImport(Mark first) {
  if (!accept(TokenKind::KwImport))
    return;
  if (at(TokenKind::Newline)) {
    raiseStartingFrom(DiagId::ExpectedImportNames, spanOf(pos_));
    return;
  }
  do {
    if (!at(TokenKind::Name))
      return;
    dottedName();
  } while (accept(TokenKind::Comma));
  if (!accept(TokenKind::KwFrom) || !at(TokenKind::Name))
    return;
  dottedName();
  raiseStartingFrom(DiagId::MeantFromImport, spanOf(first));
}

/// What follows `as`: anything but a name that ends the alias is wrong.
void Parser::invalidImportTarget() {
  if (at(TokenKind::Name)) {
    TokenKind next = peekAt(1);
    if (next == TokenKind::Comma || next == TokenKind::RightParen || next == TokenKind::Newline ||
        next == TokenKind::Semicolon)
      return;
  }
  ExprNode* target = expression();
  if (target && !raised_)
    raise(DiagId::ImportTarget, target->span, {expressionName(*target)});
}

/// 'from' module "lazy" 'import'
void Parser::invalidLazyPlace() {
  if (!atSoftKeyword("lazy"))
    return;
  Mark word = pos_++;
  Seq<Alias> names;
  if (accept(TokenKind::KwImport) && importTargets(names) && !raised_)
    raise(DiagId::MisplacedLazy, spanOf(word));
}

// --- Headers and blocks ---

/// ':' NEWLINE and no Indent.
bool Parser::atMissingBlock() {
  return accept(TokenKind::Colon) && accept(TokenKind::Newline) && !at(TokenKind::Indent);
}

/// A keyword and a condition, then neither a colon nor a block.
void Parser::invalidHeader(Mark first, std::string_view statement) {
  ++pos_;
  if (!namedExpression() || raised_)
    return;
  if (at(TokenKind::Newline))
    raiseAtFurthest(DiagId::ExpectedToken, {":"});
  else if (atMissingBlock())
    raiseNoBlock(first, statement);
}

/// A keyword, its colon, and no block.
void Parser::invalidBlockAfter(Mark first, std::string_view statement) {
  ++pos_;
  if (atMissingBlock())
    raiseNoBlock(first, statement);
}

void Parser::invalidElse(Mark first) {
  invalidBlockAfter(first, "'else' statement");
  if (raised_)
    return;
  pos_ = first + 1;
  Seq<StmtNode> body;
  if (accept(TokenKind::Colon) && block(body) && at(TokenKind::KwElif))
    raiseAtFurthest(DiagId::ElifAfterElse);
}

void Parser::invalidFor(Mark first, bool isAsync) {
  pos_ = first + isAsync + 1;
  if (!starTargets() || raised_ || !accept(TokenKind::KwIn) || !starExpressions() || raised_)
    return;
  if (at(TokenKind::Newline))
    raiseAtFurthest(DiagId::ExpectedToken, {":"});
  else if (atMissingBlock())
    raiseNoBlock(first + isAsync, "'for' statement");
}

/// with_items up to where the colon should be; in parentheses or not.
bool Parser::withHeader(Mark first, bool isAsync, bool inParens) {
  pos_ = first + isAsync + 1;
  if (inParens && !accept(TokenKind::LeftParen))
    return false;
  bool sawItem = false;
  for (;;) {
    Mark back = pos_;
    if (!(inParens ? expressions() : expression()) || raised_) {
      pos_ = sawItem ? back - 1 : back;
      break;
    }
    sawItem = true;
    Mark beforeAs = pos_;
    if (accept(TokenKind::KwAs) && (!starTarget() || raised_))
      pos_ = beforeAs;
    if (raised_ || !accept(TokenKind::Comma))
      break;
  }
  if (raised_ || !sawItem)
    return false;
  if (!inParens)
    return true;
  accept(TokenKind::Comma);
  return accept(TokenKind::RightParen);
}

void Parser::invalidWithIndent(Mark first, bool isAsync) {
  for (bool inParens : {false, true}) {
    if (withHeader(first, isAsync, inParens) && atMissingBlock())
      raiseNoBlock(first + isAsync, "'with' statement");
    if (raised_)
      return;
  }
}

void Parser::invalidWith(Mark first, bool isAsync) {
  for (bool inParens : {false, true}) {
    bool isHeader = withHeader(first, isAsync, inParens);
    if (isHeader && at(TokenKind::Newline))
      raiseAtFurthest(DiagId::ExpectedToken, {":"});
    else if (isHeader && !inParens && at(TokenKind::Comma) && peekAt(1) == TokenKind::Colon)
      raise(DiagId::WithTrailingComma, spanOf(pos_));
    if (raised_)
      return;
  }
}

// --- try ---

void Parser::invalidTry(Mark first) {
  invalidBlockAfter(first, "'try' statement");
  if (raised_)
    return;
  pos_ = first + 1;
  Seq<StmtNode> body;
  if (!accept(TokenKind::Colon))
    return;
  bool hasBlock = block(body);
  if (raised_)
    return;
  if (hasBlock && !at(TokenKind::KwExcept) && !at(TokenKind::KwFinally)) {
    raiseAtFurthest(DiagId::ExpectedExcept);
    return;
  }
  // Here CPython does without a block.
  if (!hasBlock)
    pos_ = first + 2;
  Mark afterBody = pos_;
  for (bool isStar : {false, true}) {
    pos_ = afterBody;
    bool sawBlock = false;
    Mark back = pos_;
    while (at(TokenKind::KwExcept) && exceptBlock(isStar)) {
      sawBlock = true;
      back = pos_;
    }
    if (raised_)
      return;
    pos_ = back;
    if (sawBlock && at(TokenKind::KwExcept))
      invalidMixedExcept(isStar);
    if (raised_)
      return;
  }
}

/// 'except*' after 'except', or the other way round where `isStar`.
void Parser::invalidMixedExcept(bool isStar) {
  Mark word = pos_++;
  if (!isStar && !accept(TokenKind::Star))
    return;
  Mark back = pos_;
  bool hasType = expression() && !raised_;
  if (!hasType) {
    if (!isStar || raised_)
      return;
    pos_ = back;
  } else if (at(TokenKind::KwAs)) {
    ++pos_;
    if (!acceptName())
      return;
  }
  if (!at(TokenKind::Colon))
    return;
  if (isStar)
    raise(DiagId::MixedExcept, spanOf(word));
  else
    raiseRange(DiagId::MixedExcept, spanOf(word), spanOf(word + 1));
}

void Parser::invalidExceptIndent(Mark first, bool isStar) {
  std::string_view statement = isStar ? "'except*' statement" : "'except' statement";
  Mark typeAt = first + 1 + isStar;
  pos_ = typeAt;
  if (expression() && !raised_) {
    Mark back = pos_;
    if (accept(TokenKind::KwAs) && !acceptName())
      pos_ = back;
    if (atMissingBlock())
      raiseNoBlock(first, statement);
  }
  if (raised_ || isStar)
    return;
  pos_ = typeAt;
  if (atMissingBlock())
    raiseNoBlock(first, statement);
}

void Parser::invalidExcept(Mark first, bool isStar) {
  Mark typeAt = first + 1 + isStar;
  pos_ = typeAt;
  ExprNode* type = expression();
  if (raised_)
    return;
  Mark afterType = pos_;
  if (type && accept(TokenKind::Comma) && expressions() && !raised_ && accept(TokenKind::KwAs) &&
      acceptName() && at(TokenKind::Colon)) {
    raiseTypesUnparenthesised(type);
    return;
  }
  if (raised_)
    return;
  pos_ = afterType;
  if (type) {
    if (accept(TokenKind::KwAs) && !acceptName())
      pos_ = afterType;
    if (at(TokenKind::Newline)) {
      raiseAtFurthest(DiagId::ExpectedToken, {":"});
      return;
    }
  }
  pos_ = typeAt;
  if (at(TokenKind::Newline) || (isStar && at(TokenKind::Colon))) {
    if (isStar)
      raiseAtFurthest(DiagId::ExpectedExceptionTypes);
    else
      raiseAtFurthest(DiagId::ExpectedToken, {":"});
    return;
  }
  pos_ = afterType;
  if (!type || !accept(TokenKind::KwAs))
    return;
  ExprNode* target = expression();
  Seq<StmtNode> body;
  if (target && !raised_ && accept(TokenKind::Colon) && block(body) && !raised_)
    raise(DiagId::ExceptTarget, target->span,
          {isStar ? "except*" : "except", expressionName(*target)});
}

void Parser::raiseTypesUnparenthesised(const ExprNode* firstType) {
  ++pos_;
  raiseStartingFrom(DiagId::ExceptTypesParens, firstType->span);
}

// --- Definitions ---

void Parser::invalidDefinition(Mark first, bool isAsync) {
  pos_ = first + isAsync + 1;
  FunctionHeader header;
  if (functionHeader(header, /*isForced=*/false) && atMissingBlock())
    raiseNoBlock(first + isAsync, "function definition");
  if (raised_)
    return;
  pos_ = first + isAsync + 1;
  if (functionHeader(header, /*isForced=*/true))
    expectForced(TokenKind::Colon, ":");
}

void Parser::invalidClass(Mark first) {
  pos_ = first;
  ClassDef header;
  if (!classHeader(header) || raised_)
    return;
  if (at(TokenKind::Newline))
    raiseAtFurthest(DiagId::ExpectedToken, {":"});
  else if (atMissingBlock())
    raiseNoBlock(first, "class definition");
}

/// A bound or constraints where only a TypeVar has them.
void Parser::invalidTypeParameter(Mark first) {
  bool isTuple = at(TokenKind::Star);
  if (!isTuple && !at(TokenKind::DoubleStar))
    return;
  ++pos_;
  if (!accept(TokenKind::Name) || !at(TokenKind::Colon))
    return;
  Mark colon = pos_++;
  ExprNode* bound = expression();
  if (!bound || raised_)
    return;
  raiseStartingFrom(
      DiagId::TypeParameterBound, spanOf(colon),
      {isa<Tuple>(*bound) ? "constraints" : "bound", isTuple ? "TypeVarTuple" : "ParamSpec"});
}

} // namespace pyc::parsing
