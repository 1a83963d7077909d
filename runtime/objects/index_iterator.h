// The common parts of iterators that walk a container by index (of lists, tuples, strs). Internal
// to the *_iterator.cpp files.
#pragma once

#include "runtime/objects/fast_alloc.h"
#include "runtime/objects/instance_memory.h"
#include "runtime/objects/int.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"

#include <type_traits>

namespace pyc::rt {

/// iter(self) of every iterator.
inline Ref iterSelf(Value self) {
  return Ref::copy(self);
}

/// What an iterator's __reduce__ gives: (iter, (container,)), and the state unless it is null.
inline Ref reduceIterator(StrObject* function, Value container, Value state) {
  PYC_TRY(callee, getBuiltin(function));
  PYC_TRY(arguments, tupleOf(container));
  return state ? tupleOf(callee, arguments, state) : tupleOf(callee, arguments);
}

/// `container` is the member that holds the container, `itemCount` tells its length and
/// `makeEmpty` makes an empty one (for __reduce__ after the end).
template <class T, auto container, auto itemCount, auto makeEmpty> struct IndexIterator {
  static_assert(sizeof(T) == kIndexIteratorGrains * kInstanceGrain);
  static T* of(Value self) { return self.as<T>(); }

  static void dealloc(Object* self) {
    if (auto* items = reinterpret_cast<T*>(self)->*container)
      decrefObject(&items->header);
    keepInstance(self, kIndexIteratorGrains);
  }
  static void traverse(Object* self, Visitor& visitor) {
    if (auto* items = reinterpret_cast<T*>(self)->*container)
      visitor.visit(items);
  }
  static Ref next(Value self) { return nextOf(of(self)); }

  static Ref lengthHint(const Value* args) {
    T* iterator = of(args[0]);
    int64_t left = iterator->*container ? itemCount(iterator->*container) - iterator->index : 0;
    return Ref::number(Value::fromInt(left < 0 ? 0 : left));
  }
  static Ref reduce(const Value* args) {
    T* iterator = of(args[0]);
    if (iterator->*container)
      return reduceIterator(names::iter, iterator->*container, Value::fromInt(iterator->index));
    PYC_TRY(empty, makeEmpty());
    return reduceIterator(names::iter, empty, {});
  }
  static Ref setState(const Value* args) {
    int64_t index;
    if (!toInt64(args[1], index))
      return {};
    T* iterator = of(args[0]);
    if (iterator->*container) {
      int64_t count = itemCount(iterator->*container);
      iterator->index = index < 0 ? 0 : index > count ? count : index;
    }
    return Ref::none();
  }

  static constexpr MethodDef kMethods[] = {
      {.signature = "__length_hint__($self, /)", .bound = lengthHint},
      {.signature = "__reduce__($self, /)", .bound = reduce},
      {.signature = "__setstate__($self, object, /)", .bound = setState},
  };
  static constexpr TypeSlots kSlots = {
      .dealloc = dealloc, .traverse = traverse, .iter = iterSelf, .next = next};

  static Ref make(TypeObject* type, Value items) {
    readyType(type);
    Object* object = reuseBlock(type->rootShape, kIndexIteratorGrains);
    if (!object)
      object = allocFast<true>(type, sizeof(T));
    if (!object)
      return {};
    auto* iterator = reinterpret_cast<T*>(object);
    incref(items);
    using Items = std::remove_reference_t<decltype(iterator->*container)>;
    iterator->*container = reinterpret_cast<Items>(items.object());
    iterator->index = 0;
    return Ref::steal(iterator);
  }
};

} // namespace pyc::rt
