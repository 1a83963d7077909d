// Constants as Python's repr shows them.
#pragma once

#include "compiler/frontend/parse/ast.h"

#include <string>
#include <string_view>

namespace pyc {

/// A str, given as WTF-8: 'it\'s'.
std::string reprOfText(std::string_view text);

/// Any constant: 1.5, b'\x00', 2j, Ellipsis.
std::string reprOf(const ast::ConstantValue& value);

} // namespace pyc
