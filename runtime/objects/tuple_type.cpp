// The type tuple: its slots and methods.
#include "runtime/objects/tuple.h"

#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

void dealloc(Object* self) {
  auto* tuple = reinterpret_cast<TupleObject*>(self);
  for (int64_t i = tuple->count; i-- > 0;)
    decrefMaybe(tuple->items()[i]);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  auto* tuple = reinterpret_cast<TupleObject*>(self);
  for (int64_t i = 0; i < tuple->count; ++i)
    if (Value item = tuple->items()[i])
      visitor.visit(item);
}

} // namespace

constinit TypeObject tupleType = {
    .name = "tuple",
    .base = &objectType,
    .basicSize = sizeof(TupleObject),
    .itemSize = sizeof(Value),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeVarSized | kTypeSequence |
             kTypeMatchSelf | kTypeIsTuple,
    .slots = {.dealloc = dealloc, .traverse = traverse},
};

} // namespace pyc::rt
