// Statements: dispatch and the simple ones.
#include "compiler/frontend/emit/emitter.h"

namespace pyc {

void Emitter::stmts(Stmts body) {
  for (const ast::StmtNode* node : body)
    if (!hasFailed())
      stmt(*node);
}

void Emitter::stmt(const ast::StmtNode& node) {
  at(node);
  switch (node.kind) {
  case ast::StmtKind::FunctionDef:
  case ast::StmtKind::AsyncFunctionDef:
    return functionDef(node);
  case ast::StmtKind::ClassDef:
    return classDef(ast::cast<ast::ClassDef>(node));
  case ast::StmtKind::Return:
    return returnStatement(ast::cast<ast::Return>(node));
  case ast::StmtKind::Delete:
    for (const Expr* target : ast::cast<ast::Delete>(node).targets)
      remove(*target);
    return;
  case ast::StmtKind::Assign:
    return assign(ast::cast<ast::Assign>(node));
  case ast::StmtKind::TypeAlias:
    return typeAlias(ast::cast<ast::TypeAlias>(node));
  case ast::StmtKind::AugAssign:
    return augAssign(ast::cast<ast::AugAssign>(node));
  case ast::StmtKind::AnnAssign:
    return annotatedAssign(ast::cast<ast::AnnAssign>(node));
  case ast::StmtKind::For:
    return forLoop(ast::cast<ast::For>(node));
  case ast::StmtKind::AsyncFor:
    return asyncFor(ast::cast<ast::AsyncFor>(node));
  case ast::StmtKind::While:
    return whileLoop(ast::cast<ast::While>(node));
  case ast::StmtKind::If:
    return ifStatement(ast::cast<ast::If>(node));
  case ast::StmtKind::With: {
    auto& with = ast::cast<ast::With>(node);
    return withItems(node, with.items, with.body, false);
  }
  case ast::StmtKind::AsyncWith: {
    auto& with = ast::cast<ast::AsyncWith>(node);
    if (!scope_.isCoroutine && !isTopLevelAwait())
      error(DiagId::AsyncWithOutsideAsync, node.span);
    return withItems(node, with.items, with.body, true);
  }
  case ast::StmtKind::Match:
    return match(ast::cast<ast::Match>(node));
  case ast::StmtKind::Raise:
    return raise(ast::cast<ast::Raise>(node));
  case ast::StmtKind::Try:
    return tryStatement(ast::cast<ast::Try>(node));
  case ast::StmtKind::TryStar:
    return tryStar(ast::cast<ast::TryStar>(node));
  case ast::StmtKind::Assert:
    return assertStatement(ast::cast<ast::Assert>(node));
  case ast::StmtKind::Import:
    return import(ast::cast<ast::Import>(node));
  case ast::StmtKind::ImportFrom:
    return importFrom(ast::cast<ast::ImportFrom>(node));
  case ast::StmtKind::Expr:
    return expressionStatement(ast::cast<ast::Expr>(node));
  case ast::StmtKind::Break:
    return breakStatement(node);
  case ast::StmtKind::Continue:
    return continueStatement(node);
  case ast::StmtKind::Global:
  case ast::StmtKind::Nonlocal:
  case ast::StmtKind::Pass:
    return;
  }
}

bool Emitter::isTopLevelAwait() const {
  return c_.future.allowTopLevelAwait && scope_.kind == ScopeKind::Module;
}

void Emitter::expressionStatement(const ast::Expr& node) {
  if (!isInteractive_)
    return effect(*node.value);
  Reg value = push(*node.value);
  at(node);
  b_.intrinsic1(value, value, uop::Intrinsic1Kind::Print);
  b_.drop(value);
}

void Emitter::returnStatement(const ast::Return& node) {
  if (!scope_.isFunctionLike())
    return error(DiagId::ReturnOutsideFunction, node.span);
  if (node.value && scope_.isCoroutine && scope_.isGenerator)
    error(DiagId::ReturnValueInAsyncGenerator, node.span);
  unsigned depth = b_.depth();
  HandlerId handler = b_.handler();
  ConstantId constant = node.value ? c_.folder.fold(*node.value) : c_.constants.none();
  bool keepsValue = constant == ConstantId::None;
  bool isShort = !keepsValue && node.value && node.value->span.line == node.span.line;
  const SourceSpan& span = isShort ? node.value->span : node.span;
  checkStarBlocks(span, 0);
  Reg value = kPush;
  if (!needsLeaving()) {
    value = keepsValue ? operand(*node.value) : loadConst(constant);
  } else {
    if (keepsValue)
      push(*node.value);
    b_.at(span);
    leaveBlocks(0, keepsValue);
    b_.at(span);
    value = keepsValue ? b_.top() : loadConst(constant);
  }
  b_.at(span);
  b_.returnValue(value);
  b_.setHandler(handler);
  b_.setDepth(depth);
}

void Emitter::raise(const ast::Raise& node) {
  if (!node.exc)
    return b_.raiseAgain();
  Reg exception = operand(*node.exc, node.cause);
  if (!node.cause) {
    at(node);
    return b_.raise(exception);
  }
  Reg cause = operand(*node.cause);
  at(node);
  b_.raiseFrom(exception, cause);
}

void Emitter::assertStatement(const ast::Assert& node) {
  auto* tuple = ast::dynCast<ast::Tuple>(node.test);
  if (tuple && !tuple->elts.empty())
    warn(DiagId::AssertTuple, node.span);
  if (c_.optimize > 0)
    return;
  LabelId passed = b_.newLabel();
  condition(*node.test, true, passed);
  b_.at(node.test->span);
  Reg window = destination(kPush);
  b_.loadCommon(window, uop::CommonConstant::AssertionError);
  if (node.msg)
    push(*node.msg);
  at(node);
  if (node.msg)
    b_.call(window, window, 1, 0);
  b_.at(node.test->span);
  b_.raise(window);
  b_.bind(passed);
}

void Emitter::ifStatement(const ast::If& node) {
  LabelId otherwise = b_.newLabel();
  condition(*node.test, false, otherwise);
  stmts(node.body);
  if (node.orelse.empty())
    return b_.bind(otherwise);
  LabelId end = b_.newLabel();
  b_.atNone();
  b_.jump(end);
  b_.bind(otherwise);
  stmts(node.orelse);
  b_.bind(end);
}

} // namespace pyc
