// bytes and bytearray.
#pragma once

#include "runtime/objects/type.h"

#include <string_view>

namespace pyc::rt {

struct BytesObject {
  Object header;
  int64_t length;
  int64_t hashCode; // 0: not computed yet
  // data follows, then a zero byte

  uint8_t* data() { return reinterpret_cast<uint8_t*>(this + 1); }
  const uint8_t* data() const { return reinterpret_cast<const uint8_t*>(this + 1); }
  std::string_view view() const {
    return {reinterpret_cast<const char*>(data()), static_cast<size_t>(length)};
  }
};

inline BytesObject* asBytes(Value value) {
  return value.as<BytesObject>();
}

/// The empty bytes object is shared.
Ref makeBytes(std::string_view data);
/// Uninitialised (the zero at its end is there), for the caller to fill; length at least 1. Null
/// with MemoryError.
BytesObject* newBytes(int64_t length);
/// A bytes object that only the caller has seen gets another length (at least 1); the contents up
/// to the smaller length stay. Consumes `bytes`.
BytesObject* resizeBytes(BytesObject* bytes, int64_t length);
Ref bytesConcat(Value a, Value b);
int64_t bytesHash(BytesObject* bytes);

/// The storage is a bytes object, so that take_bytes() can give it away.
struct ByteArrayObject {
  Object header;
  int64_t length;
  uint8_t* data;        // in storage, not always at its start; never null
  BytesObject* storage; // owned; null: nothing stored
  int64_t capacity;     // bytes from data to the storage's end
  int32_t exports;      // buffers exported: the size must not change

  std::string_view view() const {
    return {reinterpret_cast<const char*>(data), static_cast<size_t>(length)};
  }
};

inline ByteArrayObject* asByteArray(Value value) {
  return value.as<ByteArrayObject>();
}
inline bool isByteArray(Value value) {
  return value.isObject() &&
         (hasShape(value, kShapeByteArray) || isInstance(value, &byteArrayType));
}

Ref makeByteArray(std::string_view data);
/// Sets the length; new bytes at the end are not initialised. BufferError while buffers are
/// exported, MemoryError.
bool byteArrayResize(ByteArrayObject* array, int64_t length);
bool byteArrayAppend(ByteArrayObject* array, std::string_view data);

} // namespace pyc::rt
