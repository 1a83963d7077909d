// sys.set_asyncgen_hooks: what an event loop hears of asynchronous generators. One pair a thread.
#pragma once

#include "runtime/base/value.h"

namespace pyc::rt {

struct AsyncHooks {
  Value firstIter; // owned, or null
  Value finalizer; // owned, or null
};

AsyncHooks& asyncHooks();

/// Warns of a coroutine that was never awaited, as the module `warnings` does; false, with or
/// without an exception, when it did not. Set by what is above; may be null.
extern bool (*unawaitedReporter)(Value coroutine);

} // namespace pyc::rt
