// Statements that fit in a line.
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

namespace {

/// The operator of an augmented assignment.
bool augmentedOperator(TokenKind kind, Operator& op) {
  switch (kind) {
  case TokenKind::PlusEqual:
    op = Operator::Add;
    return true;
  case TokenKind::MinusEqual:
    op = Operator::Sub;
    return true;
  case TokenKind::StarEqual:
    op = Operator::Mult;
    return true;
  case TokenKind::AtEqual:
    op = Operator::MatMult;
    return true;
  case TokenKind::SlashEqual:
    op = Operator::Div;
    return true;
  case TokenKind::PercentEqual:
    op = Operator::Mod;
    return true;
  case TokenKind::AmperEqual:
    op = Operator::BitAnd;
    return true;
  case TokenKind::VBarEqual:
    op = Operator::BitOr;
    return true;
  case TokenKind::CircumflexEqual:
    op = Operator::BitXor;
    return true;
  case TokenKind::LeftShiftEqual:
    op = Operator::LShift;
    return true;
  case TokenKind::RightShiftEqual:
    op = Operator::RShift;
    return true;
  case TokenKind::DoubleStarEqual:
    op = Operator::Pow;
    return true;
  case TokenKind::DoubleSlashEqual:
    op = Operator::FloorDiv;
    return true;
  default:
    return false;
  }
}

} // namespace

bool isAugmentedAssignment(TokenKind kind) {
  Operator op;
  return augmentedOperator(kind, op);
}

ExprNode* Parser::annotatedRhs() {
  return at(TokenKind::KwYield) ? yieldExpression() : starExpressions();
}

/// An assignment of any kind, or an expression as a statement.
StmtNode* Parser::assignmentOrExpression() {
  Mark first = pos_;
  if (StmtNode* statement = assignment())
    return statement;
  if (raised_)
    return nullptr;
  if (wantsInvalid()) {
    pos_ = first;
    invalidAssignment(first);
    if (raised_)
      return nullptr;
  }
  pos_ = first;
  ExprNode* value = annotatedRhs();
  if (!value)
    return nullptr;
  auto* statement = make<Expr>(first);
  statement->value = value;
  return statement;
}

/// While there is nothing wrong, an expression as a statement as well, so that it is parsed once.
StmtNode* Parser::assignment() {
  Mark first = pos_;
  ExprNode* value = annotatedRhs();
  if (!value)
    return nullptr;
  TokenKind next = peek();
  Operator op;
  if (next == TokenKind::Equal)
    return plainAssignment(first, value);
  if (next == TokenKind::Colon)
    return annotatedAssignment(first, value);
  if (augmentedOperator(next, op))
    return augmentedAssignment(first, value, op);
  if (diagnosing_)
    return nullptr;
  auto* statement = make<Expr>(first);
  statement->value = value;
  return statement;
}

StmtNode* Parser::plainAssignment(Mark first, ExprNode* firstTarget) {
  Collector<ExprNode> targets(*this);
  ExprNode* value = firstTarget;
  while (at(TokenKind::Equal)) {
    if (!isTarget(value, TargetUse::Assign, true))
      return nullptr;
    setContext(value, ExprContext::Store);
    targets.push(value);
    ++pos_;
    value = annotatedRhs();
    if (!value)
      return nullptr;
  }
  auto* statement = make<Assign>(first);
  statement->targets = targets.finish();
  statement->value = value;
  return statement;
}

StmtNode* Parser::annotatedAssignment(Mark first, ExprNode* target) {
  bool isName = isa<Name>(*target) && tokens_[first].kind == TokenKind::Name;
  // Parentheses may be around the whole target only.
  bool isStray = !isName && isa<Name>(*target) && tokens_[first].kind != TokenKind::LeftParen;
  if (!isSingleTarget(target) || isStray)
    return nullptr;
  ++pos_;
  setContext(target, ExprContext::Store);
  ExprNode* annotation = expression();
  if (!annotation)
    return nullptr;
  ExprNode* value = nullptr;
  if (at(TokenKind::Equal)) {
    Mark back = pos_++;
    value = annotatedRhs();
    if (raised_)
      return nullptr;
    if (!value)
      pos_ = back;
  }
  auto* statement = make<AnnAssign>(first);
  statement->target = target;
  statement->annotation = annotation;
  statement->value = value;
  statement->simple = isName;
  return statement;
}

StmtNode* Parser::augmentedAssignment(Mark first, ExprNode* target, Operator op) {
  if (!isSingleTarget(target))
    return nullptr;
  ++pos_;
  setContext(target, ExprContext::Store);
  ExprNode* value = annotatedRhs();
  if (!value)
    return nullptr;
  auto* statement = make<AugAssign>(first);
  statement->target = target;
  statement->op = op;
  statement->value = value;
  return statement;
}

template <class T> StmtNode* Parser::wordStatement() {
  Mark first = pos_;
  if (wantsInvalid()) {
    invalidStatementExpression(first);
    if (raised_)
      return nullptr;
    pos_ = first;
  }
  ++pos_;
  return make<T>(first);
}
template StmtNode* Parser::wordStatement<Pass>();
template StmtNode* Parser::wordStatement<Break>();
template StmtNode* Parser::wordStatement<Continue>();

