// Iterators of the built-in containers. Their structures are open so that the interpreter and
// native code can inline the step of a `for` loop: each nextOf function returns a new reference, or
// null with nothing raised at the end (then and later).
#pragma once

#include "runtime/objects/dict.h"
#include "runtime/objects/list.h"
#include "runtime/objects/range.h"
#include "runtime/objects/set.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

/// Size of the iterators that walk a container by index; their memory waits for the next of them
/// (instance_memory.h).
inline constexpr uint32_t kIndexIteratorGrains = 2;

/// Of a list; forwards or (ListReverseIterator) backwards.
struct ListIterator {
  Object header;
  ListObject* list; // owned; null when exhausted
  int64_t index;    // of the next item
};

struct TupleIterator {
  Object header;
  TupleObject* tuple; // owned; null when exhausted
  int64_t index;
};

/// Items are small ints.
struct RangeIterator {
  Object header;
  int64_t next;
  int64_t step;
  int64_t remaining;
};

struct StrIterator {
  Object header;
  StrObject* str; // owned; null when exhausted
  int64_t index;
};

/// Keys, values or items of a dict, forwards or backwards: one structure for six types.
struct DictIterator {
  Object header;
  DictObject* dict; // owned; null when exhausted
  int64_t position; // entry to look at next
  int64_t count;    // size of the dict when the iteration began; -1 after an error
  int64_t remaining;
  TupleObject* result; // tuple to use again for items, when nobody else has it
};

/// Of a set or frozenset.
struct SetIterator {
  Object header;
  SetObject* set; // owned; null when exhausted
  int64_t position;
  int64_t count;
  int64_t remaining;
};

Ref makeListIterator(Value list);
Ref makeListReverseIterator(Value list);
Ref makeTupleIterator(Value tuple);
/// Iterator of the numbers start, start + step, ...; all of them small ints.
Ref makeRangeIterator(int64_t start, int64_t step, int64_t count);
Ref makeStrIterator(Value str);
/// `type` is one of dictKeyIteratorType, dictReverseItemIteratorType, ...
Ref makeDictIterator(TypeObject* type, Value dict);
Ref makeSetIterator(Value set);

/// Releases the container of an iterator that has reached its end; null.
template <class T> Ref finishIterator(T*& container) {
  T* done = std::exchange(container, nullptr);
  decrefObject(&done->header);
  return {};
}

inline Ref nextOf(ListIterator* iterator) {
  ListObject* list = iterator->list;
  if (PYC_LIKELY(list != nullptr)) {
    if (PYC_LIKELY(iterator->index < list->count))
      return listGet(list, iterator->index++);
    return finishIterator(iterator->list);
  }
  return {};
}

inline Ref nextOf(TupleIterator* iterator) {
  TupleObject* tuple = iterator->tuple;
  if (PYC_LIKELY(tuple != nullptr)) {
    if (PYC_LIKELY(iterator->index < tuple->count))
      return Ref::copy(tuple->items()[iterator->index++]);
    return finishIterator(iterator->tuple);
  }
  return {};
}

inline Ref nextOf(RangeIterator* iterator) {
  if (PYC_UNLIKELY(iterator->remaining == 0))
    return {};
  int64_t value = iterator->next;
  iterator->next = value + iterator->step;
  --iterator->remaining;
  return Ref::number(Value::fromInt(value));
}

inline Ref nextOf(StrIterator* iterator) {
  StrObject* str = iterator->str;
  if (PYC_LIKELY(str != nullptr)) {
    if (PYC_LIKELY(iterator->index < str->length)) {
      uint32_t character = str->at(iterator->index++);
      return character < 256 ? Ref::number(latin1Char(character)) : makeStrChar(character);
    }
    return finishIterator(iterator->str);
  }
  return {};
}

/// The dict is not what the iteration began with: raises RuntimeError; -1.
int64_t dictIterationBroken(DictIterator* iterator);
/// Number of the next entry, or -1 at the end or with an error.
inline int64_t nextEntry(DictIterator* iterator) {
  DictObject* dict = iterator->dict;
  if (PYC_UNLIKELY(dict == nullptr))
    return -1;
  const DictTable* table = tableOf(dict);
  if (PYC_UNLIKELY(iterator->count != int64_t(dict->count)))
    return dictIterationBroken(iterator);
  int64_t i = iterator->position;
  if (PYC_UNLIKELY(i < table->first))
    i = table->first;
  while (i < table->used && dict->entries[i].key.isNull())
    ++i;
  if (PYC_UNLIKELY(i >= table->used)) {
    (void)finishIterator(iterator->dict);
    return -1;
  }
  if (PYC_UNLIKELY(iterator->remaining-- == 0))
    return dictIterationBroken(iterator);
  iterator->position = i + 1;
  return i;
}
inline Ref nextKeyOf(DictIterator* iterator) {
  int64_t i = nextEntry(iterator);
  return i >= 0 ? Ref::copy(iterator->dict->entries[i].key) : Ref();
}
inline Ref nextValueOf(DictIterator* iterator) {
  int64_t i = nextEntry(iterator);
  return i >= 0 ? Ref::copy(iterator->dict->entries[i].value) : Ref();
}
/// (key, value)
Ref nextItemOf(DictIterator* iterator);

Ref nextOf(SetIterator* iterator);

/// The step of any iterator (its type has a `next` slot): null at the end, or with an error raised.
inline Ref nextOfAny(Value iterator) {
  if (hasShape(iterator, kShapeListIterator))
    return nextOf(iterator.as<ListIterator>());
  return typeOf(iterator)->slots.next(iterator);
}

} // namespace pyc::rt
