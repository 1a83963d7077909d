// Items of bytes, bytearrays and arrays: part of fast_entry.cpp. `storage` is a constant at each
// place, so that one way remains.
#pragma once

#include "runtime/abi/context.h"
#include "runtime/abi/fast_parts.h"
#include "runtime/objects/array_object.h"
#include "runtime/objects/bytes_iterator.h"

#include <cstring>

namespace pyc::rt {

/// Where the items lie, and how many there are; none of an object with another storage.
[[gnu::always_inline]] inline const uint8_t* itemsOf(Object* object, ItemStorage storage,
                                                     int64_t* count) {
  *count = 0;
  if (storage == ItemStorage::Bytes) {
    if (PYC_UNLIKELY(object->shape != kShapeBytes))
      return nullptr;
    auto* bytes = reinterpret_cast<BytesObject*>(object);
    *count = bytes->length;
    return bytes->data();
  }
  if (storage == ItemStorage::ByteArray) {
    if (PYC_UNLIKELY(object->shape != kShapeByteArray))
      return nullptr;
    auto* array = reinterpret_cast<ByteArrayObject*>(object);
    *count = array->length;
    return array->data;
  }
  auto* array = reinterpret_cast<ArrayObject*>(object);
  if (PYC_UNLIKELY(object->shape != pycArrayShape || array->storage != storage))
    return nullptr;
  *count = array->count;
  return array->data;
}

/// The iterator's container and place, if it is one of such containers and not at its end.
struct ItemsIterator {
  Object* container; // null: none
  int64_t* index;
};
[[gnu::always_inline]] inline ItemsIterator itemsIterator(Value iterator, ItemStorage storage) {
  if (storage == ItemStorage::Bytes) {
    auto* it = iterator.as<BytesIterator>();
    return hasShape(iterator, kShapeBytesIterator)
               ? ItemsIterator{reinterpret_cast<Object*>(it->bytes), &it->index}
               : ItemsIterator{};
  }
  if (storage == ItemStorage::ByteArray) {
    auto* it = iterator.as<ByteArrayIterator>();
    return hasShape(iterator, kShapeByteArrayIterator)
               ? ItemsIterator{reinterpret_cast<Object*>(it->array), &it->index}
               : ItemsIterator{};
  }
  auto* it = iterator.as<ArrayIteratorObject>();
  return hasShape(iterator, pycArrayIteratorShape)
             ? ItemsIterator{reinterpret_cast<Object*>(it->array), &it->index}
             : ItemsIterator{};
}

/// The number as native code has it: int64_t or double. False when no value holds it.
template <class T>
[[gnu::always_inline]] inline bool decodeItem(const uint8_t* items, int64_t index, int64_t* to) {
  T item;
  std::memcpy(&item, items + index * static_cast<int64_t>(sizeof item), sizeof item);
  if constexpr (std::is_floating_point_v<T>) {
    auto number = static_cast<double>(item);
    std::memcpy(to, &number, sizeof number);
    return static_cast<uint64_t>(*to) < Value::kIntTag - Value::kDoubleOffset;
  } else {
    *to = static_cast<int64_t>(item);
    return sizeof item < 8 || (Value::fitsInt(*to) && (std::is_signed_v<T> || *to >= 0));
  }
}
[[gnu::always_inline]] inline bool decodeItem(ItemStorage storage, const uint8_t* items,
                                              int64_t index, int64_t* to) {
  switch (storage) {
#define PYC_ITEMS(id, type, CType)                                                                 \
  case ItemStorage::id:                                                                            \
    return decodeItem<CType>(items, index, to);
#include "runtime/base/item_storage.def"
  default:
    return false;
  }
}

/// Writes a number, if it is one that such items can be.
template <class T, class Number>
[[gnu::always_inline]] inline bool encodeItem(uint8_t* items, int64_t index, Number number) {
  T item;
  if constexpr (std::is_floating_point_v<T>)
    item = static_cast<T>(static_cast<double>(number));
  else if constexpr (std::is_floating_point_v<Number>)
    return false;
  else if (__builtin_add_overflow(number, Number{0}, &item))
    return false;
  std::memcpy(items + index * static_cast<int64_t>(sizeof item), &item, sizeof item);
  return true;
}

template <class Number>
[[gnu::always_inline]] inline bool appendToByteArray(ByteArrayObject* array, Number number) {
  int64_t length = array->length;
  if (length >= array->capacity || array->exports != 0 || !array->storage ||
      !encodeItem<uint8_t>(array->data, length, number))
    return false;
  array->length = length + 1;
  array->data[length + 1] = 0;
  return true;
}
template <class Number>
[[gnu::always_inline]] inline bool appendToArray(ArrayObject* array, Number number) {
  int64_t count = array->count;
  if (count >= array->capacity || array->exports != 0)
    return false;
  bool isDone = false;
  switch (array->storage) {
#define PYC_ITEMS(id, type, CType)                                                                 \
  case ItemStorage::id:                                                                            \
    isDone = encodeItem<CType>(array->data, count, number);                                        \
    break;
#include "runtime/base/item_storage.def"
  default:
    break;
  }
  array->count = count + isDone;
  return isDone;
}

/// append() of a bytearray or array with room for the number; null, with nothing done, otherwise.
template <class Number>
[[gnu::always_inline]] inline Value appendNumber(Value self, Number number) {
  if (hasShape(self, kShapeByteArray))
    return appendToByteArray(asByteArray(self), number) ? Value::none() : Value();
  return isExactArray(self) && appendToArray(asArray(self), number) ? Value::none() : Value();
}
PYC_OUTLINED static Value append_int(Value self, int64_t number) {
  return appendNumber(self, number);
}
PYC_OUTLINED static Value append_float(Value self, double number) {
  return appendNumber(self, number);
}

extern "C" {
PYC_FAST const uint8_t* pyc_view_array(Value object, uint32_t storage, int64_t* count) {
  *count = 0;
  return PYC_LIKELY(object && object.isObject())
             ? itemsOf(object.object(), static_cast<ItemStorage>(storage), count)
             : nullptr;
}

/// 1: an item, an int64_t or a double; 0: the end; -1, with nothing done: another container, or an
/// item that no value holds.
PYC_FAST int32_t pyc_next_item(Value iterator, uint32_t number, int64_t* item) {
  auto storage = static_cast<ItemStorage>(number);
  auto [container, index] = itemsIterator(iterator, storage);
  int64_t count;
  const uint8_t* items = container ? itemsOf(container, storage, &count) : nullptr;
  if (PYC_UNLIKELY(!items))
    return -1;
  if (PYC_LIKELY(*index < count)) {
    if (PYC_UNLIKELY(!decodeItem(storage, items, *index, item)))
      return -1;
    ++*index;
    return 1;
  }
  if (PYC_UNLIKELY(container->flags & kObjectHasWeakrefs))
    return -1; // the end may run their callbacks
  pyc_slow_next(iterator);
  return 0;
}
}

} // namespace pyc::rt
