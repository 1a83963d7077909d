#include "runtime/objects/function_attributes.h"

#include "runtime/abi/native.h"
#include "runtime/objects/protocol.h"

#include <cstddef>

namespace pyc::rt {

namespace {

Ref orNone(Value field) {
  return field ? Ref::copy(field) : Ref::none();
}
Value orNull(Value value) {
  return value && !value.isNone() ? value : Value();
}

/// What a function does in a call has changed: what was remembered of it holds no longer.
void changed(Value self) {
  asFunction(self)->version++;
}

Ref getName(Value self) {
  return Ref::copy(asFunction(self)->name);
}
bool setName(Value self, Value value) {
  if (!value || !isStr(value))
    return raise(typeErrorType, "__name__ must be set to a string object");
  setField(asFunction(self)->name, value);
  return true;
}

Ref getQualifiedName(Value self) {
  return Ref::copy(asFunction(self)->qualifiedName);
}
bool setQualifiedName(Value self, Value value) {
  if (!value || !isStr(value))
    return raise(typeErrorType, "__qualname__ must be set to a string object");
  setField(asFunction(self)->qualifiedName, value);
  return true;
}

Ref getModule(Value self) {
  return orNone(asFunction(self)->module);
}
bool setModule(Value self, Value value) {
  setField(asFunction(self)->module, value ? value : Value::none());
  return true;
}

/// The docstring is the code's first constant until a program sets another.
Ref getDoc(Value self) {
  FunctionObject* function = asFunction(self);
  if (function->doc)
    return Ref::copy(function->doc);
  if (!(function->code->flags() & uop::kCodeHasDocstring))
    return Ref::none();
  return prepareCode(function->code) ? Ref::copy(function->code->constants[0]) : Ref();
}
bool setDoc(Value self, Value value) {
  setField(asFunction(self)->doc, value ? value : Value::none());
  return true;
}

Ref getDefaults(Value self) {
  return orNone(asFunction(self)->defaults);
}
bool setDefaults(Value self, Value value) {
  if (orNull(value) && !isTuple(value))
    return raise(typeErrorType, "__defaults__ must be set to a tuple object");
  setField(asFunction(self)->defaults, orNull(value));
  changed(self);
  return true;
}

Ref getKwDefaults(Value self) {
  return orNone(asFunction(self)->kwDefaults);
}
bool setKwDefaults(Value self, Value value) {
  if (orNull(value) && !isDict(value))
    return raise(typeErrorType, "__kwdefaults__ must be set to a dict object");
  setField(asFunction(self)->kwDefaults, orNull(value));
  changed(self);
  return true;
}

Ref getCode(Value self) {
  return Ref::copy(Value(asFunction(self)->code));
}
bool setCode(Value self, Value value) {
  if (!value || !hasShape(value, kShapeCode))
    return raise(typeErrorType, "__code__ must be set to a code object");
  FunctionObject* function = asFunction(self);
  int64_t cells = function->closure ? asTuple(function->closure)->count : 0;
  CodeObject* code = asCode(value);
  if (cells != code->freeCount)
    return raise(valueErrorType, "%S() requires a code object with %lld free vars, not %u",
                 function->name, static_cast<long long>(cells), code->freeCount);
  // The old code keeps its count: frames that run it have none.
  function->code = asCode(Ref::copy(value).release());
  function->directArgs = directArgsOf(code);
  // Native code finds its code as nativeCode, which stays what it was for calls that go on.
  function->nativeEntry = nullptr;
  changed(self);
  return true;
}

Ref getTypeParams(Value self) {
  Value params = asFunction(self)->typeParams;
  return params ? Ref::copy(params) : makeTuple(nullptr, 0);
}
bool setTypeParams(Value self, Value value) {
  if (!value || !isTuple(value))
    return raise(typeErrorType, "__type_params__ must be set to a tuple");
  setField(asFunction(self)->typeParams, value);
  return true;
}

/// The annotations, made by the annotate function when first asked for (PEP 649).
Ref getAnnotations(Value self) {
  FunctionObject* function = asFunction(self);
  if (function->annotations)
    return Ref::copy(function->annotations);
  Ref result;
  if (function->annotate && isCallable(function->annotate)) {
    Ref annotate = Ref::copy(function->annotate);
    result = call(annotate, Value::fromInt(1));
    if (!result)
      return {};
    if (!isDict(result))
      return raise(typeErrorType, "__annotate__() must return a dict, not %T", result.get());
  } else {
    result = newDict();
    if (!result)
      return {};
  }
  setField(function->annotations, result.get());
  return result;
}

bool setAnnotations(Value self, Value value) {
  if (orNull(value) && !isDict(value))
    return raise(typeErrorType, "__annotations__ must be set to a dict object");
  setField(asFunction(self)->annotations, orNull(value));
  clearField(asFunction(self)->annotate);
  return true;
}

Ref getAnnotate(Value self) {
  return orNone(asFunction(self)->annotate);
}
bool setAnnotate(Value self, Value value) {
  if (!value)
    return raise(typeErrorType, "__annotate__ cannot be deleted");
  if (!value.isNone() && !isCallable(value))
    return raise(typeErrorType, "__annotate__ must be callable or None");
  setField(asFunction(self)->annotate, orNull(value));
  if (!value.isNone())
    clearField(asFunction(self)->annotations);
  return true;
}

} // namespace

const GetSetDef functionGetSets[kFunctionGetSetCount] = {
    {"__name__", getName, setName},
    {"__qualname__", getQualifiedName, setQualifiedName},
    {"__module__", getModule, setModule},
    {"__doc__", getDoc, setDoc},
    {"__defaults__", getDefaults, setDefaults},
    {"__kwdefaults__", getKwDefaults, setKwDefaults},
    {"__code__", getCode, setCode},
    {"__type_params__", getTypeParams, setTypeParams},
    {"__annotations__", getAnnotations, setAnnotations},
    {"__annotate__", getAnnotate, setAnnotate},
};

namespace {
constexpr auto kReadOnlyOrNone =
    static_cast<MemberDef::Flags>(MemberDef::ReadOnly | MemberDef::NullIsNone);
} // namespace

// Pointers to objects are Values as they are.
const MemberDef functionMembers[kFunctionMemberCount] = {
    {"__closure__", offsetof(FunctionObject, closure), kReadOnlyOrNone},
    {"__globals__", offsetof(FunctionObject, globals), MemberDef::ReadOnly},
    {"__builtins__", offsetof(FunctionObject, builtins), kReadOnlyOrNone},
};

} // namespace pyc::rt
