#include "runtime/modules/typing_support.h"

#include "runtime/interp/namespaces.h"
#include "runtime/modules/import_system.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/generic_parts.h"
#include "runtime/objects/int.h"
#include "runtime/objects/object_type.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

Ref callTyping(const char* function, const Value* args, size_t argc) {
  PYC_TRY(typing, importModuleNamed("typing"));
  return callMethod(typing, internLiteral(function), args, argc);
}

Ref lazyValue(Value& value, Value evaluate) {
  if (!value && evaluate) {
    PYC_TRY(computed, call(evaluate, Value::fromInt(1)));
    if (!value)
      value = computed.release();
  }
  return value ? Ref::copy(value) : Ref::none();
}

Ref typeUnion(Value lhs, Value rhs) {
  Value args[] = {lhs, rhs};
  PYC_TRY(both, makeTuple(args, 2));
  return unionOfChecked(both);
}

Ref callerModule() {
  DictObject* globals = currentGlobals();
  Value name = globals ? dictFindStr(globals, names::__name__) : Value();
  return name ? Ref::copy(name) : Ref::none();
}

// NoDefault

namespace {

Ref noDefaultRepr(Value) {
  return makeStr("typing.NoDefault");
}
Ref noDefaultReduce(const Value*) {
  return makeStr("NoDefault");
}
Ref noDefaultCreate(TypeObject*, const Value*, size_t argc, Value) {
  if (argc)
    return raise(typeErrorType, "NoDefaultType takes no arguments");
  return Ref::copy(noDefault());
}
const MethodDef kNoDefaultMethods[] = {
    {.signature = "__reduce__($self, /)", .bound = noDefaultReduce}};

// What evaluate_x shows of a value that was given at once.

struct ConstEvaluatorObject {
  Object header;
  Value value;
};

void deallocEvaluator(Object* self) {
  decrefMaybe(reinterpret_cast<ConstEvaluatorObject*>(self)->value);
  freeObject(self);
}
void traverseEvaluator(Object* self, Visitor& visitor) {
  visitor.visit(reinterpret_cast<ConstEvaluatorObject*>(self)->value);
}

/// The value as it would stand in an annotation; constraints are a tuple of such.
Ref textOfValue(Value value) {
  StrBuilder out;
  if (!isExactTuple(value))
    return appendTypeText(out, value) ? out.finish() : Ref();
  TupleObject* items = asTuple(value);
  out.append("(");
  for (int64_t k = 0; k < items->count; ++k) {
    if (k)
      out.append(", ");
    if (!appendTypeText(out, items->items()[k]))
      return {};
  }
  out.append(")");
  return out.finish();
}

constexpr int64_t kStringFormat = 4; // annotationlib.Format.STRING

/// evaluator(format): the value, or its text.
Ref callEvaluator(Value self, const Value* args, size_t argc, Value kwnames) {
  int64_t format = 1;
  if (!checkNoKeywords("constevaluator.__call__", kwnames))
    return {};
  if (argc != 1)
    return raise(typeErrorType, "constevaluator.__call__() takes exactly 1 argument (%zu given)",
                 argc);
  if (!toInt64(args[0], format, &overflowErrorType))
    return {};
  Value value = self.as<ConstEvaluatorObject>()->value;
  return format == kStringFormat ? textOfValue(value) : Ref::copy(value);
}

Ref evaluatorRepr(Value self) {
  return formatText("<constevaluator %R>", self.as<ConstEvaluatorObject>()->value);
}

} // namespace

constinit TypeObject noDefaultType = {
    .name = "NoDefaultType",
    .methods = kNoDefaultMethods,
    .doc = "The type of typing.NoDefault, which says that a type parameter has no default.",
    .slots = {.repr = noDefaultRepr, .create = noDefaultCreate},
};

Value noDefault() {
  static Value instance;
  if (!instance) {
    readyType(&noDefaultType);
    Object* object = allocObject(&noDefaultType);
    PYC_CHECK(object != nullptr);
    makeImmortal(object);
    instance = object;
  }
  return instance;
}

constinit TypeObject constEvaluatorType = {
    .name = "_typing._ConstEvaluator",
    .basicSize = sizeof(ConstEvaluatorObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .slots = {.dealloc = deallocEvaluator,
              .traverse = traverseEvaluator,
              .repr = evaluatorRepr,
              .call = callEvaluator},
};

Ref evaluatorOf(Value value, Value evaluate) {
  if (evaluate)
    return Ref::copy(evaluate);
  if (!value)
    return Ref::none();
  readyType(&constEvaluatorType);
  Object* object = allocObject(&constEvaluatorType);
  if (!object)
    return {};
  reinterpret_cast<ConstEvaluatorObject*>(object)->value = Ref::copy(value).release();
  return Ref::steal(object);
}

// Generic

namespace {

Ref genericGetItem(const Value* args) {
  return callTyping("_generic_class_getitem", args, 2);
}
Ref genericInitSubclass(const Value* args, size_t argc, Value kwnames) {
  PYC_TRY(typing, importModuleNamed("typing"));
  PYC_TRY(function, getAttr(typing, internLiteral("_generic_init_subclass")));
  return call(function, args, argc, kwnames);
}

const MethodDef kGenericMethods[] = {
    {.signature = "__class_getitem__($type, item, /)",
     .bound = genericGetItem,
     .kind = MethodDef::Class},
    {.signature = "__init_subclass__", .raw = genericInitSubclass, .kind = MethodDef::Class},
};

} // namespace

constinit TypeObject genericBaseType = {
    .name = "typing.Generic",
    .flags = kTypeBuiltin | kTypeBase,
    .methods = kGenericMethods,
    .doc = "The base of classes with type parameters.",
    .slots = {.create = objectCreate}, // as inherited: a subclass is made by its other bases
};

} // namespace pyc::rt
