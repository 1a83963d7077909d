// posix: bytes in and out of file descriptors.
#include "runtime/modules/posix_parts.h"

#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

#include <deque>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

constexpr int64_t kMostAtOnce = 0x7ffff000; // what one system call moves at most

/// A bytes object of what read(buffer, size) gives.
template <class Read> Ref readBytes(int64_t size, Read read) {
  if (size < 0)
    return raiseErrno(EINVAL);
  size = std::min(size, kMostAtOnce);
  if (size == 0) {
    int64_t none = retrySystem([&] { return read(nullptr, size_t{0}); });
    return none < 0 ? Ref(raiseSystem()) : makeBytes({});
  }
  BytesObject* bytes = newBytes(size);
  if (!bytes)
    return {};
  Ref result = Ref::steal(bytes);
  int64_t count = retrySystem(
      [&] { return read(static_cast<void*>(bytes->data()), static_cast<size_t>(size)); });
  if (count < 0)
    return raiseSystem();
  if (count == 0)
    return makeBytes({});
  return Ref::steal(resizeBytes(asBytes(result.release()), count));
}

Ref readFunction(const Value* args) {
  int fd;
  int64_t size;
  if (!intArg(args[0], fd) || !sizeArg(args[1], size))
    return {};
  return readBytes(size, [&](void* to, size_t room) { return read(fd, to, room); });
}

Ref preadFunction(const Value* args) {
  int fd;
  int64_t size;
  off_t offset;
  if (!intArg(args[0], fd) || !sizeArg(args[1], size) || !offsetArg(args[2], offset))
    return {};
  return readBytes(size, [&](void* to, size_t room) { return pread(fd, to, room, offset); });
}

Ref readintoFunction(const Value* args) {
  int fd;
  BytesLike target;
  if (!intArg(args[0], fd) || !target.openWritable(args[1]))
    return {};
  auto size = static_cast<size_t>(std::min(target.size(), kMostAtOnce));
  return intOrRaise(retrySystem([&] { return read(fd, target.writable(), size); }));
}

Ref writeFunction(const Value* args) {
  int fd;
  BytesLike source;
  if (!intArg(args[0], fd) || !source.open(args[1]))
    return {};
  auto size = static_cast<size_t>(std::min(source.size(), kMostAtOnce));
  return intOrRaise(retrySystem([&] { return write(fd, source.data(), size); }));
}

Ref pwriteFunction(const Value* args) {
  int fd;
  off_t offset;
  BytesLike source;
  if (!intArg(args[0], fd) || !source.open(args[1]) || !offsetArg(args[2], offset))
    return {};
  auto size = static_cast<size_t>(std::min(source.size(), kMostAtOnce));
  return intOrRaise(retrySystem([&] { return pwrite(fd, source.data(), size, offset); }));
}

/// The buffers of a sequence, for readv() and its like.
class Buffers {
public:
  bool open(const char* function, Value sequence, bool writable) {
    if (!isTuple(sequence) && !isList(sequence) && !typeOf(sequence)->slots.getItem)
      return raise(typeErrorType, "%s() arg 2 must be a sequence", function);
    PYC_TRY(items, sequenceTuple(sequence));
    for (int64_t k = 0; k < asTuple(items)->count; ++k) {
      BytesLike& buffer = buffers_.emplace_back();
      Value item = asTuple(items)->items()[k];
      if (!(writable ? buffer.openWritable(item) : buffer.open(item)))
        return false;
      parts_.push_back({const_cast<uint8_t*>(buffer.data()), static_cast<size_t>(buffer.size())});
    }
    return true;
  }
  const iovec* parts() const { return parts_.data(); }
  int count() const { return static_cast<int>(parts_.size()); }

private:
  std::deque<BytesLike> buffers_;
  std::vector<iovec> parts_;
};

