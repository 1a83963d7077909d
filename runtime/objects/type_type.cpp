// type: the class of classes.
#include "runtime/objects/attribute.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/object_type.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/type_attributes.h"
#include "runtime/objects/type_internal.h"

namespace pyc::rt {

namespace {

bool isDataDescriptor(Value attribute) {
  return typeOf(attribute)->slots.set != nullptr;
}

Ref bound(Value attribute, Value object, Value type) {
  Ref keep = Ref::copy(attribute);
  if (auto get = typeOf(attribute)->slots.get)
    return get(attribute, object, type);
  return keep;
}

bool typeFindAttr(TypeObject* type, StrObject* name, Ref& result) {
  TypeObject* meta = typeOf(type);
  Value metaAttribute = findInType(meta, name);
  if (metaAttribute && isDataDescriptor(metaAttribute) && typeOf(metaAttribute)->slots.get) {
    result = bound(metaAttribute, type, meta);
    return static_cast<bool>(result);
  }
  if (Value attribute = findInType(type, name)) {
    result = bound(attribute, Value(), type);
    return static_cast<bool>(result);
  }
  if (metaAttribute) {
    result = bound(metaAttribute, type, meta);
    return static_cast<bool>(result);
  }
  result = Ref();
  return true;
}

/// Whether a change from one value to the other leaves methods and descriptors as they were.
bool isPlainData(Value value) {
  return value && !typeOf(value)->slots.get && !typeOf(value)->slots.set;
}

bool storeInDict(TypeObject* type, StrObject* name, Value value) {
  DictObject* dict = typeDict(type);
  Ref old = Ref::copy(dictFindStr(dict, name));
  if (value) {
    if (!dictSetStr(dict, name, value))
      return false;
  } else {
    bool removed;
    if (!dictRemove(dict, name, removed))
      return false;
    if (!removed) {
      raise(attributeErrorType, "type object '%N' has no attribute '%S'", Value(type), Value(name));
      return addAttributeErrorFields(type, name);
    }
  }
  if (isPlainData(old) && isPlainData(value) && !isSpecialName(name))
    typeDataReplaced(type, name);
  else
    typeModified(type, name);
  return true;
}

Ref typeGetAttr(Value self, StrObject* name) {
  Ref result;
  name = internedName(name);
  if (!name || !typeFindAttr(asType(self), name, result) || result)
    return result;
  raise(attributeErrorType, "type object '%N' has no attribute '%S'", self, Value(name));
  return addAttributeErrorFields(self, name);
}

} // namespace

bool isSpecialName(const StrObject* name) {
  if (!name->isAscii() || name->length < 5)
    return false;
  std::string_view text = name->asciiView();
  return text.starts_with("__") && text.ends_with("__");
}

bool typeSetAttr(Value self, StrObject* name, Value value) {
  TypeObject* type = asType(self);
  if (!(type->flags & kTypeHeap))
    return raise(typeErrorType, "cannot set '%S' attribute of immutable type '%N'", Value(name),
                 self);
  name = internedName(name);
  if (!name)
    return false;
  if (Value metaAttribute = findInType(typeOf(self), name))
    if (auto set = typeOf(metaAttribute)->slots.set) {
      Ref keep = Ref::copy(metaAttribute);
      return set(metaAttribute, self, value);
    }
  return storeInDict(type, name, value);
}

bool unhashable(Value self, int64_t&) {
  return raise(typeErrorType, "unhashable type: '%T'", self);
}

extern "C" constinit TypeObject typeType = {
    .name = "type",
    .basicSize = sizeof(TypeObject),
    .flags =
        kTypeBuiltin | kTypeBase | kTypeCollected | kTypeIsType | kTypeWeakrefs | kTypeMatchSelf,
    .slots = {.getAttr = typeGetAttr, .setAttr = typeSetAttr},
};

} // namespace pyc::rt
