// Types of the module _thread besides the locks (thread_locks.h).
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

extern constinit TypeObject threadLocalType, threadHandleType;

/// The handle of a thread that runs already.
Ref makeThreadHandle(uint64_t identity);

} // namespace pyc::rt
