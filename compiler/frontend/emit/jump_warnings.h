// PEP 765: warnings about return, break and continue that leave a `finally` block.
#pragma once

#include "compiler/frontend/diag/diagnostic.h"
#include "compiler/frontend/parse/ast.h"

namespace pyc {

void warnJumpsInFinally(const ast::ModNode& root, const Source& source, DiagnosticSink& sink);

} // namespace pyc
