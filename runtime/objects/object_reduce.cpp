// object.__reduce__, __reduce_ex__ and __getstate__: how copy and pickle take an object apart.
#include "runtime/objects/heap_type.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/list.h"
#include "runtime/objects/module.h"
#include "runtime/objects/object_type.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/type_internal.h"

namespace pyc::rt {

namespace {

/// Names of attributes in __slots__ along the MRO, as copyreg._slotnames() gives them; the class's
/// __slotnames__ where that has been called.
bool collectSlotNames(TypeObject* type, ListObject* out) {
  Value kept = dictFindStr(typeDict(type), internLiteral("__slotnames__"));
  if (kept && isList(kept))
    return forEach(kept, [&](Value name) { return listAppend(out, name); });
  TupleObject* mro = typeMro(type);
  for (int64_t i = 0; i < mro->count; ++i) {
    TypeObject* ancestor = asType(mro->items()[i]);
    if (isHeapType(ancestor) && !appendSlotNames(ancestor, out))
      return false;
  }
  return true;
}

/// Values of the slots that are set.
Ref slotState(Value object, ListObject* slotNames) {
  PYC_TRY(state, newDict());
  for (int64_t i = 0; i < slotNames->count; ++i) {
    Ref name = listGet(slotNames, i);
    Ref value;
    if (!isStr(name))
      return raise(typeErrorType, "attribute name must be string, not '%T'", name.get());
    if (!findAttr(object, asStr(name), value) || (value && !dictSet(asDict(state), name, value)))
      return {};
  }
  return state;
}

Raised raiseCannotPickle(Value object) {
  return raise(typeErrorType, "cannot pickle '%T' object", object);
}

/// Whether all that an instance has is in its attribute store and its slots.
bool isPlainState(const TypeObject* type, int64_t slotCount) {
  return !isSubtype(type, &moduleType) && !(type->flags & kTypeVarSized) &&
         type->basicSize <= sizeof(Object) + static_cast<size_t>(slotCount) * sizeof(Value);
}

/// The default __getstate__. `isAll`: nothing else will carry what the object holds, so there must
/// not be more to it than attributes.
Ref defaultState(Value object, bool isAll) {
  Ref state;
  if (isAll && (typeOf(object)->flags & kTypeVarSized))
    return raiseCannotPickle(object);
  if (!findAttr(object, names::__dict__, state))
    return {};
  if (!state || (isDict(state) && asDict(state)->count == 0))
    state = Ref::none();
  PYC_TRY(slotNames, newList(0));
  if (!state || !collectSlotNames(typeOf(object), asList(slotNames)))
    return {};
  if (isAll && !isPlainState(typeOf(object), asList(slotNames)->count))
    return raiseCannotPickle(object);
  PYC_TRY(slots, slotState(object, asList(slotNames)));
  return asDict(slots)->count == 0 ? std::move(state) : tupleOf(state, slots);
}

Ref stateOf(Value object, bool isAll) {
  PYC_TRY(method, getAttr(object, names::__getstate__));
  bool isDefault =
      hasShape(method, kShapeBuiltinFunction) && findInType(typeOf(object), names::__getstate__) ==
                                                     findInType(&objectType, names::__getstate__);
  return isDefault ? defaultState(object, isAll) : call(method);
}

Ref copyregFunction(const char* name) {
  if (!moduleImporter)
    return raise(importErrorType, "copyreg");
  PYC_TRY(module, moduleImporter(internLiteral("copyreg")));
  return getAttr(module, internLiteral(name));
}

/// Arguments of __new__, as the object says; both null when it says nothing.
bool newArguments(Value object, Ref& args, Ref& kwargs) {
  bool found;
  Ref both = callSpecial(object, internLiteral("__getnewargs_ex__"), nullptr, 0, found);
  if (!found) {
    args = callSpecial(object, internLiteral("__getnewargs__"), nullptr, 0, found);
    if (!found)
      return true;
    return args &&
           (isTuple(args) ||
            raise(typeErrorType, "__getnewargs__ should return a tuple, not '%T'", Value(args)));
  }
  if (!both)
    return false;
  if (!isTuple(both))
    return raise(typeErrorType, "__getnewargs_ex__ should return a tuple, not '%T'", Value(both));
  if (asTuple(both)->count != 2)
    return raise(valueErrorType, "__getnewargs_ex__ should return a tuple of length 2, not %lld",
                 static_cast<long long>(asTuple(both)->count));
  args = Ref::copy(asTuple(both)->items()[0]);
  kwargs = Ref::copy(asTuple(both)->items()[1]);
  if (!isTuple(args))
    return raise(typeErrorType,
                 "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '%T'",
                 Value(args));
  return isDict(kwargs) ||
         raise(typeErrorType,
               "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '%T'",
               Value(kwargs));
}

/// The function that makes the copy, and its arguments: __newobj__(cls, *args), or
/// __newobj_ex__(cls, args, kwargs).
bool newCall(Value object, const Ref& args, const Ref& kwargs, Ref& function, Ref& callArgs) {
  Value type = typeOf(object);
  if (kwargs && asDict(kwargs)->count != 0) {
    function = copyregFunction("__newobj_ex__");
    callArgs = tupleOf(type, args, kwargs);
    return function && callArgs;
  }
  function = copyregFunction("__newobj__");
  Ref first = tupleOf(type);
  if (!function || !first)
    return false;
  callArgs = args ? binaryOp(BinaryOp::Add, first, args) : std::move(first);
  return static_cast<bool>(callArgs);
}

Ref listItems(Value object) {
  return isList(object) ? getIter(object) : Ref::none();
}

Ref dictItems(Value object) {
  if (!isDict(object))
    return Ref::none();
  PYC_TRY(items, callMethod(object, names::items));
  return getIter(items);
}

/// Protocol 2 and later.
Ref reduceNew(Value object) {
  if (!typeOf(object)->slots.create)
    return raiseCannotPickle(object);
  Ref args, kwargs, function, callArgs;
  if (!newArguments(object, args, kwargs))
    return {};
  bool isAll = !args && !isList(object) && !isDict(object);
  if (!newCall(object, args, kwargs, function, callArgs))
    return {};
  PYC_TRY(state, stateOf(object, isAll));
  PYC_TRY(list, listItems(object));
  PYC_TRY(dict, dictItems(object));
  return tupleOf(function, callArgs, state, list, dict);
}

Ref commonReduce(Value object, int64_t protocol) {
  if (protocol >= 2)
    return reduceNew(object);
  PYC_TRY(function, copyregFunction("_reduce_ex"));
  return call(function, object, Value::fromInt(protocol));
}

/// Whether the type's attribute is object's own (null there: the type has none).
bool isObjectsOwn(TypeObject* type, StrObject* name) {
  return findInType(type, name) == findInType(&objectType, name);
}

/// hasPlainReduction as far as it depends on the class.
bool isPlainClass(TypeObject* type) {
  constexpr uint32_t kNeeded = kTypeHeap | kTypeHasStore;
  if ((type->flags & (kNeeded | kTypeCustomGetAttr)) != kNeeded || !isPlainState(type, 0) ||
      !type->slots.create)
    return false;
  static StrObject* const arguments = internLiteral("__getnewargs__");
  static StrObject* const keywords = internLiteral("__getnewargs_ex__");
  for (StrObject* name : {names::__reduce_ex__, names::__reduce__, names::__getstate__,
                          names::__class__, arguments, keywords})
    if (!isObjectsOwn(type, name))
      return false;
  Ref slotNames = newList(0);
  if (slotNames && collectSlotNames(type, asList(slotNames)))
    return asList(slotNames)->count == 0;
  clearRaised();
  return false;
}

} // namespace

bool hasPlainReduction(Object* object) {
  Shape* shape = shapeOf(object);
  TypeObject* type = shape->type;
  if (shape->kind == ShapeKind::Plain || !isPlainClass(type))
    return false;
  for (StrObject* name : {names::__reduce_ex__, names::__reduce__, names::__getstate__})
    if (ownAttr(object, name))
      return false;
  return true;
}

Ref objectGetState(const Value* args) {
  return defaultState(args[0], false);
}

Ref objectReduce(const Value* args) {
  return commonReduce(args[0], 0);
}

Ref objectReduceEx(const Value* args) {
  int64_t protocol;
  if (!toInt64(args[1], protocol, &overflowErrorType))
    return {};
  Ref own;
  if (!findAttr(args[0], names::__reduce__, own))
    return {};
  bool isOverridden =
      findInType(typeOf(args[0]), names::__reduce__) != findInType(&objectType, names::__reduce__);
  if (own && isOverridden)
    return call(own);
  return commonReduce(args[0], protocol);
}

} // namespace pyc::rt
