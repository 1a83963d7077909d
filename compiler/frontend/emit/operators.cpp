// Operators, conditional expressions, comparisons as values.
#include "compiler/frontend/emit/emitter.h"

#include <algorithm>

namespace pyc {

void Emitter::emitBinary(ast::Operator op, Reg dst, Reg lhs, Reg rhs) {
  switch (op) {
  case ast::Operator::Add:
    return b_.add(dst, lhs, rhs);
  case ast::Operator::Sub:
    return b_.sub(dst, lhs, rhs);
  case ast::Operator::Mult:
    return b_.mul(dst, lhs, rhs);
  case ast::Operator::MatMult:
    return b_.matmul(dst, lhs, rhs);
  case ast::Operator::Div:
    return b_.truediv(dst, lhs, rhs);
  case ast::Operator::Mod:
    return b_.mod(dst, lhs, rhs);
  case ast::Operator::Pow:
    return b_.pow(dst, lhs, rhs);
  case ast::Operator::LShift:
    return b_.lshift(dst, lhs, rhs);
  case ast::Operator::RShift:
    return b_.rshift(dst, lhs, rhs);
  case ast::Operator::BitOr:
    return b_.or_(dst, lhs, rhs);
  case ast::Operator::BitXor:
    return b_.xor_(dst, lhs, rhs);
  case ast::Operator::BitAnd:
    return b_.and_(dst, lhs, rhs);
  case ast::Operator::FloorDiv:
    return b_.floordiv(dst, lhs, rhs);
  }
}

void Emitter::emitInplace(ast::Operator op, Reg dst, Reg lhs, Reg rhs) {
  switch (op) {
  case ast::Operator::Add:
    return b_.inplaceAdd(dst, lhs, rhs);
  case ast::Operator::Sub:
    return b_.inplaceSub(dst, lhs, rhs);
  case ast::Operator::Mult:
    return b_.inplaceMul(dst, lhs, rhs);
  case ast::Operator::MatMult:
    return b_.inplaceMatmul(dst, lhs, rhs);
  case ast::Operator::Div:
    return b_.inplaceTruediv(dst, lhs, rhs);
  case ast::Operator::Mod:
    return b_.inplaceMod(dst, lhs, rhs);
  case ast::Operator::Pow:
    return b_.inplacePow(dst, lhs, rhs);
  case ast::Operator::LShift:
    return b_.inplaceLshift(dst, lhs, rhs);
  case ast::Operator::RShift:
    return b_.inplaceRshift(dst, lhs, rhs);
  case ast::Operator::BitOr:
    return b_.inplaceOr(dst, lhs, rhs);
  case ast::Operator::BitXor:
    return b_.inplaceXor(dst, lhs, rhs);
  case ast::Operator::BitAnd:
    return b_.inplaceAnd(dst, lhs, rhs);
  case ast::Operator::FloorDiv:
    return b_.inplaceFloordiv(dst, lhs, rhs);
  }
}

Reg Emitter::binary(const ast::BinOp& node, Reg want) {
  // A chain like a + b + c + ... leans to the left: no recursion along it.
  std::vector<const ast::BinOp*> chain{&node};
  while (true) {
    auto* left = ast::dynCast<ast::BinOp>(chain.back()->left);
    if (!left || c_.folder.fold(*left) != ConstantId::None)
      break;
    chain.push_back(left);
  }
  Reg lhs = operand(*chain.back()->left, chain.back()->right);
  for (size_t i = chain.size(); i-- > 0;) {
    Reg rhs = operand(*chain[i]->right);
    at(*chain[i]);
    Reg dst = destination(i == 0 ? want : kPush, {lhs, rhs});
    emitBinary(chain[i]->op, dst, lhs, rhs);
    lhs = dst;
  }
  return lhs;
}

Reg Emitter::unary(const ast::UnaryOp& node, Reg want) {
  if (node.op == ast::UnaryOperator::Not) {
    auto* comparison = ast::dynCast<ast::Compare>(node.operand);
    if (comparison && comparison->ops.size() == 1) {
      // `not a in b` is `a not in b`. As in CPython, any comparison under `not` stands where the
      // `not` does.
      ast::CmpOp op = invertedMembership(comparison->ops[0]);
      bool isDone = op != comparison->ops[0];
      Reg value = compareAs(*comparison, op, node.span, isDone ? want : kPush);
      if (isDone)
        return value;
      Reg dst = destination(want, {value});
      b_.not_(dst, value);
      return dst;
    }
  }
  Reg value = operand(*node.operand);
  at(node);
  Reg dst = destination(want, {value});
  switch (node.op) {
  case ast::UnaryOperator::Invert:
    b_.invert(dst, value);
    break;
  case ast::UnaryOperator::Not:
    b_.not_(dst, value);
    break;
  case ast::UnaryOperator::UAdd:
    b_.pos(dst, value);
    break;
  case ast::UnaryOperator::USub:
    b_.neg(dst, value);
    break;
  }
  return dst;
}

Reg Emitter::ifExpr(const ast::IfExp& node, Reg want) {
  if (std::optional<bool> known = c_.folder.truth(*node.test))
    return expr(*known ? *node.body : *node.orelse, want);
  LabelId otherwise = b_.newLabel(), end = b_.newLabel();
  unsigned depth = b_.depth();
  condition(*node.test, false, otherwise);
  Reg dst = expr(*node.body, want);
  b_.atNone();
  b_.jump(end);
  b_.setDepth(depth);
  b_.bind(otherwise);
  expr(*node.orelse, want);
  b_.bind(end);
  return dst;
}

Reg Emitter::boolOp(const ast::BoolOp& node, Reg want) {
  bool isOr = node.op == ast::BoolOperator::Or;
  LabelId end = b_.newLabel();
  size_t last = node.values.size() - 1;
  for (size_t i = 0; i < last; ++i) {
    const Expr& part = *node.values[i];
    if (std::optional<bool> known = c_.folder.truth(part)) {
      if (*known == isOr) { // decides: what follows is never evaluated
        push(part);
        b_.bind(end);
        return settle(want);
      }
      continue;
    }
    Reg value = push(part);
    at(node);
    if (isOr)
      b_.jumpIfTrueKeep(value, end);
    else
      b_.jumpIfFalseKeep(value, end);
    b_.drop(value);
  }
  push(*node.values[last]);
  b_.bind(end);
  at(node);
  return settle(want);
}

void Emitter::emitCompare(ast::CmpOp op, Reg dst, Reg lhs, Reg rhs) {
  switch (op) {
  case ast::CmpOp::Eq:
    return b_.eq(dst, lhs, rhs);
  case ast::CmpOp::NotEq:
    return b_.ne(dst, lhs, rhs);
  case ast::CmpOp::Lt:
    return b_.lt(dst, lhs, rhs);
  case ast::CmpOp::LtE:
    return b_.le(dst, lhs, rhs);
  case ast::CmpOp::Gt:
    return b_.gt(dst, lhs, rhs);
  case ast::CmpOp::GtE:
    return b_.ge(dst, lhs, rhs);
  case ast::CmpOp::Is:
    return b_.is_(dst, lhs, rhs);
  case ast::CmpOp::IsNot:
    return b_.isNot(dst, lhs, rhs);
  case ast::CmpOp::In:
    return b_.contains(dst, lhs, rhs);
  case ast::CmpOp::NotIn:
    return b_.notContains(dst, lhs, rhs);
  }
}

ast::CmpOp invertedMembership(ast::CmpOp op) {
  switch (op) {
  case ast::CmpOp::Is:
    return ast::CmpOp::IsNot;
  case ast::CmpOp::IsNot:
    return ast::CmpOp::Is;
  case ast::CmpOp::In:
    return ast::CmpOp::NotIn;
  case ast::CmpOp::NotIn:
    return ast::CmpOp::In;
  case ast::CmpOp::Eq:
  case ast::CmpOp::NotEq:
  case ast::CmpOp::Lt:
  case ast::CmpOp::LtE:
  case ast::CmpOp::Gt:
  case ast::CmpOp::GtE:
    return op;
  }
  return op;
}

/// The right side of a comparison: what is only searched may be a constant.
static bool isMembershipTest(ast::CmpOp op) {
  return op == ast::CmpOp::In || op == ast::CmpOp::NotIn;
}

static bool isStarred(const ast::ExprNode* element) {
  return ast::isa<ast::Starred>(*element);
}

Reg Emitter::constantContainer(const Expr& node, bool isMembership, const Expr* later) {
  Constant container;
  container.kind = uop::ConstKind::Tuple;
  Exprs elements;
  if (auto* list = ast::dynCast<ast::List>(&node))
    elements = list->elts;
  if (auto* set = ast::dynCast<ast::Set>(&node)) {
    elements = set->elts;
    container.kind = uop::ConstKind::FrozenSet;
  }
  bool isFrozen = container.kind == uop::ConstKind::FrozenSet;
  if (!elements.empty() && (isMembership || !isFrozen)) {
    ConstantId tuple = c_.folder.tupleOf(elements);
    if (tuple != ConstantId::None) {
      container.items = c_.constants[tuple].items;
      at(node);
      return loadConst(c_.constants.intern(std::move(container)));
    }
    // A list that nobody sees may as well be a tuple, which native code does not make.
    if (isMembership && !isFrozen && std::none_of(elements.begin(), elements.end(), isStarred)) {
      at(node);
      return tupleDisplay(elements, kPush);
    }
  }
  return operand(node, later);
}

Reg Emitter::compare(const ast::Compare& node, Reg want) {
  if (node.ops.size() == 1)
    return compareAs(node, node.ops[0], node.span, want);
  warnCompare(node);
  return compareChain(node, want);
}

/// A comparison of two operands by `op`, which need not be the node's own.
Reg Emitter::compareAs(const ast::Compare& node, ast::CmpOp op, const SourceSpan& span, Reg want) {
  warnCompare(node);
  const Expr& right = *node.comparators[0];
  Reg lhs = operand(*node.left, &right);
  Reg rhs = isMembershipTest(node.ops[0]) ? constantContainer(right, true) : operand(right);
  b_.at(span);
  Reg dst = destination(want, {lhs, rhs});
  emitCompare(op, dst, lhs, rhs);
  return dst;
}

/// Evaluates the i-th comparator of a chain for the comparison with `left`, and keeps it for the
/// next one in `kept`: a local, or a temporary below the comparison's operands. Returns the
/// register of the right operand; `left` is set to that of the left one.
Reg Emitter::chainRight(Reg& left, const ast::Compare& node, size_t i, Reg& kept) {
  const Expr* next = i + 1 < node.comparators.size() ? node.comparators[i + 1] : nullptr;
  Reg right = operand(*node.comparators[i], next);
  at(node);
  kept = right;
  if (right < 0)
    return right;
  if (left >= 0) {
    b_.swap(left, right);
    std::swap(left, kept);
  }
  Reg copy = destination(kPush);
  b_.dup(copy, kept);
  return copy;
}

Reg Emitter::compareChain(const ast::Compare& node, Reg want) {
  LabelId end = b_.newLabel();
  LabelId cleanup = b_.newLabel(); // a comparator lies below the result
  size_t last = node.ops.size() - 1;
  Reg left = operand(*node.left, node.comparators[0]);
  for (size_t i = 0; i < last; ++i) {
    Reg kept = kPush;
    Reg right = chainRight(left, node, i, kept);
    Reg result = destination(kPush, {left, right});
    emitCompare(node.ops[i], result, left, right);
    b_.jumpIfFalseKeep(result, kept < 0 ? end : cleanup);
    b_.drop(result);
    left = kept;
  }
  Reg right = isMembershipTest(node.ops[last]) ? constantContainer(*node.comparators[last], true)
                                               : operand(*node.comparators[last]);
  at(node);
  Reg result = destination(kPush, {left, right});
  emitCompare(node.ops[last], result, left, right);
  if (b_.isUsed(cleanup)) {
    b_.jump(end);
    b_.bind(cleanup);
    dropBelow();
  }
  b_.bind(end);
  return settle(want);
}

void Emitter::dropBelow() {
  Reg top = b_.top();
  b_.swap(static_cast<Reg>(top - 1), top);
  b_.drop(top);
}

} // namespace pyc
