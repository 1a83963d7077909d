#include "runtime/objects/static_method.h"

#include "runtime/objects/function.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

namespace pyc::rt {

namespace {

MethodHolderObject* asHolder(Value value) {
  return value.as<MethodHolderObject>();
}

/// Takes over the attributes by which the function is known, as functools.wraps does.
bool copyAttributes(Value holder, Value function) {
  for (StrObject* name :
       {names::__module__, names::__name__, names::__qualname__, names::__doc__}) {
    Ref value;
    if (!findAttr(function, name, value))
      return false;
    if (value && !genericSetAttr(holder, name, value))
      return false;
  }
  return true;
}

bool initHolder(Value self, const Value* args, size_t argc, Value kwnames, const char* name) {
  if (kwnames && asTuple(kwnames)->count)
    return raise(typeErrorType, "%s() takes no keyword arguments", name);
  if (argc != 1)
    return raise(typeErrorType, "%s expected 1 argument, got %zu", name, argc);
  setField(asHolder(self)->function, args[0]);
  return copyAttributes(self, args[0]);
}

bool initStaticMethod(Value self, const Value* args, size_t argc, Value kwnames) {
  return initHolder(self, args, argc, kwnames, "staticmethod");
}

bool initClassMethod(Value self, const Value* args, size_t argc, Value kwnames) {
  return initHolder(self, args, argc, kwnames, "classmethod");
}

Ref createHolder(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  return Ref::steal(allocObject(type));
}

Ref reprStaticMethod(Value self) {
  return formatText("<staticmethod(%R)>", asHolder(self)->function);
}

Ref reprClassMethod(Value self) {
  return formatText("<classmethod(%R)>", asHolder(self)->function);
}

Ref getStatic(Value descriptor, Value object, Value type) {
  Value function = asHolder(descriptor)->function;
  if (!function)
    return raise(runtimeErrorType, "uninitialized staticmethod object");
  return Ref::copy(function);
}

Ref callStatic(Value callee, const Value* args, size_t argc, Value kwnames) {
  Ref function = Ref::copy(asHolder(callee)->function);
  return call(function, args, argc, kwnames);
}

Ref getClass(Value descriptor, Value object, Value type) {
  Value function = asHolder(descriptor)->function;
  if (!function)
    return raise(runtimeErrorType, "uninitialized classmethod object");
  return makeBoundMethod(function, type ? type : Value(typeOf(object)));
}

Ref getIsAbstract(Value self) {
  Ref flag;
  if (!findAttr(asHolder(self)->function, names::__isabstractmethod__, flag))
    return {};
  bool result = false;
  if (flag && !truth(flag, result))
    return {};
  return Ref::boolean(result);
}

/// An attribute of the function, kept in the holder's own namespace once it was read or set.
Ref getShared(Value self, StrObject* name) {
  PYC_TRY(own, getAttr(self, names::__dict__));
  Ref value;
  if (!dictGet(asDict(own), Value(name), value))
    return {};
  if (value)
    return value;
  value = getAttr(asHolder(self)->function, name);
  if (value && !dictSetStr(asDict(own), name, value))
    return {};
  return value;
}

bool setShared(Value self, StrObject* name, Value value) {
  Ref own = getAttr(self, names::__dict__);
  if (!own)
    return false;
  if (value)
    return dictSetStr(asDict(own), name, value);
  bool removed = false;
  if (!dictRemove(asDict(own), Value(name), removed))
    return false;
  return removed || raise(attributeErrorType, "%S", Value(name));
}

Ref getAnnotations(Value self) {
  return getShared(self, names::__annotations__);
}
bool setAnnotations(Value self, Value value) {
  return setShared(self, names::__annotations__, value);
}
Ref getAnnotate(Value self) {
  return getShared(self, names::__annotate__);
}
bool setAnnotate(Value self, Value value) {
  return setShared(self, names::__annotate__, value);
}

void traverseHolder(Object* self, Visitor& visitor) {
  if (asHolder(self)->function)
    visitor.visit(asHolder(self)->function);
}

void clearHolder(Object* self) {
  clearField(asHolder(self)->function);
}

void deallocHolder(Object* self) {
  clearHolder(self);
  freeObject(self);
}

const MemberDef kMembers[] = {
    {"__func__", offsetof(MethodHolderObject, function), MemberDef::ReadOnly},
    {"__wrapped__", offsetof(MethodHolderObject, function), MemberDef::ReadOnly},
};
const GetSetDef kGetSets[] = {
    {"__isabstractmethod__", getIsAbstract},
    {"__annotations__", getAnnotations, setAnnotations},
    {"__annotate__", getAnnotate, setAnnotate},
};
const MethodDef kMethods[] = {
    {"__class_getitem__($type, item, /)", classGetItem, nullptr, MethodDef::Class, "See PEP 585"},
};

Ref makeHolder(TypeObject* type, Value function) {
  Ref result = Ref::steal(allocObject(type));
  if (!result)
    return {};
  setField(asHolder(result)->function, function);
  if (hasShape(function, kShapeFunction) && !copyAttributes(result, function))
    return {};
  return result;
}

constexpr uint32_t kFlags =
    kTypeBuiltin | kTypeBase | kTypeCollected | kTypeHasStore | kTypeWeakrefs;

} // namespace

Ref makeStaticMethod(Value function) {
  return makeHolder(&staticMethodType, function);
}
Ref makeClassMethod(Value function) {
  return makeHolder(&classMethodType, function);
}

extern "C" constinit TypeObject staticMethodType = {
    .name = "staticmethod",
    .basicSize = sizeof(MethodHolderObject),
    .flags = kFlags,
    .methods = kMethods,
    .getSets = kGetSets,
    .members = kMembers,
    .doc = "staticmethod(function, /)\n--\n\n"
           "Convert a function to be a static method.\n\n"
           "A static method does not receive an implicit first argument.\n"
           "It can be called either on the class (e.g. C.f()) or on an instance\n"
           "(e.g. C().f()). Both the class and the instance are ignored, and\n"
           "neither is passed implicitly as the first argument to the method.",
    .slots = {.dealloc = deallocHolder,
              .traverse = traverseHolder,
              .clear = clearHolder,
              .repr = reprStaticMethod,
              .call = callStatic,
              .get = getStatic,
              .create = createHolder,
              .init = initStaticMethod},
};

extern "C" constinit TypeObject classMethodType = {
    .name = "classmethod",
    .basicSize = sizeof(MethodHolderObject),
    .flags = kFlags,
    .methods = kMethods,
    .getSets = kGetSets,
    .members = kMembers,
    .doc = "classmethod(function, /)\n--\n\n"
           "Convert a function to be a class method.\n\n"
           "A class method receives the class as implicit first argument,\n"
           "just like an instance method receives the instance.",
    .slots = {.dealloc = deallocHolder,
              .traverse = traverseHolder,
              .clear = clearHolder,
              .repr = reprClassMethod,
              .get = getClass,
              .create = createHolder,
              .init = initClassMethod},
};

} // namespace pyc::rt
