// TypeVar, ParamSpec and TypeVarTuple: one structure for the three.
#include "runtime/interp/type_params.h"

#include "runtime/modules/import_system.h"
#include "runtime/modules/typing_support.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/tuple.h"

#include <iterator>

namespace pyc::rt {

namespace {

struct TypeParamObject {
  Object header;
  Value name;
  Value bound, evaluateBound;             // null: not given, or not computed yet
  Value constraints, evaluateConstraints; // likewise
  Value defaultValue, evaluateDefault;    // likewise
  bool covariant, contravariant, inferVariance;
};
TypeParamObject* asParam(Value value) {
  return value.as<TypeParamObject>();
}

Ref newParam(TypeObject& type, Value name) {
  readyType(&type);
  Object* object = allocObject(&type);
  if (!object)
    return {};
  asParam(object)->name = Ref::copy(name).release();
  return Ref::steal(object);
}

} // namespace

Ref makeTypeVar(Value name, Value evaluateBound, Value evaluateConstraints) {
  PYC_TRY(result, newParam(typeVarType, name));
  asParam(result)->evaluateBound = Ref::copy(evaluateBound).release();
  asParam(result)->evaluateConstraints = Ref::copy(evaluateConstraints).release();
  asParam(result)->inferVariance = true;
  return result;
}

Ref makeParamSpec(Value name) {
  PYC_TRY(result, newParam(paramSpecType, name));
  asParam(result)->inferVariance = true;
  return result;
}

Ref makeTypeVarTuple(Value name) {
  PYC_TRY(result, newParam(typeVarTupleType, name));
  asParam(result)->inferVariance = true;
  return result;
}

Ref setTypeParamDefault(Value typeParam, Value evaluate) {
  decrefMaybe(std::exchange(asParam(typeParam)->evaluateDefault, Ref::copy(evaluate).release()));
  return Ref::copy(typeParam);
}

Ref subscriptGeneric(Value params) {
  PYC_TRY(typing, importModuleNamed("typing"));
  // A TypeVarTuple stands for as many types as there are: *Ts.
  Ref unpacked = Ref::copy(params);
  if (isTuple(params)) {
    Ref items = newTuple(static_cast<size_t>(asTuple(params)->count));
    for (int64_t k = 0; items && k < asTuple(params)->count; ++k) {
      Value param = asTuple(params)->items()[k];
      Ref item = Ref::copy(param);
      if (hasShape(param, kShapeTypeVarTuple)) {
        PYC_TRY(unpack, getAttr(typing, internLiteral("Unpack")));
        item = getItem(unpack, param);
      }
      if (!item)
        return {};
      asTuple(items)->items()[k] = item.release();
    }
    unpacked = std::move(items);
  }
  PYC_TRY(generic, getAttr(typing, internLiteral("Generic")));
  return unpacked ? getItem(generic, unpacked) : Ref();
}

namespace {

// Attributes.

Ref getName(Value self) {
  return Ref::copy(asParam(self)->name);
}
Ref getBound(Value self) {
  return lazyValue(asParam(self)->bound, asParam(self)->evaluateBound);
}
Ref getConstraints(Value self) {
  TypeParamObject* param = asParam(self);
  return param->constraints || param->evaluateConstraints
             ? lazyValue(param->constraints, param->evaluateConstraints)
             : makeTuple(nullptr, 0);
}
Ref getDefault(Value self) {
  TypeParamObject* param = asParam(self);
  if (!param->defaultValue && !param->evaluateDefault)
    return Ref::copy(noDefault());
  return lazyValue(param->defaultValue, param->evaluateDefault);
}
Ref getEvaluateBound(Value self) {
  return evaluatorOf(asParam(self)->bound, asParam(self)->evaluateBound);
}
Ref getEvaluateConstraints(Value self) {
  return evaluatorOf(asParam(self)->constraints, asParam(self)->evaluateConstraints);
}
Ref getEvaluateDefault(Value self) {
  return evaluatorOf(asParam(self)->defaultValue, asParam(self)->evaluateDefault);
}
Ref getCovariant(Value self) {
  return Ref::boolean(asParam(self)->covariant);
}
Ref getContravariant(Value self) {
  return Ref::boolean(asParam(self)->contravariant);
}
Ref getInferVariance(Value self) {
  return Ref::boolean(asParam(self)->inferVariance);
}

Ref hasDefaultMethod(const Value* args) {
  TypeParamObject* param = asParam(args[0]);
  return Ref::boolean(param->evaluateDefault ||
                      (param->defaultValue && param->defaultValue != noDefault()));
}

Ref paramRepr(Value self) {
  TypeParamObject* param = asParam(self);
  if (param->inferVariance)
    return Ref::copy(param->name);
  return formatText("%c%S", param->covariant ? '+' : param->contravariant ? '-' : '~', param->name);
}

Ref reduceMethod(const Value* args) {
  return Ref::copy(asParam(args[0])->name);
}

Ref mroEntriesMethod(const Value* args) {
  return raise(typeErrorType, "Cannot subclass an instance of %s", nameOf(typeOf(args[0])));
}

// How typing substitutes.

Ref typeVarSubst(const Value* args) {
  return callTyping("_typevar_subst", args, 2);
}
Ref paramSpecSubst(const Value* args) {
  return callTyping("_paramspec_subst", args, 2);
}
Ref paramSpecPrepare(const Value* args) {
  return callTyping("_paramspec_prepare_subst", args, 3);
}
Ref typeVarTupleSubst(const Value*) {
  return raise(typeErrorType, "Substitution of bare TypeVarTuple is not supported");
}
Ref typeVarTuplePrepare(const Value* args) {
  return callTyping("_typevartuple_prepare_subst", args, 3);
}

/// A parameter that is left out takes its default, in the place where it stands.
Ref typeVarPrepare(const Value* args) {
  PYC_TRY(parameters, getAttr(args[1], internLiteral("__parameters__")));
  PYC_TRY(given, sequenceTuple(args[2]));
  PYC_TRY(place, callMethod(parameters, internLiteral("index"), args[0]));
  int64_t index;
  if (!toInt64(place, index))
    return {};
  int64_t count = asTuple(given)->count;
  if (index < count)
    return given;
  TypeParamObject* param = asParam(args[0]);
  if (index == count && (param->evaluateDefault || param->defaultValue)) {
    PYC_TRY(fallback, getDefault(args[0]));
    PYC_TRY(extra, tupleOf(fallback));
    return binaryOp(BinaryOp::Add, given, extra);
  }
  return raise(typeErrorType, "Too few arguments for %S; actual %lld, expected at least %lld",
               args[1], static_cast<long long>(count), static_cast<long long>(index + 1));
}

Ref orSlot(Value lhs, Value rhs) {
  return typeUnion(lhs, rhs);
}

// ParamSpec's args and kwargs.

struct PartObject {
  Object header;
  Value origin;
};

Ref makePart(TypeObject& type, Value origin) {
  readyType(&type);
  Object* object = allocObject(&type);
  if (!object)
    return {};
  reinterpret_cast<PartObject*>(object)->origin = Ref::copy(origin).release();
  return Ref::steal(object);
}
Ref getArgs(Value self) {
  return makePart(paramSpecArgsType, self);
}
Ref getKwargs(Value self) {
  return makePart(paramSpecKwargsType, self);
}
Ref getOrigin(Value self) {
  return Ref::copy(self.as<PartObject>()->origin);
}

Ref partRepr(Value self) {
  Value origin = self.as<PartObject>()->origin;
  const char* part = hasShape(self, kShapeParamSpecArgs) ? "args" : "kwargs";
  if (hasShape(origin, kShapeParamSpec))
    return formatText("%S.%s", asParam(origin)->name, part);
  return formatText("%R.%s", origin, part);
}

Ref partCompare(Value self, Value other, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || typeOf(other) != typeOf(self))
    return Ref::notImplemented();
  return compare(op, self.as<PartObject>()->origin, other.as<PartObject>()->origin);
}

Ref createPart(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("ParamSpecArgs(origin)");
  Value bound[1];
  return signature.bind(args, argc, kwnames, bound) ? makePart(*type, bound[0]) : Ref();
}
void deallocPart(Object* self) {
  decrefMaybe(reinterpret_cast<PartObject*>(self)->origin);
  freeObject(self);
}
void traversePart(Object* self, Visitor& visitor) {
  visitor.visit(reinterpret_cast<PartObject*>(self)->origin);
}

/// iter(Ts): one item, Unpack[Ts].
Ref typeVarTupleIter(Value self) {
  PYC_TRY(typing, importModuleNamed("typing"));
  PYC_TRY(unpack, getAttr(typing, internLiteral("Unpack")));
  PYC_TRY(item, getItem(unpack, self));
  PYC_TRY(items, tupleOf(item));
  return getIter(items);
}

// Constructors.

bool readFlags(TypeParamObject* param, const Value* flags) {
  bool* fields[] = {&param->covariant, &param->contravariant, &param->inferVariance};
  for (int k = 0; k < 3; ++k)
    if (flags[k] && !truth(flags[k], *fields[k]))
      return false;
  if (param->covariant && param->contravariant)
    return raise(valueErrorType, "Bivariant types are not supported.");
  if (param->inferVariance && (param->covariant || param->contravariant))
    return raise(valueErrorType, "Variance cannot be specified with infer_variance.");
  return true;
}

Ref finishConstructor(Ref param, Value fallback) {
  if (fallback && fallback != noDefault())
    asParam(param)->defaultValue = Ref::copy(fallback).release();
  Ref module = callerModule();
  if (!setOwnAttr(param.get().object(), names::__module__, module))
    return {};
  return param;
}

Ref checkedType(Value value, const char* message) {
  PYC_TRY(text, makeStr(message));
  Value args[] = {value, text};
  return callTyping("_type_check", args, 2);
}

Ref typeVarFrom(const Value* args) {
  enum { kName, kConstraints, kBound, kDefault, kCovariant };
  if (!isStr(args[kName]))
    return raise(typeErrorType, "TypeVar() argument 'name' must be str, not %T", args[kName]);
  PYC_TRY(result, newParam(typeVarType, args[kName]));
  TypeParamObject* param = asParam(result);
  if (!readFlags(param, args + kCovariant))
    return {};
  int64_t count = asTuple(args[kConstraints])->count;
  if (args[kBound] && !args[kBound].isNone()) {
    if (count)
      return raise(typeErrorType, "Constraints cannot be combined with bound=...");
    PYC_TRY(bound, checkedType(args[kBound], "Bound must be a type."));
    param->bound = bound.release();
  }
  if (count == 1)
    return raise(typeErrorType, "A single constraint is not allowed");
  if (count)
    param->constraints = Ref::copy(args[kConstraints]).release();
  return finishConstructor(std::move(result), args[kDefault]);
}

Ref createTypeVar(TypeObject*, const Value* args, size_t argc, Value kwnames) {
  static const Signature* const signature =
      parseSignature("TypeVar(name, *constraints, bound=None, default=NoDefault, covariant=False, "
                     "contravariant=False, "
                     "infer_variance=False)");
  static const MethodDef definition = {.signature = "", .bound = typeVarFrom};
  return callMethodDef(&definition, *signature, args, argc, kwnames);
}

/// A bound of several types: anything that says so.
void keepBound(Value param, Value bound) {
  if (bound && !bound.isNone())
    asParam(param)->bound = Ref::copy(bound).release();
}

Ref createParamSpec(TypeObject*, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "ParamSpec(name, *, bound=None, default=NoDefault, covariant=False, "
      "contravariant=False, infer_variance=False)");
  Value bound[6];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  if (!isStr(bound[0]))
    return raise(typeErrorType, "ParamSpec() argument 'name' must be str, not %T", bound[0]);
  PYC_TRY(result, newParam(paramSpecType, bound[0]));
  if (!readFlags(asParam(result), bound + 3))
    return {};
  keepBound(result, bound[1]);
  return finishConstructor(std::move(result), bound[2]);
}

