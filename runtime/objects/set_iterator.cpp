#include "runtime/objects/index_iterator.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/set_table.h"

namespace pyc::rt {

Ref nextOf(SetIterator* iterator) {
  SetObject* set = iterator->set;
  if (!set)
    return {};
  if (iterator->count != set->count) {
    iterator->count = -1; // and so it stays
    return raise(runtimeErrorType, "Set changed size during iteration");
  }
  Value key;
  int64_t hash;
  if (!setNext(set, iterator->position, key, hash))
    return finishIterator(iterator->set);
  --iterator->remaining;
  return Ref::copy(key);
}

namespace {

SetIterator* asIterator(Value self) {
  return self.as<SetIterator>();
}

void dealloc(Object* self) {
  if (SetObject* set = reinterpret_cast<SetIterator*>(self)->set)
    decrefObject(&set->header);
  freeFast<true>(self);
}

void traverse(Object* self, Visitor& visitor) {
  if (SetObject* set = reinterpret_cast<SetIterator*>(self)->set)
    visitor.visit(set);
}

Ref next(Value self) {
  return nextOf(asIterator(self));
}

Ref lengthHint(const Value* args) {
  SetIterator* iterator = asIterator(args[0]);
  bool isValid = iterator->set && iterator->count == iterator->set->count;
  return Ref::number(Value::fromInt(isValid ? iterator->remaining : 0));
}

/// (iter, ([what is left],)); the iterator itself goes no step on.
Ref reduce(const Value* args) {
  SetIterator* iterator = asIterator(args[0]);
  PYC_TRY(rest, newList(0));
  if (SetObject* set = iterator->set) {
    int64_t position = iterator->position, hash;
    for (Value key; setNext(set, position, key, hash);)
      if (!listAppend(asList(rest), key))
        return {};
  }
  return reduceIterator(names::iter, rest, {});
}

constexpr MethodDef kMethods[] = {
    {.signature = "__length_hint__($self, /)", .bound = lengthHint},
    {.signature = "__reduce__($self, /)", .bound = reduce},
};

} // namespace

Ref makeSetIterator(Value set) {
  auto* iterator =
      reinterpret_cast<SetIterator*>(allocFast<true>(&setIteratorType, sizeof(SetIterator)));
  if (!iterator)
    return {};
  incref(set);
  iterator->set = asSet(set);
  iterator->position = 0;
  iterator->count = iterator->remaining = asSet(set)->count;
  return Ref::steal(iterator);
}

constinit TypeObject setIteratorType = {
    .name = "set_iterator",
    .base = &objectType,
    .basicSize = sizeof(SetIterator),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kMethods,
    .slots = {.dealloc = dealloc, .traverse = traverse, .iter = iterSelf, .next = next},
};

} // namespace pyc::rt
