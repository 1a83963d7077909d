// list: a growable array behind one storage pointer. While all items are small ints, or all are
// floats or bools, the storage may be raw int64_t, double or uint8_t (ListStorage), so that such
// lists are contiguous arrays: fast loops, nothing to count. An empty list takes the storage of the
// first item that comes.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

enum class ListStorage : uint32_t {
  Values, // Value*
  Ints,   // int64_t*, every item a small int (Value::fitsInt)
  Floats, // double*
  Bools,  // uint8_t*, 0 or 1
};

struct ListObject {
  Object header;
  void* data;
  int64_t count;
  int64_t capacity; // in items of this storage
  ListStorage storage;
  uint32_t exports; // buffers exported: read-only; neither size nor storage may change

  Value* values() { return static_cast<Value*>(data); }
  int64_t* ints() { return static_cast<int64_t*>(data); }
  double* floats() { return static_cast<double*>(data); }
  uint8_t* bools() { return static_cast<uint8_t*>(data); }
};
static_assert(sizeof(ListObject) == 48);

inline ListObject* asList(Value value) {
  return value.as<ListObject>();
}
/// Exactly list, no subclass.
inline bool isExactList(Value value) {
  return hasShape(value, kShapeList);
}

Ref makeList(const Value* items, size_t count);
Ref makeListStealing(Value* items, size_t count); // takes over the counts, not the array
/// An empty list with room for so many items.
Ref newList(size_t capacity);
bool listExtend(ListObject* list, Value iterable);
bool listInsert(ListObject* list, int64_t index, Value item); // index as in list.insert
/// Removes and returns; index already normalised and in range.
Ref listPop(ListObject* list, int64_t index);
Ref listToTuple(ListObject* list);
/// Items [start, stop), in range.
Ref listSlice(ListObject* list, int64_t start, int64_t stop);
/// list[start:stop] = source; in range.
bool listReplace(ListObject* list, int64_t start, int64_t stop, ListObject* source);
/// del list[start:stop]; in range.
bool listRemoveRange(ListObject* list, int64_t start, int64_t stop);
bool listSort(ListObject* list, Value key, bool reverse);
void listReverse(ListObject* list);
void listClear(ListObject* list);
/// list * times (0 when negative).
Ref listRepeat(ListObject* list, int64_t times);
/// list *= times.
bool listRepeatInPlace(ListObject* list, int64_t times);
/// Makes the storage ListStorage::Values. BufferError while buffers are exported.
bool listGeneralise(ListObject* list);

bool listAppendSlow(ListObject* list, Value item); // takes over the item's count
bool listSetSlow(ListObject* list, int64_t index, Value item);

/// Takes over the item's count, also on failure.
inline bool listAppendStealing(ListObject* list, Value item) {
  int64_t count = list->count;
  if (PYC_LIKELY(count < list->capacity)) {
    if (list->storage == ListStorage::Values) {
      list->values()[count] = item;
      list->count = count + 1;
      return true;
    }
    if (list->storage == ListStorage::Ints && item.isInt()) {
      list->ints()[count] = item.asInt();
      list->count = count + 1;
      return true;
    }
  }
  return listAppendSlow(list, item);
}
inline bool listAppend(ListObject* list, Value item) {
  incref(item);
  return listAppendStealing(list, item);
}

/// A new reference to the item; index already normalised and in range.
inline Ref listGet(ListObject* list, int64_t index) {
  if (list->storage == ListStorage::Values)
    return Ref::copy(list->values()[index]);
  if (list->storage == ListStorage::Ints)
    return Ref::number(Value::fromInt(list->ints()[index]));
  if (list->storage == ListStorage::Floats)
    return Ref::number(Value::fromDouble(list->floats()[index]));
  return Ref::boolean(list->bools()[index] != 0);
}

/// Index already normalised and in range.
inline bool listSet(ListObject* list, int64_t index, Value item) {
  if (list->storage == ListStorage::Values) {
    incref(item);
    decref(std::exchange(list->values()[index], item));
    return true;
  }
  if (list->storage == ListStorage::Ints && item.isInt()) {
    list->ints()[index] = item.asInt();
    return true;
  }
  if (list->storage == ListStorage::Floats && item.isDouble()) {
    list->floats()[index] = item.asDouble();
    return true;
  }
  if (list->storage == ListStorage::Bools && item.isBool()) {
    list->bools()[index] = item.isTrue();
    return true;
  }
  return listSetSlow(list, index, item);
}

} // namespace pyc::rt