Ref createTypeVarTuple(TypeObject*, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "TypeVarTuple(name, *, default=NoDefault, bound=None, covariant=False, "
      "contravariant=False, infer_variance=False)");
  Value bound[6];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  if (!isStr(bound[0]))
    return raise(typeErrorType, "TypeVarTuple() argument 'name' must be str, not %T", bound[0]);
  PYC_TRY(result, newParam(typeVarTupleType, bound[0]));
  if (!readFlags(asParam(result), bound + 3))
    return {};
  keepBound(result, bound[2]);
  return finishConstructor(std::move(result), bound[1]);
}

void dealloc(Object* self) {
  TypeParamObject* param = asParam(self);
  for (Value value : {param->name, param->bound, param->evaluateBound, param->constraints,
                      param->evaluateConstraints, param->defaultValue, param->evaluateDefault})
    decrefMaybe(value);
  freeObject(self);
}
void traverse(Object* self, Visitor& visitor) {
  TypeParamObject* param = asParam(self);
  for (Value value : {param->bound, param->evaluateBound, param->constraints,
                      param->evaluateConstraints, param->defaultValue, param->evaluateDefault})
    if (value)
      visitor.visit(value);
}

#define COMMON_METHODS                                                                             \
  {.signature = "has_default($self, /)", .bound = hasDefaultMethod},                               \
      {.signature = "__reduce__($self, /)", .bound = reduceMethod}, {                              \
    .signature = "__mro_entries__($self, bases, /)", .bound = mroEntriesMethod                     \
  }
