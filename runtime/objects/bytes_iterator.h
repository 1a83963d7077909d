// Iterators of bytes and bytearray.
#pragma once

#include "runtime/objects/bytes.h"
#include "runtime/objects/iterators.h"

namespace pyc::rt {

struct BytesIterator {
  Object header;
  BytesObject* bytes; // owned; null when exhausted
  int64_t index;
};
struct ByteArrayIterator {
  Object header;
  ByteArrayObject* array; // owned; null when exhausted
  int64_t index;
};

/// As the nextOf functions of iterators.h.
inline Ref nextOf(BytesIterator* iterator) {
  BytesObject* bytes = iterator->bytes;
  if (!bytes)
    return {};
  if (PYC_LIKELY(iterator->index < bytes->length))
    return Ref::number(Value::fromInt(bytes->data()[iterator->index++]));
  return finishIterator(iterator->bytes);
}

inline Ref nextOf(ByteArrayIterator* iterator) {
  ByteArrayObject* array = iterator->array;
  if (!array)
    return {};
  if (PYC_LIKELY(iterator->index < array->length))
    return Ref::number(Value::fromInt(array->data[iterator->index++]));
  return finishIterator(iterator->array);
}

Ref makeBytesIterator(Value bytes);
Ref makeByteArrayIterator(Value array);

} // namespace pyc::rt
