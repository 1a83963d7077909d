#include "runtime/objects/type_params.h"

#include "runtime/objects/generic_alias.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

/// One structure for the three kinds of parameter and for aliases. What is computed lazily is a
/// function until it is first asked for.
struct TypeParamObject {
  Object header;
  Value name;        // str
  Value evaluate;    // function of the bound, the constraints, or the alias's value; or null
  Value value;       // what it gave, or null
  Value constraints; // true object: `evaluate` gives constraints
  Value evaluateDefault, defaultValue;
  Value params; // aliases: tuple of type parameters, or null
};

TypeParamObject* asParam(Value value) {
  return value.as<TypeParamObject>();
}

template <class Visit> void forEachField(Object* self, Visit visit) {
  auto* param = reinterpret_cast<TypeParamObject*>(self);
  for (Value* field : {&param->name, &param->evaluate, &param->value, &param->constraints,
                       &param->evaluateDefault, &param->defaultValue, &param->params})
    visit(*field);
}
void traverseParam(Object* self, Visitor& visitor) {
  forEachField(self, [&](Value& field) {
    if (field)
      visitor.visit(field);
  });
}
void clearParam(Object* self) {
  forEachField(self, [](Value& field) { decrefMaybe(std::exchange(field, Value())); });
}
void deallocParam(Object* self) {
  clearParam(self);
  freeObject(self);
}

Ref makeParam(TypeObject& type, Value name, Value evaluate, bool isConstraints) {
  Object* object = allocObject(&type);
  if (!object)
    return {};
  auto* param = reinterpret_cast<TypeParamObject*>(object);
  param->name = Ref::copy(name).release();
  param->evaluate = Ref::copy(evaluate).release();
  param->constraints = isConstraints ? Value::fromBool(true) : Value();
  return Ref::steal(object);
}

/// The value of a lazily evaluated field: format 1 (VALUE) as annotation functions take it.
Ref evaluated(Value evaluate, Value& cache) {
  if (!cache) {
    Ref result = call(evaluate, Value::fromInt(1));
    if (!result)
      return {};
    if (!cache)
      cache = result.release();
  }
  return Ref::copy(cache);
}

Ref getName(Value self) {
  return Ref::copy(asParam(self)->name);
}
Ref getBound(Value self) {
  TypeParamObject* param = asParam(self);
  return param->evaluate && !param->constraints ? evaluated(param->evaluate, param->value) : Ref::none();
}
Ref getConstraints(Value self) {
  TypeParamObject* param = asParam(self);
  return param->constraints ? evaluated(param->evaluate, param->value) : makeTuple(nullptr, 0);
}
Ref getDefault(Value self) {
  TypeParamObject* param = asParam(self);
  return param->evaluateDefault ? evaluated(param->evaluateDefault, param->defaultValue) : Ref::none();
}
Ref getVariance(Value) {
  return Ref::boolean(false);
}
Ref getInferVariance(Value) {
  return Ref::boolean(true);
}
Ref reprParam(Value self) {
  return Ref::copy(asParam(self)->name);
}
Ref getAliasValue(Value self) {
  return evaluated(asParam(self)->evaluate, asParam(self)->value);
}
Ref getAliasParams(Value self) {
  Value params = asParam(self)->params;
  return params ? Ref::copy(params) : makeTuple(nullptr, 0);
}
Ref subscriptAlias(Value self, Value arguments) {
  return makeGenericAlias(self, arguments);
}
Ref uniteTypes(Value lhs, Value rhs) {
  return makeUnion(lhs, rhs);
}