const MethodDef kTypeVarMethods[] = {
    {.signature = "__typing_subst__($self, arg, /)", .bound = typeVarSubst},
    {.signature = "__typing_prepare_subst__($self, alias, args, /)", .bound = typeVarPrepare},
    COMMON_METHODS,
};
const MethodDef kParamSpecMethods[] = {
    {.signature = "__typing_subst__($self, arg, /)", .bound = paramSpecSubst},
    {.signature = "__typing_prepare_subst__($self, alias, args, /)", .bound = paramSpecPrepare},
    COMMON_METHODS,
};
const MethodDef kTypeVarTupleMethods[] = {
    {.signature = "__typing_subst__($self, arg, /)", .bound = typeVarTupleSubst},
    {.signature = "__typing_prepare_subst__($self, alias, args, /)", .bound = typeVarTuplePrepare},
    COMMON_METHODS,
};

#define COMMON_GETSETS                                                                             \
  {"__name__", getName}, {"__default__", getDefault}, {"evaluate_default", getEvaluateDefault},    \
      {"__bound__", getBound}, {"__covariant__", getCovariant},                                    \
      {"__contravariant__", getContravariant}, {                                                   \
    "__infer_variance__", getInferVariance                                                         \
  }
const GetSetDef kTypeVarGetSets[] = {
    COMMON_GETSETS,
    {"__constraints__", getConstraints},
    {"evaluate_bound", getEvaluateBound},
    {"evaluate_constraints", getEvaluateConstraints},
};
const GetSetDef kParamSpecGetSets[] = {COMMON_GETSETS, {"args", getArgs}, {"kwargs", getKwargs}};
const GetSetDef kTypeVarTupleGetSets[] = {COMMON_GETSETS};
const GetSetDef kPartGetSets[] = {{"__origin__", getOrigin}};

