// Where a pickle is written to.
#include "runtime/modules/pickle_output.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/protocol.h"

#include <mimalloc.h>

namespace pyc::rt::pickle {

PickleOutput::~PickleOutput() {
  if (data_ != first_)
    mi_free(data_);
}

bool PickleOutput::grow(size_t bytes) {
  size_t capacity = capacity_ * 2;
  while (capacity < size_ + bytes)
    capacity *= 2;
  auto* data =
      static_cast<uint8_t*>(data_ == first_ ? mi_malloc(capacity) : mi_realloc(data_, capacity));
  if (!data) {
    // What is written can't be kept: the rest is written over it.
    failed_ = true;
    size_ = 0;
    frameStart_ = kNone;
    return bytes <= capacity_;
  }
  if (data_ == first_)
    memcpy(data, first_, size_);
  data_ = data;
  capacity_ = capacity;
  return true;
}

uint8_t* PickleOutput::makeRoom(size_t bytes) {
  size_t header = needsFrame_ ? kFrameHeader : 0;
  if (size_ + header + bytes > capacity_ && !grow(header + bytes))
    return nullptr;
  if (needsFrame_) {
    needsFrame_ = false;
    frameStart_ = size_;
    size_ += kFrameHeader;
  }
  return data_ + size_;
}

void PickleOutput::closeFrame() {
  if (frameStart_ == kNone)
    return;
  uint8_t* start = data_ + frameStart_;
  uint64_t length = size_ - frameStart_ - kFrameHeader;
  if (length >= kLeastFrame) {
    start[0] = static_cast<uint8_t>(Op::Frame);
    memcpy(start + 1, &length, sizeof length);
  } else {
    memmove(start, start + kFrameHeader, length);
    size_ -= kFrameHeader;
  }
  frameStart_ = kNone;
  needsFrame_ = framing_;
}

bool PickleOutput::flush() {
  if (!write_)
    return true;
  PYC_TRY(bytes, makeBytes(view()));
  size_ = 0;
  return static_cast<bool>(call(write_, bytes));
}

bool PickleOutput::endFrame() {
  closeFrame();
  return flush();
}

bool PickleOutput::large(Op op, uint64_t length, size_t lengthBytes, std::string_view bytes,
                         Value payload) {
  closeFrame();
  needsFrame_ = false;
  this->op(op, length, lengthBytes);
  if (!write_) {
    text(bytes);
  } else {
    if (!flush())
      return false;
    Ref made = payload ? Ref::copy(payload) : makeBytes(bytes);
    if (!made || !call(write_, made))
      return false;
  }
  needsFrame_ = framing_;
  return !failed_ || static_cast<bool>(raiseMemoryError());
}

bool PickleOutput::finish() {
  op(Op::Stop);
  if (failed_)
    return raiseMemoryError();
  closeFrame();
  return flush();
}

} // namespace pyc::rt::pickle
