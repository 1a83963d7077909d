// _IOBase and the abstract bases above it.
#include "runtime/modules/io.h"

#include "runtime/objects/buffer.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/list.h"
#include "runtime/objects/object_type.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {
StrObject* name(const char* text) {
  return internLiteral(text);
}
} // namespace

Raised raiseUnsupported(const char* what) {
  return raise(unsupportedOperationType, "%s", what);
}

bool isClosed(Value self, bool& closed) {
  PYC_TRY(value, getAttr(self, name("closed")));
  return truth(value, closed);
}

void chainRaised(Ref first) {
  if (!first)
    return;
  Ref later = takeRaised();
  if (!later)
    return restoreRaised(std::move(first));
  if (later.get() != first.get())
    decrefMaybe(std::exchange(asException(later)->context, first.release()));
  restoreRaised(std::move(later));
}

Ref refusePickling(const Value* args) {
  PYC_TRY(type, getAttr(Value(&typeOf(args[0])->header), names::__name__));
  return raise(typeErrorType, "cannot pickle '%S' instances", type.get());
}

void warnUnclosed(Value raw, Value source) {
  if (!callMethod(raw, name("_dealloc_warn"), source))
    clearRaised();
}

Ref closeThrough(Value self, Value lowerStream, bool finalizing) {
  Ref lower = Ref::copy(lowerStream); // flush() may detach it
  if (finalizing)
    warnUnclosed(lower, self);
  Ref flushed = callMethod(self, names::flush);
  Ref error = takeRaised();
  Ref result = callMethod(lower, names::close);
  chainRaised(std::move(error));
  return isRaised() ? Ref() : std::move(result);
}

bool checkOpen(Value self) {
  bool closed;
  if (!isClosed(self, closed))
    return false;
  return !closed || static_cast<bool>(raise(valueErrorType, "I/O operation on closed file."));
}

bool isFlagSet(Value self, StrObject* method, bool& result) {
  PYC_TRY(value, callMethod(self, method));
  return truth(value, result);
}

bool readSize(Value value, int64_t& size) {
  size = -1;
  if (!value || value.isNone())
    return true;
  if (!value.isInt() && !typeOf(value)->slots.index)
    return raise(typeErrorType, "argument should be integer or None, not '%T'", value);
  return toInt64(value, size, &overflowErrorType);
}

bool readOffset(Value value, int64_t& offset) {
  if (isFloat(value))
    return raise(typeErrorType, "'float' object cannot be interpreted as an integer");
  return toInt64(value, offset, &overflowErrorType);
}

void finalizeStream(Value self) {
  Ref pending = takeRaised();
  bool closed = false;
  if (!isClosed(self, closed)) {
    // Half made, or detached: there is nothing to close.
    clearRaised();
    closed = true;
  }
  if (!closed) {
    if (!setAttr(self, name("_finalizing"), Value::fromBool(true)))
      clearRaised();
    if (!callMethod(self, names::close))
      writeUnraisable("Exception ignored while finalizing file", self);
  }
  restoreRaised(std::move(pending));
}

Ref attributesOf(Value self) {
  DictObject* dict = instanceDict(self.object());
  if (!dict)
    return isRaised() ? Ref() : Ref::none();
  return dict->count > 0 ? dictCopy(dict) : Ref::none();
}

bool addAttributes(Value self, Value attributes, const char* which) {
  if (attributes.isNone())
    return true;
  if (!isDict(attributes))
    return raise(typeErrorType, "%s item of state should be a dict, got a %T", which, attributes);
  DictObject* dict = instanceDict(self.object());
  return dict && dictUpdate(dict, attributes);
}

bool readPosition(Value value, const char* which, int64_t& position) {
  if (!isInteger(value))
    return raise(typeErrorType, "%s item of state must be an integer, got %T", which, value);
  if (!toInt64(value, position, &overflowErrorType))
    return false;
  return position >= 0 ||
         static_cast<bool>(raise(valueErrorType, "position value cannot be negative"));
}

