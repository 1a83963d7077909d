// Iterators of bytes and bytearray: the bytes as integers.
#include "runtime/objects/bytes_iterator.h"

#include "runtime/objects/index_iterator.h"

namespace pyc::rt {

namespace {

int64_t lengthOf(const BytesObject* bytes) {
  return bytes->length;
}
int64_t arrayLengthOf(const ByteArrayObject* array) {
  return array->length;
}
Ref emptyTuple() {
  return makeTuple(nullptr, 0);
}

using BytesOps = IndexIterator<BytesIterator, &BytesIterator::bytes, lengthOf, emptyTuple>;
using ArrayOps =
    IndexIterator<ByteArrayIterator, &ByteArrayIterator::array, arrayLengthOf, emptyTuple>;

} // namespace

Ref makeBytesIterator(Value bytes) {
  return BytesOps::make(&bytesIteratorType, bytes);
}
Ref makeByteArrayIterator(Value array) {
  return ArrayOps::make(&byteArrayIteratorType, array);
}

constinit TypeObject bytesIteratorType = {
    .name = "bytes_iterator",
    .basicSize = sizeof(BytesIterator),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = BytesOps::kMethods,
    .slots = BytesOps::kSlots,
};

constinit TypeObject byteArrayIteratorType = {
    .name = "bytearray_iterator",
    .basicSize = sizeof(ByteArrayIterator),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = ArrayOps::kMethods,
    .slots = ArrayOps::kSlots,
};

} // namespace pyc::rt
