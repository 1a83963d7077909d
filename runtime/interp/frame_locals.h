// The local variables of frames, as programs see them: locals(), frame.f_locals (PEP 667).
#pragma once

#include "runtime/interp/frame_object.h"

namespace pyc::rt {

/// Adds the frame's bound locals to a dict, in the order of the code; of a frame with a namespace,
/// what comprehensions add to that. A native function's are in
/// machine registers, where nothing finds them; functions that ask for their own are not compiled.
bool collectLocals(const Frame* frame, DictObject* into);
/// Whether there are any.
bool hasShownLocals(const Frame* frame);

/// The local that a key names, as an index; -1: none. `frame`, or null, says which of several is
/// bound. False with the exception of the key's __hash__ or __eq__.
bool findLocal(const CodeObject* code, const Frame* frame, Value key, int& found);
/// Its value, borrowed; null: unbound.
Value frameLocal(const Frame* frame, int local);
/// Binds it; what it was before goes to `replaced`.
void setFrameLocal(const Frame* frame, int local, Ref value, Ref& replaced);

/// A new FrameLocalsProxy: a mapping of the locals of a function's frame that writes through, and
/// goes on with what they were at the end once the frame is gone.
Ref makeLocalsProxy(FrameObject* frame);
extern TypeObject localsProxyType;

} // namespace pyc::rt
