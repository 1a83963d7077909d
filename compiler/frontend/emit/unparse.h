// An expression as source text, in the form that CPython gives annotations when they are kept as
// strings (`from __future__ import annotations`).
#pragma once

#include "compiler/frontend/parse/ast.h"

#include <string>

namespace pyc {

std::string unparse(const ast::ExprNode& node);

} // namespace pyc
