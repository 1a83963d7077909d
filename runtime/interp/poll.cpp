#include "runtime/interp/poll.h"

#include "runtime/interp/signals.h"
#include "runtime/memory/refcount.h"

namespace pyc::rt {

void requestPoll(ThreadState& thread) {
  __atomic_store_n(&thread.stackLimit, ~uintptr_t{0}, __ATOMIC_RELAXED);
}

bool poll() {
  ThreadState& thread = thisThread();
  __atomic_store_n(&thread.stackLimit, thread.stackEnd, __ATOMIC_RELAXED);
  return runSignalHandlers();
}

} // namespace pyc::rt
