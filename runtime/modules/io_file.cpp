// FileIO: a file descriptor as a raw stream.
#include "runtime/modules/io.h"

#include "runtime/interp/poll.h"
#include "runtime/interp/signals.h"
#include "runtime/modules/file_system.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

constexpr int64_t kReadAllChunk = 64 * 1024;

/// What a system call that failed means: -2 would block, -1 raised, 0 try again.
int64_t callFailed() {
  if (errno == EAGAIN || errno == EWOULDBLOCK)
    return -2;
  if (errno == EINTR)
    return signalsPending() && !runSignalHandlers() ? -1 : 0;
  raiseErrno(errno);
  return -1;
}

bool requireOpen(FileObject* file) {
  return file->fd >= 0 || static_cast<bool>(raise(valueErrorType, "I/O operation on closed file"));
}
bool requireReadable(FileObject* file) {
  return requireOpen(file) &&
         (file->readable || static_cast<bool>(raiseUnsupported("File not open for reading")));
}
bool requireWritable(FileObject* file) {
  return requireOpen(file) &&
         (file->writable || static_cast<bool>(raiseUnsupported("File not open for writing")));
}

} // namespace

int64_t fileRead(FileObject* file, char* to, int64_t size) {
  for (;;) {
    ssize_t count = read(file->fd, to, static_cast<size_t>(size));
    if (count >= 0)
      return count;
    if (int64_t failure = callFailed())
      return failure;
  }
}

int64_t fileWrite(FileObject* file, const char* from, int64_t size) {
  for (;;) {
    ssize_t count = write(file->fd, from, static_cast<size_t>(size));
    if (count >= 0)
      return count;
    if (int64_t failure = callFailed())
      return failure;
  }
}

int64_t fileSeek(FileObject* file, int64_t offset, int whence) {
  off_t position = lseek(file->fd, offset, whence);
  if (position < 0) {
    raiseErrno(errno);
    return -1;
  }
  return position;
}

Ref makeFile(int fd, bool readable, bool writable, bool closesFd, Value name) {
  readyType(&fileIoType);
  Object* object = allocObject(&fileIoType);
  if (!object)
    return {};
  FileObject* file = asFile(object);
  file->fd = fd;
  file->readable = readable;
  file->writable = writable;
  file->closesFd = closesFd;
  file->seekable = -1;
  file->blockSize = static_cast<int32_t>(kDefaultBufferSize);
  Ref result = Ref::steal(object);
  return setOwnAttr(object, names::name, name) ? std::move(result) : Ref();
}

namespace {

// Opening.

struct OpenMode {
  bool created = false, readable = false, writable = false, appending = false, truncates = false;

