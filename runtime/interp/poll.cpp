#include "runtime/interp/poll.h"

#include "runtime/interp/signals.h"
#include "runtime/memory/refcount.h"
#include "runtime/objects/collector.h"

namespace pyc::rt {

void requestPoll(ThreadState& thread) {
  requestPoll(thread, kPollSignal);
}

bool poll() {
  ThreadState& thread = thisThread();
  __atomic_store_n(&thread.stackLimit, thread.stackEnd, __ATOMIC_RELAXED);
  uint32_t requests = __atomic_exchange_n(&thread.pollRequests, 0u, __ATOMIC_ACQUIRE);
  if (requests & kPollMerge)
    mergeQueuedObjects();
  if (requests & kPollCollect)
    collectIfDue();
  return !(requests & kPollSignal) || runSignalHandlers();
}

} // namespace pyc::rt
