#include "runtime/objects/slot_functions.h"

#include "runtime/objects/attribute.h"
#include "runtime/objects/descriptors.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/small_array.h"
#include "runtime/objects/type_internal.h"

namespace pyc::rt {

namespace {

/// Calls a method that is there: the slot was set because of it. AttributeError if it has gone.
Ref callMethodOf(Value self, StrObject* name, const Value* args, size_t argc) {
  bool found;
  Ref result = callSpecial(self, name, args, argc, found);
  return found ? std::move(result) : Ref(raiseNoSpecial(self, name));
}
Ref callMethodOf(Value self, StrObject* name) {
  return callMethodOf(self, name, nullptr, 0);
}

bool isDisabled(Value self, StrObject* name) {
  Value method = findInType(typeOf(self), name);
  return method && method.isNone();
}

/// A method with any arguments.
Ref callFull(Value self, StrObject* name, const Value* args, size_t argc, Value kwnames) {
  Ref method;
  bool needsSelf;
  if (!findSpecial(self, name, method, needsSelf))
    return {};
  if (!method)
    return raiseNoSpecial(self, name);
  return needsSelf ? callWithSelf(method, self, args, argc, kwnames)
                   : call(method, args, argc, kwnames);
}

/// __hash__'s int as a hash: large ones are hashed in turn, and -1 is no hash in CPython.
int64_t hashOfResult(Value result) {
  int64_t hash;
  if (!intFits64(result, hash))
    hash = intHash(result);
  return hash == -1 ? -2 : hash;
}

} // namespace

Raised raiseNoSpecial(Value, StrObject* name) {
  return raise(attributeErrorType, "%S", Value(name));
}

Ref callWithSelf(Value function, Value self, const Value* args, size_t argc, Value kwnames) {
  size_t keywords = kwnames ? static_cast<size_t>(asTuple(kwnames)->count) : 0;
  SmallArray<Value> all(argc + keywords + 1);
  if (!all)
    return raiseMemoryError();
  all[0] = self;
  for (size_t i = 0; i < argc + keywords; ++i)
    all[i + 1] = args[i];
  return call(function, all.data(), argc + 1, kwnames);
}

Ref slotRepr(Value self) {
  return callMethodOf(self, names::__repr__);
}

Ref slotStr(Value self) {
  return callMethodOf(self, names::__str__);
}

bool slotHash(Value self, int64_t& hash) {
  if (isDisabled(self, names::__hash__))
    return unhashable(self, hash);
  Ref result = callMethodOf(self, names::__hash__);
  if (!result)
    return false;
  if (!isInteger(result))
    return raise(typeErrorType, "__hash__ method should return an integer");
  hash = hashOfResult(result);
  return true;
}

Ref slotCall(Value self, const Value* args, size_t argc, Value kwnames) {
  return callFull(self, names::__call__, args, argc, kwnames);
}

Ref slotIter(Value self) {
  if (isDisabled(self, names::__iter__))
    return raise(typeErrorType, "'%T' object is not iterable", self);
  return callMethodOf(self, names::__iter__);
}

Ref slotNext(Value self) {
  return callMethodOf(self, names::__next__);
}

Ref slotGet(Value descriptor, Value object, Value type) {
  Value args[] = {object ? object : Value::none(), type ? type : Value::none()};
  return callMethodOf(descriptor, names::__get__, args, 2);
}

bool slotSet(Value descriptor, Value object, Value value) {
  Value args[] = {object, value};
  return static_cast<bool>(value ? callMethodOf(descriptor, names::__set__, args, 2)
                                 : callMethodOf(descriptor, names::__delete__, args, 1));
}

Ref slotCreate(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  PYC_TRY(function, getAttr(type, names::__new__));
  return callWithSelf(function, type, args, argc, kwnames);
}

bool slotInit(Value self, const Value* args, size_t argc, Value kwnames) {
  Ref result = callFull(self, names::__init__, args, argc, kwnames);
  if (!result)
    return false;
  return result.isNone() ||
         raise(typeErrorType, "__init__() should return None, not '%T'", Value(result));
}

/// The object is part of the message here, as CPython has it.
static void reportFinalizer(Value method) {
  Ref pending = takeRaised();
  Ref shown = repr(method);
  std::string storage, message = "Exception ignored while calling deallocator ";
  message += shown ? utf8View(shown, storage) : "<object repr() failed>";
  clearRaised();
  restoreRaised(std::move(pending));
  writeUnraisable(message.c_str(), Value());
}

void slotFinalize(Value self) {
  Ref method;
  bool needsSelf;
  if (!findSpecial(self, names::__del__, method, needsSelf)) {
    writeUnraisable("Exception ignored in", self);
    return;
  }
  if (!method)
    return;
  Ref result = needsSelf ? call(method, self) : call(method);
  if (!result)
    reportFinalizer(method);
}

bool slotTruth(Value self, bool& result) {
  Ref value = callMethodOf(self, names::__bool__);
  if (!value)
    return false;
  if (!value.get().isBool())
    return raise(typeErrorType, "%T.__bool__() must return a bool, not %T", self, Value(value));
  result = value.get().isTrue();
  return true;
}

bool slotLength(Value self, int64_t& length) {
  Ref value = callMethodOf(self, names::__len__);
  Ref index = value ? toIndex(value) : Ref();
  if (!index)
    return false;
  if (intSign(index) < 0)
    return raise(valueErrorType, "__len__() should return >= 0");
  return intFits64(index, length) ||
         raise(overflowErrorType, "cannot fit '%T' into an index-sized integer", Value(index));
}

Ref slotGetItem(Value self, Value key) {
  return callMethodOf(self, names::__getitem__, &key, 1);
}

bool slotSetItem(Value self, Value key, Value value) {
  Value args[] = {key, value};
  return static_cast<bool>(value ? callMethodOf(self, names::__setitem__, args, 2)
                                 : callMethodOf(self, names::__delitem__, args, 1));
}

bool slotContains(Value self, Value item, bool& result) {
  if (isDisabled(self, names::__contains__))
    return raise(typeErrorType, "'%T' object is not a container", self);
  Ref value = callMethodOf(self, names::__contains__, &item, 1);
  return value && truth(value, result);
}

Ref slotToInt(Value self) {
  return callMethodOf(self, names::__int__);
}
Ref slotToFloat(Value self) {
  return callMethodOf(self, names::__float__);
}
Ref slotIndexOf(Value self) {
  return callMethodOf(self, names::__index__);
}
Ref slotAwait(Value self) {
  return callMethodOf(self, names::__await__);
}
Ref slotAiter(Value self) {
  return callMethodOf(self, names::__aiter__);
}
Ref slotAnext(Value self) {
  return callMethodOf(self, names::__anext__);
}

// Attributes: __getattribute__, then __getattr__.

static bool isObjectsGetAttr(Value method) {
  return hasShape(method, kShapeSlotWrapper) && method.as<SlotWrapperObject>()->type == &objectType;
}

static Ref callGetAttr(Value self, Value method, Value name) {
  Ref keep = Ref::copy(method);
  if (typeOf(method)->flags & kTypeMethodDescriptor)
    return call(method, self, name);
  auto get = typeOf(method)->slots.get;
  Ref bound = get ? get(method, self, Value(typeOf(self))) : Ref::copy(method);
  return bound ? call(bound, name) : Ref();
}

Ref slotGetAttr(Value self, StrObject* name) {
  Value getAttribute = findInType(typeOf(self), names::__getattribute__);
  Value fallback = findInType(typeOf(self), names::__getattr__);
  Ref keep = Ref::copy(fallback);
  Ref result;
  if (!getAttribute || isObjectsGetAttr(getAttribute)) {
    if (genericFindAttr(self, name, result) && !result && !fallback)
      raiseNoAttribute(self, name);
  } else {
    result = callGetAttr(self, getAttribute, name);
  }
  if (result || !fallback)
    return result;
  if (isRaised() && !catchRaised(attributeErrorType))
    return {};
  return callGetAttr(self, fallback, name);
}

bool slotSetAttr(Value self, StrObject* name, Value value) {
  Value args[] = {name, value};
  return static_cast<bool>(value ? callMethodOf(self, names::__setattr__, args, 2)
                                 : callMethodOf(self, names::__delattr__, args, 1));
}

} // namespace pyc::rt
