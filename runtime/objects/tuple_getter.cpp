#include "runtime/objects/tuple_getter.h"

#include "runtime/objects/arguments.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

TupleGetterObject* asGetter(Value value) {
  return value.as<TupleGetterObject>();
}

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

} // namespace

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

} // namespace pyc::rt