StmtNode* Parser::returnStatement() {
  Mark first = pos_++;
  ExprNode* value = starExpressions();
  if (raised_)
    return nullptr;
  if (!value)
    pos_ = first + 1;
  auto* statement = make<Return>(first);
  statement->value = value;
  return statement;
}

StmtNode* Parser::raiseStatement() {
  Mark first = pos_++;
  ExprNode* exception = expression();
  ExprNode* cause = nullptr;
  if (raised_)
    return nullptr;
  Mark back = pos_;
  if (!exception) {
    pos_ = back = first + 1;
    if (wantsInvalid() && at(TokenKind::KwFrom))
      return raiseRange(DiagId::RaiseNothingFrom, spanOf(first), spanOf(pos_));
  } else if (accept(TokenKind::KwFrom)) {
    cause = expression();
    if (raised_)
      return nullptr;
    if (!cause) {
      if (wantsInvalid())
        return raise(DiagId::RaiseFromNothing, spanOf(back));
      pos_ = back;
    }
  }
  auto* statement = make<Raise>(first);
  statement->exc = exception;
  statement->cause = cause;
  return statement;
}

StmtNode* Parser::deleteStatement() {
  Mark first = pos_++;
  Collector<ExprNode> targets(*this);
  Mark back;
  do {
    back = pos_;
    ExprNode* target = primary();
    if (raised_)
      return nullptr;
    if (!target || !isTarget(target, TargetUse::Delete, false)) {
      pos_ = back;
      break;
    }
    setContext(target, ExprContext::Del);
    targets.push(target);
  } while (accept(TokenKind::Comma));
  if (targets.size() > 0 && (at(TokenKind::Semicolon) || at(TokenKind::Newline))) {
    auto* statement = make<Delete>(first);
    statement->targets = targets.finish();
    return statement;
  }
  if (wantsInvalid()) {
    pos_ = first + 1;
    if (ExprNode* target = starExpressions(); target && !raised_)
      raiseInvalidTarget(target, TargetUse::Delete);
  }
  return nullptr;
}

StmtNode* Parser::assertStatement() {
  Mark first = pos_++;
  ExprNode* test = expression();
  if (!test || invalidAssertPart(test))
    return nullptr;
  ExprNode* message = nullptr;
  if (at(TokenKind::Comma)) {
    Mark back = pos_++;
    message = expression();
    if (raised_ || (message && invalidAssertPart(message)))
      return nullptr;
    if (!message)
      pos_ = back;
  }
  auto* statement = make<Assert>(first);
  statement->test = test;
  statement->msg = message;
  return statement;
}

/// Whether '=' or ':=' and an expression follow the one just parsed, which is raised.
bool Parser::invalidAssertPart(const ExprNode* target) {
  if (!wantsInvalid() || (!at(TokenKind::ColonEqual) && !at(TokenKind::Equal)))
    return false;
  Mark back = pos_++;
  ExprNode* value = expression();
  if (value && !raised_ && tokens_[back].kind == TokenKind::Equal)
    raiseRange(DiagId::MaybeEqual, target->span, value->span, {expressionName(*target)});
  else if (value && !raised_)
    raiseRange(DiagId::NamedExpressionHere, target->span, value->span);
  pos_ = back;
  return raised_;
}

/// global and nonlocal.
StmtNode* Parser::scopeStatement() {
  bool isGlobal = at(TokenKind::KwGlobal);
  Mark first = pos_++;
  std::vector<Identifier> names;
  do {
    Mark back = pos_;
    Identifier name = acceptName();
    if (!name) {
      if (names.empty())
        return nullptr;
      pos_ = back - 1;
      break;
    }
    names.push_back(name);
  } while (accept(TokenKind::Comma));
  IdentifierSeq list = arena_.copy(IdentifierSeq(names));
  if (isGlobal) {
    auto* statement = make<Global>(first);
    statement->names = list;
    return statement;
  }
  auto* statement = make<Nonlocal>(first);
  statement->names = list;
  return statement;
}

/// "type" NAME [type_params] '=' expression
StmtNode* Parser::typeAlias() {
  Mark first = pos_++;
  auto* name = makeAt<Name>(spanOf(pos_));
  name->id = nameAt(pos_++);
  name->ctx = ExprContext::Store;
  Seq<TypeParamNode> parameters;
  // CPython has looked one token further when it finds an empty list here.
  if (diagnosing_ && at(TokenKind::LeftSquare) && peekAt(1) == TokenKind::RightSquare)
    peekAt(2);
  if (!optionalTypeParameters(parameters) || !accept(TokenKind::Equal))
    return nullptr;
  ExprNode* value = expression();
  if (!value)
    return nullptr;
  auto* statement = make<TypeAlias>(first);
  statement->name = name;
  statement->type_params = parameters;
  statement->value = value;
  return statement;
}

} // namespace pyc::parsing