constexpr uint32_t kParamFlags = kTypeBuiltin | kTypeCollected | kTypeHasStore | kTypeWeakrefs;

constexpr TypeObject paramType(const char* name, std::span<const MethodDef> methods,
                               std::span<const GetSetDef> getSets,
                               Ref (*create)(TypeObject*, const Value*, size_t, Value)) {
  TypeObject type;
  type.name = name;
  type.basicSize = sizeof(TypeParamObject);
  type.flags = kParamFlags;
  type.methods = methods;
  type.getSets = getSets;
  type.slots.dealloc = dealloc;
  type.slots.traverse = traverse;
  type.slots.repr = paramRepr;
  type.slots.create = create;
  type.slots.binary[static_cast<int>(BinaryOp::Or)] = orSlot;
  return type;
}

constexpr TypeObject partType(const char* name) {
  TypeObject type;
  type.name = name;
  type.basicSize = sizeof(PartObject);
  type.flags = kTypeBuiltin | kTypeCollected | kTypeWeakrefs;
  type.getSets = kPartGetSets;
  type.slots.dealloc = deallocPart;
  type.slots.traverse = traversePart;
  type.slots.repr = partRepr;
  type.slots.compare = partCompare;
  type.slots.create = createPart;
  return type;
}

} // namespace

extern "C" constinit TypeObject typeVarType =
    paramType("typing.TypeVar", kTypeVarMethods, kTypeVarGetSets, createTypeVar);
extern "C" constinit TypeObject paramSpecType =
    paramType("typing.ParamSpec", kParamSpecMethods, kParamSpecGetSets, createParamSpec);

static constexpr TypeObject typeVarTupleDefinition() {
  TypeObject type = paramType("typing.TypeVarTuple", kTypeVarTupleMethods, kTypeVarTupleGetSets,
                              createTypeVarTuple);
  type.slots.binary[static_cast<int>(BinaryOp::Or)] = nullptr;
  type.slots.iter = typeVarTupleIter;
  return type;
}
extern "C" constinit TypeObject typeVarTupleType = typeVarTupleDefinition();
extern "C" constinit TypeObject paramSpecArgsType = partType("typing.ParamSpecArgs");
extern "C" constinit TypeObject paramSpecKwargsType = partType("typing.ParamSpecKwargs");

} // namespace pyc::rt
