// Iterators in a native function's own frame: of loops over lists, tuples, strs, dicts and sets
// whose iterator nobody else sees. They look like any other to the function that makes the next
// step. The collector does not know them; what they hold is to it held from outside.
#pragma once

#include "runtime/objects/iterators.h"

namespace pyc::rt {

/// The memory of one.
union LocalIterator {
  Object header;
  ListIterator list;
  TupleIterator tuple;
  StrIterator str;
  DictIterator dict;
  SetIterator set;
};

/// An iterator in this memory, or where the object has another kind of iterator, that one.
Ref makeLocalIterator(Value iterable, LocalIterator* memory);
/// The iterator for others to see, on the heap; with all counts of this one.
Value moveToHeap(LocalIterator* iterator);

/// The header of an object that only this thread has, and that nothing frees.
[[gnu::always_inline]] inline void initLocal(Object* object, ShapeRef shape) {
  object->shape = shape;
  object->owner = thisThread().id;
  object->lock = 0;
  object->flags = 0;
  object->localCount = 1;
  object->sharedCount = 0;
}

} // namespace pyc::rt
