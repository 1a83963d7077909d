// Classes made by class statements and by calling type().
#pragma once

#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

/// What a class has beyond a built-in type. Every instance of type (and of metaclasses) has room
/// for it, but only those with kTypeHeap use it.
struct HeapTypeObject {
  TypeObject type;
  char* nameBytes;        // what type.name points at
  TupleObject* slotNames; // mangled names of its own __slots__, sorted, without __dict__ and
                          // __weakref__; or null
  Value initFunction;     // __init__ where it is a plain function: borrowed, see instance_call.cpp
  uint32_t initVersion;   // type.version that initFunction was found for
};

inline HeapTypeObject* asHeapType(TypeObject* type) {
  return reinterpret_cast<HeapTypeObject*>(type);
}
inline bool isHeapType(const TypeObject* type) {
  return (type->flags & kTypeHeap) != 0;
}

/// type.__new__(metatype, name, bases, namespace, **kwargs).
Ref makeClass(TypeObject* metatype, Value name, Value bases, Value nameSpace, const Value* args,
              Value kwnames);
/// builtins.__build_class__(function, name, *bases, metaclass=..., **kwargs).
Ref buildClass(const Value* args, size_t argc, Value kwnames);

/// The most derived of `metatype` and the bases' metaclasses; null with TypeError on conflict.
TypeObject* calculateMetaclass(TypeObject* metatype, TupleObject* bases);
/// The MRO (C3) of a class with these bases, without calling mro(); TypeError when there is none.
Ref linearise(TypeObject* type, TupleObject* bases);

/// Whether instances of the two types have the same layout apart from attribute slots, so that
/// __class__ may be changed from one to the other.
bool sameLayout(TypeObject* a, TypeObject* b);

} // namespace pyc::rt
