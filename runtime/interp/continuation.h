// The way back into native code for a call that left it at a guard (abi/deopt.cpp). General code,
// made beside the specialised one (compiler/import/continuations.h), goes on at the function's
// beginning or where a loop begins; until then the frame is interpreted.
#pragma once

#include "runtime/abi/native.h"
#include "runtime/interp/frame.h"

namespace pyc::rt {

/// A call that left general code as well, while it goes on: the more there are of one code, the
/// longer its frames are interpreted before they go on natively, and so the native stack stays
/// short.
class GeneralExit {
public:
  GeneralExit(CodeObject* code, bool isGeneral);
  ~GeneralExit();
  GeneralExit(const GeneralExit&) = delete;
  GeneralExit& operator=(const GeneralExit&) = delete;

private:
  CodeObject* code_; // null: none
};

/// From here on the frame, which returns to C++, may go on in native code.
void allowContinuation(Frame* frame);
/// Native code that goes on at the frame's instruction; null: the frame stays for now. Only of a
/// frame with kFrameLeft, at a back-edge's target or the function's beginning.
const Continuation* findContinuation(Frame* frame);
/// Ends the frame, whose registers native code takes over, and runs that. The frame is the
/// thread's. Returns bits of the owned result, or 0 with the exception raised.
uint64_t continueNatively(Frame* frame, const Continuation& continuation);

/// Returned by a handler instead of a value: the activation's entry frame, which is the thread's,
/// goes on in the native code that findContinuation knows. No bits of a value.
inline constexpr uint64_t kGoesOnNatively = 1;

} // namespace pyc::rt
