#include "runtime/objects/tuple.h"

#include "runtime/objects/errors.h"

#include <cstring>

namespace pyc::rt {

namespace {

constinit TupleObject emptyTuple = {immortalObject(kShapeTuple), 0};

} // namespace

Ref newTuple(size_t count) {
  if (count == 0)
    return Ref::number(&emptyTuple);
  auto* tuple = reinterpret_cast<TupleObject*>(allocObject(&tupleType, count));
  if (!tuple)
    return {};
  tuple->count = static_cast<int64_t>(count);
  return Ref::steal(tuple);
}

Ref makeTuple(const Value* items, size_t count) {
  PYC_TRY(tuple, newTuple(count));
  Value* target = asTuple(tuple)->items();
  for (size_t i = 0; i < count; ++i) {
    incref(items[i]);
    target[i] = items[i];
  }
  return tuple;
}

Ref makeTupleStealing(Value* items, size_t count) {
  Ref tuple = newTuple(count);
  if (!tuple) {
    for (size_t i = 0; i < count; ++i)
      decref(items[i]);
    return {};
  }
  std::memcpy(asTuple(tuple)->items(), items, count * sizeof(Value));
  return tuple;
}

} // namespace pyc::rt
