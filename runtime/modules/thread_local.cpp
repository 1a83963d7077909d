// _thread._local: attributes that each thread has for itself.
#include "runtime/modules/thread_types.h"

#include "runtime/modules/thread_locks.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

struct LocalObject {
  Object header;
  Value dicts;          // dict: thread -> its attributes
  Value args, keywords; // of __init__, which runs once a thread: tuple, and dict or None
};
LocalObject* asLocal(Value value) {
  return value.as<LocalObject>();
}

Ref createLocal(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  int64_t named = kwnames ? asTuple(kwnames)->count : 0;
  if ((argc || named) && type->slots.init == objectType.slots.init)
    return raise(typeErrorType, "Initialization arguments are not supported");
  PYC_TRY(given, makeTuple(args, argc));
  PYC_TRY(keywords, newDict());
  for (int64_t k = 0; k < named; ++k)
    if (!dictSet(asDict(keywords), asTuple(kwnames)->items()[k],
                 args[argc + static_cast<size_t>(k)]))
      return {};
  PYC_TRY(dicts, newDict());
  // The thread that makes the object has its __init__ called by the call of the type.
  PYC_TRY(own, newDict());
  PYC_TRY(thread, makeIntUnsigned(threadIdentity()));
  if (!dictSet(asDict(dicts), thread, own))
    return {};
  Ref result = Ref::steal(allocObject(type));
  if (!result)
    return {};
  LocalObject* local = asLocal(result);
  local->dicts = dicts.release();
  local->args = given.release();
  local->keywords = keywords.release();
  return result;
}

void clearLocal(Object* self) {
  LocalObject* local = reinterpret_cast<LocalObject*>(self);
  clearField(local->dicts);
  clearField(local->args);
  clearField(local->keywords);
}
void deallocLocal(Object* self) {
  clearLocal(self);
  freeObject(self);
}
void traverseLocal(Object* self, Visitor& visitor) {
  LocalObject* local = reinterpret_cast<LocalObject*>(self);
  for (Value field : {local->dicts, local->args, local->keywords})
    if (field)
      visitor.visit(field);
}

/// The calling thread's attributes; made, with a call of __init__, when it comes for the first
/// time.
Ref attributesOf(Value self) {
  LocalObject* local = asLocal(self);
  PYC_TRY(thread, makeIntUnsigned(threadIdentity()));
  Ref found;
  if (!dictGet(asDict(local->dicts), thread, found) || found)
    return found;
  PYC_TRY(made, newDict());
  if (!dictSet(asDict(local->dicts), thread, made))
    return {};
  if (typeOf(self)->slots.init == objectType.slots.init)
    return made;
  Ref init = getAttr(self, names::__init__);
  if (init && callEx(init, local->args, local->keywords))
    return made;
  Ref error = takeRaised();
  bool removed;
  if (!dictRemove(asDict(local->dicts), thread, removed))
    clearRaised();
  restoreRaised(std::move(error));
  return {};
}

bool isDictName(StrObject* name) {
  return strEquals(name, "__dict__");
}
/// An attribute of the class, in `result` (borrowed), and whether it rules over the object's own.
bool isDataDescriptor(Value self, StrObject* name, Value& result) {
  result = findInType(typeOf(self), name);
  return result && typeOf(result)->slots.set;
}
Raised raiseMissing(Value self, StrObject* name) {
  return raiseAttributeError(self, name, "'%.100s' object has no attribute '%S'",
                             typeOf(self)->name, Value(name));
}

Ref getLocalAttr(Value self, StrObject* name) {
  PYC_TRY(attributes, attributesOf(self));
  if (isDictName(name))
    return attributes;
  PYC_TRY(interned, intern(name));
  Value inType;
  bool isData = isDataDescriptor(self, asStr(interned), inType);
  Ref keep = Ref::copy(inType);
  auto get = inType ? typeOf(inType)->slots.get : nullptr;
  if (isData && get)
    return get(inType, self, Value(typeOf(self)));
  if (Value own = dictFindStr(asDict(attributes), asStr(interned)))
    return Ref::copy(own);
  if (get)
    return get(inType, self, Value(typeOf(self)));
  return inType ? std::move(keep) : Ref(raiseMissing(self, name));
}

bool setLocalAttr(Value self, StrObject* name, Value value) {
  if (isDictName(name))
    return raiseAttributeError(self, name, "'%.100s' object attribute '%S' is read-only",
                               typeOf(self)->name, Value(name));
  PYC_TRY(attributes, attributesOf(self));
  PYC_TRY(interned, intern(name));
  Value inType;
  if (isDataDescriptor(self, asStr(interned), inType)) {
    Ref keep = Ref::copy(inType);
    return typeOf(inType)->slots.set(inType, self, value);
  }
  if (value)
    return dictSetStr(asDict(attributes), asStr(interned), value);
  bool removed;
  if (!dictRemove(asDict(attributes), interned, removed))
    return false;
  return removed || static_cast<bool>(raiseMissing(self, name));
}

} // namespace

constinit TypeObject threadLocalType = {
    .name = "_thread._local",
    .base = &objectType,
    .basicSize = sizeof(LocalObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeWeakrefs | kTypeCustomGetAttr,
    .doc = "Attributes that each thread has for itself.",
    .slots = {.dealloc = deallocLocal,
              .traverse = traverseLocal,
              .clear = clearLocal,
              .getAttr = getLocalAttr,
              .setAttr = setLocalAttr,
              .create = createLocal},
};

} // namespace pyc::rt
