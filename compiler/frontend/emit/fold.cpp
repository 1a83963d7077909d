#include "compiler/frontend/emit/fold.h"

#include "compiler/frontend/emit/big_digits.h"
#include "compiler/frontend/emit/fold_numbers.h"
#include "compiler/frontend/parse/repr.h"

#include <cmath>

namespace pyc {

namespace {
constexpr size_t kLargestText = 4096; // bytes of a folded `"..." * n`

bool isText(const Constant& constant) {
  return constant.kind == uop::ConstKind::Str || constant.kind == uop::ConstKind::Bytes;
}

/// `constant` with other text, of the same kind.
Constant withText(const Constant& constant, std::string text) {
  Constant result;
  result.kind = constant.kind;
  result.text = std::move(text);
  return result;
}

Constant integerOf(const ast::ConstantValue& value) {
  if (value.digitsBase == 0) {
    __int128 magnitude = value.integer;
    return constantOfInt(value.isNegative ? -magnitude : magnitude);
  }
  Constant big;
  big.kind = uop::ConstKind::BigInt;
  big.text = value.isNegative ? "-" : "";
  big.text += value.digitsBase == 16 ? std::string(value.text) : hexOfDecimal(value.text);
  return big;
}
} // namespace

ConstantId Folder::literal(const ast::ConstantValue& value) {
  switch (value.kind) {
  case ast::ConstantKind::None:
    return constants_.none();
  case ast::ConstantKind::True:
  case ast::ConstantKind::False:
    return constants_.intern(Constant::ofBool(value.kind == ast::ConstantKind::True));
  case ast::ConstantKind::Ellipsis: {
    Constant ellipsis;
    ellipsis.kind = uop::ConstKind::Ellipsis;
    return constants_.intern(ellipsis);
  }
  case ast::ConstantKind::Int:
    return constants_.intern(integerOf(value));
  case ast::ConstantKind::Float:
    return constants_.intern(Constant::ofFloat(value.number));
  case ast::ConstantKind::Complex:
    return constants_.intern(Constant::ofComplex(value.real, value.number));
  case ast::ConstantKind::Str:
    return constants_.intern(Constant::ofStr(value.text));
  case ast::ConstantKind::Bytes:
    return constants_.intern(Constant::ofBytes(value.text));
  case ast::ConstantKind::Tuple:
  case ast::ConstantKind::FrozenSet: {
    Constant items;
    items.kind =
        value.kind == ast::ConstantKind::Tuple ? uop::ConstKind::Tuple : uop::ConstKind::FrozenSet;
    for (size_t k = 0; k < value.itemCount; ++k)
      items.items.push_back(literal(value.items[k]));
    return constants_.intern(items);
  }
  }
  return ConstantId::None;
}

ConstantId Folder::fold(const ast::ExprNode& node) {
  switch (node.kind) {
  case ast::ExprKind::Constant:
    return literal(ast::cast<ast::Constant>(node).value);
  case ast::ExprKind::Name: {
    auto& name = ast::cast<ast::Name>(node);
    if (name.id->text != "__debug__" || name.ctx != ast::ExprContext::Load)
      return ConstantId::None;
    return constants_.intern(Constant::ofBool(optimize_ == 0));
  }
  case ast::ExprKind::Tuple:
  case ast::ExprKind::UnaryOp:
  case ast::ExprKind::BinOp:
  case ast::ExprKind::Subscript: {
    auto [entry, isNew] = known_.emplace(&node, ConstantId::None);
    if (!isNew)
      return entry->second;
    ConstantId constant = compute(node);
    known_[&node] = constant;
    return constant;
  }
  default: // no other expression is ever constant
    return ConstantId::None;
  }
}

ConstantId Folder::compute(const ast::ExprNode& node) {
  if (auto* tuple = ast::dynCast<ast::Tuple>(&node))
    return tuple->ctx == ast::ExprContext::Load ? tupleOf(tuple->elts) : ConstantId::None;
  if (auto* unaryOp = ast::dynCast<ast::UnaryOp>(&node))
    return unary(*unaryOp);
  if (auto* binOp = ast::dynCast<ast::BinOp>(&node))
    return binary(*binOp);
  return subscript(ast::cast<ast::Subscript>(node));
}

ConstantId Folder::tupleOf(ast::Seq<ast::ExprNode> elements) {
  Constant tuple;
  tuple.kind = uop::ConstKind::Tuple;
  for (const ast::ExprNode* element : elements) {
    ConstantId item = fold(*element);
    if (item == ConstantId::None)
      return item;
    tuple.items.push_back(item);
  }
  return constants_.intern(std::move(tuple));
}

bool Folder::isTrue(ConstantId id) const {
  const Constant& constant = constants_[id];
  switch (constant.kind) {
  case uop::ConstKind::None:
  case uop::ConstKind::False:
    return false;
  case uop::ConstKind::True:
  case uop::ConstKind::Ellipsis:
  case uop::ConstKind::BigInt:
  case uop::ConstKind::Code:
    return true;
  case uop::ConstKind::Int:
    return constant.integer != 0;
  case uop::ConstKind::Float:
    return constant.real != 0;
  case uop::ConstKind::Complex:
    return constant.real != 0 || constant.imaginary != 0;
  case uop::ConstKind::Str:
  case uop::ConstKind::Bytes:
    return !constant.text.empty();
  case uop::ConstKind::Tuple:
  case uop::ConstKind::FrozenSet:
    return !constant.items.empty();
  }
  return false;
}

std::optional<bool> Folder::truth(const ast::ExprNode& node) {
  ConstantId constant = fold(node);
  if (constant == ConstantId::None)
    return std::nullopt;
  return isTrue(constant);
}

namespace {
std::string reprOfNumber(ast::ConstantKind kind, double number, double real = 0) {
  ast::ConstantValue value;
  value.kind = kind;
  value.number = number;
  value.real = real;
  return reprOf(value);
}
} // namespace

std::string Folder::repr(ConstantId id) const {
  const Constant& constant = constants_[id];
  ast::ConstantValue value;
  value.text = constant.text;
  switch (constant.kind) {
  case uop::ConstKind::None:
    return "None";
  case uop::ConstKind::True:
    return "True";
  case uop::ConstKind::False:
    return "False";
  case uop::ConstKind::Ellipsis:
    return "Ellipsis";
  case uop::ConstKind::Int:
    return std::to_string(constant.integer);
  case uop::ConstKind::Float:
    return reprOfNumber(ast::ConstantKind::Float, constant.real);
  case uop::ConstKind::Complex:
    return reprOfNumber(ast::ConstantKind::Complex, constant.imaginary, constant.real);
  case uop::ConstKind::BigInt:
    value.kind = ast::ConstantKind::Int;
    value.digitsBase = 16;
    if (constant.text.starts_with('-')) {
      value.text.remove_prefix(1);
      return "-" + reprOf(value);
    }
    return reprOf(value);
  case uop::ConstKind::Str:
    return reprOfText(constant.text);
  case uop::ConstKind::Bytes:
    value.kind = ast::ConstantKind::Bytes;
    return reprOf(value);
  case uop::ConstKind::Tuple:
  case uop::ConstKind::FrozenSet: {
    std::string text = constant.kind == uop::ConstKind::Tuple ? "(" : "frozenset({";
    for (size_t i = 0; i < constant.items.size(); ++i)
      text += (i ? ", " : "") + repr(constant.items[i]);
    if (constant.kind == uop::ConstKind::FrozenSet)
      return text + "})";
    return text + (constant.items.size() == 1 ? ",)" : ")");
  }
  case uop::ConstKind::Code:
    return "<code>";
  }
  return {};
}

bool Folder::areEqual(ConstantId a, ConstantId b) const {
  if (a == b)
    return true;
  std::optional<double> x = numberOf(constants_[a]), y = numberOf(constants_[b]);
  return x && y && *x == *y; // 1, 1.0 and True are one key
}

ConstantId Folder::unary(const ast::UnaryOp& node) {
  ConstantId operand = fold(*node.operand);
  if (operand == ConstantId::None)
    return operand;
  if (node.op == ast::UnaryOperator::Not)
    return constants_.intern(Constant::ofBool(!isTrue(operand)));
  std::optional<Constant> result = foldUnary(node.op, constants_[operand]);
  return result ? constants_.intern(std::move(*result)) : ConstantId::None;
}

ConstantId Folder::binary(const ast::BinOp& node) {
  // The right one first: in a long chain it is the small one.
  ConstantId right = fold(*node.right);
  ConstantId left = right == ConstantId::None ? right : fold(*node.left);
  if (left == ConstantId::None)
    return left;
  const Constant& lhs = constants_[left];
  const Constant& rhs = constants_[right];
  if (node.op == ast::Operator::Add && isText(lhs) && lhs.kind == rhs.kind)
    return constants_.intern(withText(lhs, lhs.text + rhs.text));
  if (node.op == ast::Operator::Mult && isText(lhs) && rhs.kind == uop::ConstKind::Int) {
    int64_t times = rhs.integer < 0 ? 0 : rhs.integer;
    if (!lhs.text.empty() && static_cast<uint64_t>(times) > kLargestText / lhs.text.size())
      return ConstantId::None;
    std::string text;
    for (int64_t i = 0; i < times && !lhs.text.empty(); ++i)
      text += lhs.text;
    return constants_.intern(withText(lhs, std::move(text)));
  }
  std::optional<Constant> result = foldBinary(node.op, lhs, rhs);
  return result ? constants_.intern(std::move(*result)) : ConstantId::None;
}

ConstantId Folder::subscript(const ast::Subscript& node) {
  if (node.ctx != ast::ExprContext::Load)
    return ConstantId::None;
  ConstantId key = fold(*node.slice);
  ConstantId object = key == ConstantId::None ? key : fold(*node.value);
  if (object == ConstantId::None)
    return object;
  const Constant& container = constants_[object];
  const Constant& index = constants_[key];
  if (container.kind != uop::ConstKind::Tuple || index.kind != uop::ConstKind::Int)
    return ConstantId::None;
  auto size = static_cast<int64_t>(container.items.size());
  int64_t at = index.integer < 0 ? index.integer + size : index.integer;
  return at >= 0 && at < size ? container.items[static_cast<size_t>(at)] : ConstantId::None;
}

} // namespace pyc
