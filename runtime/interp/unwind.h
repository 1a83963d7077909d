// What happens when an instruction raises.
#pragma once

#include "runtime/interp/frame.h"

namespace pyc::rt {

/// Leaves frames until a handler takes the raised exception, adding traceback entries on the way
/// (the first frame's only when `addEntry`). Result: the frame to go on in, at its pc, with the
/// exception in its register; null when the entry frame was left, with the exception still raised.
Frame* unwind(Frame* frame, bool addEntry);

} // namespace pyc::rt
