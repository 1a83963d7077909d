// Attributes: dispatch to a type's own look-up, special methods.
#include "runtime/objects/attribute.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/small_array.h"
#include "runtime/objects/static_method.h"
#include "runtime/objects/str.h"
#include "runtime/objects/super.h"

namespace pyc::rt {

Ref getAttr(Value object, StrObject* name) {
  const TypeSlots& slots = typeOf(object)->slots;
  return slots.getAttr ? slots.getAttr(object, name) : genericGetAttr(object, name);
}

Ref getAttr(Value object, Value name) {
  if (!isStr(name))
    return raise(typeErrorType, "attribute name must be string, not '%.200T'", name);
  return getAttr(object, asStr(name));
}

bool setAttr(Value object, StrObject* name, Value value) {
  const TypeSlots& slots = typeOf(object)->slots;
  return slots.setAttr ? slots.setAttr(object, name, value) : genericSetAttr(object, name, value);
}

bool findAttr(Value object, StrObject* name, Ref& result) {
  bool ok;
  if (auto slot = typeOf(object)->slots.getAttr; slot == typeType.slots.getAttr) {
    Ref found; // `result` may be what holds the object
    ok = findAttrOfType(asType(object), name, found);
    result = std::move(found);
  } else if (slot) {
    result = slot(object, name);
    ok = static_cast<bool>(result);
  } else {
    ok = genericFindAttr(object, name, result);
  }
  if (ok)
    return true;
  result = Ref();
  return catchRaised(attributeErrorType);
}

/// The object's own attribute, which goes before a method of its type.
static Value ownAttrOf(Value object, const TypeObject* type, StrObject* name) {
  return (type->flags & kTypeHasStore) && object.isObject() ? ownAttr(object.object(), name)
                                                            : Value();
}

/// A class method that wraps a plain function: that function and the class, no bound method.
static bool loadClassMethod(Value found, TypeObject* type, Value out[2]) {
  if (!found || !hasShape(found, kShapeClassMethod))
    return false;
  Value function = found.as<MethodHolderObject>()->function;
  if (!function || !hasShape(function, kShapeFunction))
    return false;
  out[0] = Ref::copy(function).release();
  out[1] = Ref::copy(Value(type)).release();
  return true;
}

/// The same for an attribute of a class whose metaclass is `type` itself.
static bool loadMethodOfClass(Value object, StrObject* name, Value out[2]) {
  if (!name->isInterned() || findInType(&typeType, name))
    return false;
  TypeObject* type = object.as<TypeObject>();
  return loadClassMethod(findInType(type, name), type, out);
}

bool loadMethod(Value object, StrObject* name, Value out[2]) {
  TypeObject* type = typeOf(object);
  if (!type->slots.getAttr) {
    name = internedName(name);
    if (!name)
      return false;
    Value found = findInType(type, name);
    if (found && hasTypeFlag(found, kTypeMethodDescriptor) && !ownAttrOf(object, type, name)) {
      out[0] = Ref::copy(found).release();
      out[1] = Ref::copy(object).release();
      return true;
    }
    if (!ownAttrOf(object, type, name) && loadClassMethod(found, type, out))
      return true;
  } else if (isPlainClass(object) && isHeapType(object.as<TypeObject>())) {
    if (loadMethodOfClass(object, name, out))
      return true;
  } else if (hasShape(object, kShapeSuper) && superFindMethod(object, name, out)) {
    return true;
  }
  out[0] = getAttr(object, name).release();
  out[1] = Value();
  return !out[0].isNull();
}

bool findSpecial(Value object, StrObject* name, Ref& method, bool& needsSelf) {
  needsSelf = false;
  TypeObject* type = typeOf(object);
  Value found = findInType(type, name);
  if (!found) {
    method = Ref();
    return true;
  }
  TypeObject* kind = typeOf(found);
  needsSelf = (kind->flags & kTypeMethodDescriptor) != 0;
  if (needsSelf || !kind->slots.get) {
    method = Ref::copy(found);
    return true;
  }
  Ref descriptor = Ref::copy(found); // it may be removed from the type meanwhile
  method = kind->slots.get(descriptor, object, Value(type));
  return static_cast<bool>(method);
}

Ref callSpecial(Value object, StrObject* name, const Value* args, size_t argc, bool& found) {
  Ref method;
  bool needsSelf = false;
  if (!findSpecial(object, name, method, needsSelf)) {
    found = true;
    return {};
  }
  found = static_cast<bool>(method);
  if (!found)
    return {};
  if (!needsSelf)
    return call(method, args, argc);
  SmallArray<Value> all(argc + 1);
  if (!all)
    return raiseMemoryError();
  all[0] = object;
  for (size_t i = 0; i < argc; i++)
    all[i + 1] = args[i];
  return call(method, all.data(), argc + 1);
}

} // namespace pyc::rt
