// The allocator as it is built here offers what the runtime stands on: heaps of one's own, whose
// blocks can be visited, beside an untouched malloc.
#include <gtest/gtest.h>
#include <mimalloc.h>

#include <cstdlib>
#include <set>

namespace {

struct Visit {
  std::set<void*> blocks;
  size_t areas = 0;
};

bool record(const mi_heap_t*, const mi_heap_area_t*, void* block, size_t, void* arg) {
  auto* visit = static_cast<Visit*>(arg);
  if (block)
    visit->blocks.insert(block);
  else
    ++visit->areas;
  return true;
}

TEST(Mimalloc, VisitsExactlyTheLiveBlocksOfAHeap) {
  mi_heap_t* heap = mi_heap_new();
  std::set<void*> live;
  for (size_t i = 0; i < 1000; ++i)
    live.insert(mi_heap_malloc(heap, 16 + 16 * (i % 40)));
  for (int i = 0; i < 100; ++i) {
    mi_free(*live.begin());
    live.erase(live.begin());
  }
  Visit visit;
  EXPECT_TRUE(mi_heap_visit_blocks(heap, true, record, &visit));
  EXPECT_EQ(visit.blocks, live);
  EXPECT_GT(visit.areas, 0u);
  mi_heap_destroy(heap);
}

#ifdef PYC_STATIC_MIMALLOC // Debian's shared library, the second choice, replaces malloc.
TEST(Mimalloc, LeavesMallocToTheSystem) {
  void* block = std::malloc(64);
  EXPECT_FALSE(mi_is_in_heap_region(block));
  std::free(block);
}
#endif

} // namespace