constexpr GetSetDef kParamGetSets[] = {
    {"__name__", getName},
    {"__default__", getDefault},
    {"__covariant__", getVariance},
    {"__contravariant__", getVariance},
    {"__infer_variance__", getInferVariance},
};
constexpr GetSetDef kTypeVarGetSets[] = {
    {"__name__", getName},
    {"__bound__", getBound},
    {"__constraints__", getConstraints},
    {"__default__", getDefault},
    {"__covariant__", getVariance},
    {"__contravariant__", getVariance},
    {"__infer_variance__", getInferVariance},
};
constexpr GetSetDef kAliasGetSets[] = {
    {"__name__", getName},
    {"__value__", getAliasValue},
    {"__type_params__", getAliasParams},
    {"__parameters__", getAliasParams},
};

constexpr TypeSlots paramSlots() {
  TypeSlots slots;
  slots.dealloc = deallocParam;
  slots.traverse = traverseParam;
  slots.clear = clearParam;
  slots.repr = reprParam;
  slots.binary[static_cast<unsigned>(BinaryOp::Or)] = uniteTypes;
  return slots;
}
constexpr TypeSlots aliasSlots() {
  TypeSlots slots = paramSlots();
  slots.getItem = subscriptAlias;
  return slots;
}

constexpr uint32_t kFlags = kTypeBuiltin | kTypeCollected | kTypeWeakrefs | kTypeDisallowNew;

} // namespace

Ref makeTypeVar(Value name, Value evaluateBound, Value evaluateConstraints) {
  return makeParam(typeVarType, name, evaluateConstraints ? evaluateConstraints : evaluateBound,
                   static_cast<bool>(evaluateConstraints));
}
Ref makeParamSpec(Value name) {
  return makeParam(paramSpecType, name, Value(), false);
}
Ref makeTypeVarTuple(Value name) {
  return makeParam(typeVarTupleType, name, Value(), false);
}
Ref makeTypeAlias(Value parts) {
  const Value* items = asTuple(parts)->items();
  Ref alias = makeParam(typeAliasType, items[0], items[2], false);
  if (alias && !items[1].isNone())
    asParam(alias)->params = Ref::copy(items[1]).release();
  return alias;
}
Ref setTypeParamDefault(Value typeParam, Value evaluate) {
  decrefMaybe(std::exchange(asParam(typeParam)->evaluateDefault, Ref::copy(evaluate).release()));
  return Ref::copy(typeParam);
}
/// typing.Generic is the library's; a class with type parameters gets it as a base.
Ref subscriptGeneric(Value params) {
  PYC_TRY(name, makeStr("typing"));
  if (!moduleImporter)
    return raise(systemErrorType, "no import system");
  PYC_TRY(typing, moduleImporter(asStr(name)));
  PYC_TRY(generic, getAttr(typing, internLiteral("Generic")));
  return getItem(generic, params);
}

extern "C" constinit TypeObject typeVarType = {.name = "typing.TypeVar",
                                               .basicSize = sizeof(TypeParamObject),
                                               .flags = kFlags,
                                               .getSets = kTypeVarGetSets,
                                               .slots = paramSlots()};
extern "C" constinit TypeObject paramSpecType = {.name = "typing.ParamSpec",
                                                 .basicSize = sizeof(TypeParamObject),
                                                 .flags = kFlags,
                                                 .getSets = kParamGetSets,
                                                 .slots = paramSlots()};
extern "C" constinit TypeObject typeVarTupleType = {.name = "typing.TypeVarTuple",
                                                    .basicSize = sizeof(TypeParamObject),
                                                    .flags = kFlags,
                                                    .getSets = kParamGetSets,
                                                    .slots = paramSlots()};
extern "C" constinit TypeObject typeAliasType = {.name = "typing.TypeAliasType",
                                                 .basicSize = sizeof(TypeParamObject),
                                                 .flags = kFlags,
                                                 .getSets = kAliasGetSets,
                                                 .slots = aliasSlots()};
extern "C" constinit TypeObject paramSpecArgsType = {.name = "typing.ParamSpecArgs", .flags = kFlags};
extern "C" constinit TypeObject paramSpecKwargsType = {.name = "typing.ParamSpecKwargs", .flags = kFlags};

} // namespace pyc::rt
