// What a thread of the program carries. It is a thread-local structure itself, not a pointer to
// one, so that a field is one instruction away.
#pragma once

#include "runtime/base/value.h"

#include <cstddef>
#include <cstdint>

struct mi_heap_s;

namespace pyc::rt {

struct Activation;
struct Frame;
struct Object;

/// What a poll is asked for; bits of ThreadState::pollRequests.
enum PollRequest : uint32_t {
  kPollCollect = 1, // run the cycle collector (runtime/objects/collector.h)
  kPollSignal = 2,  // a signal arrived
  kPollMerge = 4,   // mergeQueuedObjects()
  kPollStop = 8,    // another thread wants the world to stop
};

/// The exception being handled (sys.exception()), one level a generator and one for the thread.
struct HandledException {
  Value exception; // owned, or null
  HandledException* previous = nullptr;
};

struct ThreadState {
  /// Compared with the stack pointer at function entries and loop back-edges. Raised to the top of
  /// the address space to request a poll (signals, thread stops).
  uintptr_t stackLimit = 0;
  /// The exception that is being raised, owned; null when there is none.
  Value raised;
  HandledException* handled = nullptr;
  /// The innermost interpreter frame, null in native code that was entered from none.
  Frame* frame = nullptr;
  /// The interpreter's last run that has not ended (interp/dispatch.h).
  const Activation* activation = nullptr;
  /// Owner field of the objects that this thread made; 0 is never a thread.
  uint16_t id = 0;
  int32_t recursionRemaining = 1000;
  /// The true limit behind stackLimit.
  uintptr_t stackEnd = 0;
  /// mimalloc heap of objects that can be part of cycles; the collector walks it.
  mi_heap_s* collectedHeap = nullptr;
  /// mimalloc heap of everything else.
  mi_heap_s* plainHeap = nullptr;
  /// Allocations minus deallocations of collected objects, less the threshold: a collection is
  /// asked for (kPollCollect) when it becomes positive.
  int64_t collectorDebt = 0;
  HandledException handledBase;
  /// PollRequest bits, atomic: other threads and signal handlers set them (requestPoll).
  uint32_t pollRequests = 0;
  uint32_t deallocDepth = 0;
  /// Objects whose deallocation was put off to keep the native stack short.
  Object** trashcan = nullptr;
  uint32_t trashcanCount = 0;
  uint32_t trashcanCapacity = 0;
  /// Interpreter frames are allocated here (runtime/interp/frame.h).
  char* frameTop = nullptr;
  char* frameLimit = nullptr;
};

extern "C" constinit thread_local ThreadState pycThread __attribute__((tls_model("local-exec")));

inline ThreadState& thisThread() {
  return pycThread;
}

/// Makes the thread's next poll handle `request`. Async-signal-safe. The handler of polls takes the
/// bits out of pollRequests and sets stackLimit back to stackEnd.
inline void requestPoll(ThreadState& thread, PollRequest request) {
  __atomic_fetch_or(&thread.pollRequests, request, __ATOMIC_RELEASE);
  __atomic_store_n(&thread.stackLimit, UINTPTR_MAX, __ATOMIC_RELEASE);
}

} // namespace pyc::rt
