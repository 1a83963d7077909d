// Expressions: dispatch, operands, names, attributes, subscripts, constants.
#include "compiler/frontend/emit/emitter.h"

namespace pyc {

Reg Emitter::expr(const Expr& node, Reg want) {
  ConstantId constant = c_.folder.fold(node);
  if (constant != ConstantId::None) {
    at(node);
    return loadConst(constant, want);
  }
  switch (node.kind) {
  case ast::ExprKind::Name:
    return nameExpr(ast::cast<ast::Name>(node), want);
  case ast::ExprKind::NamedExpr:
    return namedExpr(ast::cast<ast::NamedExpr>(node), want);
  case ast::ExprKind::Attribute:
    return attribute(ast::cast<ast::Attribute>(node), want);
  case ast::ExprKind::Subscript:
    return subscript(ast::cast<ast::Subscript>(node), want);
  case ast::ExprKind::Slice:
    return slice(ast::cast<ast::Slice>(node), want);
  case ast::ExprKind::BinOp:
    return binary(ast::cast<ast::BinOp>(node), want);
  case ast::ExprKind::UnaryOp:
    return unary(ast::cast<ast::UnaryOp>(node), want);
  case ast::ExprKind::BoolOp:
    return boolOp(ast::cast<ast::BoolOp>(node), want);
  case ast::ExprKind::Compare:
    return compare(ast::cast<ast::Compare>(node), want);
  case ast::ExprKind::IfExp:
    return ifExpr(ast::cast<ast::IfExp>(node), want);
  case ast::ExprKind::Call:
    return call(ast::cast<ast::Call>(node), want);
  case ast::ExprKind::Lambda:
    return lambda(ast::cast<ast::Lambda>(node), want);
  case ast::ExprKind::Tuple:
    at(node);
    return tupleDisplay(ast::cast<ast::Tuple>(node).elts, want);
  case ast::ExprKind::List:
    at(node);
    return listDisplay(ast::cast<ast::List>(node).elts, want);
  case ast::ExprKind::Set:
    at(node);
    return setDisplay(ast::cast<ast::Set>(node).elts, want);
  case ast::ExprKind::Dict:
    return dictDisplay(ast::cast<ast::Dict>(node), want);
  case ast::ExprKind::ListComp: {
    auto& comp = ast::cast<ast::ListComp>(node);
    return comprehension(node, {ComprehensionKind::List, comp.elt, nullptr, comp.generators}, want);
  }
  case ast::ExprKind::SetComp: {
    auto& comp = ast::cast<ast::SetComp>(node);
    return comprehension(node, {ComprehensionKind::Set, comp.elt, nullptr, comp.generators}, want);
  }
  case ast::ExprKind::DictComp: {
    auto& comp = ast::cast<ast::DictComp>(node);
    return comprehension(node, {ComprehensionKind::Dict, comp.key, comp.value, comp.generators},
                         want);
  }
  case ast::ExprKind::GeneratorExp: {
    auto& comp = ast::cast<ast::GeneratorExp>(node);
    return comprehension(node, {ComprehensionKind::Generator, comp.elt, nullptr, comp.generators},
                         want);
  }
  case ast::ExprKind::Await:
    return awaitExpr(ast::cast<ast::Await>(node), want);
  case ast::ExprKind::Yield:
    return yieldExpr(ast::cast<ast::Yield>(node), want);
  case ast::ExprKind::YieldFrom:
    return yieldFrom(ast::cast<ast::YieldFrom>(node), want);
  case ast::ExprKind::JoinedStr:
    return joinedStr(ast::cast<ast::JoinedStr>(node), want);
  case ast::ExprKind::FormattedValue:
    return formattedValue(ast::cast<ast::FormattedValue>(node), want);
  case ast::ExprKind::TemplateStr:
    return templateStr(ast::cast<ast::TemplateStr>(node), want);
  case ast::ExprKind::Starred: {
    bool isStore = ast::cast<ast::Starred>(node).ctx == ast::ExprContext::Store;
    error(isStore ? DiagId::StarredTargetPlace : DiagId::StarredPlace, node.span);
    return loadNone(want);
  }
  case ast::ExprKind::Constant:      // folded
  case ast::ExprKind::Interpolation: // part of a TemplateStr
    break;
  }
  PYC_UNREACHABLE("expression");
}

/// Whether evaluating `later` may rebind the local in register `local`: only a walrus can.
bool Emitter::mayBeRebound(Reg local, const Expr* later) {
  if (!later || scope_.walrusTargets.empty())
    return false;
  switch (later->kind) {
  case ast::ExprKind::Constant:
  case ast::ExprKind::Name:
    return false;
  default:
    return scope_.mayRebind(b_.locals()[uop::localOfRegister(local)].name);
  }
}

Reg Emitter::operand(const Expr& node, const Expr* later, const Expr* evenLater) {
  if (c_.folder.fold(node) == ConstantId::None) {
    const Expr* named = &node;
    if (auto* walrus = ast::dynCast<ast::NamedExpr>(&node))
      named = walrus->target;
    Reg local = plainLocal(*named);
    if (local != kPush && !mayBeRebound(local, later) && !mayBeRebound(local, evenLater)) {
      if (named != &node) {
        expr(*ast::cast<ast::NamedExpr>(node).value, local);
        return local;
      }
      at(node);
      b_.checkLocal(local);
      return local;
    }
  }
  return push(node);
}

void Emitter::effect(const Expr& node) {
  if (c_.folder.fold(node) != ConstantId::None)
    return;
  Reg value = operand(node);
  if (value >= 0)
    b_.drop(value);
}

Reg Emitter::settle(Reg want) {
  if (want == kPush)
    return b_.top();
  b_.move(want, b_.top());
  return want;
}

Reg Emitter::nameExpr(const ast::Name& node, Reg want) {
  at(node);
  return loadName(mangled(node.id), want);
}

Reg Emitter::namedExpr(const ast::NamedExpr& node, Reg want) {
  NameRef target = resolve(mangled(ast::cast<ast::Name>(*node.target).id));
  if (target.kind == NameRef::Local) {
    expr(*node.value, target.reg);
    Reg dst = destination(want);
    b_.at(node.target->span);
    if (dst != target.reg)
      b_.move(dst, target.reg);
    return dst;
  }
  Reg value = push(*node.value);
  at(node);
  Reg copy = destination(kPush);
  b_.dup(copy, value);
  b_.at(node.target->span);
  storeName(target, copy);
  return settle(want);
}

Reg Emitter::attribute(const ast::Attribute& node, Reg want) {
  Reg object = operand(*node.value);
  b_.at(attributeSpan(node, node.span));
  Reg dst = destination(want, {object});
  b_.loadAttr(dst, object, b_.operandOf(mangled(node.attr)), 0);
  return dst;
}

Reg Emitter::subscript(const ast::Subscript& node, Reg want) {
  warnSubscript(node);
  Reg object = operand(*node.value, node.slice);
  if (auto* parts = ast::dynCast<ast::Slice>(node.slice)) {
    Reg window = sliceParts(*parts);
    at(node);
    Reg dst = want != kPush ? want : object >= 0 ? object : window;
    b_.loadSlice(dst, window, object);
    return dst;
  }
  Reg key = operand(*node.slice);
  at(node);
  Reg dst = destination(want, {object, key});
  b_.loadItem(dst, object, key);
  return dst;
}

/// Start, stop and step on top of the temporaries.
Reg Emitter::sliceParts(const ast::Slice& node) {
  Reg parts = destination(kPush);
  for (const Expr* part : {node.lower, node.upper, node.step}) {
    if (part) {
      push(*part);
    } else {
      at(node);
      loadNone();
    }
  }
  return parts;
}

Reg Emitter::slice(const ast::Slice& node, Reg want) {
  Reg parts = sliceParts(node);
  at(node);
  Reg dst = want == kPush ? parts : want;
  b_.buildSlice(dst, parts);
  return dst;
}

} // namespace pyc
