// isinstance and issubclass.
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

using CheckFn = bool (*)(Value candidate, Value classInfo, bool& result);

/// obj.__bases__ when that is a tuple; a null Ref with nothing raised when it is not.
bool basesOf(Value type, Ref& bases) {
  if (!findAttr(type, names::__bases__, bases))
    return false;
  if (bases && !isTuple(bases))
    bases = Ref();
  return true;
}

/// Whether something that is no type may stand for one: it has __bases__.
bool checkClass(Value type, const char* message) {
  Ref bases;
  if (!basesOf(type, bases))
    return false;
  return bases ? true : static_cast<bool>(raise(typeErrorType, message));
}

/// issubclass() by __bases__, for objects that only look like classes.
bool derivesFrom(Value derived, Value type, bool& result) {
  if (!checkRecursion(" in __issubclass__"))
    return false;
  result = derived == type;
  if (result)
    return true;
  Ref bases;
  if (!basesOf(derived, bases))
    return false;
  for (int64_t i = 0; bases && i < asTuple(bases)->count; i++) {
    if (!derivesFrom(asTuple(bases)->items()[i], type, result))
      return false;
    if (result)
      return true;
  }
  return true;
}

/// Whether obj.__class__ can only be the object's type.
bool hasPlainClass(TypeObject* type) {
  static const Value plain = findInType(&objectType, names::__class__); // object never changes
  return !(type->flags & kTypeCustomGetAttr) && findInType(type, names::__class__) == plain;
}

/// What type.__instancecheck__ does.
bool instanceCheck(Value object, Value type, bool& result) {
  TypeObject* own = typeOf(object);
  if (isType(type)) {
    result = isSubtype(own, type.as<TypeObject>());
    if (result || hasPlainClass(own))
      return true;
    Ref claimed;
    if (!findAttr(object, names::__class__, claimed))
      return false;
    result = claimed && claimed != Value(own) && isType(claimed) &&
             isSubtype(claimed.as<TypeObject>(), type.as<TypeObject>());
    return true;
  }
  if (!checkClass(type, "isinstance() arg 2 must be a type, a tuple of types, or a union"))
    return false;
  Ref claimed;
  if (!findAttr(object, names::__class__, claimed))
    return false;
  result = false;
  return !claimed || derivesFrom(claimed, type, result);
}

/// What type.__subclasscheck__ does.
bool subclassCheck(Value derived, Value type, bool& result) {
  if (isType(type) && isType(derived)) {
    result = isSubtype(derived.as<TypeObject>(), type.as<TypeObject>());
    return true;
  }
  return checkClass(derived, "issubclass() arg 1 must be a class") &&
         checkClass(type, "issubclass() arg 2 must be a class, a tuple of classes, or a union") &&
         derivesFrom(derived, type, result);
}

/// Any of a tuple's items, which may be tuples again.
bool anyOf(Value object, TupleObject* types, CheckFn check, const char* where, bool& result) {
  if (!checkRecursion(where))
    return false;
  result = false;
  for (int64_t i = 0; i < types->count && !result; i++)
    if (!check(object, types->items()[i], result))
      return false;
  return true;
}

/// The metaclass's own answer (`name` is __instancecheck__ or __subclasscheck__); `found` false
/// when it has none.
bool askMetaclass(Value candidate, Value type, StrObject* name, bool& found, bool& result) {
  Ref answer = callSpecial(type, name, &candidate, 1, found);
  if (!answer)
    return !found;
  return truth(answer, result);
}

} // namespace

bool typeInstanceCheck(Value object, Value type, bool& result) {
  return instanceCheck(object, type, result);
}

bool typeSubclassCheck(Value derived, Value type, bool& result) {
  return subclassCheck(derived, type, result);
}

bool isInstanceOf(Value object, Value classInfo, bool& result) {
  if (Value(typeOf(object)) == classInfo) {
    result = true;
    return true;
  }
  if (isPlainClass(classInfo))
    return instanceCheck(object, classInfo, result);
  if (hasShape(classInfo, kShapeUnion))
    return anyOf(object, classInfo.as<UnionObject>()->args, isInstanceOf, " in __instancecheck__",
                 result);
  if (isTuple(classInfo))
    return anyOf(object, asTuple(classInfo), isInstanceOf, " in __instancecheck__", result);
  if (!checkRecursion(" in __instancecheck__"))
    return false;
  bool found = false;
  if (!askMetaclass(object, classInfo, names::__instancecheck__, found, result))
    return false;
  return found || instanceCheck(object, classInfo, result);
}

bool isSubclassOf(Value type, Value classInfo, bool& result) {
  if (isPlainClass(classInfo)) {
    if (type == classInfo) {
      result = true;
      return true;
    }
    return subclassCheck(type, classInfo, result);
  }
  if (hasShape(classInfo, kShapeUnion))
    return anyOf(type, classInfo.as<UnionObject>()->args, isSubclassOf, " in __subclasscheck__",
                 result);
  if (isTuple(classInfo))
    return anyOf(type, asTuple(classInfo), isSubclassOf, " in __subclasscheck__", result);
  if (!checkRecursion(" in __subclasscheck__"))
    return false;
  bool found = false;
  if (!askMetaclass(type, classInfo, names::__subclasscheck__, found, result))
    return false;
  return found || subclassCheck(type, classInfo, result);
}

} // namespace pyc::rt
