// The buffer protocol: an object's memory, seen as an array of items of one format.
#pragma once

#include "runtime/objects/type.h"

#include <string>
#include <string_view>

namespace pyc::rt {

/// What a consumer asks for; the numbers are those of inspect.BufferFlags.
enum BufferFlags : int {
  kBufferSimple = 0,
  kBufferWritable = 0x1,
  kBufferFormat = 0x4,
  kBufferND = 0x8,
  kBufferStrides = 0x10 | kBufferND,
  kBufferCContiguous = 0x20 | kBufferStrides,
  kBufferFContiguous = 0x40 | kBufferStrides,
  kBufferAnyContiguous = 0x80 | kBufferStrides,
  kBufferIndirect = 0x100 | kBufferStrides,
  kBufferContig = kBufferND | kBufferWritable,
  kBufferContigRO = kBufferND,
  kBufferStrided = kBufferStrides | kBufferWritable,
  kBufferStridedRO = kBufferStrides,
  kBufferRecords = kBufferStrides | kBufferWritable | kBufferFormat,
  kBufferRecordsRO = kBufferStrides | kBufferFormat,
  kBufferFull = kBufferIndirect | kBufferWritable | kBufferFormat,
  kBufferFullRO = kBufferIndirect | kBufferFormat,
  kBufferRead = 0x100, // for memoryview's own use as in CPython
  kBufferWrite = 0x200,
};

/// Memory that an object lends out. Filled by TypeSlots::getBuffer; given back with releaseBuffer.
struct BufferView {
  Value owner; // the exporter, owned; null: nothing was lent
  uint8_t* data = nullptr;
  int64_t size = 0; // bytes: the product of shape and itemSize
  int64_t itemSize = 1;
  const char* format = nullptr; // struct syntax; null: "B". Lives as long as the view
  int32_t dimensions = 1;
  bool readOnly = true;
  const int64_t* shape = nullptr;   // null: one dimension of size / itemSize
  const int64_t* strides = nullptr; // null: C-contiguous
  const int64_t* suboffsets = nullptr;
  void* internal = nullptr; // the exporter's own
  int64_t oneShape = 0;     // room for the shape and stride of one dimension
  int64_t oneStride = 0;

  std::string_view bytes() const {
    return {reinterpret_cast<const char*>(data), static_cast<size_t>(size)};
  }
};

/// Whether the object has the buffer protocol.
inline bool hasBuffer(Value value) {
  return typeOf(value)->slots.getBuffer != nullptr;
}
/// Borrows an object's memory. TypeError "a bytes-like object is required, not 'T'"; BufferError.
bool getBuffer(Value object, BufferView& view, int flags);
void releaseBuffer(BufferView& view);
/// For exporters: fills a view of one dimension of bytes; BufferError when the consumer wants to
/// write and may not.
bool fillBuffer(BufferView& view, Value owner, uint8_t* data, int64_t size, bool readOnly,
                int flags);
/// 'C', 'F' or 'A' (either).
bool isContiguous(const BufferView& view, char order);

/// Appends the items of a view in the order 'C' (last index fastest) or 'F'.
void copyBuffer(const BufferView& view, char order, std::string& out);

// Classes that define __buffer__: what core puts into their slots.
bool getBufferOfClass(Value self, BufferView& view, int flags);
void releaseBufferOfClass(Value self, BufferView& view);
/// The meaning of object.__buffer__(flags) and object.__release_buffer__(view) for built-in types.
Ref bufferAsMemoryView(Value object, Value flags);
bool releaseMemoryViewOf(Value object, Value memoryView);

/// A contiguous bytes-like argument for the length of a scope.
class BytesLike {
public:
  BytesLike() = default;
  BytesLike(const BytesLike&) = delete;
  BytesLike& operator=(const BytesLike&) = delete;
  ~BytesLike() {
    if (view_.owner)
      releaseBuffer(view_);
  }
  /// Any object with contiguous bytes; the TypeError is getBuffer's.
  bool open(Value object);
  /// The same for writing.
  bool openWritable(Value object);
  std::string_view get() const { return bytes_; }
  const uint8_t* data() const { return reinterpret_cast<const uint8_t*>(bytes_.data()); }
  uint8_t* writable() { return view_.data; }
  int64_t size() const { return static_cast<int64_t>(bytes_.size()); }

private:
  BufferView view_;
  std::string_view bytes_;
};

} // namespace pyc::rt
