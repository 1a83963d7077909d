// What a thread of the program carries. It is a thread-local structure itself, not a pointer to
// one, so that a field is one instruction away.
#pragma once

#include "runtime/base/value.h"

#include <cstddef>
#include <cstdint>

struct mi_heap_s;

namespace pyc::rt {

struct Frame;

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
  /// Owner field of the objects that this thread made; 0 is never a thread.
  uint16_t id = 0;
  int32_t recursionRemaining = 1000;
  /// The true limit behind stackLimit.
  uintptr_t stackEnd = 0;
  /// mimalloc heap of objects that can be part of cycles; the collector walks it.
  mi_heap_s* collectedHeap = nullptr;
  /// Allocations minus deallocations of collected objects since the last collection.
  int64_t collectorDebt = 0;
  HandledException handledBase;
  /// Objects whose deallocation was put off to keep the native stack short.
  Value trashcan;
  uint32_t deallocDepth = 0;
  /// Interpreter frames are allocated here (runtime/interp/frame.h).
  char* frameTop = nullptr;
  char* frameLimit = nullptr;
};

extern "C" constinit thread_local ThreadState pycThread __attribute__((tls_model("local-exec")));

inline ThreadState& thisThread() { return pycThread; }

} // namespace pyc::rt
