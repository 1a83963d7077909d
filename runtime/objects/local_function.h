// Functions of generator expressions in a native function's own frame, where the generator's code
// is part of that function: nobody else sees them. What they hold but for the closure is borrowed
// from the code and the namespace, which outlive the frame. The collector does not know them.
#pragma once

#include "runtime/objects/function.h"

namespace pyc::rt {

/// make_function's meaning without defaults and annotations; `closure` may be None. In `memory`,
/// or on the heap while the code has never run natively in this namespace.
Ref makeLocalFunction(CodeObject* code, DictObject* globals, Value closure, FunctionObject* memory);
/// The function for others to see, on the heap; with all counts of this one.
Value moveToHeap(FunctionObject* function);

} // namespace pyc::rt
