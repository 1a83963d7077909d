// allocObject for the types that programs make most of: type and size are known where it is called,
// and the caller fills every field itself.
#pragma once

#include "runtime/memory/heap.h"
#include "runtime/objects/allocation_count.h"
#include "runtime/objects/collector.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/type.h"

namespace pyc::rt {

/// Memory becomes an object with a complete header and one reference; everything behind that is
/// uninitialised.
template <bool isCollected> inline Object* initFast(const TypeObject* type, Object* object) {
  ThreadState& thread = thisThread();
  if (isCollected && PYC_UNLIKELY(++thread.collectorDebt > 0))
    requestCollection();
  object->shape = type->rootShape;
  object->owner = thread.id;
  object->lock = 0;
  object->flags = isCollected ? kObjectCollected : 0;
  object->localCount = 1;
  object->sharedCount = 0;
  return object;
}

/// An exact instance of a built-in type with no attribute store: header complete, one reference,
/// everything behind it uninitialised (to be filled before any Python code runs). `isCollected` is
/// what the type's flag kTypeCollected says. Null with MemoryError.
template <bool isCollected> inline Object* allocFast(TypeObject* type, size_t size) {
  readyType(type);
  auto* object = static_cast<Object*>(isCollected ? allocCollected(size) : allocPlain(size));
  if (PYC_UNLIKELY(!object))
    return raiseMemoryError();
  noteAllocation(type->rootShape, size);
  return initFast<isCollected>(type, object);
}

/// The end of such an object.
template <bool isCollected> inline void freeFast(Object* object) {
  if (isCollected)
    --thisThread().collectorDebt;
  freeMemory(object);
}

} // namespace pyc::rt
