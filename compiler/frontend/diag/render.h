// Diagnostics as text.
#pragma once

#include "compiler/frontend/diag/diagnostic.h"

#include <string>

namespace pyc {

/// As CPython prints an uncaught SyntaxError:
///     File "prog.py", line 3
///       if x = 1:
///          ^^^^^
///   SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='?
/// The keyword that a misspelt one may stand for is looked for here, as CPython does.
std::string renderPython(const Diagnostic& diagnostic, const Source& source);

/// As a compiler prints it:
///   prog.py:3:4: error: invalid syntax
///       fro x in y:
///       ^~~
///   hint: did you mean 'for'?
std::string renderCompiler(const Diagnostic& diagnostic, const Source& source);

} // namespace pyc
