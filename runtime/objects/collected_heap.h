// Walking the objects that the collector looks after.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// In the collected heap, tracked, and not being deallocated (refcount.cpp says how that shows).
inline bool isCandidate(const Object* object) {
  return (object->flags & (kObjectCollected | kObjectUntracked)) == kObjectCollected &&
         (object->localCount != 0 || object->owner == 0);
}
inline bool isCandidate(Value value) {
  return value.isObject() && value && isCandidate(value.object());
}

/// Calls `f(object, context)` for every object of every thread's collected heap. The world is
/// stopped; f must not allocate from or free to a collected heap.
void eachCollectedBlock(void (*f)(Object* object, void* context), void* context);

template <class F> void eachCollected(F f) {
  eachCollectedBlock([](Object* object, void* context) { (*static_cast<F*>(context))(object); },
                     &f);
}
template <class F> void eachCandidate(F f) {
  eachCollected([&](Object* object) {
    if (isCandidate(object))
      f(object);
  });
}

/// What the object holds: its fields, and its attribute store.
void traverseObject(Object* object, Visitor& visitor);

} // namespace pyc::rt
