// Targets: expressions that are assigned to, deleted, or bound by `for`, `with` and `import`.
#include "compiler/frontend/parse/parser_impl.h"

#include <algorithm>

namespace pyc::parsing {

/// The targets of `for`, already in Store context.
ExprNode* Parser::starTargets() {
  Mark first = pos_;
  ExprNode* target = starTarget();
  if (!target || !at(TokenKind::Comma))
    return target;
  Collector<ExprNode> targets(*this);
  targets.push(target);
  while (accept(TokenKind::Comma)) {
    Mark back = pos_;
    target = starTarget();
    if (!target) {
      pos_ = back;
      break;
    }
    targets.push(target);
  }
  if (raised_)
    return nullptr;
  ExprNode* tuple = makeTuple(first, targets.finish());
  setContext(tuple, ExprContext::Store);
  return tuple;
}

ExprNode* Parser::starTarget() {
  Mark first = pos_;
  bool isStarred = accept(TokenKind::Star);
  if (isStarred && at(TokenKind::Star))
    return nullptr;
  ExprNode* target = primary();
  if (!target || !isTarget(target, TargetUse::Assign, false))
    return nullptr;
  setContext(target, ExprContext::Store);
  if (!isStarred)
    return target;
  auto* node = make<Starred>(first);
  node->value = target;
  node->ctx = ExprContext::Store;
  cover(node, target);
  return node;
}

/// `allowsStar` is for elements of tuples and lists, and for the whole of an assignment's target.
bool Parser::isTarget(const ExprNode* node, TargetUse use, bool allowsStar) const {
  auto areTargets = [&](Seq<ExprNode> elements) {
    return std::all_of(elements.begin(), elements.end(), [&](const ExprNode* element) {
      return isTarget(element, use, use != TargetUse::Delete);
    });
  };
  switch (node->kind) {
  case ExprKind::Name:
  case ExprKind::Attribute:
  case ExprKind::Subscript:
    return true;
  case ExprKind::Tuple:
    return areTargets(cast<Tuple>(*node).elts);
  case ExprKind::List:
    return areTargets(cast<List>(*node).elts);
  case ExprKind::Starred:
    return allowsStar && isTarget(cast<Starred>(*node).value, use, false);
  default:
    return false;
  }
}

/// What `+=` and annotations take.
bool Parser::isSingleTarget(const ExprNode* node) const {
  return isa<Name>(*node) || isa<Attribute>(*node) || isa<Subscript>(*node);
}

void Parser::setContext(ExprNode* node, ExprContext context) {
  switch (node->kind) {
  case ExprKind::Name:
    cast<Name>(*node).ctx = context;
    break;
  case ExprKind::Attribute:
    cast<Attribute>(*node).ctx = context;
    break;
  case ExprKind::Subscript:
    cast<Subscript>(*node).ctx = context;
    break;
  case ExprKind::Starred:
    cast<Starred>(*node).ctx = context;
    setContext(cast<Starred>(*node).value, context);
    break;
  case ExprKind::Tuple:
    cast<Tuple>(*node).ctx = context;
    for (ExprNode* element : cast<Tuple>(*node).elts)
      setContext(element, context);
    break;
  case ExprKind::List:
    cast<List>(*node).ctx = context;
    for (ExprNode* element : cast<List>(*node).elts)
      setContext(element, context);
    break;
  default:
    break;
  }
}

/// The first part of `node` that makes it no target, or null.
const ExprNode* Parser::invalidTarget(const ExprNode* node, TargetUse use) const {
  auto firstInvalid = [&](Seq<ExprNode> elements) -> const ExprNode* {
    for (const ExprNode* element : elements)
      if (const ExprNode* found = invalidTarget(element, use))
        return found;
    return nullptr;
  };
  switch (node->kind) {
  case ExprKind::Name:
  case ExprKind::Attribute:
  case ExprKind::Subscript:
    return nullptr;
  case ExprKind::Tuple:
    return firstInvalid(cast<Tuple>(*node).elts);
  case ExprKind::List:
    return firstInvalid(cast<List>(*node).elts);
  case ExprKind::Starred:
    return use == TargetUse::Delete ? node : invalidTarget(cast<Starred>(*node).value, use);
  case ExprKind::Compare: {
    // `for a in b` reads as a comparison whose left side is the target.
    if (use != TargetUse::For)
      return node;
    auto& compare = cast<Compare>(*node);
    return compare.ops[0] == CmpOp::In ? invalidTarget(compare.left, use) : nullptr;
  }
  default:
    return node;
  }
}

std::nullptr_t Parser::raiseInvalidTarget(const ExprNode* node, TargetUse use) {
  const ExprNode* invalid = invalidTarget(node, use);
  if (!invalid)
    return nullptr;
  DiagId id = use == TargetUse::Delete ? DiagId::CannotDelete : DiagId::CannotAssign;
  return raise(id, invalid->span, {expressionName(*invalid)});
}

} // namespace pyc::parsing
