// The slow sides of name look-up: namespaces, globals, builtins, and the errors for unbound names.
#pragma once

#include "runtime/interp/frame.h"

namespace pyc::rt {

/// UnboundLocalError for the local register `reg`.
Raised raiseUnboundLocal(CodeObject* code, int reg);
/// NameError or UnboundLocalError for an empty cell in the local register `reg`.
Raised raiseUnboundCell(CodeObject* code, int reg);

/// Value of a global or builtin; lazy imports are resolved; NameError. Binds the code's slots.
Ref loadGlobal(Frame* frame, uint32_t name);
/// The same without NameError: null with nothing raised when there is none, false on errors.
bool findGlobal(Frame* frame, StrObject* name, Ref& result);
/// The frame's namespace, then as loadGlobal.
Ref loadName(Frame* frame, uint32_t name);
bool storeGlobal(Frame* frame, uint32_t name, Value value);
bool storeName(Frame* frame, uint32_t name, Value value);
bool deleteGlobal(Frame* frame, uint32_t name);
bool deleteName(Frame* frame, uint32_t name);
/// The value under `name` in any mapping: null Ref and true when it is missing.
bool findInMapping(Value mapping, StrObject* name, Ref& result);

} // namespace pyc::rt
