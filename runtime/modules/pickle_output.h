// Where a pickle is written to: one growing block, cut into frames from protocol 4 on.
#pragma once

#include "runtime/modules/pickle_parts.h"

#include <cstring>
#include <string_view>

namespace pyc::rt::pickle {

/// Trouble with memory is reported by finish() and large().
class PickleOutput {
public:
  /// What is written goes to `write` (a callable, borrowed) in pieces; null: it is kept.
  explicit PickleOutput(Value write) : write_(write) {}
  PickleOutput(const PickleOutput&) = delete;
  PickleOutput& operator=(const PickleOutput&) = delete;
  ~PickleOutput();

  void op(Op op) { *room(1) = static_cast<uint8_t>(op), ++size_; }
  /// An opcode and a number of so many bytes, least significant first.
  void op(Op op, uint64_t number, size_t bytes) {
    uint8_t* to = room(1 + sizeof number);
    to[0] = static_cast<uint8_t>(op);
    memcpy(to + 1, &number, sizeof number);
    size_ += 1 + bytes;
  }
  void text(std::string_view bytes) {
    if (uint8_t* to = room(bytes.size())) {
      memcpy(to, bytes.data(), bytes.size());
      size_ += bytes.size();
    }
  }

  /// From here on, frames.
  void beginFrames() { framing_ = needsFrame_ = true; }
  /// Called before each object: a frame that is full ends. False with an exception.
  bool boundary() {
    return frameStart_ == kNone || size_ - frameStart_ < kFrameHeader + kFrameSize || endFrame();
  }
  /// An opcode with its length, and bytes of that length that are too many to be in a frame, or to
  /// be copied on the way to a file: `payload` is passed to it as it is, where it is not null.
  bool large(Op op, uint64_t length, size_t lengthBytes, std::string_view bytes, Value payload);
  static constexpr size_t kLarge = size_t(64) << 10;

  /// Ends the pickle; the rest goes to the file. False with an exception.
  bool finish();
  std::string_view view() const { return {reinterpret_cast<const char*>(data_), size_}; }

private:
  static constexpr size_t kNone = ~size_t(0);
  static constexpr size_t kFrameHeader = 9, kFrameSize = size_t(64) << 10, kLeastFrame = 4;

  /// Never null for few bytes.
  uint8_t* room(size_t bytes) {
    if (needsFrame_ || size_ + bytes > capacity_) [[unlikely]]
      return makeRoom(bytes);
    return data_ + size_;
  }
  uint8_t* makeRoom(size_t bytes);
  bool grow(size_t bytes);
  void closeFrame();
  bool endFrame();
  bool flush();

  Value write_;
  size_t size_ = 0, frameStart_ = kNone;
  size_t capacity_ = sizeof first_;
  uint8_t* data_ = first_;
  bool framing_ = false, needsFrame_ = false, failed_ = false;
  uint8_t first_[1000];
};

} // namespace pyc::rt::pickle