namespace {

Ref unsupported(const Value* args, const char* what) {
  return raiseUnsupported(what);
}
Ref seekMethod(const Value* args) {
  return unsupported(args, "seek");
}
Ref truncateMethod(const Value* args) {
  return unsupported(args, "truncate");
}
Ref filenoMethod(const Value* args) {
  return unsupported(args, "fileno");
}
Ref tellBySeek(const Value* args) {
  Value all[] = {Value::fromInt(0), Value::fromInt(1)};
  return callMethod(args[0], name("seek"), all, 2);
}

/// The mark that close() leaves on streams without state of their own.
Ref flushMethod(const Value* args) {
  if (ownAttr(args[0].object(), name("__IOBase_closed")))
    return raise(valueErrorType, "I/O operation on closed file.");
  return Ref::none();
}

Ref closeMethod(const Value* args) {
  if (ownAttr(args[0].object(), name("__IOBase_closed")))
    return Ref::none();
  Ref flushed = callMethod(args[0], names::flush);
  Ref error = takeRaised();
  if (!setOwnAttr(args[0].object(), name("__IOBase_closed"), Value::fromBool(true)))
    return {};
  chainRaised(std::move(error));
  return isRaised() ? Ref() : Ref::none();
}

Ref closedGetter(Value self) {
  return Ref::boolean(static_cast<bool>(ownAttr(self.object(), name("__IOBase_closed"))));
}

Ref falseMethod(const Value* args) {
  return Ref::boolean(false);
}
Ref isattyMethod(const Value* args) {
  return checkOpen(args[0]) ? Ref::boolean(false) : Ref();
}

Ref checkFlag(Value self, const char* method, const char* message) {
  PYC_TRY(value, callMethod(self, name(method)));
  if (value.get().isTrue())
    return Ref::boolean(true);
  return raiseUnsupported(message);
}
Ref checkSeekable(const Value* args) {
  return checkFlag(args[0], "seekable", "File or stream is not seekable.");
}
Ref checkReadable(const Value* args) {
  return checkFlag(args[0], "readable", "File or stream is not readable.");
}
Ref checkWritable(const Value* args) {
  return checkFlag(args[0], "writable", "File or stream is not writable.");
}
Ref checkClosed(const Value* args) {
  return checkOpen(args[0]) ? Ref::none() : Ref();
}

Ref enterMethod(const Value* args) {
  return checkOpen(args[0]) ? Ref::copy(args[0]) : Ref();
}
Ref exitMethod(const Value* args) {
  return callMethod(args[0], names::close);
}

Ref iterSlot(Value self) {
  return checkOpen(self) ? Ref::copy(self) : Ref();
}
Ref nextSlot(Value self) {
  PYC_TRY(line, callMethod(self, names::readline));
  int64_t count;
  if (!length(line, count))
    return {};
  return count > 0 ? std::move(line) : Ref();
}

/// Whether `bytes` from peek() say how many bytes may be read at once without missing a line's end.
bool peekLine(Value self, int64_t limit, int64_t& count) {
  count = 1;
  Ref peek;
  if (!findAttr(self, name("peek"), peek))
    return false;
  if (!peek)
    return true;
  PYC_TRY(ahead, call(peek, Value::fromInt(1)));
  if (!isBytes(ahead))
    return raise(osErrorType, "peek() should have returned a bytes object, not '%T'", ahead.get());
  std::string_view data = asBytes(ahead)->view();
  if (data.empty())
    return true;
  size_t end = data.find('\n');
  count = static_cast<int64_t>(end == data.npos ? data.size() : end + 1);
  if (limit >= 0 && count > limit)
    count = limit;
  return true;
}

/// readline() on top of read() and, where there is one, peek().
Ref readlineMethod(const Value* args) {
  int64_t limit;
  if (!readSize(args[1], limit))
    return {};
  std::string line;
  while (limit < 0 || static_cast<int64_t>(line.size()) < limit) {
    int64_t count;
    if (!peekLine(args[0], limit < 0 ? -1 : limit - static_cast<int64_t>(line.size()), count))
      return {};
    PYC_TRY(piece, callMethod(args[0], names::read, Value::fromInt(count)));
    if (!isBytes(piece))
      return raise(osErrorType, "read() should have returned a bytes object, not '%T'",
                   piece.get());
    std::string_view data = asBytes(piece)->view();
    if (data.empty())
      break;
    line += data;
    if (line.back() == '\n')
      break;
  }
  return makeBytes(line);
}

Ref readlinesMethod(const Value* args) {
  int64_t hint;
  if (!readSize(args[1], hint))
    return {};
  PYC_TRY(lines, newList(0));
  int64_t total = 0;
  bool complete = forEach(args[0], [&](Value line) {
    int64_t count;
    if (!length(line, count) || !listAppend(asList(lines), line))
      return false;
    total += count;
    return hint <= 0 || total < hint;
  });
  return complete || !isRaised() ? std::move(lines) : Ref();
}

Ref writelinesMethod(const Value* args) {
  if (!checkOpen(args[0]))
    return {};
  bool done = forEach(args[1], [&](Value line) {
    return static_cast<bool>(callMethod(args[0], names::write, line));
  });
  return done ? Ref::none() : Ref();
}

void dealloc(Object* self) {
  freeObject(self);
}

const MethodDef kBaseMethods[] = {
    {.signature = "seek($self, offset, whence=0, /)", .bound = seekMethod},
    {.signature = "tell($self, /)", .bound = tellBySeek},
    {.signature = "truncate($self, size=None, /)", .bound = truncateMethod},
    {.signature = "flush($self, /)", .bound = flushMethod},
    {.signature = "close($self, /)", .bound = closeMethod},
    {.signature = "seekable($self, /)", .bound = falseMethod},
    {.signature = "readable($self, /)", .bound = falseMethod},
    {.signature = "writable($self, /)", .bound = falseMethod},
    {.signature = "_checkClosed($self, /)", .bound = checkClosed},
    {.signature = "_checkSeekable($self, /)", .bound = checkSeekable},
    {.signature = "_checkReadable($self, /)", .bound = checkReadable},
    {.signature = "_checkWritable($self, /)", .bound = checkWritable},
    {.signature = "fileno($self, /)", .bound = filenoMethod},
    {.signature = "isatty($self, /)", .bound = isattyMethod},
    {.signature = "__enter__($self, /)", .bound = enterMethod},
    {.signature = "__exit__($self, /, *args)", .bound = exitMethod},
    {.signature = "readline($self, size=-1, /)", .bound = readlineMethod},
    {.signature = "readlines($self, hint=-1, /)", .bound = readlinesMethod},
    {.signature = "writelines($self, lines, /)", .bound = writelinesMethod},
};
const GetSetDef kBaseGetSets[] = {{"closed", closedGetter}};

// _RawIOBase

Ref rawRead(const Value* args) {
  int64_t size;
  if (!readSize(args[1], size))
    return {};
  if (size < 0)
    return callMethod(args[0], name("readall"));
  PYC_TRY(buffer, makeByteArray(std::string(static_cast<size_t>(size), '\0')));
  PYC_TRY(count, callMethod(args[0], name("readinto"), buffer));
  if (count.isNone())
    return count;
  int64_t given;
  if (!toInt64(count, given, &valueErrorType))
    return {};
  if (given < 0 || given > size)
    return raise(valueErrorType, "readinto returned %lld outside buffer size %lld",
                 static_cast<long long>(given), static_cast<long long>(size));
  // Who keeps a view of the buffer would see the bytes change.
  if (asByteArray(buffer)->exports > 0)
    return raise(bufferErrorType, "Existing exports of data: object cannot be re-sized");
  if (!byteArrayResize(asByteArray(buffer), given))
    return {};
  return makeBytes(asByteArray(buffer)->view());
}

Ref rawReadall(const Value* args) {
  std::string all;
  for (;;) {
    PYC_TRY(piece, callMethod(args[0], names::read, Value::fromInt(kDefaultBufferSize)));
    if (piece.isNone() && all.empty())
      return piece;
    if (piece.isNone())
      break;
    if (!isBytes(piece))
      return raise(typeErrorType, "read() should return bytes");
    if (asBytes(piece)->length == 0)
      break;
    all += asBytes(piece)->view();
  }
  return makeBytes(all);
}

const MethodDef kRawMethods[] = {
    {.signature = "read($self, size=-1, /)", .bound = rawRead},
    {.signature = "readall($self, /)", .bound = rawReadall},
};

// _BufferedIOBase

Ref readInto(const Value* args, const char* reader) {
  BytesLike target;
  if (!target.openWritable(args[1]))
    return {};
  PYC_TRY(data, callMethod(args[0], name(reader), Value::fromInt(target.size())));
  if (!isBytes(data))
    return raise(typeErrorType, "read() should return bytes");
  std::string_view bytes = asBytes(data)->view();
  if (static_cast<int64_t>(bytes.size()) > target.size())
    return raise(valueErrorType,
                 "read() returned too much data: %lld bytes requested, %zu returned",
                 static_cast<long long>(target.size()), bytes.size());
  bytes.copy(reinterpret_cast<char*>(target.writable()), bytes.size());
  return Ref::number(Value::fromInt(static_cast<int64_t>(bytes.size())));
}
Ref bufferedReadinto(const Value* args) {
  return readInto(args, "read");
}
Ref bufferedReadinto1(const Value* args) {
  return readInto(args, "read1");
}
Ref readUnsupported(const Value* args) {
  return unsupported(args, "read");
}
Ref read1Unsupported(const Value* args) {
  return unsupported(args, "read1");
}
Ref writeUnsupported(const Value* args) {
  return unsupported(args, "write");
}
Ref detachUnsupported(const Value* args) {
  return unsupported(args, "detach");
}

const MethodDef kBufferedMethods[] = {
    {.signature = "detach($self, /)", .bound = detachUnsupported},
    {.signature = "read($self, size=-1, /)", .bound = readUnsupported},
    {.signature = "read1($self, size=-1, /)", .bound = read1Unsupported},
    {.signature = "write($self, b, /)", .bound = writeUnsupported},
    {.signature = "readinto($self, buffer, /)", .bound = bufferedReadinto},
    {.signature = "readinto1($self, buffer, /)", .bound = bufferedReadinto1},
};

// _TextIOBase

Ref readlineUnsupported(const Value* args) {
  return unsupported(args, "readline");
}
Ref noneGetter(Value) {
  return Ref::none();
}

const MethodDef kTextMethods[] = {
    {.signature = "detach($self, /)", .bound = detachUnsupported},
    {.signature = "read($self, size=-1, /)", .bound = readUnsupported},
    {.signature = "readline($self, size=-1, /)", .bound = readlineUnsupported},
    {.signature = "write($self, s, /)", .bound = writeUnsupported},
};
const GetSetDef kTextGetSets[] = {
    {"encoding", noneGetter}, {"newlines", noneGetter}, {"errors", noneGetter}};

} // namespace

