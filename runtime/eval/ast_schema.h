// The classes of Python's `ast` module as tables, made from the frontend's ast.def: for each class
// its base and the names, types and numbers of its fields, as the abstract grammar has them.
#pragma once

#include "compiler/frontend/parse/ast.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace pyc::rt {

// clang-format off
/// Every class below AST.
enum class AstClass : uint8_t {
  mod, stmt, expr, expr_context, boolop, operator_, unaryop, cmpop, excepthandler, pattern,
  type_ignore, type_param,
#define PYC_MOD(Name) Name,
#define PYC_STMT(Name) Name,
#define PYC_EXPR(Name) Name,
#define PYC_PATTERN(Name) Name,
#define PYC_TYPE_PARAM(Name) Name,
#define PYC_LOCATED(Name, asdlName) Name,
#define PYC_PRODUCT(Name, asdlName) Name,
#include "compiler/frontend/parse/ast.def"
  FunctionType, TypeIgnore,
  Load, Store, Del, And, Or,
  Add, Sub, Mult, MatMult, Div, Mod, Pow, LShift, RShift, BitOr, BitXor, BitAnd, FloorDiv,
  Invert, Not, UAdd, USub,
  Eq, NotEq, Lt, LtE, Gt, GtE, Is, IsNot, In, NotIn,
  Count
};
// clang-format on
inline constexpr size_t kAstClassCount = static_cast<size_t>(AstClass::Count);

enum class AstMany : uint8_t { One, Optional, List, HoleyList };

struct AstField {
  std::string_view name;
  /// A class's name, or one of identifier, int, string, constant.
  std::string_view type;
  AstMany many = AstMany::One;
};

struct AstSchema {
  std::string_view name;
  /// AstClass::Count: AST itself.
  AstClass base = AstClass::Count;
  /// Abstract classes have no instances: they stand for those derived from them.
  bool isAbstract = false;
  bool hasPosition = false;
  std::span<const AstField> fields;
};

const AstSchema& astSchema(AstClass id);
/// The class of that name; it has to exist.
AstClass astClassNamed(std::string_view name);
/// The definition as text, which is the class's __doc__: "Name(identifier id, expr_context ctx)".
std::string astDefinition(AstClass id);

/// The class of an operator or context.
inline AstClass astClassOf(ast::ExprContext context) {
  return static_cast<AstClass>(static_cast<unsigned>(AstClass::Load) +
                               static_cast<unsigned>(context));
}
inline AstClass astClassOf(ast::BoolOperator op) {
  return static_cast<AstClass>(static_cast<unsigned>(AstClass::And) + static_cast<unsigned>(op));
}
inline AstClass astClassOf(ast::Operator op) {
  return static_cast<AstClass>(static_cast<unsigned>(AstClass::Add) + static_cast<unsigned>(op));
}
inline AstClass astClassOf(ast::UnaryOperator op) {
  return static_cast<AstClass>(static_cast<unsigned>(AstClass::Invert) + static_cast<unsigned>(op));
}
inline AstClass astClassOf(ast::CmpOp op) {
  return static_cast<AstClass>(static_cast<unsigned>(AstClass::Eq) + static_cast<unsigned>(op));
}

} // namespace pyc::rt
