// tuple: immutable array of values behind the header.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

struct TupleObject {
  Object header;
  int64_t count;
  Value* items() { return reinterpret_cast<Value*>(this + 1); }
  const Value* items() const { return reinterpret_cast<const Value*>(this + 1); }
};

inline TupleObject* asTuple(Value value) {
  return value.as<TupleObject>();
}
/// Exactly tuple, no subclass.
inline bool isExactTuple(Value value) {
  return hasShape(value, kShapeTuple);
}

/// `count` new references to the items. The empty tuple is shared.
Ref makeTuple(const Value* items, size_t count);
/// Takes over the counts of the items (also on failure).
Ref makeTupleStealing(Value* items, size_t count);
/// Items null, for the caller to fill before anyone sees it.
Ref newTuple(size_t count);
template <class... Args> Ref tupleOf(const Args&... args) {
  Value items[] = {Value(args)...};
  return makeTuple(items, sizeof...(args));
}

} // namespace pyc::rt
