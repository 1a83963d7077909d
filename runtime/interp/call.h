// Calls: of Python functions from C++ and native code, and the parts of the call uops that are not
// fast.
#pragma once

#include "runtime/interp/frame_stack.h"

namespace pyc::rt {

/// The `call` slot of functions (function.h: functionCaller).
Ref callFunctionEntry(Value function, const Value* args, size_t argc, Value kwnames);

/// Calls native code with exactly the function's arguments.
Ref callNative(FunctionObject* function, const Value* args);
/// Calls native code that takes `count` arguments in registers; the result is owned.
Value callEntry(void* entry, FunctionObject* function, const Value* args, unsigned count);

/// A frame on the frame stack with the arguments bound (new references); null with the exception
/// raised.
Frame* pushCall(FunctionObject* function, const Value* args, size_t argc, Value kwnames);

/// function(self, *args, **keywords), or without a self that is null, in native code: where each
/// keyword is a parameter's interned name and no more than defaults are missing, or where nothing
/// but self has a name. False, with nothing done, for all else.
bool callNativeDirectly(FunctionObject* function, Value self, TupleObject* args,
                        DictObject* keywords, Ref& result);

/// Binds a call's arguments into a frame whose locals are null (new references). False with
/// TypeError; what was bound stays for clearFrame.
bool bindFrame(Frame* frame, const Value* args, size_t argc, Value kwnames);

/// super() without arguments: callee is what `super` names; cell holds __class__, self may be a
/// cell.
Ref zeroArgumentSuper(Value callee, Value cell, Value self);

} // namespace pyc::rt
