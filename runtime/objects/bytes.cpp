// Making bytes objects, and bytearray's storage.
#include "runtime/objects/bytes.h"

#include "runtime/memory/heap.h"
#include "runtime/objects/allocation_count.h"
#include "runtime/objects/bytes_text.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/str.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

namespace {

constexpr int64_t kLongest = int64_t(1) << 47;

size_t bytesSize(int64_t length) {
  return sizeof(BytesObject) + static_cast<size_t>(length) + 1;
}

template <size_t Size> struct StaticBytes {
  BytesObject bytes;
  uint8_t data[Size]; // with the zero
};

struct ByteTable {
  StaticBytes<2> bytes[256];
};

consteval ByteTable makeByteTable() {
  ByteTable table{};
  for (unsigned i = 0; i < 256; ++i)
    table.bytes[i] = {{immortalObject(kShapeBytes), 1, 0}, {static_cast<uint8_t>(i), 0}};
  return table;
}

constinit ByteTable byteTable = makeByteTable();
constinit StaticBytes<1> emptyBytes = {{immortalObject(kShapeBytes), 0, 0}, {0}};

} // namespace

BytesObject* newBytes(int64_t length) {
  auto* bytes =
      length > kLongest ? nullptr : static_cast<BytesObject*>(allocPlain(bytesSize(length)));
  if (PYC_UNLIKELY(!bytes)) {
    raiseMemoryError();
    return nullptr;
  }
  noteAllocation(kShapeBytes, bytesSize(length));
  bytes->header = {kShapeBytes, thisThread().id, 0, 0, 1, 0};
  bytes->length = length;
  bytes->hashCode = 0;
  bytes->data()[length] = 0;
  return bytes;
}

Ref makeBytes(std::string_view data) {
  if (data.size() <= 1)
    return Ref::copy(data.empty() ? &emptyBytes.bytes
                                  : &byteTable.bytes[static_cast<uint8_t>(data[0])].bytes);
  BytesObject* bytes = newBytes(static_cast<int64_t>(data.size()));
  if (!bytes)
    return {};
  std::copy(data.begin(), data.end(), bytes->data());
  return Ref::steal(bytes);
}

BytesObject* resizeBytes(BytesObject* bytes, int64_t length) {
  auto* resized = length > kLongest
                      ? nullptr
                      : static_cast<BytesObject*>(reallocPlain(bytes, bytesSize(length)));
  if (!resized) {
    freeMemory(bytes);
    raiseMemoryError();
    return nullptr;
  }
  resized->length = length;
  resized->hashCode = 0;
  resized->data()[length] = 0;
  return resized;
}

int64_t bytesHash(BytesObject* bytes) {
  int64_t hash = __atomic_load_n(&bytes->hashCode, __ATOMIC_RELAXED);
  if (hash != 0)
    return hash;
  hash = hashBytes(bytes->data(), static_cast<size_t>(bytes->length));
  __atomic_store_n(&bytes->hashCode, hash, __ATOMIC_RELAXED);
  return hash;
}

/// Of bytes objects that are not empty.
static Ref concatPlain(const BytesObject* a, const BytesObject* b) {
  BytesObject* bytes = newBytes(a->length + b->length);
  if (!bytes)
    return {};
  memcpy(bytes->data(), a->data(), static_cast<size_t>(a->length));
  memcpy(bytes->data() + a->length, b->data(), static_cast<size_t>(b->length));
  return Ref::steal(bytes);
}

Ref bytesConcat(Value a, Value b) {
  if (hasShape(a, kShapeBytes) && hasShape(b, kShapeBytes) && asBytes(a)->length != 0 &&
      asBytes(b)->length != 0)
    return concatPlain(asBytes(a), asBytes(b));
  BytesLike left, right;
  if (!left.open(a) || !right.open(b))
    return {};
  if (left.size() == 0 && hasShape(b, kShapeBytes))
    return Ref::copy(b);
  if (right.size() == 0 && hasShape(a, kShapeBytes))
    return Ref::copy(a);
  ByteOutput out;
  if (!out.makeBytes(left.size() + right.size()))
    return {};
  memcpy(out.data(), left.data(), left.get().size());
  memcpy(out.data() + left.size(), right.data(), right.get().size());
  return out.finish();
}

// bytearray's storage.

namespace {
uint8_t emptyStorage[1];
} // namespace

void initByteArray(ByteArrayObject* array) {
  array->length = 0;
  array->data = emptyStorage;
  array->storage = nullptr;
  array->capacity = 0;
  array->exports = 0;
}

