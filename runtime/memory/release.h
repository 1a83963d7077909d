// decrefObject for places where objects often die: death is a call away, not three.
#pragma once

#include "runtime/memory/refcount.h"

namespace pyc::rt {

/// The layer above: runs the finalizer and the type's dealloc.
extern "C" void pycDeallocObject(Object* object);

inline void releaseObject(Object* object) {
  uint32_t count = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED);
  if (PYC_UNLIKELY(count == kImmortalCount))
    return;
  bool isOwn = object->owner == thisThread().id;
  if (isOwn && count != 1) {
    __atomic_store_n(&object->localCount, count - 1, __ATOMIC_RELAXED);
  } else if (PYC_LIKELY(isOwn && __atomic_load_n(&object->sharedCount, __ATOMIC_ACQUIRE) == 0)) {
    __atomic_store_n(&object->localCount, 0u, __ATOMIC_RELAXED);
    pycDeallocObject(object);
  } else {
    decrefObject(object);
  }
}

} // namespace pyc::rt
