// collections.deque: a ring of values that grows at both ends.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

struct DequeObject {
  Object header;
  Value* ring; // `capacity` places, a power of two; null while that is 0
  uint64_t capacity;
  uint64_t head; // place of the first item
  int64_t count;
  int64_t most;     // maxlen; -1: none
  uint64_t changes; // counts what iterators must not miss

  Value& at(int64_t index) { return ring[(head + static_cast<uint64_t>(index)) & (capacity - 1)]; }
};
inline DequeObject* asDeque(Value value) {
  return value.as<DequeObject>();
}
extern constinit TypeObject dequeType, dequeIteratorType, dequeReverseIteratorType;
inline bool isDeque(Value value) {
  return value.isObject() && isInstance(value, &dequeType);
}

/// Both take over the item's count, also on failure; past maxlen, the item at the other end goes.
bool dequeAppend(DequeObject* deque, Value item);
bool dequeAppendLeft(DequeObject* deque, Value item);
/// Removes the last or first item; the deque must not be empty.
Ref dequePop(DequeObject* deque);
Ref dequePopLeft(DequeObject* deque);
void dequeClear(DequeObject* deque);
void dequeRotate(DequeObject* deque, int64_t steps);
/// Appends the items of an iterable.
bool dequeExtend(DequeObject* deque, Value iterable);
/// iter(deque), reversed(deque), a number of items further on.
Ref dequeIterator(Value deque, TypeObject& type, int64_t skipped = 0);

} // namespace pyc::rt