constinit TypeObject unsupportedOperationType = {
    .name = "io.UnsupportedOperation",
    .base = &osErrorType,
    .secondBase = &valueErrorType,
    .basicSize = sizeof(OSErrorObject),
    .flags = kStreamFlags | kTypeIsException,
};

constinit TypeObject ioBaseType = {
    .name = "_io._IOBase",
    .flags = kStreamFlags,
    .methods = kBaseMethods,
    .getSets = kBaseGetSets,
    .slots = {.dealloc = dealloc,
              .finalize = finalizeStream,
              .iter = iterSlot,
              .next = nextSlot,
              .create = objectCreate},
};

constinit TypeObject rawIoBaseType = {
    .name = "_io._RawIOBase",
    .base = &ioBaseType,
    .flags = kStreamFlags,
    .methods = kRawMethods,
};

constinit TypeObject bufferedIoBaseType = {
    .name = "_io._BufferedIOBase",
    .base = &ioBaseType,
    .flags = kStreamFlags,
    .methods = kBufferedMethods,
};

constinit TypeObject textIoBaseType = {
    .name = "_io._TextIOBase",
    .base = &ioBaseType,
    .flags = kStreamFlags,
    .methods = kTextMethods,
    .getSets = kTextGetSets,
};

} // namespace pyc::rt
