// Iteration.
#include "runtime/objects/protocol.h"
#include "runtime/objects/sequence_iterator.h"
#include "runtime/objects/slot_functions.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

/// Whether the object can be iterated by __getitem__ with 0, 1, 2, ...
static bool hasSequenceItems(Value object) {
  const TypeObject* type = typeOf(object);
  if (!type->slots.getItem)
    return false;
  // A class that defines __getitem__ counts as a sequence; so does a built-in type that says it is
  // one.
  return (type->flags & (kTypeHeap | kTypeSequence)) != 0 && !isDict(object);
}

Ref getIter(Value object) {
  const TypeSlots& slots = typeOf(object)->slots;
  if (!slots.iter) {
    if (hasSequenceItems(object))
      return makeSequenceIterator(object);
    return raise(typeErrorType, "'%.200T' object is not iterable", object);
  }
  return checkedIterator(object, slots.iter(object));
}

Ref checkedIterator(Value object, Ref iterator) {
  if (iterator && !typeOf(iterator)->slots.next)
    return raise(typeErrorType, "%Q.__iter__() must return an iterator, not %Q", object,
                 iterator.get());
  return iterator;
}

Ref iterNext(Value iterator) {
  UnaryFn next = typeOf(iterator)->slots.next;
  if (!next)
    return raise(typeErrorType, "'%.200T' object is not an iterator", iterator);
  Ref item = next(iterator);
  if (!item && isRaised())
    catchRaised(stopIterationType);
  return item;
}

} // namespace pyc::rt
