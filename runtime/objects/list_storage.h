// The array of a list: growing it, opening and closing gaps. Internal to the list*.cpp files.
#pragma once

#include "runtime/objects/instance_memory.h"
#include "runtime/objects/list.h"

#include <cstring>

namespace pyc::rt {

/// Bytes of an item.
inline size_t itemSizeOf(ListStorage storage) {
  return storage == ListStorage::Bools ? 1 : 8;
}
inline size_t itemSizeOf(const ListObject* list) {
  return itemSizeOf(list->storage);
}
inline constexpr int64_t kMaxListCount = INT64_MAX / 8;

/// The storage that an item on its own would have.
inline ListStorage storageFor(Value item) {
  return item.isInt()      ? ListStorage::Ints
         : item.isDouble() ? ListStorage::Floats
         : item.isBool()   ? ListStorage::Bools
                           : ListStorage::Values;
}
inline bool isCounted(const ListObject* list) {
  return list->storage == ListStorage::Values;
}

/// Short lists that are made with their items keep these behind the object, in the same memory,
/// until they grow. The flag says that there is such memory; the data may have left it.
inline constexpr size_t kListInlineBytes = 128;
inline constexpr uint8_t kListHasInline = kObjectUserFlag;
/// Size of an exact list with so many bytes for items behind it, as instance_memory.h counts.
inline uint32_t listGrains(size_t inlineBytes) {
  return static_cast<uint32_t>((sizeof(ListObject) + inlineBytes + kInstanceGrain - 1) /
                               kInstanceGrain);
}
inline bool isInlineData(const ListObject* list) {
  return (list->header.flags & kListHasInline) != 0 && list->data == list + 1;
}

/// BufferError while buffers are exported.
bool listMayResize(ListObject* list);
/// An instance of list or a subclass with room for so many items of a storage, count 0.
ListObject* allocList(TypeObject* type, int64_t capacity, ListStorage storage = ListStorage::Ints);
/// As newList, with the storage of the items to come.
Ref newListOf(ListStorage storage, int64_t capacity);
/// Makes the capacity at least `capacity`, with room to grow. False with MemoryError.
bool listReserve(ListObject* list, int64_t capacity);
/// Gives memory back when most of it is unused.
void listTrim(ListObject* list);
/// Another storage for a list none of whose items stay, and counted ones least of all.
inline void listChangeStorage(ListObject* list, ListStorage storage) {
  size_t bytes = static_cast<size_t>(list->capacity) * itemSizeOf(list);
  list->capacity = static_cast<int64_t>(bytes / itemSizeOf(storage));
  list->storage = storage;
}
/// Makes the storage one that can hold all items of a storage: itself, or Values.
bool listAdapt(ListObject* list, ListStorage storage);
/// Writes an item over uninitialised memory; the storage suits it. Takes over its count.
inline void listPut(ListObject* list, int64_t index, Value item) {
  if (list->storage == ListStorage::Ints)
    list->ints()[index] = item.asInt();
  else if (list->storage == ListStorage::Floats)
    list->floats()[index] = item.asDouble();
  else if (list->storage == ListStorage::Bools)
    list->bools()[index] = item.isTrue();
  else
    list->values()[index] = item;
}
inline char* listBytes(ListObject* list, int64_t index) {
  return static_cast<char*>(list->data) + static_cast<size_t>(index) * itemSizeOf(list);
}
/// list += source, whatever iteration a subclass defines.
bool listExtendByList(ListObject* list, ListObject* source);
/// Extended slices: `count` items from `start` on by `step`, all in range.
Ref listStridedSlice(ListObject* list, int64_t start, int64_t step, int64_t count);
bool listReplaceStrided(ListObject* list, int64_t start, int64_t step, int64_t count,
                        ListObject* source);
bool listRemoveStrided(ListObject* list, int64_t start, int64_t step, int64_t count);
/// Moves items within the array.
inline void listMove(ListObject* list, int64_t to, int64_t from, int64_t count) {
  if (count > 0)
    std::memmove(listBytes(list, to), listBytes(list, from),
                 static_cast<size_t>(count) * itemSizeOf(list));
}
/// New references to the items from `index` on, when they are counted.
inline void listIncref(const Value* items, int64_t count) {
  for (int64_t i = 0; i < count; ++i)
    incref(items[i]);
}

} // namespace pyc::rt
