// Tuple, list, set and dict displays. Long ones are built in pieces, so that they need few
// temporaries.
#include "compiler/frontend/emit/emitter.h"

#include <algorithm>

namespace pyc {

namespace {
constexpr size_t kPiece = 256;          // elements on the stack at once
constexpr size_t kShortestConstant = 3; // of a list or set that is filled from a constant

bool isStarred(const ast::ExprNode* node) {
  return ast::isa<ast::Starred>(*node);
}

/// How many elements can be pushed before the first starred one, and before the piece is full.
size_t prefixOf(std::span<ast::ExprNode* const> elements) {
  auto star = std::find_if(elements.begin(), elements.end(), isStarred);
  return std::min<size_t>(static_cast<size_t>(star - elements.begin()), kPiece);
}
} // namespace

Reg Emitter::tupleDisplay(Exprs elements, Reg want) {
  SourceSpan span = b_.position();
  Reg base = destination(kPush);
  size_t prefix = prefixOf(elements);
  for (size_t i = 0; i < prefix; ++i)
    push(*elements[i]);
  b_.at(span);
  Reg dst = want == kPush ? base : want;
  if (prefix == elements.size()) {
    b_.buildTuple(dst, base, static_cast<uint16_t>(prefix));
    return dst;
  }
  b_.buildList(base, base, static_cast<uint16_t>(prefix));
  growList(elements, prefix);
  b_.at(span);
  b_.listToTuple(dst, base);
  return dst;
}

/// Appends to the list on top.
void Emitter::growList(Exprs elements, size_t from) {
  SourceSpan span = b_.position();
  Reg list = b_.top();
  for (const Expr* element : elements.subspan(from)) {
    auto* starred = ast::dynCast<ast::Starred>(element);
    Reg value = operand(starred ? *starred->value : *element);
    b_.at(span);
    if (starred)
      b_.listExtend(list, value);
    else
      b_.listAppend(list, value);
  }
}

Reg Emitter::listDisplay(Exprs elements, Reg want) {
  SourceSpan span = b_.position();
  Reg base = destination(kPush);
  ConstantId constant =
      elements.size() < kShortestConstant ? ConstantId::None : c_.folder.tupleOf(elements);
  if (constant != ConstantId::None) {
    b_.buildList(base, base, 0);
    b_.listExtend(base, loadConst(constant));
    return settle(want);
  }
  size_t prefix = prefixOf(elements);
  for (size_t i = 0; i < prefix; ++i)
    push(*elements[i]);
  b_.at(span);
  bool isWhole = prefix == elements.size();
  Reg dst = isWhole && want != kPush ? want : base;
  b_.buildList(dst, base, static_cast<uint16_t>(prefix));
  if (isWhole)
    return dst;
  growList(elements, prefix);
  return settle(want);
}

void Emitter::growSet(Exprs elements, size_t from) {
  SourceSpan span = b_.position();
  Reg set = b_.top();
  for (const Expr* element : elements.subspan(from)) {
    auto* starred = ast::dynCast<ast::Starred>(element);
    Reg value = operand(starred ? *starred->value : *element);
    b_.at(span);
    if (starred)
      b_.setUpdate(set, value);
    else
      b_.setAdd(set, value);
  }
}

Reg Emitter::setDisplay(Exprs elements, Reg want) {
  SourceSpan span = b_.position();
  Reg base = destination(kPush);
  ConstantId tuple =
      elements.size() < kShortestConstant ? ConstantId::None : c_.folder.tupleOf(elements);
  if (tuple != ConstantId::None) {
    Constant frozen;
    frozen.kind = uop::ConstKind::FrozenSet;
    frozen.items = c_.constants[tuple].items;
    b_.buildSet(base, base, 0);
    b_.setUpdate(base, loadConst(c_.constants.intern(std::move(frozen))));
    return settle(want);
  }
  size_t prefix = prefixOf(elements);
  for (size_t i = 0; i < prefix; ++i)
    push(*elements[i]);
  b_.at(span);
  bool isWhole = prefix == elements.size();
  Reg dst = isWhole && want != kPush ? want : base;
  b_.buildSet(dst, base, static_cast<uint16_t>(prefix));
  if (isWhole)
    return dst;
  growSet(elements, prefix);
  return settle(want);
}

Reg Emitter::dictDisplay(const ast::Dict& node, Reg want) {
  Reg base = destination(kPush);
  auto firstUnpacked = std::find(node.keys.begin(), node.keys.end(), nullptr);
  size_t prefix =
      std::min<size_t>(static_cast<size_t>(firstUnpacked - node.keys.begin()), kPiece / 2);
  for (size_t i = 0; i < prefix; ++i) {
    push(*node.keys[i]);
    push(*node.values[i]);
  }
  at(node);
  bool isWhole = prefix == node.keys.size();
  Reg dst = isWhole && want != kPush ? want : base;
  b_.buildMap(dst, base, static_cast<uint16_t>(prefix));
  if (isWhole)
    return dst;
  for (size_t i = prefix; i < node.keys.size(); ++i) {
    const Expr* key = node.keys[i];
    Reg keyReg = key ? operand(*key, node.values[i]) : kPush;
    Reg value = operand(*node.values[i]);
    at(node);
    if (key)
      b_.mapAdd(base, keyReg, value);
    else
      b_.dictUpdate(base, value);
  }
  return settle(want);
}

} // namespace pyc
