// The slow half of biased reference counting, after PEP 703.
//
// sharedCount holds (count << 2) | state. The count may be negative: another thread dropped a
// reference that the owner counted. States only go up:
//   kDefault    nobody but the owner has looked at the object in a way that matters for its death
//   kTryIncref  a weak reference may revive it: death has to go through kMerged
//   kQueued     the shared count fell below zero; the owner has been asked to merge the counts
//   kMerged     the owner gave up its count; owner is 0 and every thread counts in sharedCount
// An object whose owner is a thread and whose localCount is zero is being deallocated.
#include "runtime/memory/refcount.h"

#include "runtime/memory/merge_queue.h"

namespace pyc::rt {

/// The layer above: runs the finalizer and the type's dealloc.
extern "C" void pycDeallocObject(Object* object);

namespace {

enum SharedState : uint32_t {
  kDefault = 0,
  kTryIncref = 1,
  kQueued = 2,
  kMerged = 3,
  kStateMask = 3
};
constexpr uint32_t kOneShared = 4;

uint32_t loadShared(const Object* object) {
  return __atomic_load_n(&object->sharedCount, __ATOMIC_ACQUIRE);
}

bool casShared(Object* object, uint32_t& expected, uint32_t desired) {
  return __atomic_compare_exchange_n(&object->sharedCount, &expected, desired, true,
                                     __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

/// The counts are zero, and no other thread can reach the object: from here on it is this thread's.
void deallocMerged(Object* object) {
  __atomic_store_n(&object->sharedCount, 0u, __ATOMIC_RELAXED);
  __atomic_store_n(&object->localCount, 0u, __ATOMIC_RELAXED);
  __atomic_store_n(&object->owner, thisThread().id, __ATOMIC_RELAXED);
  pycDeallocObject(object);
}

} // namespace

extern "C" void pycIncrefShared(Object* object) {
  __atomic_fetch_add(&object->sharedCount, kOneShared, __ATOMIC_RELAXED);
}

extern "C" void pycDecrefShared(Object* object) {
  uint32_t shared = loadShared(object);
  bool queue;
  uint32_t next;
  do {
    // The first reference below zero is not subtracted: the merge queue holds it.
    queue = shared == kDefault || shared == kTryIncref;
    next = queue ? static_cast<uint32_t>(kQueued) : shared - kOneShared;
  } while (!casShared(object, shared, next));
  if (queue)
    queueMerge(object);
  else if (next == kMerged)
    deallocMerged(object);
}

extern "C" void pycDecrefZero(Object* object) {
  uint32_t shared = loadShared(object);
  if (PYC_LIKELY(shared == kDefault)) {
    pycDeallocObject(object);
    return;
  }
  uint32_t next;
  do {
    next = (shared & ~kStateMask) | kMerged;
    __atomic_store_n(&object->owner, uint16_t(0), __ATOMIC_RELAXED);
  } while (!casShared(object, shared, next));
  if (next == kMerged)
    deallocMerged(object);
}

void mergeCounts(Object* object, int32_t extra) {
  uint32_t shared = loadShared(object);
  uint32_t next;
  do {
    if ((shared & kStateMask) == kMerged) // the owner's own count fell to zero meanwhile
      next = shared + static_cast<uint32_t>(extra) * kOneShared;
    else
      next = ((shared & ~kStateMask) +
              (object->localCount + static_cast<uint32_t>(extra)) * kOneShared) |
             kMerged;
  } while (!casShared(object, shared, next));
  __atomic_store_n(&object->localCount, 0u, __ATOMIC_RELAXED);
  __atomic_store_n(&object->owner, uint16_t(0), __ATOMIC_RELAXED);
  if (next == kMerged)
    deallocMerged(object);
}

bool tryIncref(Object* object) {
  uint32_t local = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED);
  if (local == kImmortalCount)
    return true;
  if (object->owner == thisThread().id) {
    if (local == 0)
      return false;
    __atomic_store_n(&object->localCount, local + 1, __ATOMIC_RELAXED);
    return true;
  }
  uint32_t shared = loadShared(object);
  do {
    if (shared == kDefault || shared == kMerged)
      return false;
  } while (!casShared(object, shared, shared + kOneShared));
  return true;
}

void allowTryIncref(Object* object) {
  uint32_t shared = kDefault;
  while (shared == kDefault && !casShared(object, shared, kTryIncref)) {
  }
}

int64_t refcountOf(const Object* object) {
  if (object->localCount == kImmortalCount)
    return kImmortalCount;
  auto shared = static_cast<int32_t>(loadShared(object));
  return static_cast<int64_t>(object->localCount) + (shared >> 2);
}

} // namespace pyc::rt
