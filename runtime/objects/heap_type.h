// Classes made by class statements and by calling type().
#pragma once

#include "runtime/objects/instance.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

struct ListObject;

/// What a class has beyond a built-in type. Every instance of type (and of metaclasses) has room
/// for it, but only those with kTypeHeap use it.
struct HeapTypeObject {
  TypeObject type;
  char* nameBytes;        // what type.name points at
  TupleObject* slotNames; // mangled names of its own __slots__, sorted, without __dict__ and
                          // __weakref__; or null
  uint32_t slotOffset;    // of the first slot's value (slotPlace)
  bool keepsItself;       // counts a reference to itself: until the collector clears it
  bool foreignMro;        // its MRO has classes that are no bases: they don't know of it
  uint32_t initVersion;   // type.version that `init` was found for
  Value init;             // __init__, borrowed, where it is a function written in Python
};

inline HeapTypeObject* asHeapType(TypeObject* type) {
  return reinterpret_cast<HeapTypeObject*>(type);
}
inline bool isHeapType(const TypeObject* type) {
  return (type->flags & kTypeHeap) != 0;
}
/// A class whose metaclass is `type` itself, as it will always be. Its shape does not say so: where
/// attributes of the class itself are cached it has one of its own.
inline bool isPlainClass(Value value) {
  return value.isObject() && shapeOf(value.object())->type == &typeType;
}

/// In the offset of a slot: behind the items of an instance of varying size. The rest counts from
/// the end of the items, where the attribute store has the first place whether there is one or not.
inline constexpr uint32_t kOffsetBehindItems = 0x80000000u;
/// Where the value of a slot of __slots__ is.
inline Value* slotPlace(Object* object, uint32_t offset) {
  char* start = (offset & kOffsetBehindItems)
                    ? reinterpret_cast<char*>(storeBehindItems(object, shapeOf(object)->type))
                    : reinterpret_cast<char*>(object);
  return reinterpret_cast<Value*>(start + (offset & ~kOffsetBehindItems));
}

/// type.__new__(metatype, name, bases, namespace, **keywords). `keywords` are the values of
/// kwnames.
Ref makeClass(TypeObject* metatype, Value name, TupleObject* bases, DictObject* nameSpace,
              const Value* keywords, Value kwnames);
/// builtins.__build_class__(function, name, *bases, metaclass=..., **keywords).
Ref buildClass(const Value* args, size_t argc, Value kwnames);

/// What classes need of the layers above. Null until set.
struct ClassHooks {
  /// Runs a class body (a function) in a namespace; its result: the cell of __class__, or None.
  Ref (*runBody)(Value function, Value nameSpace) = nullptr;
  /// Globals of the Python code that is running, or null.
  DictObject* (*currentGlobals)() = nullptr;
  /// What zero-argument super() stands for: __class__ and the first argument of the code that calls
  /// it (new references). False with RuntimeError.
  bool (*superArguments)(Ref& type, Ref& object) = nullptr;
};
extern ClassHooks classHooks;

/// The most derived of `metatype` and the bases' metaclasses; null with TypeError on conflict.
TypeObject* calculateMetaclass(TypeObject* metatype, TupleObject* bases);
/// The MRO (C3) of a class with these bases, without calling mro(): a list. TypeError when there is
/// none.
Ref linearise(TypeObject* type, TupleObject* bases);
/// The MRO that the class shall have, by its metaclass's mro() where that is overridden: a tuple.
Ref computeMro(TypeObject* type);

/// The base whose layout instances get; TypeError when the bases can't be bases together.
TypeObject* bestBase(TupleObject* bases);
/// The ancestor that last added fields to the layout.
TypeObject* solidBase(TypeObject* type);
/// Whether instances of the two types have the same layout apart from attribute slots, so that
/// __class__ may be changed from one to the other.
bool sameLayout(TypeObject* a, TypeObject* b);

/// What __slots__ asks for.
struct SlotRequest {
  bool hasSlots = false; // __slots__ is there
  bool wantsDict = false, wantsWeakref = false;
  Ref names; // tuple of the others, mangled, sorted; null: none
};
/// Reads and checks __slots__ of a namespace for a class with this base.
bool readSlots(TypeObject* base, StrObject* className, DictObject* nameSpace, SlotRequest& request);
/// Adds the names of a class's own __slots__ in the order that they have there, mangled, without
/// __dict__ and __weakref__.
bool appendSlotNames(TypeObject* type, ListObject* out);
/// Size, store, slots of instances. The type's base and the flags inherited from bases are set.
bool layOutInstances(TypeObject* type, const SlotRequest& request);
/// New instances get a root shape with so many inline slots. False with MemoryError.
bool setInlineSlots(TypeObject* type, uint32_t count);
/// Makes dealloc, traverse and clear see the slots of __slots__ (instance_slots.cpp).
void setMemorySlots(TypeObject* type);

} // namespace pyc::rt
