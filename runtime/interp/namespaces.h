// Namespaces that code runs in.
#pragma once

#include "runtime/objects/module.h"

namespace pyc::rt {

/// The builtins that code with these globals sees: globals['__builtins__'] (a module or dict), else
/// the module's. Borrowed; null with an exception.
DictObject* builtinsOf(DictObject* globals);

/// globals() for code that called a built-in function; null when there is no frame.
DictObject* currentGlobals();

} // namespace pyc::rt
