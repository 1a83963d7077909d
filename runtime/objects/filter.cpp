#include "runtime/objects/arguments.h"
#include "runtime/objects/index_iterator.h"

namespace pyc::rt {

namespace {

struct FilterObject {
  Object header;
  Value predicate; // owned; None: the items' own truth
  Value iterator;  // owned
};

FilterObject* asFilter(Value self) {
  return self.as<FilterObject>();
}

void dealloc(Object* self) {
  decrefMaybe(asFilter(self)->predicate);
  decrefMaybe(asFilter(self)->iterator);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  for (Value part : {asFilter(self)->predicate, asFilter(self)->iterator})
    if (part)
      visitor.visit(part);
}

bool passes(Value predicate, Value item, bool& result) {
  if (predicate.isNone() || predicate == Value(&boolType))
    return truth(item, result);
  PYC_TRY(outcome, call(predicate, item));
  return truth(outcome, result);
}

Ref next(Value self) {
  FilterObject* filter = asFilter(self);
  UnaryFn step = typeOf(filter->iterator)->slots.next;
  while (Ref item = step(filter->iterator)) {
    bool isWanted;
    if (!passes(filter->predicate, item, isWanted))
      return {};
    if (isWanted)
      return item;
  }
  return {};
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  bool ownInit = type->slots.init != filterType.slots.init;
  if ((!ownInit && !checkNoKeywords("filter", kwnames)) ||
      !checkArgumentCount("filter", argc, 2, 2))
    return {};
  PYC_TRY(iterator, getIter(args[1]));
  Ref self = Ref::steal(allocObject(type));
  if (self) {
    asFilter(self)->predicate = Ref::copy(args[0]).release();
    asFilter(self)->iterator = iterator.release();
  }
  return self;
}

Ref reduce(const Value* args) {
  FilterObject* filter = asFilter(args[0]);
  PYC_TRY(arguments, tupleOf(filter->predicate, filter->iterator));
  return tupleOf(typeOf(args[0]), arguments);
}

constexpr MethodDef kMethods[] = {
    {.signature = "__reduce__($self, /)", .bound = reduce},
};

} // namespace

constinit TypeObject filterType = {
    .name = "filter",
    .base = &objectType,
    .basicSize = sizeof(FilterObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected,
    .methods = kMethods,
    .doc = "filter(function, iterable, /)\n--\n\nThe items for which function(item) is true; for "
           "None, the true items.",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .iter = iterSelf,
              .next = next,
              .create = create},
};

} // namespace pyc::rt
