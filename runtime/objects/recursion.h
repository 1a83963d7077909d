// Guard of recursion in the runtime's own functions (repr of nested lists, comparison, calls):
// RecursionError while there is still stack left to handle it.
#pragma once

#include "runtime/objects/errors.h"

namespace pyc::rt {

/// Tells where this thread's stack lies: it grows down from `top`, and may not go below `bottom`.
void setStackBounds(uintptr_t top, uintptr_t bottom);

/// As it was told; 0: not at all. Async-signal-safe.
uintptr_t threadStackTop();

/// Lets this thread use as much stack as `levels` of recursion can reasonably need. Native code and
/// the runtime's own functions count no levels; their endless recursion is to end soon as well.
void limitStackDepth(int levels);

/// Raises RecursionError when the stack is nearly used up; `where` ends the message (" in
/// comparison").
bool stackNearlyFull(const char* where);

/// True when the call may go on. Cheap: compares the stack pointer.
inline bool checkRecursion(const char* where) {
  if (PYC_LIKELY(reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) > thisThread().stackLimit))
    return true;
  return !stackNearlyFull(where);
}

/// Guards repr() of containers against themselves: enter() is false for an object whose repr is
/// being made on this thread ("[...]" then).
class ReprGuard {
public:
  explicit ReprGuard(Value object) : object_(object) {}
  ReprGuard(const ReprGuard&) = delete;
  ReprGuard& operator=(const ReprGuard&) = delete;
  ~ReprGuard();
  bool enter();

private:
  Value object_;
  ReprGuard* outer_ = nullptr;
  size_t depth_ = 0; // guards around this one and itself; 0: not entered
};

} // namespace pyc::rt
