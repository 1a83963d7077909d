// Raw memory of the runtime, from mimalloc. Each thread has two heaps: one of objects that can be
// part of cycles, which the collector walks block by block, and one of everything else.
#pragma once

#include "runtime/threads/thread_state.h"

#include <mimalloc.h>

namespace pyc::rt {

/// Opens this thread's heaps. Once a thread, before it allocates.
void initHeaps(ThreadState& thread);

/// From this many bytes on, memory of the plain heap is made of huge pages where the system has
/// them: that spares most page faults and most misses of the TLB in tables that are larger than the
/// caches.
inline constexpr size_t kHugePagesFrom = 4u << 20;
/// As allocPlain and reallocPlain, for sizes from kHugePagesFrom on.
void* allocHuge(size_t size);
void* reallocHuge(void* memory, size_t size);

/// Memory of the plain heap, not zeroed; null when there is none.
inline void* allocPlain(size_t size) {
  mi_heap_t* heap = thisThread().plainHeap;
  if (size <= MI_SMALL_SIZE_MAX)
    return mi_heap_malloc_small(heap, size);
  return size < kHugePagesFrom ? mi_heap_malloc(heap, size) : allocHuge(size);
}
/// Memory for one object that the collector may see: its header must be complete before the next
/// poll.
inline void* allocCollected(size_t size) {
  mi_heap_t* heap = thisThread().collectedHeap;
  return size <= MI_SMALL_SIZE_MAX ? mi_heap_malloc_small(heap, size) : mi_heap_malloc(heap, size);
}
/// As realloc, of plain memory.
inline void* reallocPlain(void* memory, size_t size) {
  return size < kHugePagesFrom ? mi_heap_realloc(thisThread().plainHeap, memory, size)
                               : reallocHuge(memory, size);
}
/// Memory of either heap, of any thread; null is allowed.
inline void freeMemory(void* memory) {
  mi_free(memory);
}

} // namespace pyc::rt
