// Where frames of plain calls live: one reserved stretch of address space a thread, used as a
// stack.
#pragma once

#include "runtime/interp/frame.h"
#include "runtime/objects/errors.h"

namespace pyc::rt {

/// A frame on the thread's frame stack, with every field set but `back`, `pc` being the first
/// instruction and every local null. `function` is borrowed and gets a new count; globals and code
/// are borrowed from it. Null with RecursionError or MemoryError.
Frame* pushFrame(FunctionObject* function);
/// The same for a call that began with another code than the function has now, which is prepared.
Frame* pushFrame(FunctionObject* function, CodeObject* code);
/// The same for code that runs in a namespace; takes counts of everything.
Frame* pushNamespaceFrame(CodeObject* code, DictObject* globals, DictObject* builtins, Value locals,
                          FunctionObject* function);
/// Releases what the frame holds (its temporaries are dead) and takes it off the stack.
void popFrame(Frame* frame);
/// Releases locals, function, namespace; detaches the frame object. For generators' frames as well.
void clearFrame(Frame* frame);
/// Releases the temporaries below `depth`.
void clearTemporaries(Frame* frame, unsigned depth);
/// Temporaries in use before the frame's current instruction.
unsigned temporaryDepth(const Frame* frame);

/// Recursion limit of interpreted frames: charges one frame; false with RecursionError.
inline bool chargeRecursion() {
  ThreadState& thread = thisThread();
  if (PYC_LIKELY(--thread.recursionRemaining >= 0))
    return true;
  ++thread.recursionRemaining;
  return raise(recursionErrorType, "maximum recursion depth exceeded");
}
inline void refundRecursion() {
  ++thisThread().recursionRemaining;
}
int recursionLimit();
/// sys.setrecursionlimit: false when the current depth is above the limit already.
bool setRecursionLimit(int limit);

/// Fills in the frame of a call: what pushFrame does once there is memory. For generators' frames.
void initFunctionFrame(Frame* frame, FunctionObject* function, CodeObject* code);

/// The code's constants, names and caches exist; direct calls of the function are enabled.
bool readyFunction(FunctionObject* function);
/// FunctionObject::directArgs for functions of this code.
uint32_t directArgumentCount(const CodeObject* code);

} // namespace pyc::rt
