// What follows a change to a type: versions, look-up caches, inline caches; in all subclasses too.
#include "runtime/objects/attr_dependents.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/slot_table.h"
#include "runtime/objects/type_attributes.h"
#include "runtime/objects/type_internal.h"

#include <vector>

namespace pyc::rt {

struct SubclassList {
  std::vector<TypeObject*> types;
};

bool addSubclass(TypeObject* base, TypeObject* type) {
  if (!base->subclasses)
    base->subclasses = new SubclassList;
  base->subclasses->types.push_back(type);
  return true;
}

void removeSubclass(TypeObject* base, TypeObject* type) {
  if (base->subclasses)
    std::erase(base->subclasses->types, type);
}

void freeSubclasses(TypeObject* type) {
  delete std::exchange(type->subclasses, nullptr);
}

std::span<TypeObject* const> runtimeSubclasses(const TypeObject* type) {
  if (!type->subclasses)
    return {};
  return type->subclasses->types;
}

/// Look-up by methods of the class's own makes caches of every attribute wrong.
static bool changesLookup(const StrObject* name) {
  return name == names::__getattribute__ || name == names::__getattr__ ||
         name == names::__setattr__ || name == names::__delattr__;
}

/// A class whose instances become descriptors changes what other classes' attributes mean.
static bool changesBinding(const StrObject* name) {
  return name == names::__get__ || name == names::__set__ || name == names::__delete__;
}

/// The caches that rest on the name (null: all) of the type and its subclasses, if those are
/// instances of the metaclass.
static void resetTree(TypeObject* type, TypeObject* metaclass, StrObject* name) {
  if (isSubtype(typeOf(Value(type)), metaclass))
    resetDependents(type, name);
  for (TypeObject* subclass : runtimeSubclasses(type))
    resetTree(subclass, metaclass, name);
}

static void resetClassesOf(TypeObject* metaclass, StrObject* name) {
  for (uint32_t i = 1; i < kBuiltinShapeCount; ++i)
    resetTree(shapeAt(static_cast<ShapeRef>(i * sizeof(Shape)))->type, metaclass, name);
}

void typeModified(TypeObject* type, StrObject* name) {
  type->version = 0;
  StrObject* changed = name && !changesLookup(name) ? name : nullptr;
  resetDependents(type, changed);
  if (name && changesBinding(name))
    resetClassesOf(&typeType, nullptr);
  else if (isHeapType(type) && isSubtype(type, &typeType))
    resetClassesOf(type, changed);
  // Where attributes lie rests on descriptors that could hide them, or on those of __slots__.
  Value attribute = name ? findInType(type, name) : Value();
  if ((attribute && typeOf(attribute)->slots.set) || type->storeOffset == 0)
    resetLayoutDependents(type);
  if (isHeapType(type) && type->mro && (!name || isSpecialName(name)))
    updateSlots(type, name);
  for (TypeObject* subclass : runtimeSubclasses(type))
    typeModified(subclass, name);
}

void typeDataReplaced(TypeObject* type, StrObject* name) {
  forgetLookup(type, name);
  resetDependents(type, name);
  for (TypeObject* subclass : runtimeSubclasses(type))
    typeDataReplaced(subclass, name);
}

} // namespace pyc::rt
