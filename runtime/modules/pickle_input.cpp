// What a pickle is read from.
#include "runtime/modules/pickle_reader.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/memory_view.h"
#include "runtime/objects/protocol.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt::pickle {

static Raised raiseTruncated() {
  return raise(unpicklingErrorType, "pickle data was truncated");
}

/// Takes over what a file has given.
bool PickleInput::keep(Ref bytes) {
  BytesLike content;
  if (!content.open(bytes))
    return false;
  // Other kinds of objects may change.
  Ref kept = isBytes(bytes) ? std::move(bytes) : makeBytes(content.get());
  if (!kept)
    return false;
  chunk_ = std::move(kept);
  std::string_view view = asBytes(chunk_)->view();
  at_ = view.data();
  end_ = at_ + view.size();
  peekedFrom_ = nullptr;
  frameEnd_ = nullptr;
  return true;
}

/// Reads again, for good, what was peeked at and used.
bool PickleInput::skipPeeked() {
  if (!peekedFrom_)
    return true;
  int64_t used = at_ - peekedFrom_;
  peekedFrom_ = nullptr;
  at_ = end_;
  return used == 0 || static_cast<bool>(call(read_, Value::fromInt(used)));
}

/// All is used, or what is there is too short: brings so many bytes.
bool PickleInput::more(uint64_t count) {
  if (!read_)
    return raiseTruncated();
  if (at_ != end_ && !peekedFrom_)
    return raiseTruncated();
  if (!skipPeeked())
    return false;
  if (peek_) {
    constexpr uint64_t kPeek = 128 << 10;
    Ref seen = call(peek_, Value::fromInt(static_cast<int64_t>(kPeek)));
    if (!seen) {
      if (!catchRaised(notImplementedErrorType))
        return false;
      peek_ = Value();
    } else {
      if (!keep(std::move(seen)))
        return false;
      peekedFrom_ = at_;
      if (static_cast<size_t>(end_ - at_) >= count)
        return true;
      if (!skipPeeked())
        return false;
    }
  }
  return readFully(count);
}

/// Much is read in pieces: what a pickle says of its size may be wrong.
bool PickleInput::readFully(uint64_t count) {
  constexpr uint64_t kPiece = 1 << 20;
  if (count <= kPiece) {
    Ref bytes = call(read_, Value::fromInt(static_cast<int64_t>(count)));
    return bytes && keep(std::move(bytes)) &&
           (static_cast<size_t>(end_ - at_) >= count || raiseTruncated());
  }
  std::string whole;
  while (whole.size() < count) {
    uint64_t piece = std::min(count - whole.size(), std::max<uint64_t>(kPiece, whole.size()));
    PYC_TRY(bytes, call(read_, Value::fromInt(static_cast<int64_t>(piece))));
    BytesLike content;
    if (!content.open(bytes))
      return false;
    whole += content.get();
    if (static_cast<uint64_t>(content.size()) < piece)
      return raiseTruncated();
  }
  Ref bytes = makeBytes(whole);
  return bytes && keep(std::move(bytes));
}

bool PickleInput::takeSlow(uint64_t count, std::string_view& result) {
  if (frameEnd_) {
    if (at_ != frameEnd_ && count > static_cast<size_t>(frameEnd_ - at_))
      return raise(unpicklingErrorType, "pickle exhausted before end of frame");
    if (at_ == frameEnd_)
      frameEnd_ = nullptr;
  }
  if (count > static_cast<size_t>(end_ - at_)) {
    if (!read_ && count > static_cast<uint64_t>(INT64_MAX - (at_ - start_)))
      return raise(unpicklingErrorType, "read would overflow (invalid bytecode)");
    if (!more(count))
      return false;
  }
  result = {at_, count};
  at_ += count;
  return true;
}

bool PickleInput::raiseEnd() {
  if (catchRaised(unpicklingErrorType))
    raise(eofErrorType, "Ran out of input");
  return false;
}

bool PickleInput::line(std::string_view& result) {
  const char* stop = frameEnd_ && at_ != frameEnd_ ? frameEnd_ : end_;
  auto* end = static_cast<const char*>(
      at_ == stop ? nullptr : memchr(at_, '\n', static_cast<size_t>(stop - at_)));
  if (!end && stop == frameEnd_ && stop && at_ != stop)
    return raise(unpicklingErrorType, "pickle exhausted before end of frame");
  if (!end) {
    if (!read_ || (at_ != end_ && !peekedFrom_))
      return raiseTruncated();
    if (!skipPeeked())
      return false;
    Ref bytes = call(readLine_);
    if (!bytes || !keep(std::move(bytes)))
      return false;
    end = static_cast<const char*>(
        at_ == end_ ? nullptr : memchr(at_, '\n', static_cast<size_t>(end_ - at_)));
    if (!end)
      return raiseTruncated();
  }
  result = {at_, static_cast<size_t>(end - at_)};
  at_ = end + 1;
  return true;
}

bool PickleInput::beginFrame(uint64_t length) {
  if (frameEnd_ && at_ != frameEnd_)
    return raise(unpicklingErrorType, "beginning of a new frame before end of current frame");
  frameEnd_ = nullptr;
  std::string_view bytes;
  if (!take(length, bytes))
    return false;
  at_ = bytes.data();
  frameEnd_ = at_ + length;
  return true;
}

bool PickleInput::fill(uint8_t* to, size_t count) {
  std::string_view bytes;
  size_t there = static_cast<size_t>(end_ - at_);
  if (!readInto_ || count <= there || (frameEnd_ && at_ != frameEnd_)) {
    if (!take(count, bytes))
      return false;
    memcpy(to, bytes.data(), count);
    return true;
  }
  frameEnd_ = nullptr;
  memcpy(to, at_, there);
  at_ = end_;
  if (!skipPeeked())
    return false;
  PYC_TRY(view, makeMemoryViewOf(to + there, static_cast<int64_t>(count - there), false));
  Ref read = call(readInto_, view);
  Ref error = read ? Ref() : takeRaised();
  if (!releaseMemoryView(asMemoryView(view)))
    return false;
  if (!read) {
    restoreRaised(std::move(error));
    return false;
  }
  int64_t got;
  return toInt64(read, got, &overflowErrorType) &&
         (got >= static_cast<int64_t>(count - there) || raiseTruncated());
}

bool PickleInput::finish() {
  return skipPeeked();
}

} // namespace pyc::rt::pickle
