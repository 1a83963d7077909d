#include "runtime/memory/heap.h"

#include "runtime/base/check.h"

namespace pyc::rt {

void initHeaps(ThreadState& thread) {
  if (thread.plainHeap)
    return;
  mi_thread_init();
  thread.plainHeap = mi_heap_get_default();
  thread.collectedHeap = mi_heap_new();
  PYC_CHECK(thread.plainHeap && thread.collectedHeap);
}

} // namespace pyc::rt
