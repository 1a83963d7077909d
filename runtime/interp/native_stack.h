// The frames of the native stack: C++'s, those of compiled code, and the interpreter's.
#pragma once

#include <cstdint>
#include <functional>

namespace pyc::rt {

/// Calls `visit` for this thread's native frames, the caller's first, until it returns false:
/// `address` is where the frame's function goes on, its memory begins at `bottom`, below which its
/// callees' is.
void walkNativeStack(const std::function<bool(uintptr_t address, uintptr_t bottom)>& visit);

} // namespace pyc::rt
