// BufferedReader, BufferedWriter and BufferedRandom: one implementation, which reads or writes as
// its raw stream can. The buffer holds either bytes that were read ahead or bytes not written yet.
#include "runtime/modules/io.h"

#include "runtime/interp/poll.h"
#include "runtime/interp/signals.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace pyc::rt {

namespace {

StrObject* name(const char* text) {
  return internLiteral(text);
}

// The raw stream.

/// Raises OSError from the exception being raised.
int64_t failedBecause(const char* what) {
  Ref cause = takeRaised();
  raise(osErrorType, "%s", what);
  Ref error = takeRaised();
  if (isInstance(error, &osErrorType)) {
    decrefMaybe(std::exchange(asException(error)->cause, Ref::copy(cause).release()));
    decrefMaybe(std::exchange(asException(error)->context, cause.release()));
    asException(error)->suppressContext = true;
  }
  restoreRaised(std::move(error));
  return -1;
}

/// As fileRead, of any raw stream.
int64_t rawRead(BufferedObject* self, char* to, int64_t size) {
  if (self->file)
    return fileRead(self->file, to, size);
  Ref target = makeByteArray(std::string(static_cast<size_t>(size), '\0'));
  Ref count = target ? callMethod(self->raw, name("readinto"), target) : Ref();
  if (!count)
    return -1;
  if (count.isNone())
    return -2;
  int64_t given;
  if (!toInt64(count, given, &valueErrorType))
    return failedBecause("raw readinto() failed");
  if (given < 0 || given > size) {
    raise(osErrorType,
          "raw readinto() returned invalid length %lld (should have been between 0 and %lld)",
          static_cast<long long>(given), static_cast<long long>(size));
    return -1;
  }
  memcpy(to, asByteArray(target)->data, static_cast<size_t>(given));
  return given;
}

int64_t rawWrite(BufferedObject* self, const char* from, int64_t size) {
  if (self->file)
    return fileWrite(self->file, from, size);
  Ref data = makeBytes({from, static_cast<size_t>(size)});
  Ref count = data ? callMethod(self->raw, names::write, data) : Ref();
  if (!count)
    return -1;
  if (count.isNone())
    return -2;
  int64_t taken;
  if (!toInt64(count, taken, &valueErrorType))
    return -1;
  if (taken < 0 || taken > size) {
    raise(osErrorType,
          "raw write() returned invalid length %lld (should have been between 0 and %lld)",
          static_cast<long long>(taken), static_cast<long long>(size));
    return -1;
  }
  return taken;
}

int64_t rawSeek(BufferedObject* self, int64_t offset, int whence) {
  if (self->file)
    return fileSeek(self->file, offset, whence);
  Value args[] = {Value(), Value::fromInt(whence)};
  Ref position = makeInt(offset);
  args[0] = position;
  Ref result = position ? callMethod(self->raw, name("seek"), args, 2) : Ref();
  int64_t where;
  if (!result || !toInt64(result, where, &valueErrorType))
    return -1;
  if (where < 0) {
    raise(osErrorType, "Raw stream returned invalid position %lld", static_cast<long long>(where));
    return -1;
  }
  return where;
}

bool isInitialised(BufferedObject* self) {
  if (self->raw)
    return true;
  return raise(valueErrorType, self->detached ? "raw stream has been detached"
                                              : "I/O operation on uninitialized object");
}

/// Whether the raw stream is open; the ValueError says what was tried.
bool requireOpen(BufferedObject* self, const char* message) {
  if (!isInitialised(self))
    return false;
  bool closed;
  if (self->file)
    closed = self->file->fd < 0;
  else if (!isClosed(self->raw, closed))
    return false;
  return !closed || static_cast<bool>(raise(valueErrorType, "%s", message));
}
bool requireReadable(BufferedObject* self) {
  return requireOpen(self, "read of closed file") &&
         (self->readable || static_cast<bool>(raiseUnsupported("read")));
}

/// Operations of one object don't nest: a raw stream's method must not come back to its buffer.
class Busy {
public:
  explicit Busy(BufferedObject* self) : self_(self) {}
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;
  ~Busy() {
    if (entered_)
      self_->busy = false;
  }
  bool enter() {
    if (self_->busy)
      return raise(runtimeErrorType, "reentrant call inside %R", Value(&self_->header));
    return entered_ = self_->busy = true;
  }

private:
  BufferedObject* self_;
  bool entered_ = false;
};

int64_t buffered(const BufferedObject* self) {
  return self->readEnd - self->pos;
}

bool raiseBlocked(int64_t written) {
  Ref number = makeInt(EAGAIN);
  Ref text = makeStr("write could not complete without blocking");
  Ref count = makeInt(written);
  if (!number || !text || !count)
    return false;
  Ref error = call(&blockingIOErrorType.header, number, text, count);
  if (error)
    raiseValue(error);
  return false;
}

/// A signal may have cut a write short: its handler runs before the next one blocks.
bool answerSignals() {
  return !signalsPending() || runSignalHandlers();
}

/// Hands pending bytes to the raw stream.
bool flushWrites(BufferedObject* self) {
  int64_t done = 0;
  while (done < self->writeEnd) {
    int64_t count = rawWrite(self, self->data + done, self->writeEnd - done);
    if (count >= 0 && !answerSignals()) {
      done += count;
      count = -1;
    }
    if (count < 0) {
      memmove(self->data, self->data + done, static_cast<size_t>(self->writeEnd - done));
      self->writeEnd -= done;
      return count == -2 && raiseBlocked(0);
    }
    done += count;
  }
  self->writeEnd = 0;
  return true;
}

/// Drops what was read ahead: the raw stream goes back to where the program thinks it is.
bool dropReadAhead(BufferedObject* self) {
  if (int64_t ahead = buffered(self); ahead > 0 && rawSeek(self, -ahead, SEEK_CUR) < 0)
    return false;
  self->pos = self->readEnd = 0;
  return true;
}

/// Reads into the empty buffer: as fileRead.
int64_t fill(BufferedObject* self) {
  if (self->writeEnd > 0 && !flushWrites(self))
    return -1;
  self->pos = self->readEnd = 0;
  int64_t count = rawRead(self, self->data, self->size);
  if (count > 0)
    self->readEnd = count;
  return count;
}

void takeBuffered(BufferedObject* self, std::string& out, int64_t count) {
  out.append(self->data + self->pos, static_cast<size_t>(count));
  self->pos += count;
}

/// Takes as much as there is room for; says how much.
int64_t appendPending(BufferedObject* self, std::string_view data) {
  auto count = std::min<int64_t>(static_cast<int64_t>(data.size()), self->size - self->writeEnd);
  memcpy(self->data + self->writeEnd, data.data(), static_cast<size_t>(count));
  self->writeEnd += count;
  return count;
}

/// After a flush that did not get through: when it only would block, the buffer takes what it has
/// room for, and the exception says how much that was, unless it is all.
bool keepBlocked(BufferedObject* self, std::string_view data) {
  if (!catchRaised(blockingIOErrorType))
    return false;
  int64_t kept = appendPending(self, data);
  return kept == static_cast<int64_t>(data.size()) || raiseBlocked(kept);
}

} // namespace

