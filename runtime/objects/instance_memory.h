// The memory of plain instances (objects of classes made at run time that hold nothing but
// attributes in slots), of exceptions, tracebacks, generators and lists. Blocks of dead ones wait
// here, by size, for the next of their size: programs make and drop small objects in quick
// succession.
#pragma once

#include "runtime/memory/heap.h"
#include "runtime/objects/allocation_count.h"
#include "runtime/objects/type.h"

namespace pyc::rt {

/// A block of the collected heap that waits. Shape 0 has the collector pass over it.
struct SpareBlock {
  ShapeRef shape;
  uint32_t behind; // blocks in the list behind this one
  SpareBlock* next;
};

/// Sizes of instances are multiples of this (setInlineSlots).
inline constexpr uint32_t kInstanceGrain = 16;
/// Where instances whose class adds no fields of its own have the store's word.
inline constexpr uint32_t kPlainStoreOffset = sizeof(Object);
/// Larger instances than this many grains do not wait.
inline constexpr uint32_t kSpareSizes = 40;
/// Blocks of one size that wait at most.
inline constexpr uint32_t kMaxSpareBlocks = 16384;

struct InstanceMemory {
  SpareBlock* spare[kSpareSizes];
};
extern "C" constinit thread_local InstanceMemory pycInstanceMemory
    __attribute__((tls_model("local-exec")));

/// What a place that constructs instances remembers of the class. Valid as long as the class has
/// the version; it then makes instances in the plain way (plainInit), with room for as many
/// attributes as they have had so far.
struct ConstructionCache {
  TypeObject* type; // null: nothing is remembered
  uint32_t version;
  ShapeRef shape;
  Value init; // a Python function, borrowed
  uint32_t grains;
  uint32_t cleared; // words behind the header that have to be null: the store's, or the slots
};
static_assert(sizeof(ConstructionCache) == 32);

/// Fills the cache of a place that has constructed an instance; `init` is plainInit(type).
void rememberConstruction(TypeObject* type, Value init, ConstructionCache& cache);

/// A block that waits becomes an object; null when none does, when the collector wants to hear of
/// it, or when allocations are counted: allocObject then. Only the header is initialised.
inline Object* reuseBlock(ShapeRef shape, uint32_t grains) {
  SpareBlock*& head = pycInstanceMemory.spare[grains];
  SpareBlock* block = head;
  ThreadState& thread = thisThread();
  if (PYC_UNLIKELY(!block || thread.collectorDebt >= 0 || pycCountsAllocations))
    return nullptr;
  head = block->next;
  ++thread.collectorDebt;
  auto* object = reinterpret_cast<Object*>(block);
  object->shape = shape;
  object->owner = thread.id;
  object->lock = 0;
  object->flags = kObjectCollected;
  object->localCount = 1;
  object->sharedCount = 0;
  return object;
}

/// The same for an instance: initialises as many words behind the header as well.
inline Object* reuseInstance(ShapeRef shape, uint32_t grains, uint32_t cleared) {
  Object* object = reuseBlock(shape, grains);
  if (PYC_LIKELY(object != nullptr)) {
    auto* words = reinterpret_cast<uint64_t*>(object + 1);
    words[0] = Value().bits();
    // Atomic, for LLVM would make a memset of it, and of that a loop over bytes.
    for (uint32_t i = 1; PYC_UNLIKELY(i < cleared); ++i)
      __atomic_store_n(&words[i], Value().bits(), __ATOMIC_RELAXED);
  }
  return object;
}

/// The words of a new instance that have to be null: the store's, or the slots of __slots__; 0 when
/// the class's instances do not wait here.
uint32_t clearedWords(const TypeObject* type);

/// The end of a plain instance, whose attributes are released, or of another object of so many
/// grains.
inline void keepInstance(Object* object, uint32_t grains) {
  ThreadState& thread = thisThread();
  --thread.collectorDebt;
  auto* block = reinterpret_cast<SpareBlock*>(object);
  SpareBlock* next = grains < kSpareSizes ? pycInstanceMemory.spare[grains] : nullptr;
  uint32_t behind = next ? next->behind + 1 : 0;
  if (PYC_UNLIKELY(grains >= kSpareSizes || behind >= kMaxSpareBlocks ||
                   !(object->flags & kObjectCollected))) {
    freeMemory(object);
    return;
  }
  block->shape = 0;
  block->behind = behind;
  block->next = next;
  pycInstanceMemory.spare[grains] = block;
}

/// The `dealloc` slot of classes that add nothing but attributes to object: releases them.
void deallocInstance(Object* object);

} // namespace pyc::rt
