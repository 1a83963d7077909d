// What the iterators of itertools (itertools_*.cpp) share.
#pragma once

#include "runtime/modules/registry.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/int.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/result_tuple.h"
#include "runtime/objects/signature.h"

namespace pyc::rt {

/// The slots of an object that owns values: T::each(f) calls f(Value&) for every one of them; what
/// else it owns, T::release() gives back.
template <class T> struct OwnerSlots {
  static void dealloc(Object* self) {
    auto* owner = reinterpret_cast<T*>(self);
    owner->each([](Value& value) { decrefMaybe(value); });
    if constexpr (requires { owner->release(); })
      owner->release();
    freeObject(self);
  }
  static void traverse(Object* self, Visitor& visitor) {
    reinterpret_cast<T*>(self)->each([&](Value& value) {
      if (value)
        visitor.visit(value);
    });
  }
};

inline Ref returnSelf(Value self) {
  return Ref::copy(self);
}

/// An iterator type of itertools.
template <class T>
constexpr TypeObject iteratorType(const char* name, decltype(TypeSlots::create) create,
                                  UnaryFn next, const char* doc,
                                  std::span<const MethodDef> methods = {}) {
  TypeObject type;
  type.name = name;
  type.base = &objectType;
  type.basicSize = sizeof(T);
  type.flags = kTypeBuiltin | kTypeBase | kTypeCollected;
  type.methods = methods;
  type.doc = doc;
  type.slots.dealloc = OwnerSlots<T>::dealloc;
  type.slots.traverse = OwnerSlots<T>::traverse;
  type.slots.iter = returnSelf;
  type.slots.next = next;
  type.slots.create = create;
  return type;
}

template <class T> T* allocIterator(TypeObject* type) {
  return reinterpret_cast<T*>(allocObject(type));
}

/// Arguments of constructors that take a number of positional ones and, unless a subclass has an
/// __init__ of its own, no others.
inline bool positionalOnly(const TypeObject* type, const TypeObject& base, size_t argc,
                           Value kwnames, size_t count) {
  bool ownInit = type->slots.init != base.slots.init;
  return (ownInit || checkNoKeywords(nameOf(&base), kwnames)) &&
         checkArgumentCount(nameOf(&base), argc, count, count);
}

/// The tuple that an iterator gave out last, to be changed into the next one: itself when nobody
/// else has it, else a copy. Null with MemoryError.
inline TupleObject* changeableTuple(Value& kept) {
  if (TupleObject* tuple = reusableTuple(asTuple(kept)))
    return tuple;
  PYC_TRY(copy, makeTuple(asTuple(kept)->items(), static_cast<size_t>(asTuple(kept)->count)));
  if (asTuple(copy)->count)
    trackObject(copy.get().object());
  setField(kept, std::move(copy));
  return asTuple(kept);
}

// The types, by file.
extern constinit TypeObject accumulateType, batchedType, chainType, pairwiseType, starmapType,
    zipLongestType;                                                       // itertools_join.cpp
extern constinit TypeObject countType, cycleType, repeatType;             // itertools_endless.cpp
extern constinit TypeObject compressType, dropwhileType, filterfalseType, // itertools_select.cpp
    isliceType, takewhileType;
extern constinit TypeObject groupbyType, grouperType; // itertools_group.cpp
extern constinit TypeObject teeType, teeLinkType;     // itertools_tee.cpp
extern constinit TypeObject combinationsType, repeatedCombinationsType, permutationsType,
    productType; // itertools_choose.cpp
Ref teeFunction(const Value* args, size_t argc, Value kwnames);

} // namespace pyc::rt
