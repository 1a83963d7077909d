// Iterators of bytes and bytearray.
#pragma once

#include "runtime/objects/bytes.h"

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

Ref makeBytesIterator(Value bytes);
Ref makeByteArrayIterator(Value array);

} // namespace pyc::rt
