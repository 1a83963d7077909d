// Subscripts, membership, length.
#include "runtime/objects/dict.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple_items.h"

namespace pyc::rt {

namespace {

/// Puts a negative index at its place from the end; false when out of range.
bool normalise(int64_t& index, int64_t count) {
  if (index < 0)
    index += count;
  return static_cast<uint64_t>(index) < static_cast<uint64_t>(count);
}

/// Exact lists, tuples and dicts. A null Ref with nothing raised: ask the type.
Ref getItemFast(Value object, Value key) {
  if (!object.isObject())
    return {};
  ShapeRef shape = object.object()->shape;
  if (key.isInt() && (shape == kShapeList || shape == kShapeTuple)) {
    int64_t index = key.asInt();
    if (shape == kShapeList)
      return normalise(index, asList(object)->count) ? listGet(asList(object), index) : Ref();
    return normalise(index, asTuple(object)->count) ? Ref::copy(asTuple(object)->items()[index])
                                                    : Ref();
  }
  if (shape != kShapeDict)
    return key.isInt() ? Ref::copy(plainTupleItem(object, key.asInt())) : Ref();
  Ref result;
  if (!dictGet(asDict(object), key, result))
    return {};
  return result ? std::move(result) : Ref(raiseKeyError(key));
}

/// cls[key]: the class method __class_getitem__.
Ref getClassItem(Value type, Value key) {
  if (type == Value(&typeType))
    return makeGenericAlias(type, key);
  Ref method;
  if (!findAttr(type, names::__class_getitem__, method))
    return {};
  if (method)
    return call(method, key);
  return raise(typeErrorType, "type '%.200N' is not subscriptable", type);
}

} // namespace

Ref getItem(Value object, Value key) {
  Ref fast = getItemFast(object, key);
  if (fast || isRaised())
    return fast;
  if (BinaryFn slot = typeOf(object)->slots.getItem)
    return slot(object, key);
  if (isType(object))
    return getClassItem(object, key);
  return raise(typeErrorType, "'%.200T' object is not subscriptable", object);
}

bool setItem(Value object, Value key, Value value) {
  if (value && hasShape(object, kShapeDict))
    return dictSet(asDict(object), key, value);
  if (value && key.isInt() && hasShape(object, kShapeList)) {
    int64_t index = key.asInt();
    if (normalise(index, asList(object)->count))
      return listSet(asList(object), index, value);
  }
  if (auto slot = typeOf(object)->slots.setItem)
    return slot(object, key, value);
  return raise(typeErrorType, "'%.200T' object does not support item %s", object,
               value ? "assignment" : "deletion");
}

/// `item in container` by iteration.
static bool containsByIteration(Value container, Value item, bool& result) {
  Ref iterator = getIter(container);
  if (!iterator) {
    if (catchRaised(typeErrorType))
      return raise(typeErrorType, "argument of type '%.200T' is not a container or iterable",
                   container);
    return false;
  }
  result = false;
  while (Ref candidate = iterNext(iterator)) {
    if (!equalItems(candidate, item, result))
      return false;
    if (result)
      return true;
  }
  return !isRaised();
}

bool contains(Value container, Value item, bool& result) {
  if (auto slot = typeOf(container)->slots.contains)
    return slot(container, item, result);
  return containsByIteration(container, item, result);
}

bool length(Value object, int64_t& result) {
  if (auto slot = typeOf(object)->slots.length)
    return slot(object, result);
  return raise(typeErrorType, "object of type '%.200T' has no len()", object);
}

bool lengthHint(Value object, int64_t fallback, int64_t& result) {
  if (auto slot = typeOf(object)->slots.length) {
    if (slot(object, result))
      return true;
    if (!catchRaised(typeErrorType))
      return false;
  }
  result = fallback;
  bool found = false;
  Ref hint = callSpecial(object, names::__length_hint__, nullptr, 0, found);
  if (!hint)
    return !found || catchRaised(typeErrorType);
  if (hint == Value::notImplemented())
    return true;
  if (!isInteger(hint))
    return raise(typeErrorType, "%Q.__length_hint__() must return an int, not %Q", object,
                 hint.get());
  if (!toInt64(hint, result, &overflowErrorType))
    return false;
  if (result < 0)
    return raise(valueErrorType, "%Q.__length_hint__() must return a non-negative int", object);
  return true;
}

} // namespace pyc::rt
