#include "runtime/memory/heap.h"

#include "runtime/base/check.h"

#include <cstring>
#include <sys/mman.h>

namespace pyc::rt {

namespace {

constexpr uintptr_t kHugePage = 2u << 20;

/// A wish only: what the system answers makes no difference.
void* wishHugePages(void* memory, size_t size) {
  uintptr_t first = (reinterpret_cast<uintptr_t>(memory) + kHugePage - 1) & ~(kHugePage - 1);
  uintptr_t end = (reinterpret_cast<uintptr_t>(memory) + size) & ~(kHugePage - 1);
  if (memory && first < end)
    (void)madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE);
  return memory;
}

} // namespace

void* allocHuge(size_t size) {
  return wishHugePages(mi_heap_malloc(thisThread().plainHeap, size), size);
}

void* reallocHuge(void* memory, size_t size) {
  size_t room = mi_usable_size(memory);
  if (size <= room)
    return mi_heap_realloc(thisThread().plainHeap, memory, size);
  void* moved = allocHuge(size);
  if (!moved)
    return nullptr;
  if (memory)
    std::memcpy(moved, memory, room);
  mi_free(memory);
  return moved;
}

void initHeaps(ThreadState& thread) {
  if (thread.plainHeap)
    return;
  mi_thread_init();
  thread.plainHeap = mi_heap_get_default();
  thread.collectedHeap = mi_heap_new();
  PYC_CHECK(thread.plainHeap && thread.collectedHeap);
}

} // namespace pyc::rt
