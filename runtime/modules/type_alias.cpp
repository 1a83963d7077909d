// typing.TypeAliasType: what a `type` statement makes.
#include "runtime/interp/type_params.h"

#include "runtime/modules/typing_support.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

struct TypeAliasObject {
  Object header;
  Value name, typeParams, module;
  Value value, evaluate; // null: not computed yet; given at once
};
TypeAliasObject* asAlias(Value value) {
  return value.as<TypeAliasObject>();
}

Ref newAlias(Value name, Value typeParams, Value value, Value evaluate) {
  Object* object = allocObject(&typeAliasType);
  if (!object)
    return {};
  TypeAliasObject* alias = asAlias(object);
  alias->name = Ref::copy(name).release();
  alias->typeParams = Ref::copy(typeParams).release();
  alias->value = Ref::copy(value).release();
  alias->evaluate = Ref::copy(evaluate).release();
  alias->module = callerModule().release();
  return Ref::steal(object);
}

bool hasParams(const TypeAliasObject* alias) {
  return alias->typeParams && isTuple(alias->typeParams) && asTuple(alias->typeParams)->count > 0;
}

} // namespace

Ref makeTypeAlias(Value parts) {
  const Value* items = asTuple(parts)->items();
  return newAlias(items[0], items[1].isNone() ? Value() : items[1], Value(), items[2]);
}

namespace {

Ref getName(Value self) {
  return Ref::copy(asAlias(self)->name);
}
Ref getValue(Value self) {
  return lazyValue(asAlias(self)->value, asAlias(self)->evaluate);
}
Ref getEvaluate(Value self) {
  return evaluatorOf(asAlias(self)->value, asAlias(self)->evaluate);
}
Ref getTypeParams(Value self) {
  return hasParams(asAlias(self)) ? Ref::copy(asAlias(self)->typeParams) : makeTuple(nullptr, 0);
}

/// The type parameters with every TypeVarTuple unpacked.
Ref getParameters(Value self) {
  if (!hasParams(asAlias(self)))
    return makeTuple(nullptr, 0);
  TupleObject* params = asTuple(asAlias(self)->typeParams);
  PYC_TRY(result, newTuple(static_cast<size_t>(params->count)));
  for (int64_t k = 0; k < params->count; ++k) {
    Ref item = Ref::copy(params->items()[k]);
    if (hasShape(item, kShapeTypeVarTuple)) {
      PYC_TRY(iterator, getIter(item));
      item = iterNext(iterator);
    }
    if (!item)
      return {};
    asTuple(result)->items()[k] = item.release();
  }
  return result;
}

Ref getModule(Value self) {
  Value module = asAlias(self)->module;
  return module ? Ref::copy(module) : Ref::none();
}

Ref reduceMethod(const Value* args) {
  return Ref::copy(asAlias(args[0])->name);
}

Ref subscript(Value self, Value key) {
  if (!hasParams(asAlias(self)))
    return raise(typeErrorType, "Only generic type aliases are subscriptable");
  Ref args = isTuple(key) ? Ref::copy(key) : tupleOf(key);
  return args ? makeGenericAlias(self, args) : Ref();
}

/// iter(alias): one item, Unpack[alias].
Ref iterSlot(Value self) {
  Value args[] = {self};
  PYC_TRY(unpacked, callTyping("_unpack_alias", args, 1));
  return getIter(unpacked);
}

Ref create(TypeObject*, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("typealias(name, value, *, type_params=(), qualname=None)");
  Value bound[4];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  if (!isStr(bound[0]))
    return raise(typeErrorType, "typealias() argument 'name' must be str, not %T", bound[0]);
  if (bound[2] && !isTuple(bound[2]))
    return raise(typeErrorType, "type_params must be a tuple");
  return newAlias(bound[0], bound[2], bound[1], Value());
}

void dealloc(Object* self) {
  TypeAliasObject* alias = asAlias(self);
  for (Value value : {alias->name, alias->typeParams, alias->module, alias->value, alias->evaluate})
    decrefMaybe(value);
  freeObject(self);
}
void traverse(Object* self, Visitor& visitor) {
  TypeAliasObject* alias = asAlias(self);
  for (Value value : {alias->typeParams, alias->value, alias->evaluate})
    if (value)
      visitor.visit(value);
}

Ref orSlot(Value lhs, Value rhs) {
  return typeUnion(lhs, rhs);
}

const MethodDef kMethods[] = {{.signature = "__reduce__($self, /)", .bound = reduceMethod}};
const GetSetDef kGetSets[] = {
    {"__name__", getName},
    {"__qualname__", getName},
    {"__value__", getValue},
    {"evaluate_value", getEvaluate},
    {"__type_params__", getTypeParams},
    {"__parameters__", getParameters},
    {"__module__", getModule},
};

constexpr TypeObject definition() {
  TypeObject type;
  type.name = "typing.TypeAliasType";
  type.basicSize = sizeof(TypeAliasObject);
  type.flags = kTypeBuiltin | kTypeCollected | kTypeWeakrefs;
  type.methods = kMethods;
  type.getSets = kGetSets;
  type.slots.dealloc = dealloc;
  type.slots.traverse = traverse;
  type.slots.repr = getName;
  type.slots.getItem = subscript;
  type.slots.iter = iterSlot;
  type.slots.create = create;
  type.slots.binary[static_cast<int>(BinaryOp::Or)] = orSlot;
  return type;
}

} // namespace

extern "C" constinit TypeObject typeAliasType = definition();

} // namespace pyc::rt
