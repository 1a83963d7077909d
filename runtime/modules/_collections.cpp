// The module _collections: deque (deque*.cpp), defaultdict, OrderedDict, and what namedtuple and
// Counter are faster with.
#include "runtime/modules/default_dict.h"
#include "runtime/modules/deque.h"
#include "runtime/modules/ordered_dict.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/int.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

/// Counter's counting for a plain dict, whose methods nobody can replace.
bool countInDict(DictObject* counts, Value iterable) {
  return forEach(iterable, [&](Value item) -> bool {
    Ref before;
    if (!dictGet(counts, item, before))
      return false;
    PYC_TRY(after, before ? binaryOp(BinaryOp::Add, before, Value::fromInt(1))
                          : Ref::number(Value::fromInt(1)));
    return dictSet(counts, item, after);
  });
}

bool hasPlainAccess(Value mapping) {
  StrObject* setter = internLiteral("__setitem__");
  return isDict(mapping) &&
         findInType(typeOf(mapping), names::get) == findInType(&dictType, names::get) &&
         findInType(typeOf(mapping), setter) == findInType(&dictType, setter);
}

Ref countElements(const Value* args) {
  if (hasPlainAccess(args[0]))
    return countInDict(asDict(args[0]), args[1]) ? Ref::none() : Ref();
  PYC_TRY(get, getAttr(args[0], names::get));
  bool done = forEach(args[1], [&](Value item) -> bool {
    PYC_TRY(before, call(get, item, Value::fromInt(0)));
    PYC_TRY(after, binaryOp(BinaryOp::Add, before, Value::fromInt(1)));
    return setItem(args[0], item, after);
  });
  return done ? Ref::none() : Ref();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "_count_elements(mapping, iterable, /)",
     .bound = countElements,
     .doc = "Adds one to mapping[item] for each item of the iterable."},
};

// The fields of named tuples.

struct TupleGetterObject {
  Object header;
  int64_t index;
  Value doc;
};

TupleGetterObject* asGetter(Value value) {
  return value.as<TupleGetterObject>();
}

extern TypeObject tupleGetterType;

Ref createGetter(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  int64_t index = 0;
  if (!checkNoKeywords("_tuplegetter", kwnames) ||
      !checkArgumentCount("_tuplegetter", argc, 2, 2) || !sizeArg(args[0], index))
    return {};
  Object* object = allocObject(type);
  if (!object)
    return {};
  asGetter(object)->index = index;
  asGetter(object)->doc = Ref::copy(args[1]).release();
  return Ref::steal(object);
}

void deallocGetter(Object* self) {
  decrefMaybe(asGetter(self)->doc);
  freeObject(self);
}

void traverseGetter(Object* self, Visitor& visitor) {
  if (asGetter(self)->doc)
    visitor.visit(asGetter(self)->doc);
}

Ref getField(Value self, Value object, Value) {
  if (!object || object.isNone())
    return Ref::copy(self);
  int64_t index = asGetter(self)->index;
  if (!isTuple(object))
    return raise(typeErrorType,
                 "descriptor for index '%lld' for tuple subclasses doesn't apply to '%T' object",
                 static_cast<long long>(index), object);
  if (index < 0 || index >= asTuple(object)->count)
    return raise(indexErrorType, "tuple index out of range");
  return Ref::copy(asTuple(object)->items()[index]);
}

bool setFieldOf(Value, Value, Value value) {
  return raise(attributeErrorType, "can't %s attribute", value ? "set" : "delete");
}

Ref reprGetter(Value self) {
  return formatText("_tuplegetter(%lld, %R)", static_cast<long long>(asGetter(self)->index),
                    asGetter(self)->doc);
}

Ref reduceGetter(const Value* args) {
  PYC_TRY(index, makeInt(asGetter(args[0])->index));
  PYC_TRY(arguments, tupleOf(index.get(), asGetter(args[0])->doc));
  return tupleOf(Value(&tupleGetterType.header), arguments.get());
}

constexpr MethodDef kGetterMethods[] = {
    {.signature = "__reduce__($self, /)", .bound = reduceGetter},
};
constexpr MemberDef kGetterMembers[] = {
    {"__doc__", offsetof(TupleGetterObject, doc), MemberDef::Writable},
};

constinit TypeObject tupleGetterType = {
    .name = "collections._tuplegetter",
    .base = &objectType,
    .basicSize = sizeof(TupleGetterObject),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kGetterMethods,
    .members = kGetterMembers,
    .slots = {.dealloc = deallocGetter,
              .traverse = traverseGetter,
              .repr = reprGetter,
              .get = getField,
              .set = setFieldOf,
              .create = createGetter},
};

} // namespace

bool fillModule__collections(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) && addType(module, dequeType) &&
         addType(module, defaultDictType) && addType(module, orderedDictType) &&
         addType(module, dequeIteratorType) && addType(module, dequeReverseIteratorType) &&
         addType(module, tupleGetterType) &&
         addStr(module, "__doc__",
                "What is below collections: deques, and dicts that make what is missing.");
}

} // namespace pyc::rt
