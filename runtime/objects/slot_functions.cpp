#include "runtime/objects/slot_functions.h"

#include "runtime/objects/attribute.h"
#include "runtime/objects/descriptors.h"
#include "runtime/objects/direct_call.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/small_array.h"
#include "runtime/objects/type_internal.h"

namespace pyc::rt {

namespace {

/// Calls a method that is there: the slot was set because of it. AttributeError if it has gone.
template <class... Arguments>
Ref callFound(Value self, StrObject* name, Value method, Arguments... arguments) {
  bool found;
  Ref result = callSpecialDirectly(self, name, method, found, arguments...);
  return found ? std::move(result) : Ref(raiseNoSpecial(self, name));
}
template <class... Arguments>
Ref callMethodOf(Value self, StrObject* name, Arguments... arguments) {
  return callFound(self, name, findInType(typeOf(self), name), arguments...);
}

/// Whether the class says by None that it has no such method.
bool isDisabled(Value method) {
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
  Value method = findInType(typeOf(self), names::__hash__);
  if (isDisabled(method))
    return unhashable(self, hash);
  Ref result = callFound(self, names::__hash__, method);
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
  Value method = findInType(typeOf(self), names::__iter__);
  if (isDisabled(method))
    return raise(typeErrorType, "'%T' object is not iterable", self);
  return callFound(self, names::__iter__, method);
}

Ref slotNext(Value self) {
  return callMethodOf(self, names::__next__);
}

Ref slotGet(Value descriptor, Value object, Value type) {
  return callMethodOf(descriptor, names::__get__, object ? object : Value::none(),
                      type ? type : Value::none());
}

bool slotSet(Value descriptor, Value object, Value value) {
  return static_cast<bool>(value ? callMethodOf(descriptor, names::__set__, object, value)
                                 : callMethodOf(descriptor, names::__delete__, object));
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
  Value method = findInType(typeOf(self), names::__bool__);
  if (isDisabled(method))
    return raise(typeErrorType, "'%T' cannot be interpreted as a boolean", self);
  return truthOfAnswer(self, callFound(self, names::__bool__, method), result);
}

bool truthOfAnswer(Value self, Ref value, bool& result) {
  if (!value)
    return false;
  if (!value.get().isBool())
    return raise(typeErrorType, "%T.__bool__() must return a bool, not %T", self, Value(value));
  result = value.get().isTrue();
  return true;
}

bool slotLength(Value self, int64_t& length) {
  return lengthOfAnswer(callMethodOf(self, names::__len__), length);
}

bool lengthOfAnswer(Ref value, int64_t& length) {
  if (value && value.get().isInt() && value.get().asInt() >= 0) {
    length = value.get().asInt();
    return true;
  }
  Ref index = value ? toIndex(value) : Ref();
  if (!index)
    return false;
  if (intSign(index) < 0)
    return raise(valueErrorType, "__len__() should return >= 0");
  return intFits64(index, length) ||
         raise(overflowErrorType, "cannot fit '%T' into an index-sized integer", Value(index));
}

Ref slotGetItem(Value self, Value key) {
  return callMethodOf(self, names::__getitem__, key);
}

bool slotSetItem(Value self, Value key, Value value) {
  return static_cast<bool>(value ? callMethodOf(self, names::__setitem__, key, value)
                                 : callMethodOf(self, names::__delitem__, key));
}

bool slotContains(Value self, Value item, bool& result) {
  Value method = findInType(typeOf(self), names::__contains__);
  if (isDisabled(method))
    return raise(typeErrorType, "'%T' object is not a container", self);
  Ref value = callFound(self, names::__contains__, method, item);
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

bool looksUpPlainly(TypeObject* type) {
  if (!type->slots.getAttr)
    return true;
  if (type->slots.getAttr != slotGetAttr)
    return false;
  Value method = findInType(type, names::__getattribute__);
  return method && isObjectsGetAttr(method);
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
  return static_cast<bool>(value ? callMethodOf(self, names::__setattr__, Value(name), value)
                                 : callMethodOf(self, names::__delattr__, Value(name)));
}

} // namespace pyc::rt
