// Assignment, augmented assignment, del.
#include "compiler/frontend/emit/emitter.h"

#include <algorithm>

namespace pyc {

const ast::ExprNode* onlyElement(const ast::ExprNode& node) {
  ast::Seq<ast::ExprNode> elements;
  if (auto* list = ast::dynCast<ast::List>(&node))
    elements = list->elts;
  else if (auto* tuple = ast::dynCast<ast::Tuple>(&node))
    elements = tuple->elts;
  return elements.size() == 1 && !ast::isa<ast::Starred>(*elements[0]) ? elements[0] : nullptr;
}

namespace {
/// The elements of a tuple or list target or display.
std::optional<ast::Seq<ast::ExprNode>> elementsOf(const ast::ExprNode& node) {
  if (auto* tuple = ast::dynCast<ast::Tuple>(&node))
    return tuple->elts;
  if (auto* list = ast::dynCast<ast::List>(&node))
    return list->elts;
  return std::nullopt;
}

bool hasStarred(ast::Seq<ast::ExprNode> elements) {
  return std::any_of(elements.begin(), elements.end(),
                     [](const ast::ExprNode* e) { return ast::isa<ast::Starred>(*e); });
}

/// Whether storing to `target` binds the name `name` itself.
bool bindsName(const ast::ExprNode& target, std::string_view name) {
  if (auto* same = ast::dynCast<ast::Name>(&target))
    return same->id->text == name;
  if (auto* starred = ast::dynCast<ast::Starred>(&target))
    return bindsName(*starred->value, name);
  if (auto elements = elementsOf(target))
    return std::any_of(elements->begin(), elements->end(),
                       [&](const ast::ExprNode* e) { return bindsName(*e, name); });
  return false;
}
} // namespace

void Emitter::assign(const ast::Assign& node) {
  if (node.targets.size() > 1)
    return assignMany(node);
  const Expr& target = *node.targets[0];
  Reg local = plainLocal(target);
  if (local != kPush) {
    expr(*node.value, local);
    return;
  }
  if (assignParallel(target, *node.value))
    return;
  Reg value = operand(*node.value, &target);
  store(target, value);
}

void Emitter::assignMany(const ast::Assign& node) {
  ConstantId constant = c_.folder.fold(*node.value);
  if (constant != ConstantId::None) {
    for (const Expr* target : node.targets) {
      b_.at(node.value->span);
      Reg local = plainLocal(*target);
      if (local != kPush)
        loadConst(constant, local);
      else
        store(*target, loadConst(constant));
    }
    return;
  }
  // A local's register will do unless one of the targets rebinds it.
  bool needsCopy = false;
  if (auto* name = ast::dynCast<ast::Name>(node.value))
    for (const Expr* target : node.targets)
      needsCopy |= bindsName(*target, name->id->text) || !scope_.walrusTargets.empty();
  Reg value = needsCopy ? push(*node.value) : operand(*node.value, node.value);
  for (const Expr* target : node.targets) {
    at(node);
    if (value < 0 || target == node.targets.back()) {
      store(*target, value);
      continue;
    }
    Reg copy = destination(kPush);
    b_.dup(copy, value);
    store(*target, copy);
  }
}

/// `a, b = c, d` without making a tuple. False when it is something else.
bool Emitter::assignParallel(const Expr& target, const Expr& value) {
  auto targets = elementsOf(target);
  auto values = elementsOf(value);
  if (!targets || !values || targets->size() != values->size() || targets->size() < 2 ||
      hasStarred(*targets) || hasStarred(*values))
    return false;
  size_t count = targets->size();
  std::vector<Reg> locals;
  for (const Expr* part : *targets) {
    Reg local = plainLocal(*part);
    if (local != kPush && std::find(locals.begin(), locals.end(), local) == locals.end())
      locals.push_back(local);
  }
  if (locals.size() == count) {
    assignLocals(*targets, *values, locals);
    return true;
  }
  if (count > 3)
    return false;
  Reg first = destination(kPush);
  for (const Expr* part : *values)
    push(*part);
  at(target);
  b_.swap(first, b_.top()); // now the first one is on top, also of three
  for (const Expr* part : *targets)
    store(*part, b_.top());
  return true;
}

/// Targets that are distinct locals: the order of the stores does not show, so that the values can
/// be taken from the stack as they come, the last one first.
void Emitter::assignLocals(Exprs targets, Exprs values, const std::vector<Reg>& locals) {
  size_t last = targets.size() - 1;
  std::vector<Reg> regs(last, kPush); // kPush: a constant, which can wait
  for (size_t i = 0; i < last; ++i) {
    const Expr& value = *values[i];
    if (c_.folder.fold(value) != ConstantId::None)
      continue;
    // A local that is overwritten before this value is stored has to be copied.
    Reg local = plainLocal(value);
    auto later = locals.begin() + static_cast<long>(i) + 1;
    bool isSafe = local != kPush && scope_.walrusTargets.empty() &&
                  std::find(later, locals.end(), local) == locals.end();
    regs[i] = isSafe ? operand(value) : push(value);
  }
  expr(*values[last], locals[last]);
  for (size_t i = last; i-- > 0;) {
    at(*targets[i]);
    if (regs[i] == kPush)
      expr(*values[i], locals[i]);
    else if (regs[i] != locals[i])
      b_.move(locals[i], regs[i]);
  }
}

/// Stores `value`, a local or the temporary on top, which is consumed.
void Emitter::store(const Expr& target, Reg value) {
  switch (target.kind) {
  case ast::ExprKind::Name:
    at(target);
    return storeName(mangled(ast::cast<ast::Name>(target).id), value);
  case ast::ExprKind::Attribute: {
    auto& attribute = ast::cast<ast::Attribute>(target);
    noteStaticAttribute(attribute);
    Reg object = operand(*attribute.value);
    b_.at(attributeSpan(attribute, target.span));
    return b_.storeAttr(object, value, b_.operandOf(mangled(attribute.attr)), 0);
  }
  case ast::ExprKind::Subscript: {
    auto& subscript = ast::cast<ast::Subscript>(target);
    Reg object = operand(*subscript.value, subscript.slice);
    if (auto* slice = ast::dynCast<ast::Slice>(subscript.slice)) {
      Reg parts = sliceParts(*slice);
      at(target);
      return b_.storeSlice(parts, object, value);
    }
    Reg key = operand(*subscript.slice);
    at(target);
    return b_.storeItem(object, key, value);
  }
  case ast::ExprKind::Tuple:
    return unpack(ast::cast<ast::Tuple>(target).elts, target.span, value);
  case ast::ExprKind::List:
    return unpack(ast::cast<ast::List>(target).elts, target.span, value);
  case ast::ExprKind::Starred:
    return error(DiagId::StarredTargetPlace, target.span);
  default:
    PYC_UNREACHABLE("assignment target");
  }
}

void Emitter::unpack(Exprs targets, const SourceSpan& span, Reg value) {
  size_t star = targets.size();
  for (size_t i = 0; i < targets.size(); ++i) {
    if (!ast::isa<ast::Starred>(*targets[i]))
      continue;
    if (star != targets.size())
      return error(DiagId::SeveralStarredTargets, span);
    star = i;
  }
  b_.at(span);
  Reg window = destination(kPush, {value});
  auto total = static_cast<uint16_t>(targets.size());
  if (targets.size() > kMostUnpacked)
    return error(DiagId::TooManyTargets, span);
  if (star == targets.size()) {
    b_.unpackSequence(window, value, total);
  } else {
    if (star >= 256 || total - star - 1 >= (1 << 23))
      return error(DiagId::TooManyStarTargets, span);
    b_.unpackEx(window, value, static_cast<uint16_t>(star), total);
  }
  for (const Expr* target : targets) {
    auto* starred = ast::dynCast<ast::Starred>(target);
    store(starred ? *starred->value : *target, b_.top());
  }
}

void Emitter::augAssignName(const ast::AugAssign& node, const ast::Name& target) {
  NameRef ref = resolve(mangled(target.id));
  at(target);
  Reg old;
  if (ref.kind == NameRef::Local && !mayBeRebound(ref.reg, node.value)) {
    b_.checkLocal(ref.reg);
    old = ref.reg;
  } else {
    old = destination(kPush);
    load(ref, kPush);
  }
  Reg value = operand(*node.value);
  at(node);
  Reg dst = destination(ref.kind == NameRef::Local ? ref.reg : kPush, {old, value});
  emitInplace(node.op, dst, old, value);
  at(target);
  storeName(ref, dst);
}

void Emitter::augAssign(const ast::AugAssign& node) {
  if (auto* name = ast::dynCast<ast::Name>(node.target))
    return augAssignName(node, *name);
  if (auto* attribute = ast::dynCast<ast::Attribute>(node.target)) {
    Reg object = operand(*attribute->value, node.value);
    SourceSpan span = attributeSpan(*attribute, node.target->span);
    b_.at(span);
    uint32_t name = b_.operandOf(mangled(attribute->attr));
    Reg old = duplicate(object);
    Reg loaded = destination(kPush, {old});
    b_.loadAttr(loaded, old, name, 0);
    Reg value = operand(*node.value);
    at(node);
    emitInplace(node.op, loaded, loaded, value);
    b_.at(span);
    return b_.storeAttr(object, loaded, name, 0);
  }
  auto& subscript = ast::cast<ast::Subscript>(*node.target);
  Reg object = operand(*subscript.value, subscript.slice, node.value);
  Reg key = operand(*subscript.slice, node.value);
  at(subscript);
  Reg objectCopy = duplicate(object), keyCopy = duplicate(key);
  Reg loaded = destination(kPush, {objectCopy, keyCopy});
  b_.loadItem(loaded, objectCopy, keyCopy);
  Reg value = operand(*node.value);
  at(node);
  emitInplace(node.op, loaded, loaded, value);
  at(subscript);
  b_.storeItem(object, key, loaded);
}

/// A register that holds the same and may be consumed: a local's own, or a copy on top.
Reg Emitter::duplicate(Reg reg) {
  if (reg < 0)
    return reg;
  Reg copy = destination(kPush);
  b_.dup(copy, reg);
  return copy;
}

void Emitter::remove(const Expr& target) {
  switch (target.kind) {
  case ast::ExprKind::Name:
    at(target);
    return deleteName(resolve(mangled(ast::cast<ast::Name>(target).id)));
  case ast::ExprKind::Attribute: {
    auto& attribute = ast::cast<ast::Attribute>(target);
    Reg object = operand(*attribute.value);
    b_.at(attributeSpan(attribute, target.span));
    return b_.deleteAttr(object, b_.operandOf(mangled(attribute.attr)));
  }
  case ast::ExprKind::Subscript: {
    auto& subscript = ast::cast<ast::Subscript>(target);
    Reg object = operand(*subscript.value, subscript.slice);
    Reg key = operand(*subscript.slice);
    at(target);
    return b_.deleteItem(object, key);
  }
  case ast::ExprKind::Tuple:
  case ast::ExprKind::List: {
    Exprs parts = *elementsOf(target);
    for (const Expr* part : parts)
      remove(*part);
    return;
  }
  default:
    PYC_UNREACHABLE("deletion target");
  }
}

} // namespace pyc
