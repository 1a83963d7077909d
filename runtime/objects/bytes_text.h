// What the methods of bytes and bytearray share: one body serves both, by the type of `self`.
#pragma once

#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

/// The contents of a bytes or bytearray. Of a bytearray only until Python code runs.
inline std::string_view byteView(Value self) {
  return isBytes(self) ? asBytes(self)->view() : asByteArray(self)->view();
}
inline const uint8_t* byteData(std::string_view view) {
  return reinterpret_cast<const uint8_t*>(view.data());
}

/// While one exists, the size of a bytearray can't change: for methods whose arguments run code.
class SizeLock {
public:
  explicit SizeLock(Value self) : array_(isByteArray(self) ? asByteArray(self) : nullptr) {
    if (array_)
      ++array_->exports;
  }
  ~SizeLock() {
    if (array_)
      --array_->exports;
  }
  SizeLock(const SizeLock&) = delete;
  SizeLock& operator=(const SizeLock&) = delete;

private:
  ByteArrayObject* array_;
};

/// A new bytes or bytearray (as `self` is) with these contents.
Ref bytesLike(Value self, std::string_view data);
/// The result of a method that changes nothing: exact bytes themselves, a copy of others.
Ref bytesUnchanged(Value self);

/// A result of known length, to be filled.
class ByteOutput {
public:
  bool makeBytes(int64_t length);
  bool makeLike(Value self, int64_t length);
  uint8_t* data() { return data_; }
  Ref finish();

private:
  Ref object_;
  uint8_t* data_ = nullptr;
  bool isArray_ = false;
};

/// One byte from an integer argument; ValueError "byte must be in range(0, 256)" (`what` is "byte"
/// or "bytes").
bool byteArg(Value argument, uint8_t& byte, const char* what = "byte");
/// Appends the bytes of an iterable of integers.
bool appendIntegers(Value iterable, const char* what, std::string& out);

/// The bytes of a buffer or an iterable of integers, for a constructor: TypeError "cannot convert
/// 'T' object to TYPE". `what` is as in byteArg.
bool collectBytes(Value source, const char* type, const char* what, std::string& out);
/// A constructor's arguments when encoding or errors are given: source (may be null), encoding,
/// errors. `function` is "bytes" or "bytearray"; the result is a bytes.
Ref encodeSource(const char* function, const Value* arguments);
/// So many zeros; ValueError for a negative count.
Ref zeroBytes(int64_t count);
/// `item in data`: a byte or a bytes-like object.
bool bytesContain(std::string_view data, Value item, bool& result);
/// self * times.
Ref repeatBytes(Value self, int64_t times);

/// hex(sep, bytes_per_sep) of any bytes.
Ref bytesToHex(std::string_view data, Value separator, Value bytesPerSeparator);
/// repr(): b'...'.
std::string bytesReprText(std::string_view data);
/// bytes % args, as bytes or bytearray.
Ref bytesPercent(Value format, Value args);
/// Equality and order by contents.
int compareBytes(std::string_view a, std::string_view b);

// bytearray's storage (bytes.cpp).
void initByteArray(ByteArrayObject* array);
Ref newByteArray(TypeObject* type);
void clearByteArray(ByteArrayObject* array);
/// BufferError while buffers are exported.
bool checkExports(ByteArrayObject* array);
void byteArrayDropFront(ByteArrayObject* array, int64_t count);
/// Removes the first `count` bytes and returns them as bytes.
Ref byteArrayTake(ByteArrayObject* array, int64_t count);

} // namespace pyc::rt
