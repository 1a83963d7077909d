#include "runtime/objects/arguments.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/index_iterator.h"
#include "runtime/objects/next_pair.h"
#include "runtime/objects/reductions.h"
#include "runtime/objects/result_tuple.h"
#include "runtime/objects/sequence.h"

namespace pyc::rt {

namespace {

EnumerateObject* asEnumerate(Value self) {
  return self.as<EnumerateObject>();
}

void dealloc(Object* self) {
  EnumerateObject* enumerate = asEnumerate(self);
  decrefMaybe(enumerate->iterator);
  decrefMaybe(enumerate->index);
  if (enumerate->result)
    decrefObject(&enumerate->result->header);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  EnumerateObject* enumerate = asEnumerate(self);
  if (enumerate->iterator)
    visitor.visit(enumerate->iterator);
  if (enumerate->result)
    visitor.visit(enumerate->result);
}

/// Gives the index and goes on to the next one.
Ref takeIndex(EnumerateObject* enumerate) {
  if (PYC_LIKELY(enumerate->index.isInt() && enumerate->index.asInt() < Value::kMaxInt)) {
    Value index = enumerate->index;
    enumerate->index = Value::fromInt(index.asInt() + 1);
    return Ref::number(index);
  }
  PYC_TRY(next, intBinary(BinaryOp::Add, enumerate->index, Value::fromInt(1)));
  return Ref::steal(std::exchange(enumerate->index, next.release()));
}

Ref next(Value self) {
  Ref index, item;
  if (!enumerateStep(self, index, item))
    return {};
  return resultPair(asEnumerate(self)->result, std::move(index), std::move(item));
}

/// The arguments `iterable` and `start`, by position or name.
bool bindArguments(const Value* args, size_t argc, Value kwnames, Value bound[2]) {
  size_t keywords = kwnames ? static_cast<size_t>(asTuple(kwnames)->count) : 0;
  if (argc + keywords > 2)
    return raise(typeErrorType, "enumerate() takes at most 2 arguments (%zu given)",
                 argc + keywords);
  for (size_t i = 0; i < argc; ++i)
    bound[i] = args[i];
  for (size_t i = 0; i < keywords; ++i) {
    StrObject* name = asStr(asTuple(kwnames)->items()[i]);
    size_t which = strEquals(name, "iterable") ? 0 : strEquals(name, "start") ? 1 : 2;
    if (which == 2 || bound[which])
      return raise(typeErrorType, "'%S' is an invalid keyword argument for enumerate()",
                   Value(name));
    bound[which] = args[argc + i];
  }
  return bound[0] || raise(typeErrorType, "enumerate() missing required argument 'iterable'");
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  Value bound[2];
  if (!bindArguments(args, argc, kwnames, bound))
    return {};
  PYC_TRY(index, exactIndex(bound[1] ? bound[1] : Value::fromInt(0)));
  PYC_TRY(iterator, getIter(bound[0]));
  Ref self = Ref::steal(allocObject(type));
  if (self) {
    asEnumerate(self)->iterator = iterator.release();
    asEnumerate(self)->index = index.release();
  }
  return self;
}

Ref reduce(const Value* args) {
  EnumerateObject* enumerate = asEnumerate(args[0]);
  PYC_TRY(arguments, tupleOf(enumerate->iterator, enumerate->index));
  return tupleOf(typeOf(args[0]), arguments);
}

constexpr MethodDef kMethods[] = {
    {.signature = "__reduce__($self, /)", .bound = reduce},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class},
};

} // namespace

bool enumerateStep(Value self, Ref& index, Ref& item) {
  EnumerateObject* enumerate = asEnumerate(self);
  item = nextOfAny(enumerate->iterator);
  if (!item)
    return false;
  index = takeIndex(enumerate);
  return static_cast<bool>(index);
}

Ref resumedEnumerate(std::span<const Value> state) {
  Ref self = Ref::steal(allocObject(&enumerateType));
  if (self) {
    asEnumerate(self)->iterator = Ref::copy(state[0]).release();
    asEnumerate(self)->index = Ref::copy(state[1]).release();
  }
  return self;
}

constinit TypeObject enumerateType = {
    .name = "enumerate",
    .base = &objectType,
    .basicSize = sizeof(EnumerateObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected,
    .methods = kMethods,
    .doc = "enumerate(iterable, start=0)\n--\n\nPairs of a count (from start) and an item of the "
           "iterable.",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .iter = iterSelf,
              .next = next,
              .create = create},
};

} // namespace pyc::rt