Ref readvFunction(const Value* args) {
  int fd;
  Buffers buffers;
  if (!intArg(args[0], fd) || !buffers.open("readv", args[1], true))
    return {};
  return intOrRaise(retrySystem([&] { return readv(fd, buffers.parts(), buffers.count()); }));
}
Ref writevFunction(const Value* args) {
  int fd;
  Buffers buffers;
  if (!intArg(args[0], fd) || !buffers.open("writev", args[1], false))
    return {};
  return intOrRaise(retrySystem([&] { return writev(fd, buffers.parts(), buffers.count()); }));
}
Ref preadvFunction(const Value* args) {
  int fd, flags = 0;
  off_t offset;
  Buffers buffers;
  if (!intArg(args[0], fd) || !buffers.open("preadv", args[1], true) ||
      !offsetArg(args[2], offset) || !intArg(args[3], flags))
    return {};
  return intOrRaise(
      retrySystem([&] { return preadv2(fd, buffers.parts(), buffers.count(), offset, flags); }));
}
Ref pwritevFunction(const Value* args) {
  int fd, flags = 0;
  off_t offset;
  Buffers buffers;
  if (!intArg(args[0], fd) || !buffers.open("pwritev", args[1], false) ||
      !offsetArg(args[2], offset) || !intArg(args[3], flags))
    return {};
  return intOrRaise(
      retrySystem([&] { return pwritev2(fd, buffers.parts(), buffers.count(), offset, flags); }));
}

// From descriptor to descriptor.

/// An offset or None, which is the descriptor's own.
struct OptionalOffset {
  off_t offset = 0;
  bool given = false;

  bool open(Value argument) {
    given = argument && !argument.isNone();
    return !given || offsetArg(argument, offset);
  }
  off_t* get() { return given ? &offset : nullptr; }
};

bool countArg(Value argument, int64_t& count) {
  if (!sizeArg(argument, count))
    return false;
  return count >= 0 || static_cast<bool>(raise(valueErrorType, "count cannot be negative"));
}

Ref sendfileFunction(const Value* args) {
  int to, from;
  OptionalOffset offset;
  int64_t count;
  if (!intArg(args[0], to) || !intArg(args[1], from) || !offset.open(args[2]) ||
      !sizeArg(args[3], count))
    return {};
  return intOrRaise(
      retrySystem([&] { return sendfile(to, from, offset.get(), static_cast<size_t>(count)); }));
}

Ref copyFileRangeFunction(const Value* args) {
  int from, to;
  OptionalOffset fromOffset, toOffset;
  int64_t count;
  if (!intArg(args[0], from) || !intArg(args[1], to) || !countArg(args[2], count) ||
      !fromOffset.open(args[3]) || !toOffset.open(args[4]))
    return {};
  return intOrRaise(retrySystem([&] {
    return copy_file_range(from, fromOffset.get(), to, toOffset.get(), static_cast<size_t>(count),
                           0);
  }));
}

Ref spliceFunction(const Value* args) {
  int from, to;
  unsigned flags = 0;
  OptionalOffset fromOffset, toOffset;
  int64_t count;
  if (!intArg(args[0], from) || !intArg(args[1], to) || !countArg(args[2], count) ||
      !fromOffset.open(args[3]) || !toOffset.open(args[4]) ||
      (args[5] && !unsignedArg(args[5], flags)))
    return {};
  return intOrRaise(retrySystem([&] {
    return splice(from, fromOffset.get(), to, toOffset.get(), static_cast<size_t>(count), flags);
  }));
}

constexpr MethodDef kFunctions[] = {
    {.signature = "read(fd, length, /)", .bound = readFunction},
    {.signature = "pread(fd, length, offset, /)", .bound = preadFunction},
    {.signature = "readinto(fd, buffer, /)", .bound = readintoFunction},
    {.signature = "write(fd, data, /)", .bound = writeFunction},
    {.signature = "pwrite(fd, buffer, offset, /)", .bound = pwriteFunction},
    {.signature = "readv(fd, buffers, /)", .bound = readvFunction},
    {.signature = "writev(fd, buffers, /)", .bound = writevFunction},
    {.signature = "preadv(fd, buffers, offset, flags=0, /)", .bound = preadvFunction},
    {.signature = "pwritev(fd, buffers, offset, flags=0, /)", .bound = pwritevFunction},
    {.signature = "sendfile(out_fd, in_fd, offset, count)", .bound = sendfileFunction},
    {.signature = "copy_file_range(src, dst, count, offset_src=None, offset_dst=None)",
     .bound = copyFileRangeFunction},
    {.signature = "splice(src, dst, count, offset_src=None, offset_dst=None, flags=0)",
     .bound = spliceFunction},
};

} // namespace

std::span<const MethodDef> posixTransferFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