bool bufferedFlush(BufferedObject* self) {
  Busy busy(self);
  return busy.enter() && flushWrites(self);
}

bool bufferedWrite(BufferedObject* self, std::string_view data) {
  Busy busy(self);
  if (!busy.enter())
    return false;
  if (self->readEnd > 0 && !dropReadAhead(self))
    return false;
  auto size = static_cast<int64_t>(data.size());
  if (self->writeEnd + size > self->size) {
    if (!flushWrites(self))
      return keepBlocked(self, data);
    // What does not fit goes on its way directly.
    int64_t written = 0;
    while (size - written > self->size) {
      int64_t count = rawWrite(self, data.data() + written, size - written);
      if (count == -2) {
        appendPending(self, data.substr(static_cast<size_t>(written)));
        return raiseBlocked(written + self->writeEnd);
      }
      if (count < 0 || !answerSignals())
        return false;
      written += count;
    }
    data.remove_prefix(static_cast<size_t>(written));
  }
  appendPending(self, data);
  return true;
}

bool bufferedPeek(BufferedObject* self, std::string_view& data) {
  Busy busy(self);
  if (!busy.enter())
    return false;
  if (buffered(self) == 0 && fill(self) == -1)
    return false;
  data = {self->data + self->pos, static_cast<size_t>(buffered(self))};
  return true;
}

