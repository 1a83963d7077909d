#pragma once

#include "runtime/objects/code.h"

namespace pyc::rt {

/// Gives the code the slots of its globals' names, so that LoadGlobal reads them directly, until
/// the namespace or the code dies. The code is bound to no other namespace.
void bindGlobals(CodeObject* code, DictObject* globals);
/// Connects this with dicts and codes. Once.
void installBindingHooks();

} // namespace pyc::rt
