// list: a growable array behind one storage pointer. While all items are small ints, or all are
// floats, the storage may be raw int64_t or double (ListStorage), so that numeric lists are
// contiguous arrays: fast loops, and zero-copy through the buffer protocol.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

enum class ListStorage : uint32_t {
  Values, // Value*
  Ints,   // int64_t*, every item a small int (Value::fitsInt)
  Floats, // double*
};

struct ListObject {
  Object header;
  void* data;
  int64_t count;
  int64_t capacity;
  ListStorage storage;
  uint32_t exports; // buffers exported: the size must not change

  Value* values() { return static_cast<Value*>(data); }
  int64_t* ints() { return static_cast<int64_t*>(data); }
  double* floats() { return static_cast<double*>(data); }
};

inline ListObject* asList(Value value) { return value.as<ListObject>(); }

Ref makeList(const Value* items, size_t count);
Ref makeListStealing(Value* items, size_t count); // takes over the counts, not the array
Ref newList(size_t capacity);
bool listAppend(ListObject* list, Value item);
bool listAppendStealing(ListObject* list, Value item);
bool listExtend(ListObject* list, Value iterable);
/// A new reference to the item; index already normalised and in range.
Ref listGet(ListObject* list, int64_t index);
bool listSet(ListObject* list, int64_t index, Value item);
bool listInsert(ListObject* list, int64_t index, Value item);
Ref listPop(ListObject* list, int64_t index);
Ref listToTuple(ListObject* list);
bool listSort(ListObject* list, Value key, bool reverse);
/// Makes the storage ListStorage::Values.
bool listGeneralise(ListObject* list);

} // namespace pyc::rt
