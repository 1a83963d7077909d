// The steps of loops over iterators: part of fast_entry.cpp.
#pragma once

#include "runtime/abi/context.h"
#include "runtime/abi/fast_builtins.h"
#include "runtime/abi/fast_parts.h"
#include "runtime/abi/fast_sets.h"
#include "runtime/interp/resume.h"
#include "runtime/objects/bytes_iterator.h"
#include "runtime/objects/instance_memory.h"
#include "runtime/objects/local_iterator.h"
#include "runtime/objects/next_pair.h"

namespace pyc::rt {

/// 1: an item; 0: the end; -1, with nothing done: no list, or one of another storage.
template <class T>
[[gnu::always_inline]] inline int32_t nextNumber(Value iterator, ListStorage storage, T* item) {
  if (PYC_UNLIKELY(!hasShape(iterator, kShapeListIterator)))
    return -1;
  auto* it = iterator.as<ListIterator>();
  ListObject* list = it->list;
  if (PYC_UNLIKELY(!list || list->header.shape != kShapeList))
    return -1;
  int64_t index = it->index;
  if (PYC_LIKELY(index < list->count)) {
    if (PYC_UNLIKELY(list->storage != storage))
      return -1;
    it->index = index + 1;
    *item = static_cast<T*>(list->data)[index];
    return 1;
  }
  if (PYC_UNLIKELY(list->storage == ListStorage::Values && list->count != 0))
    return -1; // the end may release objects
  pyc_slow_next(iterator);
  return 0;
}

/// An iterator of a list or tuple, in memory that waits for one; null when there is none.
template <class T, class Container>
[[gnu::always_inline]] inline Value reuseIterator(ShapeRef shape, Container* T::* member,
                                                  Value container) {
  Object* object = reuseBlock(shape, kIndexIteratorGrains);
  if (PYC_UNLIKELY(!object))
    return {};
  increfInline(container);
  auto* iterator = reinterpret_cast<T*>(object);
  iterator->*member = container.as<Container>();
  iterator->index = 0;
  return object;
}

/// An iterator of a list or tuple in the function's frame.
template <class T, class Container>
[[gnu::always_inline]] inline Value beginLocal(LocalIterator* memory, ShapeRef shape,
                                               Container* T::* member, Value container) {
  increfInline(container);
  initLocal(&memory->header, shape);
  auto* iterator = reinterpret_cast<T*>(memory);
  iterator->*member = container.as<Container>();
  iterator->index = 0;
  return &memory->header;
}

extern "C" {

PYC_FAST Value pyc_get_iter(Value iterable) {
  Value iterator;
  if (hasShape(iterable, kShapeList))
    iterator = reuseIterator(kShapeListIterator, &ListIterator::list, iterable);
  else if (hasShape(iterable, kShapeTuple))
    iterator = reuseIterator(kShapeTupleIterator, &TupleIterator::tuple, iterable);
  return PYC_LIKELY(iterator) ? iterator : pyc_slow_get_iter(iterable);
}

/// In the function's frame, where the loop alone sees it.
PYC_FAST Value pyc_get_local_iter(Value iterable, LocalIterator* memory) {
  if (hasShape(iterable, kShapeList))
    return beginLocal(memory, kShapeListIterator, &ListIterator::list, iterable);
  if (hasShape(iterable, kShapeTuple))
    return beginLocal(memory, kShapeTupleIterator, &TupleIterator::tuple, iterable);
  return pyc_slow_get_local_iter(iterable, memory);
}
/// Gives back a count of such an iterator.
PYC_FAST void pyc_end_local_iter(Value iterator, LocalIterator* memory) {
  if (PYC_UNLIKELY(iterator != Value(&memory->header)))
    return decrefInline(iterator);
  if (--memory->header.localCount != 0)
    return;
  // Each kind has what it goes through behind the header; null at the end.
  if (ListObject* container = memory->list.list)
    decrefObjectInline(&container->header);
}

PYC_FAST int32_t pyc_next_int(Value iterator, int64_t* item) {
  return nextNumber(iterator, ListStorage::Ints, item);
}
PYC_FAST int32_t pyc_next_float(Value iterator, double* item) {
  return nextNumber(iterator, ListStorage::Floats, item);
}
PYC_FAST int32_t pyc_next_bool(Value iterator, uint8_t* item) {
  return nextNumber(iterator, ListStorage::Bools, item);
}

/// The same for a list of objects: an item that is not counted, null at the end. Then the iterator
/// stays as it is, which nobody sees who does not hold it.
PYC_FAST int32_t pyc_next_object(Value iterator, Value* item) {
  if (PYC_UNLIKELY(!hasShape(iterator, kShapeListIterator)))
    return -1;
  auto* it = iterator.as<ListIterator>();
  ListObject* list = it->list;
  if (PYC_UNLIKELY(!list || list->header.shape != kShapeList ||
                   list->storage != ListStorage::Values))
    return -1;
  int64_t index = it->index;
  *item = Value();
  if (PYC_UNLIKELY(index >= list->count))
    return isLast(iterator) ? 0 : -1;
  it->index = index + 1;
  *item = list->values()[index];
  return 1;
}

/// Of sets, and of the keys or values of dicts: one copy a module.
[[gnu::noinline]] static Value hashed_next(Value iterator) {
  if (hasShape(iterator, kShapeSetIterator))
    return nextInSet(iterator.as<SetIterator>());
  if (hasShape(iterator, kShapeDictKeyIterator))
    return nextKeyOf(iterator.as<DictIterator>()).release();
  return nextValueOf(iterator.as<DictIterator>()).release();
}
/// Of what else loops go through often: one copy a module.
[[gnu::noinline]] static Value other_next(Value iterator) {
  if (hasShape(iterator, kShapeRangeIterator))
    return nextOf(iterator.as<RangeIterator>()).release();
  if (hasShape(iterator, kShapeStrIterator))
    return nextOf(iterator.as<StrIterator>()).release();
  if (hasShape(iterator, kShapeBytesIterator))
    return nextOf(iterator.as<BytesIterator>()).release();
  if (hasShape(iterator, kShapeSetIterator) || hasShape(iterator, kShapeDictKeyIterator) ||
      hasShape(iterator, kShapeDictValueIterator))
    return hashed_next(iterator);
  return pyc_slow_next(iterator);
}
/// A generator's; one copy a module.
[[gnu::noinline]] static Value generator_next(Value iterator) {
  GeneratorObject* generator = asGenerator(iterator);
  Value item;
  if (PYC_UNLIKELY(!isPlainlyResumable(generator)))
    return pyc_slow_next(iterator);
  if (PYC_LIKELY(stepNative(generator, item)))
    return item;
  if (item)
    decrefInline(item);
  return {};
}
/// One step of a generator for next(); one copy a module. Null at the end, where it keeps what it
/// returned for whoever asks once more, with the exception raised, or with nothing done.
[[gnu::noinline]] static Value generator_step(Value iterator) {
  GeneratorObject* generator = asGenerator(iterator);
  Value item;
  if (PYC_UNLIKELY(!isPlainlyResumable(generator)))
    return {};
  if (PYC_LIKELY(stepNative(generator, item)))
    return item;
  generator->returned = item;
  return {};
}
/// next(generator). Null: the call has to be made, unless an exception is raised.
PYC_FAST Value pyc_function_next(Value callee, Value iterator) {
  return hasShape(iterator, kShapeGenerator) && isRaw(callee, pycBuiltinNext)
             ? generator_step(iterator)
             : Value();
}
/// The generator's registers are in its frame; its native code is about to return.
PYC_FAST void pyc_suspend(Value self, Value* registers, uint32_t word) {
  Frame* frame = generatorFrame(self, registers);
  frame->pc = frame->code->entry + word;
  leaveGenerator(frame->generator, GeneratorState::Suspended);
  refundRecursion();
}
PYC_FAST Value pyc_next(Value iterator) {
  if (PYC_LIKELY(hasShape(iterator, kShapeListIterator))) {
    auto* it = iterator.as<ListIterator>();
    ListObject* list = it->list;
    if (PYC_LIKELY(list && it->index < list->count)) {
      int64_t index = it->index++;
      return itemOf(list, index);
    }
    return pyc_slow_next(iterator);
  }
  if (hasShape(iterator, kShapeGenerator))
    return generator_next(iterator);
  if (hasShape(iterator, kShapeTupleIterator)) {
    auto* it = iterator.as<TupleIterator>();
    TupleObject* tuple = it->tuple;
    if (PYC_LIKELY(tuple && it->index < tuple->count))
      return withCount(tuple->items()[it->index++]);
    return pyc_slow_next(iterator);
  }
  return other_next(iterator);
}
/// Where a profile saw one kind of iterator, that one comes first.
[[gnu::noinline]] static Value any_next(Value iterator) {
  return pyc_next(iterator);
}
PYC_FAST Value pyc_next_of_generator(Value iterator) {
  return PYC_LIKELY(hasShape(iterator, kShapeGenerator)) ? generator_next(iterator)
                                                         : any_next(iterator);
}
PYC_FAST Value pyc_next_of_range(Value iterator) {
  if (PYC_LIKELY(hasShape(iterator, kShapeRangeIterator)))
    return nextOf(iterator.as<RangeIterator>()).release();
  return any_next(iterator);
}
/// Of a list or tuple of pairs, which keep theirs; one copy a module.
[[gnu::noinline]] static Value pair_of_sequence(Value iterator, Value* out) {
  Value item;
  int64_t* index;
  if (hasShape(iterator, kShapeListIterator)) {
    auto* it = iterator.as<ListIterator>();
    if (!it->list || it->index >= it->list->count || it->list->storage != ListStorage::Values)
      return pyc_slow_next_pair(iterator, out);
    item = it->list->values()[it->index];
    index = &it->index;
  } else if (hasShape(iterator, kShapeTupleIterator)) {
    auto* it = iterator.as<TupleIterator>();
    if (!it->tuple || it->index >= it->tuple->count)
      return pyc_slow_next_pair(iterator, out);
    item = it->tuple->items()[it->index];
    index = &it->index;
  } else {
    return pyc_slow_next_pair(iterator, out);
  }
  if (!hasShape(item, kShapeTuple) || asTuple(item)->count != 2)
    return pyc_slow_next_pair(iterator, out);
  ++*index;
  out[1] = withCount(asTuple(item)->items()[0]);
  out[0] = withCount(asTuple(item)->items()[1]);
  return Value(&pycPair);
}
/// Inlined: enumerate() of a list.
PYC_FAST Value pyc_next_pair(Value iterator, Value* out) {
  if (PYC_LIKELY(hasShape(iterator, kShapeEnumerate))) {
    auto* enumerate = iterator.as<EnumerateObject>();
    Value index = enumerate->index;
    if (PYC_LIKELY(hasShape(enumerate->iterator, kShapeListIterator) && index.isInt() &&
                   index.asInt() < Value::kMaxInt)) {
      auto* it = enumerate->iterator.as<ListIterator>();
      ListObject* list = it->list;
      if (PYC_LIKELY(list && it->index < list->count)) {
        enumerate->index = Value::fromInt(index.asInt() + 1);
        out[1] = index;
        out[0] = itemOf(list, it->index++);
        return Value(&pycPair);
      }
    }
    return pyc_slow_next_pair(iterator, out);
  }
  return pair_of_sequence(iterator, out);
}
}

} // namespace pyc::rt
