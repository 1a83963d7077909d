// Constant folding: the value of an expression that the compiler can know. As in CPython, what
// would raise or grow large is left to run time.
#pragma once

#include "compiler/frontend/emit/constants.h"
#include "compiler/frontend/parse/ast.h"

#include <optional>
#include <unordered_map>

namespace pyc {

class Folder {
public:
  Folder(ConstantTable& constants, int optimize) : constants_(constants), optimize_(optimize) {}

  /// The constant that `node` evaluates to, or None.
  ConstantId fold(const ast::ExprNode& node);
  ConstantId literal(const ast::ConstantValue& value);
  /// Whether the value of `node` is known to be true or false.
  std::optional<bool> truth(const ast::ExprNode& node);
  bool isTrue(ConstantId constant) const;
  /// Whether two constants are equal as Python's `==` says.
  bool areEqual(ConstantId a, ConstantId b) const;
  /// As Python's repr() shows it.
  std::string repr(ConstantId constant) const;
  /// The constant tuple of `elements`, or None.
  ConstantId tupleOf(ast::Seq<ast::ExprNode> elements);

private:
  ConstantId compute(const ast::ExprNode& node);
  ConstantId unary(const ast::UnaryOp& node);
  ConstantId binary(const ast::BinOp& node);
  ConstantId subscript(const ast::Subscript& node);

  ConstantTable& constants_;
  int optimize_;
  std::unordered_map<const ast::ExprNode*, ConstantId> known_;
};

} // namespace pyc
