// SyntaxWarnings about what surely is a mistake.
#include "compiler/frontend/emit/emitter.h"

#include <algorithm>

namespace pyc {

namespace {
std::string_view typeOfConstant(const ast::ConstantValue& value) {
  switch (value.kind) {
  case ast::ConstantKind::None:
    return "NoneType";
  case ast::ConstantKind::True:
  case ast::ConstantKind::False:
    return "bool";
  case ast::ConstantKind::Ellipsis:
    return "ellipsis";
  case ast::ConstantKind::Int:
    return "int";
  case ast::ConstantKind::Float:
    return "float";
  case ast::ConstantKind::Complex:
    return "complex";
  case ast::ConstantKind::Str:
    return "str";
  case ast::ConstantKind::Bytes:
    return "bytes";
  case ast::ConstantKind::Tuple:
    return "tuple";
  case ast::ConstantKind::FrozenSet:
    return "frozenset";
  }
  PYC_UNREACHABLE("ConstantKind");
}

/// The type that an expression's value has for certain; empty where that depends.
std::string_view typeOf(const ast::ExprNode& node) {
  switch (node.kind) {
  case ast::ExprKind::Constant:
    return typeOfConstant(ast::cast<ast::Constant>(node).value);
  case ast::ExprKind::Tuple:
    return "tuple";
  case ast::ExprKind::List:
  case ast::ExprKind::ListComp:
    return "list";
  case ast::ExprKind::Dict:
  case ast::ExprKind::DictComp:
    return "dict";
  case ast::ExprKind::Set:
  case ast::ExprKind::SetComp:
    return "set";
  case ast::ExprKind::GeneratorExp:
    return "generator";
  case ast::ExprKind::Lambda:
    return "function";
  case ast::ExprKind::JoinedStr:
  case ast::ExprKind::FormattedValue:
    return "str";
  case ast::ExprKind::TemplateStr:
    return "string.templatelib.Template";
  case ast::ExprKind::Interpolation:
    return "string.templatelib.Interpolation";
  default: // any other expression may have any value
    return {};
  }
}

bool isSubscriptable(std::string_view type) {
  return type.empty() || type == "str" || type == "bytes" || type == "tuple" || type == "list" ||
         type == "dict";
}

bool isIndexed(std::string_view type) {
  return type == "str" || type == "bytes" || type == "tuple" || type == "list";
}
} // namespace

void Emitter::warn(DiagId id, const SourceSpan& span,
                   std::initializer_list<std::string_view> args) {
  if (!c_.warned.emplace(static_cast<uint16_t>(id), span.line, span.column).second)
    return; // a final body is emitted more than once
  c_.sink.report(id, c_.source, span, args);
}

/// Whether `node` is a literal whose identity means nothing.
bool Emitter::isLiteral(const Expr& node) {
  if (ast::isa<ast::Tuple>(node))
    return c_.folder.fold(node) != ConstantId::None;
  auto* constant = ast::dynCast<ast::Constant>(&node);
  return constant && constant->value.kind != ast::ConstantKind::None &&
         constant->value.kind != ast::ConstantKind::True &&
         constant->value.kind != ast::ConstantKind::False &&
         constant->value.kind != ast::ConstantKind::Ellipsis;
}

void Emitter::warnCompare(const ast::Compare& node) {
  const Expr* left = node.left;
  for (size_t i = 0; i < node.ops.size(); ++i) {
    const Expr* right = node.comparators[i];
    bool isIdentity = node.ops[i] == ast::CmpOp::Is || node.ops[i] == ast::CmpOp::IsNot;
    if (isIdentity && (isLiteral(*left) || isLiteral(*right))) {
      std::string_view type = typeOf(isLiteral(*left) ? *left : *right);
      return warn(node.ops[i] == ast::CmpOp::Is ? DiagId::IsLiteral : DiagId::IsNotLiteral,
                  node.span, {type});
    }
    left = right;
  }
}

void Emitter::warnCallee(const Expr& callee) {
  std::string_view type = typeOf(callee);
  if (!type.empty() && type != "function")
    warn(DiagId::NotCallable, callee.span, {type});
}

void Emitter::warnSubscript(const ast::Subscript& node) {
  std::string_view type = typeOf(*node.value);
  if (!isSubscriptable(type))
    return warn(DiagId::NotSubscriptable, node.value->span, {type});
  std::string_view index = typeOf(*node.slice);
  bool isFine = index.empty() || index == "int" || index == "bool";
  if (isIndexed(type) && !isFine)
    warn(DiagId::BadIndexType, node.value->span, {type, index});
}

} // namespace pyc
