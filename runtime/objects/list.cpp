// The operations of list.h but sorting and slicing.
#include "runtime/objects/list_storage.h"

#include "runtime/memory/heap.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/fast_alloc.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

#include <algorithm>
#include <mimalloc.h>

namespace pyc::rt {

namespace {

/// The storage in which all these items can lie.
ListStorage storageForAll(const Value* items, size_t count) {
  ListStorage storage = storageFor(items[0]);
  if (storage != ListStorage::Values)
    for (size_t i = 1; i < count; ++i)
      if (storageFor(items[i]) != storage)
        return ListStorage::Values;
  return storage;
}

/// The items' references are the list's afterwards.
Ref listFrom(const Value* items, size_t count) {
  if (count == 0)
    return newList(0);
  ListStorage storage = storageForAll(items, count);
  ListObject* list = allocList(&listType, static_cast<int64_t>(count), storage);
  if (!list)
    return {};
  if (storage == ListStorage::Values)
    std::memcpy(list->data, items, count * sizeof(Value));
  else
    for (size_t i = 0; i < count; ++i)
      listPut(list, static_cast<int64_t>(i), items[i]);
  list->count = static_cast<int64_t>(count);
  return Ref::steal(list);
}

} // namespace

bool listMayResize(ListObject* list) {
  if (PYC_UNLIKELY(list->exports != 0))
    return raise(bufferErrorType, "Existing exports of data: object cannot be re-sized");
  return true;
}

/// The header of an exact list, with room for so many bytes of items behind it.
static Object* allocExact(size_t inlineBytes) {
  readyType(&listType);
  uint32_t grains = listGrains(inlineBytes);
  Object* object = reuseBlock(kShapeList, grains);
  return PYC_LIKELY(object) ? object : allocFast<true>(&listType, grains * kInstanceGrain);
}

ListObject* allocList(TypeObject* type, int64_t capacity, ListStorage storage) {
  size_t bytes = static_cast<size_t>(capacity) * itemSizeOf(storage);
  bool isExact = type == &listType, isInline = isExact && bytes != 0 && bytes <= kListInlineBytes;
  Object* object = PYC_LIKELY(isExact) ? allocExact(isInline ? bytes : 0) : allocObject(type);
  if (!object)
    return nullptr;
  auto* list = reinterpret_cast<ListObject*>(object);
  list->data = nullptr;
  list->count = list->capacity = 0;
  list->storage = storage;
  list->exports = 0;
  if (isInline) {
    list->header.flags |= kListHasInline;
    list->data = list + 1;
    list->capacity = capacity;
  } else if (capacity != 0) {
    list->data = allocPlain(bytes);
    if (!list->data) {
      decrefObject(&list->header);
      return raiseMemoryError();
    }
    list->capacity = capacity;
  }
  return list;
}

/// The array with another size, at another place; null when there is no memory.
static void* resizeData(ListObject* list, size_t bytes) {
  if (!isInlineData(list))
    return reallocPlain(list->data, bytes);
  void* data = allocPlain(bytes);
  if (data)
    std::memcpy(data, list->data,
                std::min(bytes, static_cast<size_t>(list->count) * itemSizeOf(list)));
  return data;
}

bool listReserve(ListObject* list, int64_t capacity) {
  if (capacity <= list->capacity)
    return true;
  if (capacity > kMaxListCount)
    return raiseMemoryError();
  int64_t grown = list->capacity + list->capacity / 2 + 4;
  if (grown < capacity)
    grown = capacity;
  size_t bytes = mi_good_size(static_cast<size_t>(grown) * itemSizeOf(list));
  void* data = resizeData(list, bytes);
  if (!data)
    return raiseMemoryError();
  list->data = data;
  list->capacity = static_cast<int64_t>(bytes / itemSizeOf(list));
  return true;
}

void listTrim(ListObject* list) {
  constexpr int64_t kKeep = 64;
  if (list->capacity <= kKeep || list->count >= list->capacity / 4)
    return;
  int64_t capacity = list->capacity / 2;
  if (void* data = resizeData(list, static_cast<size_t>(capacity) * itemSizeOf(list))) {
    list->data = data;
    list->capacity = capacity;
  }
}

/// The array grows, so the last item goes first.
static bool generaliseBools(ListObject* list) {
  int64_t capacity = std::min(list->capacity, list->count + list->count / 8 + 4);
  void* data = resizeData(list, static_cast<size_t>(capacity) * sizeof(Value));
  if (!data)
    return raiseMemoryError();
  list->data = data;
  list->capacity = capacity;
  for (int64_t i = list->count; i-- > 0;) {
    bool item = list->bools()[i] != 0;
    list->values()[i] = Value::fromBool(item);
  }
  list->storage = ListStorage::Values;
  return true;
}

bool listGeneralise(ListObject* list) {
  if (list->storage == ListStorage::Values)
    return true;
  if (!listMayResize(list))
    return false;
  if (list->storage == ListStorage::Bools)
    return generaliseBools(list);
  Value* values = list->values();
  if (list->storage == ListStorage::Ints) {
    for (int64_t i = 0; i < list->count; ++i)
      values[i] = Value::fromInt(list->ints()[i]);
  } else {
    for (int64_t i = 0; i < list->count; ++i)
      values[i] = Value::fromDouble(list->floats()[i]);
  }
  list->storage = ListStorage::Values;
  return true;
}

bool listAdapt(ListObject* list, ListStorage storage) {
  if (list->storage == storage)
    return true;
  if (list->count == 0) {
    listChangeStorage(list, storage);
    return true;
  }
  return listGeneralise(list);
}

bool listAppendSlow(ListObject* list, Value item) {
  if (listMayResize(list) && listAdapt(list, storageFor(item)) &&
      listReserve(list, list->count + 1)) {
    listPut(list, list->count++, item);
    return true;
  }
  decref(item);
  return false;
}

bool listSetSlow(ListObject* list, int64_t index, Value item) {
  if (!listGeneralise(list))
    return false;
  incref(item);
  decref(std::exchange(list->values()[index], item));
  return true;
}

Ref newList(size_t capacity) {
  if (capacity > static_cast<size_t>(kMaxListCount))
    return raiseMemoryError();
  return newListOf(ListStorage::Ints, static_cast<int64_t>(capacity));
}

Ref newListOf(ListStorage storage, int64_t capacity) {
  ListObject* list = allocList(&listType, capacity, storage);
  return list ? Ref::steal(list) : Ref();
}

/// A short list of objects, in memory of a dead one; null when there is none, or for other items.
static Object* reuseList(const Value* items, size_t count) {
  if (count - 1 >= kListInlineBytes / sizeof(Value) || storageFor(items[0]) != ListStorage::Values)
    return nullptr;
  Object* object = reuseBlock(kShapeList, listGrains(count * sizeof(Value)));
  if (PYC_UNLIKELY(!object))
    return nullptr;
  object->flags |= kListHasInline;
  auto* list = reinterpret_cast<ListObject*>(object);
  auto* values = reinterpret_cast<Value*>(list + 1);
  for (size_t i = 0; i < count; ++i) {
    incref(items[i]);
    values[i] = items[i];
  }
  list->data = values;
  list->count = list->capacity = static_cast<int64_t>(count);
  list->storage = ListStorage::Values;
  list->exports = 0;
  return object;
}

Ref makeList(const Value* items, size_t count) {
  if (Object* reused = reuseList(items, count); PYC_LIKELY(reused))
    return Ref::steal(reused);
  Ref list = listFrom(items, count);
  if (list && isCounted(asList(list)))
    listIncref(items, static_cast<int64_t>(count));
  return list;
}

Ref makeListStealing(Value* items, size_t count) {
  Ref list = listFrom(items, count);
  if (!list)
    for (size_t i = 0; i < count; ++i)
      decref(items[i]);
  return list;
}

bool listInsert(ListObject* list, int64_t index, Value item) {
  if (!listMayResize(list) || !listAdapt(list, storageFor(item)) ||
      !listReserve(list, list->count + 1))
    return false;
  int64_t count = list->count;
  if (index < 0)
    index = index + count < 0 ? 0 : index + count;
  if (index > count)
    index = count;
  listMove(list, index + 1, index, count - index);
  incref(item);
  listPut(list, index, item);
  ++list->count;
  return true;
}

Ref listPop(ListObject* list, int64_t index) {
  if (!listMayResize(list))
    return {};
  Ref item = isCounted(list) ? Ref::steal(list->values()[index]) : listGet(list, index);
  listMove(list, index, index + 1, list->count - index - 1);
  --list->count;
  listTrim(list);
  return item;
}

Ref listToTuple(ListObject* list) {
  PYC_TRY(tuple, newTuple(static_cast<size_t>(list->count)));
  Value* items = asTuple(tuple)->items();
  for (int64_t i = 0; i < list->count; ++i)
    items[i] = listGet(list, i).release();
  return tuple;
}

void listClear(ListObject* list) {
  if (!list->data) // so that clearing a list while it is sorted is no change
    return;
  bool isInline = isInlineData(list);
  void* data = std::exchange(list->data, nullptr);
  int64_t count = std::exchange(list->count, 0);
  bool counted = isCounted(list);
  list->capacity = 0;
  list->storage = ListStorage::Ints;
  if (counted)
    for (auto* values = static_cast<Value*>(data); count-- > 0;)
      decref(values[count]);
  if (!isInline)
    freeMemory(data);
}

} // namespace pyc::rt
