// posix.statx: the newer system call, whose answer says what of it is known.
#pragma once

#include "runtime/memory/refcount.h"

namespace pyc::rt {

/// statx(path, mask, *, flags=0, dir_fd=None, follow_symlinks=True)
Ref statxFunction(const Value* args);

} // namespace pyc::rt
