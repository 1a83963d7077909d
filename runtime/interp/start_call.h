// The general case of the call uops: any callable, any arguments.
#pragma once

#include "runtime/interp/frame_stack.h"

namespace pyc::rt {

/// A call as the uops give it: callee, perhaps self (head 2, may be null), then the arguments, of
/// which the last are keywords when there are names.
struct CallWindow {
  Value* start;
  unsigned head; // values before the arguments: 1 or 2
  unsigned argc;
  Value kwnames;  // tuple, or null
  unsigned words; // of the call instruction
};

/// Begins a call. True: either `frame` is a frame to enter (its back not set), or `result` is the
/// call's value (owned); the window is consumed. False: raised, the window is as it was.
bool startCall(const CallWindow& window, Value& result, Frame*& frame);
/// The same for callee, arguments (any iterable), keywords (dict or None).
bool startCallEx(Value* window, unsigned words, Value& result, Frame*& frame);

/// The same run to its end at once, for native code: window[0](*window[1], **window[2]), all
/// borrowed.
Ref callUnpacked(const Value* window);

/// window[0](*window[1], **window[2]), where window[2] is any value.
Ref callForwarding(const Value* window);

} // namespace pyc::rt
