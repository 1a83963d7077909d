#include "runtime/objects/index_iterator.h"

namespace pyc::rt {

namespace {

int64_t itemCount(TupleObject* tuple) {
  return tuple->count;
}
Ref makeEmpty() {
  return newTuple(0);
}

using Ops = IndexIterator<TupleIterator, &TupleIterator::tuple, itemCount, makeEmpty>;

} // namespace

Ref makeTupleIterator(Value tuple) {
  return Ops::make(&tupleIteratorType, tuple);
}

constinit TypeObject tupleIteratorType = {
    .name = "tuple_iterator",
    .basicSize = sizeof(TupleIterator),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = Ops::kMethods,
    .slots = Ops::kSlots,
};

} // namespace pyc::rt
