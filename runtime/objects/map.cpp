#include "runtime/objects/index_iterator.h"
#include "runtime/objects/parallel.h"
#include "runtime/objects/small_array.h"

namespace pyc::rt {

namespace {

struct MapObject {
  Object header;
  Value function; // owned
  TupleObject* iterators;
  bool strict;
};

MapObject* asMap(Value self) {
  return self.as<MapObject>();
}

void dealloc(Object* self) {
  MapObject* map = asMap(self);
  decrefMaybe(map->function);
  if (map->iterators)
    decrefObject(&map->iterators->header);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  MapObject* map = asMap(self);
  if (map->function)
    visitor.visit(map->function);
  if (map->iterators)
    visitor.visit(map->iterators);
}

Ref callWithItems(MapObject* map) {
  TupleObject* iterators = map->iterators;
  SmallArray<Value> items(static_cast<size_t>(iterators->count));
  if (!items)
    return raiseMemoryError();
  int64_t taken = 0;
  while (taken < iterators->count) {
    Value iterator = iterators->items()[taken];
    Ref item = typeOf(iterator)->slots.next(iterator);
    if (!item)
      break;
    items[static_cast<size_t>(taken++)] = item.release();
  }
  Ref result;
  if (taken == iterators->count)
    result = call(map->function, items.data(), static_cast<size_t>(taken));
  else if (map->strict)
    result = checkAllEnded("map", iterators, taken);
  for (int64_t i = 0; i < taken; ++i)
    decref(items[static_cast<size_t>(i)]);
  return result;
}

Ref next(Value self) {
  MapObject* map = asMap(self);
  if (map->iterators->count != 1)
    return callWithItems(map);
  Value iterator = map->iterators->items()[0];
  Ref item = typeOf(iterator)->slots.next(iterator);
  if (!item)
    return {};
  Value argument = item;
  return call(map->function, &argument, 1);
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  bool strict;
  if (!takeStrict("map", args + argc, kwnames, strict))
    return {};
  if (argc < 2)
    return raise(typeErrorType, "map() must have at least two arguments.");
  PYC_TRY(iterators, makeIterators(args + 1, argc - 1));
  Ref self = Ref::steal(allocObject(type));
  if (self) {
    asMap(self)->function = Ref::copy(args[0]).release();
    asMap(self)->iterators = asTuple(iterators.release());
    asMap(self)->strict = strict;
  }
  return self;
}

Ref reduce(const Value* args) {
  MapObject* map = asMap(args[0]);
  TupleObject* iterators = map->iterators;
  PYC_TRY(arguments, newTuple(static_cast<size_t>(iterators->count + 1)));
  Value* items = asTuple(arguments)->items();
  items[0] = Ref::copy(map->function).release();
  for (int64_t i = 0; i < iterators->count; ++i)
    items[i + 1] = Ref::copy(iterators->items()[i]).release();
  if (map->strict)
    return tupleOf(typeOf(args[0]), arguments, Value::fromBool(true));
  return tupleOf(typeOf(args[0]), arguments);
}

Ref setState(const Value* args) {
  bool strict;
  if (!truth(args[1], strict))
    return {};
  asMap(args[0])->strict = strict;
  return Ref::none();
}

constexpr MethodDef kMethods[] = {
    {.signature = "__reduce__($self, /)", .bound = reduce},
    {.signature = "__setstate__($self, object, /)", .bound = setState},
};

} // namespace

constinit TypeObject mapType = {
    .name = "map",
    .base = &objectType,
    .basicSize = sizeof(MapObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected,
    .methods = kMethods,
    .doc = "map(function, iterable, /, *iterables, strict=False)\n--\n\nThe results of a function "
           "called with one item of each iterable.",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .iter = iterSelf,
              .next = next,
              .create = create},
};

} // namespace pyc::rt
