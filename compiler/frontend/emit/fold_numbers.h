// Arithmetic on constants, with Python's results. Nothing where the operation would raise, needs
// more than 127 bits, or has a result that only the runtime should compute.
#pragma once

#include "compiler/frontend/emit/constants.h"
#include "compiler/frontend/parse/ast.h"

#include <optional>

namespace pyc {

Constant constantOfInt(__int128 value);
/// The value of a bool, int or float as a double, where that is exact.
std::optional<double> numberOf(const Constant& constant);
std::optional<Constant> foldUnary(ast::UnaryOperator op, const Constant& operand);
std::optional<Constant> foldBinary(ast::Operator op, const Constant& lhs, const Constant& rhs);

} // namespace pyc
