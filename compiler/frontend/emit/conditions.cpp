// Expressions that only decide a jump.
#include "compiler/frontend/emit/emitter.h"

namespace pyc {

void Emitter::condition(const Expr& node, bool jumpIf, LabelId target) {
  if (std::optional<bool> known = c_.folder.truth(node)) {
    at(node);
    if (*known == jumpIf)
      b_.jump(target);
    return;
  }
  switch (node.kind) {
  case ast::ExprKind::UnaryOp: {
    auto& unaryOp = ast::cast<ast::UnaryOp>(node);
    if (unaryOp.op == ast::UnaryOperator::Not)
      return condition(*unaryOp.operand, !jumpIf, target);
    break;
  }
  case ast::ExprKind::BoolOp:
    return boolCondition(ast::cast<ast::BoolOp>(node), jumpIf, target);
  case ast::ExprKind::Compare:
    return compareCondition(ast::cast<ast::Compare>(node), jumpIf, target);
  case ast::ExprKind::IfExp: {
    auto& ifExp = ast::cast<ast::IfExp>(node);
    LabelId otherwise = b_.newLabel(), end = b_.newLabel();
    condition(*ifExp.test, false, otherwise);
    condition(*ifExp.body, jumpIf, target);
    b_.atNone();
    b_.jump(end);
    b_.bind(otherwise);
    condition(*ifExp.orelse, jumpIf, target);
    return b_.bind(end);
  }
  default: // any other value is tested as it is
    break;
  }
  Reg value = operand(node);
  at(node);
  if (jumpIf)
    b_.jumpIfTrue(value, target);
  else
    b_.jumpIfFalse(value, target);
}

void Emitter::boolCondition(const ast::BoolOp& node, bool jumpIf, LabelId target) {
  bool isOr = node.op == ast::BoolOperator::Or;
  size_t last = node.values.size() - 1;
  if (isOr == jumpIf) {
    // Any of them decides for the jump.
    for (const Expr* part : node.values)
      condition(*part, jumpIf, target);
    return;
  }
  LabelId end = b_.newLabel();
  for (size_t i = 0; i < last; ++i)
    condition(*node.values[i], !jumpIf, end);
  condition(*node.values[last], jumpIf, target);
  b_.bind(end);
}

void Emitter::jumpOnCompare(ast::CmpOp op, bool jumpIf, Reg lhs, Reg rhs, LabelId target) {
  switch (op) {
  case ast::CmpOp::Eq:
    return jumpIf ? b_.jumpIfEq(lhs, rhs, target) : b_.jumpUnlessEq(lhs, rhs, target);
  case ast::CmpOp::NotEq:
    return jumpIf ? b_.jumpIfNe(lhs, rhs, target) : b_.jumpUnlessNe(lhs, rhs, target);
  case ast::CmpOp::Lt:
    return jumpIf ? b_.jumpIfLt(lhs, rhs, target) : b_.jumpUnlessLt(lhs, rhs, target);
  case ast::CmpOp::LtE:
    return jumpIf ? b_.jumpIfLe(lhs, rhs, target) : b_.jumpUnlessLe(lhs, rhs, target);
  case ast::CmpOp::Gt:
    return jumpIf ? b_.jumpIfGt(lhs, rhs, target) : b_.jumpUnlessGt(lhs, rhs, target);
  case ast::CmpOp::GtE:
    return jumpIf ? b_.jumpIfGe(lhs, rhs, target) : b_.jumpUnlessGe(lhs, rhs, target);
  case ast::CmpOp::Is:
  case ast::CmpOp::IsNot:
  case ast::CmpOp::In:
  case ast::CmpOp::NotIn: {
    Reg result = destination(kPush, {lhs, rhs});
    emitCompare(op, result, lhs, rhs);
    return jumpIf ? b_.jumpIfTrue(result, target) : b_.jumpIfFalse(result, target);
  }
  }
}

void Emitter::compareCondition(const ast::Compare& node, bool jumpIf, LabelId target) {
  warnCompare(node);
  if (node.ops.size() > 1)
    return chainCondition(node, jumpIf, target);
  ast::CmpOp op = node.ops[0];
  const Expr& right = *node.comparators[0];
  auto* constant = ast::dynCast<ast::Constant>(&right);
  bool isIdentity = op == ast::CmpOp::Is || op == ast::CmpOp::IsNot;
  if (isIdentity && constant && constant->value.kind == ast::ConstantKind::None) {
    Reg value = operand(*node.left);
    at(node);
    if ((op == ast::CmpOp::Is) == jumpIf)
      return b_.jumpIfNone(value, target);
    return b_.jumpIfNotNone(value, target);
  }
  Reg lhs = operand(*node.left, &right);
  bool isMembership = op == ast::CmpOp::In || op == ast::CmpOp::NotIn;
  Reg rhs = isMembership ? constantContainer(right, true) : operand(right);
  at(node);
  jumpOnCompare(op, jumpIf, lhs, rhs, target);
}

void Emitter::chainCondition(const ast::Compare& node, bool jumpIf, LabelId target) {
  LabelId end = b_.newLabel();
  LabelId cleanup = b_.newLabel(); // false, with a comparator on the stack
  LabelId otherwise = jumpIf ? end : target;
  size_t last = node.ops.size() - 1;
  Reg left = operand(*node.left, node.comparators[0]);
  for (size_t i = 0; i < last; ++i) {
    Reg kept = kPush;
    Reg right = chainRight(left, node, i, kept);
    jumpOnCompare(node.ops[i], false, left, right, kept < 0 ? otherwise : cleanup);
    left = kept;
  }
  bool isMembership = node.ops[last] == ast::CmpOp::In || node.ops[last] == ast::CmpOp::NotIn;
  const Expr& final = *node.comparators[last];
  Reg right = isMembership ? constantContainer(final, true) : operand(final);
  at(node);
  jumpOnCompare(node.ops[last], jumpIf, left, right, target);
  if (b_.isUsed(cleanup)) {
    b_.jump(end);
    b_.bind(cleanup);
    b_.drop(b_.top());
    if (!jumpIf)
      b_.jump(target);
  }
  b_.bind(end);
}

} // namespace pyc
