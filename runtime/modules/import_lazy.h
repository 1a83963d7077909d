// Lazy imports (PEP 810).
#pragma once

#include "runtime/interp/frame.h"

namespace pyc::rt {

/// `from lazy import name`: the attribute when it is there already, else another lazy import.
Ref lazyImportFrom(Frame* frame, Value lazyImport, StrObject* name);
/// builtins.__lazy_import__(name, globals, locals, fromlist, level).
Ref lazyImportFunction(const Value* args);
/// builtins.__import__ as it was made.
bool isOwnImportFunction(Value function);
void setOwnImportFunction(Value function);
/// Whether a module's file stands in the way of the standard library's module of the same name.
bool isShadowingStdlib(Value path, Value moduleName);

} // namespace pyc::rt