  int flags() const {
    int access = readable && writable ? O_RDWR : readable ? O_RDONLY : O_WRONLY;
    return access | O_CLOEXEC | (created ? O_EXCL | O_CREAT : 0) |
           (truncates ? O_TRUNC | O_CREAT : 0) | (appending ? O_APPEND | O_CREAT : 0);
  }
};

bool parseMode(Value mode, OpenMode& out) {
  std::string storage;
  bool plus = false;
  int kinds = 0;
  for (char letter : utf8View(mode, storage)) {
    switch (letter) {
    case 'x':
      out.created = out.writable = true;
      ++kinds;
      break;
    case 'r':
      out.readable = true;
      ++kinds;
      break;
    case 'w':
      out.writable = out.truncates = true;
      ++kinds;
      break;
    case 'a':
      out.writable = out.appending = true;
      ++kinds;
      break;
    case 'b':
      break;
    case '+':
      if (plus)
        return raise(valueErrorType,
                     "Must have exactly one of create/read/write/append mode and at most one plus");
      plus = out.readable = out.writable = true;
      break;
    default:
      return raise(valueErrorType, "invalid mode: %.200S", mode);
    }
  }
  bool plusOnly = plus && kinds == 0;
  if (kinds != 1 || plusOnly)
    return raise(valueErrorType,
                 "Must have exactly one of create/read/write/append mode and at most one plus");
  return true;
}

bool openPath(Value name, const OpenMode& mode, int& fd) {
  std::string path;
  if (!fileSystemEncode(name, path))
    return false;
  for (;;) {
    fd = open(path.c_str(), mode.flags(), 0666);
    if (fd >= 0)
      return true;
    if (errno != EINTR)
      return raiseErrno(errno, name);
    if (!runSignalHandlers())
      return false;
  }
}

bool openByFunction(Value opener, Value name, const OpenMode& mode, int& fd) {
  PYC_TRY(result, call(opener, name, Value::fromInt(mode.flags())));
  int64_t number;
  if (!isInteger(result))
    return raise(typeErrorType, "expected integer from opener");
  if (!toInt64(result, number, &overflowErrorType))
    return false;
  if (number < 0)
    return raise(valueErrorType, "opener returned %lld", static_cast<long long>(number));
  fd = static_cast<int>(number);
  return true;
}

/// Facts about an open descriptor; directories are refused.
bool inspectFile(FileObject* file, Value name, bool ownsFd) {
  struct stat info;
  if (fstat(file->fd, &info) != 0) {
    if (errno != EBADF)
      return true;
    if (!ownsFd)
      file->fd = -1;
    return raiseErrno(EBADF);
  }
  if (S_ISDIR(info.st_mode))
    return raiseErrno(EISDIR, name);
  if (info.st_blksize > 1)
    file->blockSize = static_cast<int32_t>(std::max<int64_t>(info.st_blksize, kDefaultBufferSize));
  return true;
}

void closeFd(FileObject* file) {
  int fd = std::exchange(file->fd, -1);
  if (fd >= 0 && file->closesFd)
    close(fd);
}

bool initFile(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("FileIO(file, mode='r', closefd=True, opener=None)");
  Value bound[4];
  if (!signature.bind(args, argc, kwnames, bound))
    return false;
  FileObject* file = asFile(self);
  closeFd(file);
  *file = FileObject{.header = file->header,
                     .fd = -1,
                     .closesFd = true,
                     .seekable = -1,
                     .blockSize = static_cast<int32_t>(kDefaultBufferSize)};
  OpenMode mode;
  Ref defaultMode = makeStr("r");
  if (bound[1] && !isStr(bound[1]))
    return raise(typeErrorType, "FileIO() argument 'mode' must be str, not %T", bound[1]);
  if (!parseMode(bound[1] ? bound[1] : defaultMode.get(), mode) ||
      (bound[2] && !truth(bound[2], file->closesFd)))
    return false;
  file->created = mode.created;
  file->readable = mode.readable;
  file->writable = mode.writable;
  file->appending = mode.appending;
  file->truncates = mode.truncates;
  bool byNumber = isInteger(bound[0]);
  if (byNumber) {
    int64_t fd;
    if (!toInt64(bound[0], fd, &overflowErrorType))
      return false;
    if (fd < 0)
      return raise(valueErrorType, "negative file descriptor");
    file->fd = static_cast<int>(fd);
  } else {
    if (!file->closesFd)
      return raise(valueErrorType, "Cannot use closefd=False with file name");
    bool opened = bound[3] && !bound[3].isNone()
                      ? openByFunction(bound[3], bound[0], mode, file->fd)
                      : openPath(bound[0], mode, file->fd);
    if (!opened)
      return false;
  }
  if (!inspectFile(file, bound[0], !byNumber)) {
    if (!byNumber)
      closeFd(file);
    else
      file->fd = -1;
    return false;
  }
  if (!setOwnAttr(self.object(), names::name, bound[0]))
    return false;
  return !mode.appending || fileSeek(file, 0, SEEK_END) >= 0 || catchRaised(osErrorType);
}

Ref createFile(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  Object* object = allocObject(type);
  if (!object)
    return {};
  asFile(object)->fd = -1;
  asFile(object)->closesFd = true;
  asFile(object)->seekable = -1;
  return Ref::steal(object);
}

// Methods.

Ref countOrNone(int64_t count) {
  if (count == -2)
    return Ref::none();
  return count < 0 ? Ref() : makeInt(count);
}

Ref readMethod(const Value* args) {
  FileObject* file = asFile(args[0]);
  int64_t size;
  if (!requireReadable(file) || !readSize(args[1], size))
    return {};
  if (size < 0)
    return callMethod(args[0], internLiteral("readall"));
  std::string data(static_cast<size_t>(size), '\0');
  int64_t count = fileRead(file, data.data(), size);
  if (count < 0)
    return count == -2 ? Ref::none() : Ref();
  return makeBytes(std::string_view(data).substr(0, static_cast<size_t>(count)));
}

/// How much is left to read, as far as the file's size says.
int64_t remainingBytes(FileObject* file) {
  struct stat info;
  if (fstat(file->fd, &info) != 0 || !S_ISREG(info.st_mode))
    return 0;
  off_t position = lseek(file->fd, 0, SEEK_CUR);
  return position >= 0 && info.st_size > position ? info.st_size - position : 0;
}

Ref readallMethod(const Value* args) {
  FileObject* file = asFile(args[0]);
  if (!requireReadable(file))
    return {};
  std::string data;
  size_t used = 0;
  data.resize(static_cast<size_t>(remainingBytes(file)) + 1);
  for (;;) {
    if (used == data.size())
      data.resize(data.size() + std::max<size_t>(data.size() / 2, kReadAllChunk));
    int64_t count = fileRead(file, data.data() + used, static_cast<int64_t>(data.size() - used));
    if (count == -1)
      return {};
    if (count == -2 && used == 0)
      return Ref::none();
    if (count <= 0)
      break;
    used += static_cast<size_t>(count);
  }
  return makeBytes(std::string_view(data).substr(0, used));
}

Ref readintoMethod(const Value* args) {
  FileObject* file = asFile(args[0]);
  BytesLike target;
  if (!requireReadable(file))
    return {};
  if (!target.openWritable(args[1]))
    return !hasBuffer(args[1]) || catchRaised(bufferErrorType)
               ? raise(typeErrorType,
                       "readinto() argument must be read-write bytes-like object, not %T", args[1])
               : Ref();
  return countOrNone(fileRead(file, reinterpret_cast<char*>(target.writable()), target.size()));
}

Ref writeMethod(const Value* args) {
  FileObject* file = asFile(args[0]);
  BytesLike source;
  if (!requireWritable(file) || !source.open(args[1]))
    return {};
  return countOrNone(fileWrite(file, source.get().data(), source.size()));
}

Ref seekMethod(const Value* args) {
  FileObject* file = asFile(args[0]);
  int64_t offset, whence = 0;
  if (!requireOpen(file) || !readOffset(args[1], offset) ||
      (args[2] && !toInt64(args[2], whence, &overflowErrorType)))
    return {};
  int64_t position = fileSeek(file, offset, static_cast<int>(whence));
  return position < 0 ? Ref() : makeInt(position);
}

Ref tellMethod(const Value* args) {
  FileObject* file = asFile(args[0]);
  if (!requireOpen(file))
    return {};
  int64_t position = fileSeek(file, 0, SEEK_CUR);
  return position < 0 ? Ref() : makeInt(position);
}

Ref truncateMethod(const Value* args) {
  FileObject* file = asFile(args[0]);
  if (!requireWritable(file))
    return {};
  int64_t size;
  if (!args[1] || args[1].isNone()) {
    size = fileSeek(file, 0, SEEK_CUR);
    if (size < 0)
      return {};
  } else if (!readOffset(args[1], size)) {
    return {};
  }
  if (ftruncate(file->fd, size) != 0)
    return raiseErrno(errno);
  return makeInt(size);
}

Ref closeMethod(const Value* args) {
  FileObject* file = asFile(args[0]);
  // _IOBase.close() flushes, for classes that derive from this one.
  Value super = Value(&rawIoBaseType.header);
  PYC_TRY(method, getAttr(super, names::close));
  Ref flushed = call(method, args[0]);
  Ref error = takeRaised();
  if (file->finalizing && file->closesFd)
    warnUnclosed(args[0], args[0]);
  int fd = std::exchange(file->fd, -1);
  if (fd >= 0 && file->closesFd && close(fd) != 0)
    raiseErrno(errno);
  chainRaised(std::move(error));
  return isRaised() ? Ref() : Ref::none();
}

Ref seekableMethod(const Value* args) {
  FileObject* file = asFile(args[0]);
  if (!requireOpen(file))
    return {};
  if (file->seekable < 0)
    file->seekable = lseek(file->fd, 0, SEEK_CUR) >= 0;
  return Ref::boolean(file->seekable == 1);
}
Ref readableMethod(const Value* args) {
  return requireOpen(asFile(args[0])) ? Ref::boolean(asFile(args[0])->readable) : Ref();
}
Ref writableMethod(const Value* args) {
  return requireOpen(asFile(args[0])) ? Ref::boolean(asFile(args[0])->writable) : Ref();
}
Ref filenoMethod(const Value* args) {
  return requireOpen(asFile(args[0])) ? makeInt(asFile(args[0])->fd) : Ref();
}
Ref isattyMethod(const Value* args) {
  return requireOpen(asFile(args[0])) ? Ref::boolean(isatty(asFile(args[0])->fd) == 1) : Ref();
}

const char* modeText(const FileObject* file) {
  if (file->created)
    return file->readable ? "xb+" : "xb";
  if (file->appending)
    return file->readable ? "ab+" : "ab";
  return file->readable ? (!file->writable ? "rb" : file->truncates ? "wb+" : "rb+") : "wb";
}

Ref closedGetter(Value self) {
  return Ref::boolean(asFile(self)->fd < 0);
}
Ref closefdGetter(Value self) {
  return Ref::boolean(asFile(self)->closesFd);
}
Ref modeGetter(Value self) {
  return makeStr(modeText(asFile(self)));
}
Ref blockSizeGetter(Value self) {
  return makeInt(asFile(self)->blockSize);
}

Ref fileRepr(Value self) {
  FileObject* file = asFile(self);
  const char* type = typeOf(self)->name;
  if (file->fd < 0)
    return formatText("<%s [closed]>", type);
  const char* closes = file->closesFd ? "True" : "False";
  Value name = ownAttr(self.object(), names::name);
  if (!name)
    return formatText("<%s fd=%d mode='%s' closefd=%s>", type, file->fd, modeText(file), closes);
  return formatText("<%s name=%R mode='%s' closefd=%s>", type, name, modeText(file), closes);
}

Ref finalizingGetter(Value self) {
  return Ref::boolean(asFile(self)->finalizing);
}
bool finalizingSetter(Value self, Value value) {
  return value && truth(value, asFile(self)->finalizing);
}

/// The warning is about `source`: the outermost stream on this file.
Ref warnMethod(const Value* args) {
  FileObject* file = asFile(args[0]);
  if (file->fd < 0 || !file->closesFd)
    return Ref::none();
  Ref pending = takeRaised();
  if (!warn(resourceWarningType, 1, "unclosed file %R", args[1]))
    writeUnraisable("Exception ignored in", args[0]);
  restoreRaised(std::move(pending));
  return Ref::none();
}

void deallocFile(Object* self) {
  closeFd(reinterpret_cast<FileObject*>(self));
  freeObject(self);
}

const MethodDef kMethods[] = {
    {.signature = "read($self, size=-1, /)", .bound = readMethod},
    {.signature = "readall($self, /)", .bound = readallMethod},
    {.signature = "readinto($self, buffer, /)", .bound = readintoMethod},
    {.signature = "write($self, b, /)", .bound = writeMethod},
    {.signature = "seek($self, pos, whence=0, /)", .bound = seekMethod},
    {.signature = "tell($self, /)", .bound = tellMethod},
    {.signature = "truncate($self, size=None, /)", .bound = truncateMethod},
    {.signature = "close($self, /)", .bound = closeMethod},
    {.signature = "seekable($self, /)", .bound = seekableMethod},
    {.signature = "readable($self, /)", .bound = readableMethod},
    {.signature = "writable($self, /)", .bound = writableMethod},
    {.signature = "fileno($self, /)", .bound = filenoMethod},
    {.signature = "isatty($self, /)", .bound = isattyMethod},
    {.signature = "_dealloc_warn($self, source, /)", .bound = warnMethod},
    {.signature = "__getstate__($self, /)", .bound = refusePickling},
    {.signature = "_isatty_open_only($self, /)", .bound = isattyMethod},
};

const GetSetDef kGetSets[] = {
    {"closed", closedGetter},
    {"closefd", closefdGetter},
    {"mode", modeGetter},
    {"_blksize", blockSizeGetter},
    {"_finalizing", finalizingGetter, finalizingSetter},
};

} // namespace

constinit TypeObject fileIoType = {
    .name = "_io.FileIO",
    .base = &rawIoBaseType,
    .basicSize = sizeof(FileObject),
    .flags = kStreamFlags,
    .methods = kMethods,
    .getSets = kGetSets,
    .slots = {.dealloc = deallocFile, .repr = fileRepr, .create = createFile, .init = initFile},
};

} // namespace pyc::rt
