// The generic attribute look-ups: object.__getattribute__, object.__setattr__ and __delattr__.
#include "runtime/objects/attribute.h"

#include "runtime/objects/exception.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

bool isDataDescriptor(Value attribute) {
  return typeOf(attribute)->slots.set != nullptr;
}

Ref bindTo(Value attribute, Value object, TypeObject* type) {
  Ref keep = Ref::copy(attribute);
  if (auto get = typeOf(attribute)->slots.get)
    return get(attribute, object, type);
  return keep;
}

/// Numbers and types without a store have no attributes of their own.
Value ownAttrOf(Value object, const TypeObject* type, StrObject* name) {
  return (type->flags & kTypeHasStore) && object.isObject() ? ownAttr(object.object(), name)
                                                            : Value();
}

bool changeOwnAttr(Value object, StrObject* name, Value value, bool& found) {
  found = true;
  if (value)
    return setOwnAttr(object.object(), name, value);
  return removeOwnAttr(object.object(), name, found);
}

/// An object without a store was given an attribute that no descriptor takes.
Raised raiseCantSet(Value object, StrObject* name, Value attribute) {
  if (attribute)
    return raise(attributeErrorType, "'%T' object attribute '%S' is read-only", object,
                 Value(name));
  raise(attributeErrorType,
        "'%T' object has no attribute '%S' and no __dict__ for setting new attributes", object,
        Value(name));
  return addAttributeErrorFields(object, name);
}

} // namespace

StrObject* internedName(StrObject* name) {
  return PYC_LIKELY(name->isInterned()) ? name : internStr(name);
}

Raised addAttributeErrorFields(Value object, StrObject* name) {
  Value raised = thisThread().raised;
  if (raised && isInstance(raised, &attributeErrorType)) {
    auto* error = raised.as<AttributeErrorObject>();
    if (!error->name && !error->obj) {
      error->name = Ref::copy(name).release();
      error->obj = Ref::copy(object).release();
    }
  }
  return {};
}

Raised raiseNoAttribute(Value object, StrObject* name) {
  raise(attributeErrorType, "'%T' object has no attribute '%S'", object, Value(name));
  return addAttributeErrorFields(object, name);
}

/// A name that nobody has interned can only be in a dict.
static bool findByStrangeName(Value object, StrObject* name, Ref& result) {
  result = Ref();
  if (!(typeOf(object)->flags & kTypeHasStore) || !object.isObject() ||
      shapeOf(object.object())->kind != ShapeKind::Dictionary)
    return true;
  if (Value dict = *storeWord(object.object(), typeOf(object)))
    result = Ref::copy(dictFindStr(asDict(dict), name));
  return true;
}

bool genericFindAttr(Value object, StrObject* name, Ref& result) {
  StrObject* given = name;
  name = findInterned(name);
  if (PYC_UNLIKELY(!name))
    return findByStrangeName(object, given, result);
  TypeObject* type = typeOf(object);
  Value attribute = findInType(type, name);
  Ref keep;
  if (!attribute || !isDataDescriptor(attribute) || !typeOf(attribute)->slots.get) {
    // Looking into a dict may run a key's __eq__, which may take the attribute away.
    if (attribute && object.isObject() && shapeOf(object.object())->kind != ShapeKind::Slots)
      keep = Ref::copy(attribute);
    if (Value own = ownAttrOf(object, type, name)) {
      result = Ref::copy(own);
      return true;
    }
  }
  if (!attribute) {
    result = Ref();
    return true;
  }
  result = bindTo(attribute, object, type);
  return static_cast<bool>(result);
}

Ref genericGetAttr(Value object, StrObject* name) {
  Ref result;
  if (genericFindAttr(object, name, result) && !result)
    return raiseNoAttribute(object, name);
  return result;
}

bool genericSetAttr(Value object, StrObject* name, Value value) {
  name = internedName(name);
  if (!name)
    return false;
  TypeObject* type = typeOf(object);
  Value attribute = findInType(type, name);
  if (attribute && isDataDescriptor(attribute)) {
    Ref keep = Ref::copy(attribute);
    return typeOf(attribute)->slots.set(attribute, object, value);
  }
  if ((type->flags & kTypeHasStore) && object.isObject()) {
    bool found;
    if (!changeOwnAttr(object, name, value, found))
      return false;
    return found ? true : raiseNoAttribute(object, name);
  }
  return raiseCantSet(object, name, attribute);
}

} // namespace pyc::rt
