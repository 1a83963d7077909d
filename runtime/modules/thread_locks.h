// The locks of the module _thread.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

extern constinit TypeObject lockType, recursiveLockType;

Ref makeLock();
/// What get_ident() says of the calling thread.
uint64_t threadIdentity();

} // namespace pyc::rt