void bufferedSkip(BufferedObject* self, int64_t count) {
  self->pos += count;
}

Ref bufferedRead1(BufferedObject* self, int64_t size) {
  std::string_view data;
  if (!bufferedPeek(self, data))
    return {};
  data = data.substr(0, static_cast<size_t>(size));
  Ref result = makeBytes(data);
  self->pos += static_cast<int64_t>(data.size());
  return result;
}

namespace {

/// What `data` begins, up to the end, of a raw stream without readall().
Ref readPieces(BufferedObject* self, std::string data) {
  for (;;) {
    PYC_TRY(piece, callMethod(self->raw, names::read));
    if (!piece.isNone() && !isBytes(piece))
      return raise(typeErrorType, "read() should return bytes");
    if (piece.isNone() || asBytes(piece)->length == 0)
      return data.empty() ? std::move(piece) : makeBytes(data);
    data += asBytes(piece)->view();
  }
}

/// Everything up to the end; None when nothing is there yet.
Ref readAll(BufferedObject* self) {
  Busy busy(self);
  if (!busy.enter() || (self->writeEnd > 0 && !flushWrites(self)))
    return {};
  std::string data;
  takeBuffered(self, data, buffered(self));
  self->pos = self->readEnd = 0;
  Ref readall;
  if (!findAttr(self->raw, name("readall"), readall))
    return {};
  if (!readall)
    return readPieces(self, std::move(data));
  PYC_TRY(rest, call(readall));
  if (rest.isNone())
    return data.empty() ? std::move(rest) : makeBytes(data);
  if (!isBytes(rest))
    return raise(typeErrorType, "readall() should return bytes");
  if (data.empty())
    return rest;
  data += asBytes(rest)->view();
  return makeBytes(data);
}

/// Exactly `size` bytes, unless the stream ends or has no more at present.
Ref readExactly(BufferedObject* self, int64_t size) {
  if (size <= buffered(self)) {
    Ref result = makeBytes({self->data + self->pos, static_cast<size_t>(size)});
    self->pos += size;
    return result;
  }
  Busy busy(self);
  if (!busy.enter() || (self->writeEnd > 0 && !flushWrites(self)))
    return {};
  std::string data;
  data.reserve(static_cast<size_t>(std::min(size, int64_t{1} << 30)));
  takeBuffered(self, data, buffered(self));
  while (static_cast<int64_t>(data.size()) < size) {
    int64_t count = fill(self);
    if (count == -1)
      return {};
    if (count <= 0) {
      if (count == -2 && data.empty())
        return Ref::none();
      break;
    }
    takeBuffered(self, data, std::min(buffered(self), size - static_cast<int64_t>(data.size())));
  }
  return makeBytes(data);
}

Ref readMethod(const Value* args) {
  BufferedObject* self = asBuffered(args[0]);
  int64_t size;
  if (!readSize(args[1], size) || !requireReadable(self))
    return {};
  if (size < -1)
    return raise(valueErrorType, "read length must be non-negative or -1");
  return size < 0 ? readAll(self) : readExactly(self, size);
}

Ref read1Method(const Value* args) {
  BufferedObject* self = asBuffered(args[0]);
  int64_t size;
  if (!readSize(args[1], size) || !requireReadable(self))
    return {};
  if (size == 0)
    return makeBytes({});
  if (size < 0)
    size = self->size;
  if (buffered(self) > 0 || size <= self->size)
    return bufferedRead1(self, size);
  // One read of the raw stream, straight to where it is to go.
  Busy busy(self);
  if (!busy.enter() || (self->writeEnd > 0 && !flushWrites(self)))
    return {};
  PYC_TRY(target, makeByteArray({}));
  if (!byteArrayResize(asByteArray(target), size))
    return {};
  self->pos = self->readEnd = 0;
  int64_t count = rawRead(self, reinterpret_cast<char*>(asByteArray(target)->data), size);
  if (count == -1)
    return {};
  return makeBytes(
      asByteArray(target)->view().substr(0, static_cast<size_t>(std::max<int64_t>(count, 0))));
}

Ref peekMethod(const Value* args) {
  BufferedObject* self = asBuffered(args[0]);
  std::string_view data;
  if (!requireOpen(self, "peek of closed file") || !bufferedPeek(self, data))
    return {};
  return makeBytes(data);
}

/// Reads into what is left of the target: as fileRead.
int64_t readDirectly(BufferedObject* self, BytesLike& target, int64_t done) {
  if (self->writeEnd > 0 && !flushWrites(self))
    return -1;
  self->pos = self->readEnd = 0;
  return rawRead(self, reinterpret_cast<char*>(target.writable()) + done, target.size() - done);
}

Ref readInto(const Value* args, bool once) {
  BufferedObject* self = asBuffered(args[0]);
  BytesLike target;
  if (!requireReadable(self) || !target.openWritable(args[1]))
    return {};
  Busy busy(self);
  if (!busy.enter())
    return {};
  int64_t done = 0;
  while (done < target.size()) {
    if (buffered(self) == 0) {
      // What is longer than the buffer need not go through it.
      bool direct = target.size() - done > self->size;
      if (once && done > 0 && !direct)
        break;
      int64_t count = direct ? readDirectly(self, target, done) : fill(self);
      if (count == -1)
        return {};
      if (count == -2 && done == 0)
        return Ref::none();
      if (count <= 0)
        break;
      if (direct) {
        done += count;
        if (once)
          break;
        continue;
      }
    }
    int64_t count = std::min(buffered(self), target.size() - done);
    memcpy(target.writable() + done, self->data + self->pos, static_cast<size_t>(count));
    self->pos += count;
    done += count;
  }
  return makeInt(done);
}
Ref readintoMethod(const Value* args) {
  return readInto(args, false);
}
Ref readinto1Method(const Value* args) {
  return readInto(args, true);
}

/// A line, at most `limit` bytes unless negative.
Ref readLine(BufferedObject* self, int64_t limit) {
  const char* start = self->data + self->pos;
  int64_t ready = limit >= 0 ? std::min(limit, buffered(self)) : buffered(self);
  if (const void* end = memchr(start, '\n', static_cast<size_t>(ready))) {
    int64_t count = static_cast<const char*>(end) - start + 1;
    self->pos += count;
    return makeBytes({start, static_cast<size_t>(count)});
  }
  std::string line;
  Busy busy(self);
  if (!busy.enter())
    return {};
  while (limit < 0 || static_cast<int64_t>(line.size()) < limit) {
    if (buffered(self) == 0) {
      int64_t count = fill(self);
      if (count == -1)
        return {};
      if (count <= 0)
        break;
    }
    int64_t room = limit >= 0 ? limit - static_cast<int64_t>(line.size()) : buffered(self);
    int64_t count = std::min(room, buffered(self));
    const void* end = memchr(self->data + self->pos, '\n', static_cast<size_t>(count));
    if (end)
      count = static_cast<const char*>(end) - (self->data + self->pos) + 1;
    takeBuffered(self, line, count);
    if (end)
      break;
  }
  return makeBytes(line);
}

Ref readlineMethod(const Value* args) {
  BufferedObject* self = asBuffered(args[0]);
  int64_t limit;
  if (!readSize(args[1], limit) || !requireOpen(self, "readline of closed file"))
    return {};
  return self->readable ? readLine(self, limit) : Ref(raiseUnsupported("read"));
}

Ref nextSlot(Value value) {
  BufferedObject* self = asBuffered(value);
  if (!requireOpen(self, "readline of closed file"))
    return {};
  if (!self->readable)
    return raiseUnsupported("read");
  PYC_TRY(line, isExactBuffered(value) ? readLine(self, -1) : callMethod(value, names::readline));
  int64_t count;
  if (!length(line, count))
    return {};
  return count > 0 ? std::move(line) : Ref();
}

Ref writeMethod(const Value* args) {
  BufferedObject* self = asBuffered(args[0]);
  BytesLike source;
  if (!isInitialised(self) || !source.open(args[1]) || !requireOpen(self, "write to closed file"))
    return {};
  if (!bufferedWrite(self, source.get()))
    return {};
  return makeInt(source.size());
}

Ref flushMethod(const Value* args) {
  BufferedObject* self = asBuffered(args[0]);
  if (!self->writable)
    return isInitialised(self) ? callMethod(self->raw, names::flush) : Ref();
  if (!requireOpen(self, "flush of closed file") || !bufferedFlush(self))
    return {};
  return self->readEnd == 0 || dropReadAhead(self) ? Ref::none() : Ref();
}

Ref tellMethod(const Value* args) {
  BufferedObject* self = asBuffered(args[0]);
  if (!isInitialised(self))
    return {};
  int64_t position =
      self->file ? (self->file->fd < 0 ? (raise(valueErrorType, "I/O operation on closed file"), -1)
                                       : fileSeek(self->file, 0, SEEK_CUR))
                 : rawSeek(self, 0, SEEK_CUR);
  // A device may say 0 wherever it is.
  return position < 0 ? Ref()
                      : makeInt(std::max<int64_t>(position - buffered(self) + self->writeEnd, 0));
}

Ref seekMethod(const Value* args) {
  BufferedObject* self = asBuffered(args[0]);
  int64_t offset, whence = 0;
  if (args[2] && !toInt64(args[2], whence, &overflowErrorType))
    return {};
  if (whence < 0 || whence > 2)
    return raise(valueErrorType, "whence value %d unsupported", static_cast<int>(whence));
  if (!requireOpen(self, "seek of closed file") || !readOffset(args[1], offset))
    return {};
  PYC_TRY(seekable, callMethod(self->raw, name("seekable")));
  if (!seekable.get().isTrue())
    return raiseUnsupported("File or stream is not seekable.");
  Busy busy(self);
  if (!busy.enter() || !flushWrites(self))
    return {};
  if (whence == SEEK_CUR)
    offset -= buffered(self);
  // A place in the buffer needs no system call that moves the file.
  if (whence != SEEK_END && self->readEnd > 0 && self->file) {
    int64_t current = fileSeek(self->file, 0, SEEK_CUR);
    if (current < 0)
      return {};
    int64_t target = whence == SEEK_CUR ? current + offset : offset;
    int64_t start = current - self->readEnd;
    if (target >= start && target <= current) {
      self->pos = target - start;
      return makeInt(target);
    }
  }
  self->pos = self->readEnd = 0;
  int64_t position = rawSeek(self, offset, static_cast<int>(whence));
  return position < 0 ? Ref() : makeInt(position);
}

Ref truncateMethod(const Value* args) {
  BufferedObject* self = asBuffered(args[0]);
  if (!requireOpen(self, "truncate of closed file"))
    return {};
  if (!self->writable)
    return raiseUnsupported("truncate");
  if (!bufferedFlush(self))
    return {};
  Ref size = args[1] && !args[1].isNone() ? Ref::copy(args[1]) : tellMethod(args);
  if (!size || !dropReadAhead(self))
    return {};
  return callMethod(self->raw, name("truncate"), size);
}

Ref closeMethod(const Value* args) {
  BufferedObject* self = asBuffered(args[0]);
  bool closed;
  if (!isInitialised(self) || !isClosed(self->raw, closed))
    return {};
  if (closed || !self->raw)
    return Ref::none();
  return closeThrough(args[0], self->raw, self->finalizing);
}

Ref detachMethod(const Value* args) {
  BufferedObject* self = asBuffered(args[0]);
  if (!isInitialised(self))
    return {};
  PYC_TRY(flushed, callMethod(args[0], names::flush));
  if (!isInitialised(self))
    return {};
  self->file = nullptr;
  self->detached = true;
  return Ref::steal(std::exchange(self->raw, Value()));
}

template <const char* const& method> Ref forwarded(const Value* args) {
  BufferedObject* self = asBuffered(args[0]);
  return isInitialised(self) ? callMethod(self->raw, name(method)) : Ref();
}
const char* const kSeekable = "seekable";
const char* const kReadable = "readable";
const char* const kWritable = "writable";
const char* const kFileno = "fileno";
const char* const kIsatty = "isatty";

template <const char* const& attribute> Ref rawAttribute(Value self) {
  return isInitialised(asBuffered(self)) ? getAttr(asBuffered(self)->raw, name(attribute)) : Ref();
}
Ref finalizingGetter(Value self) {
  return Ref::boolean(asBuffered(self)->finalizing);
}
bool finalizingSetter(Value self, Value value) {
  return value && truth(value, asBuffered(self)->finalizing);
}
Ref warnMethod(const Value* args) {
  if (Value raw = asBuffered(args[0])->raw)
    warnUnclosed(raw, args[1]);
  return Ref::none();
}
const char* const kClosed = "closed";
const char* const kName = "name";
const char* const kMode = "mode";
Ref rawGetter(Value self) {
  return isInitialised(asBuffered(self)) ? Ref::copy(asBuffered(self)->raw) : Ref();
}

Ref bufferedRepr(Value self) {
  Ref streamName;
  BufferedObject* object = asBuffered(self);
  if (object->raw && !findAttr(object->raw, names::name, streamName))
    clearRaised();
  const char* type = typeOf(self)->name;
  return streamName ? formatText("<%s name=%R>", type, streamName.get()) : formatText("<%s>", type);
}

// Making.

bool initBuffered(Value self, Value raw, Value sizeArgument, bool reads, bool writes) {
  BufferedObject* object = asBuffered(self);
  object->file = nullptr;
  object->detached = false;
  decrefMaybe(std::exchange(object->raw, Value()));
  int64_t size = kDefaultBufferSize;
  if (sizeArgument && !toInt64(sizeArgument, size, &overflowErrorType))
    return false;
  if (size <= 0)
    return raise(valueErrorType, "buffer size must be strictly positive");
  for (auto [wanted, method] : {std::pair(reads && writes, kSeekable), std::pair(reads, kReadable),
                                std::pair(writes, kWritable)}) {
    if (!wanted)
      continue;
    PYC_TRY(able, callMethod(raw, name(method)));
    bool yes;
    if (!truth(able, yes))
      return false;
    if (!yes)
      return raiseUnsupported(method == kSeekable   ? "File or stream is not seekable."
                              : method == kReadable ? "File or stream is not readable."
                                                    : "File or stream is not writable.");
  }
  auto* data = static_cast<char*>(malloc(static_cast<size_t>(size)));
  if (!data)
    return raiseMemoryError();
  free(std::exchange(object->data, data));
  object->size = size;
  object->pos = object->readEnd = object->writeEnd = 0;
  object->readable = reads;
  object->writable = writes;
  object->file = typeOf(raw) == &fileIoType ? asFile(raw) : nullptr;
  decrefMaybe(std::exchange(object->raw, Ref::copy(raw).release()));
  return true;
}

const char kReaderSignature[] = "BufferedReader(raw, buffer_size=131072)";
const char kWriterSignature[] = "BufferedWriter(raw, buffer_size=131072)";
const char kRandomSignature[] = "BufferedRandom(raw, buffer_size=131072)";

template <bool reads, bool writes>
bool initSlot(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(reads && writes ? kRandomSignature
                                        : reads         ? kReaderSignature
                                                        : kWriterSignature);
  Value bound[2];
  return signature.bind(args, argc, kwnames, bound) &&
         initBuffered(self, bound[0], bound[1], reads, writes);
}

void dealloc(Object* self) {
  auto* object = reinterpret_cast<BufferedObject*>(self);
  decrefMaybe(object->raw);
  free(object->data);
  freeObject(self);
}
void traverse(Object* self, Visitor& visitor) {
  if (Value raw = reinterpret_cast<BufferedObject*>(self)->raw)
    visitor.visit(raw);
}
void clear(Object* self) {
  auto* object = reinterpret_cast<BufferedObject*>(self);
  object->file = nullptr;
  decrefMaybe(std::exchange(object->raw, Value()));
}

#define SHARED_METHODS                                                                             \
  {.signature = "flush($self, /)", .bound = flushMethod},                                          \
      {.signature = "close($self, /)", .bound = closeMethod},                                      \
      {.signature = "detach($self, /)", .bound = detachMethod},                                    \
      {.signature = "seekable($self, /)", .bound = forwarded<kSeekable>},                          \
      {.signature = "fileno($self, /)", .bound = forwarded<kFileno>},                              \
      {.signature = "isatty($self, /)", .bound = forwarded<kIsatty>},                              \
      {.signature = "_dealloc_warn($self, source, /)", .bound = warnMethod},                       \
      {.signature = "__getstate__($self, /)", .bound = refusePickling},                            \
      {.signature = "seek($self, target, whence=0, /)", .bound = seekMethod},                      \
      {.signature = "tell($self, /)", .bound = tellMethod}, {                                      \
    .signature = "truncate($self, pos=None, /)", .bound = truncateMethod                           \
  }
#define READ_METHODS                                                                               \
  {.signature = "readable($self, /)", .bound = forwarded<kReadable>},                              \
      {.signature = "read($self, size=-1, /)", .bound = readMethod},                               \
      {.signature = "peek($self, size=0, /)", .bound = peekMethod},                                \
      {.signature = "read1($self, size=-1, /)", .bound = read1Method},                             \
      {.signature = "readinto($self, buffer, /)", .bound = readintoMethod},                        \
      {.signature = "readinto1($self, buffer, /)", .bound = readinto1Method}, {                    \
    .signature = "readline($self, size=-1, /)", .bound = readlineMethod                            \
  }
#define WRITE_METHODS                                                                              \
  {.signature = "writable($self, /)", .bound = forwarded<kWritable>}, {                            \
    .signature = "write($self, buffer, /)", .bound = writeMethod                                   \
  }

const MethodDef kBufferedReaderMethods[] = {READ_METHODS, SHARED_METHODS};
const MethodDef kBufferedWriterMethods[] = {WRITE_METHODS, SHARED_METHODS};
const MethodDef kBufferedRandomMethods[] = {READ_METHODS, WRITE_METHODS, SHARED_METHODS};

const GetSetDef kGetSets[] = {
    {"raw", rawGetter},
    {"closed", rawAttribute<kClosed>},
    {"name", rawAttribute<kName>},
    {"mode", rawAttribute<kMode>},
    {"_finalizing", finalizingGetter, finalizingSetter},
};

constexpr TypeObject bufferedType(const char* typeName, std::span<const MethodDef> methods,
                                  bool (*init)(Value, const Value*, size_t, Value), bool reads) {
  TypeObject type;
  type.name = typeName;
  type.base = &bufferedIoBaseType;
  type.basicSize = sizeof(BufferedObject);
  type.flags = kStreamFlags;
  type.methods = methods;
  type.getSets = kGetSets;
  type.slots.dealloc = dealloc;
  type.slots.traverse = traverse;
  type.slots.repr = bufferedRepr;
  type.slots.clear = clear;
  type.slots.init = init;
  if (reads)
    type.slots.next = nextSlot;
  return type;
}

} // namespace

constinit TypeObject bufferedReaderType =
    bufferedType("_io.BufferedReader", kBufferedReaderMethods, initSlot<true, false>, true);
constinit TypeObject bufferedWriterType =
    bufferedType("_io.BufferedWriter", kBufferedWriterMethods, initSlot<false, true>, false);
constinit TypeObject bufferedRandomType =
    bufferedType("_io.BufferedRandom", kBufferedRandomMethods, initSlot<true, true>, true);

Ref makeBuffered(TypeObject& type, Value raw, int64_t size) {
  readyType(&type);
  Ref self = Ref::steal(allocObject(&type));
  bool reads = &type != &bufferedWriterType, writes = &type != &bufferedReaderType;
  if (!self || !initBuffered(self, raw, Value::fromInt(size), reads, writes))
    return {};
  return self;
}

} // namespace pyc::rt
