// The tree as text, character for character what CPython's `ast.dump(tree, indent=2)` prints.
#pragma once

#include "compiler/frontend/parse/ast.h"

#include <string>

namespace pyc {

struct AstDumpOptions {
  /// `ast.dump`'s include_attributes: line and column of each node.
  bool includeAttributes = false;
};

std::string dumpAst(const ast::Tree& tree, const AstDumpOptions& options = {});

} // namespace pyc
