// list.append and dict.fromkeys: methods of built-in types as they stand in the types' dicts.
#include "runtime/objects/callable_text.h"
#include "runtime/objects/descriptor_parts.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/plain_data.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/static_method.h"

namespace pyc::rt {

namespace {

MethodDescriptorObject* asMethod(Value value) {
  return value.as<MethodDescriptorObject>();
}

/// For functions that get their parameters as they are, few of them.
void allowQuietCalls(MethodDescriptorObject* method) {
  const Signature& signature = *method->signature;
  if (!method->def->bound || !signature.isPlain() || signature.count > kFewParameters ||
      !(method->ofQuietType || isPlainDataType(method->type)))
    return;
  __atomic_store_n(&method->leastQuiet, static_cast<uint8_t>(signature.required), __ATOMIC_RELAXED);
  __atomic_store_n(&method->mostQuiet, static_cast<uint8_t>(signature.count), __ATOMIC_RELEASE);
}

const Signature& signatureOf(MethodDescriptorObject* method) {
  if (PYC_LIKELY(method->signature != nullptr))
    return *method->signature;
  auto* signature = const_cast<Signature*>(parseSignature(method->def->signature));
  signature->owner = nameOf(method->type);
  method->signature = signature;
  allowQuietCalls(method);
  return *signature;
}

/// The bound form: a built-in function that shares the descriptor's signature.
Ref bind(MethodDescriptorObject* method, Value self) {
  Ref result = makeBuiltinFunction(method->def, self, {});
  if (result)
    result.as<BuiltinFunctionObject>()->signature = &signatureOf(method);
  return result;
}

bool takesNoSelf(MethodDescriptorObject* method, size_t argc) {
  if (argc > 0)
    return false;
  raise(typeErrorType, "unbound method %s.%S() needs an argument", method->type->name,
        Value(method->name));
  return true;
}

Ref callMethodDescriptor(Value callee, const Value* args, size_t argc, Value kwnames) {
  MethodDescriptorObject* method = asMethod(callee);
  if (PYC_UNLIKELY(argc == 0) && takesNoSelf(method, argc))
    return {};
  if (PYC_UNLIKELY(typeOf(args[0]) != method->type) && !checkDescriptorSelf(callee, args[0]))
    return {};
  return callMethodDef(method->def, signatureOf(method), args, argc, kwnames);
}

Ref getMethod(Value descriptor, Value object, Value type) {
  if (!object)
    return Ref::copy(descriptor);
  return checkDescriptorSelf(descriptor, object) ? bind(asMethod(descriptor), object) : Ref();
}

Ref reprMethod(Value self) {
  return reprDescriptor(self, "method");
}
Ref docOfMethod(Value self) {
  return docOrNone(asMethod(self)->def->doc);
}
Ref textSignatureOfMethod(Value self) {
  return textSignature(asMethod(self)->def->signature, false);
}

/// Checks the class that a class method is reached through.
bool checkClassSelf(MethodDescriptorObject* method, Value type) {
  if (!isType(type))
    return raise(typeErrorType,
                 "descriptor '%S' for type '%.100s' needs a type, not a '%.100T' as arg 2",
                 Value(method->name), method->type->name, type);
  if (!isSubtype(type.as<TypeObject>(), method->type))
    return raise(typeErrorType,
                 "descriptor '%S' requires a subtype of '%.100s' but received '%.100N'",
                 Value(method->name), method->type->name, type);
  return true;
}

Ref getClassMethod(Value descriptor, Value object, Value type) {
  MethodDescriptorObject* method = asMethod(descriptor);
  if (!type) {
    if (!object)
      return raise(typeErrorType,
                   "descriptor '%S' for type '%.100s' needs either an object or a type",
                   Value(method->name), method->type->name);
    type = Value(typeOf(object));
  }
  return checkClassSelf(method, type) ? bind(method, type) : Ref();
}

Ref callClassMethod(Value callee, const Value* args, size_t argc, Value kwnames) {
  MethodDescriptorObject* method = asMethod(callee);
  if (argc == 0)
    return raise(typeErrorType, "descriptor '%S' of '%.100s' object needs an argument",
                 Value(method->name), method->type->name);
  if (!checkClassSelf(method, args[0]))
    return {};
  return callMethodDef(method->def, signatureOf(method), args, argc, kwnames);
}

const MethodDef kMethods[] = {{"__reduce__($self, /)", reduceDescriptor}};
const GetSetDef kGetSets[] = {
    {"__name__", nameOfDescriptor},
    {"__qualname__", qualifiedNameOfDescriptor},
    {"__objclass__", typeOfDescriptor},
    {"__doc__", docOfMethod},
    {"__text_signature__", textSignatureOfMethod},
};

Ref makeMethod(TypeObject* kind, TypeObject* type, const MethodDef* def) {
  Ref result = makeDescriptor(kind, type, internLiteral(nameInSignature(def->signature)));
  if (result)
    asMethod(result)->def = def;
  return result;
}

/// A static method's function belongs to no object; its `$` argument, when it takes one, is the
/// type.
Ref makeStatic(TypeObject* type, const MethodDef* def) {
  PYC_TRY(function, makeBuiltinFunction(def, Value(type), {}));
  return makeStaticMethod(function);
}

} // namespace

Ref makeTypeMethod(TypeObject* type, const MethodDef* def) {
  switch (def->kind) {
  case MethodDef::Static:
    return makeStatic(type, def);
  case MethodDef::Class:
    return makeMethod(&classMethodDescriptorType, type, def);
  case MethodDef::Instance:
    return makeMethod(&methodDescriptorType, type, def);
  }
  return {};
}

void allowQuietMethods(TypeObject* type) {
  DictObject* dict = typeDict(type);
  for (uint32_t i = 0; i < tableOf(dict)->used; ++i)
    if (Value value = dict->entries[i].value; value && hasShape(value, kShapeMethodDescriptor))
      asMethod(value)->ofQuietType = true;
}

extern "C" constinit TypeObject methodDescriptorType = {
    .name = "method_descriptor",
    .basicSize = sizeof(MethodDescriptorObject),
    .flags = kTypeBuiltin | kTypeMethodDescriptor,
    .methods = kMethods,
    .getSets = kGetSets,
    .slots = {.dealloc = deallocDescriptor,
              .repr = reprMethod,
              .call = callMethodDescriptor,
              .get = getMethod},
};

extern "C" constinit TypeObject classMethodDescriptorType = {
    .name = "classmethod_descriptor",
    .basicSize = sizeof(MethodDescriptorObject),
    .flags = kTypeBuiltin,
    .getSets = kGetSets,
    .slots = {.dealloc = deallocDescriptor,
              .repr = reprMethod,
              .call = callClassMethod,
              .get = getClassMethod},
};

} // namespace pyc::rt
