// sys.set_asyncgen_hooks: what an event loop hears of asynchronous generators. One pair a thread.
#pragma once

#include "runtime/base/value.h"

namespace pyc::rt {

struct AsyncHooks {
  Value firstIter; // owned, or null
  Value finalizer; // owned, or null
};

AsyncHooks& asyncHooks();

} // namespace pyc::rt