Ref newByteArray(TypeObject* type) {
  auto* array = reinterpret_cast<ByteArrayObject*>(allocObject(type));
  if (!array)
    return {};
  initByteArray(array);
  return Ref::steal(array);
}

void clearByteArray(ByteArrayObject* array) {
  freeMemory(array->storage);
  initByteArray(array);
}

bool checkExports(ByteArrayObject* array) {
  if (PYC_LIKELY(array->exports == 0))
    return true;
  return raise(bufferErrorType, "Existing exports of data: object cannot be re-sized");
}

namespace {
/// Moves the contents to a storage of `capacity` bytes.
bool reallocate(ByteArrayObject* array, int64_t capacity) {
  BytesObject* storage = array->storage;
  if (storage && array->data == storage->data()) {
    array->storage = nullptr; // resizeBytes gives it up when memory is out
    storage = resizeBytes(storage, capacity);
    if (!storage) {
      initByteArray(array);
      return false;
    }
  } else {
    storage = newBytes(capacity);
    if (!storage)
      return false;
    memcpy(storage->data(), array->data, static_cast<size_t>(std::min(array->length, capacity)));
    freeMemory(array->storage);
  }
  array->storage = storage;
  array->data = storage->data();
  array->capacity = capacity;
  return true;
}
} // namespace

bool byteArrayResize(ByteArrayObject* array, int64_t length) {
  if (length == array->length)
    return true;
  if (!checkExports(array))
    return false;
  if (length > kLongest) {
    return raiseMemoryError();
  }
  if (length > array->capacity) {
    int64_t capacity = length + (array->length == 0 ? 0 : length / 8 + 6);
    if (!reallocate(array, capacity))
      return false;
  } else if (length < array->capacity / 2 && array->capacity > 64) {
    if (!reallocate(array, std::max<int64_t>(length, 1)))
      return false;
  }
  array->length = length;
  if (array->storage)
    array->data[length] = 0;
  return true;
}

bool byteArrayAppend(ByteArrayObject* array, std::string_view data) {
  int64_t length = array->length;
  if (!byteArrayResize(array, length + static_cast<int64_t>(data.size())))
    return false;
  std::copy(data.begin(), data.end(), array->data + length);
  return true;
}

void byteArrayDropFront(ByteArrayObject* array, int64_t count) {
  array->data += count;
  array->capacity -= count;
  array->length -= count;
}

Ref byteArrayTake(ByteArrayObject* array, int64_t count) {
  if (count == array->length && array->storage && array->data == array->storage->data() &&
      count > 1) {
    // The storage itself becomes the bytes object.
    BytesObject* bytes = std::exchange(array->storage, nullptr);
    initByteArray(array);
    bytes = resizeBytes(bytes, count);
    return bytes ? Ref::steal(bytes) : Ref();
  }
  PYC_TRY(bytes, makeBytes(array->view().substr(0, static_cast<size_t>(count))));
  if (count == array->length)
    clearByteArray(array);
  else
    byteArrayDropFront(array, count);
  return bytes;
}

Ref makeByteArray(std::string_view data) {
  PYC_TRY(array, newByteArray(&byteArrayType));
  return byteArrayAppend(array.as<ByteArrayObject>(), data) ? std::move(array) : Ref();
}

// What bytes and bytearray share.

bool ByteOutput::makeBytes(int64_t length) {
  isArray_ = false;
  BytesObject* bytes = newBytes(length);
  if (!bytes)
    return false;
  object_ = Ref::steal(bytes);
  data_ = bytes->data();
  return true;
}

bool ByteOutput::makeLike(Value self, int64_t length) {
  if (isBytes(self))
    return makeBytes(length);
  isArray_ = true;
  object_ = newByteArray(&byteArrayType);
  if (!object_ || !byteArrayResize(object_.as<ByteArrayObject>(), length))
    return false;
  data_ = object_.as<ByteArrayObject>()->data;
  return true;
}

Ref ByteOutput::finish() {
  if (!isArray_ && object_.as<BytesObject>()->length <= 1)
    return pyc::rt::makeBytes(object_.as<BytesObject>()->view());
  return std::move(object_);
}

Ref bytesLike(Value self, std::string_view data) {
  return isBytes(self) ? makeBytes(data) : makeByteArray(data);
}

Ref bytesUnchanged(Value self) {
  if (hasShape(self, kShapeBytes))
    return Ref::copy(self);
  return bytesLike(self, byteView(self));
}

} // namespace pyc::rt
