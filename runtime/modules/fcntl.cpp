// The module fcntl: what can be asked of descriptors and devices; locks on files.
#include "runtime/modules/posix_parts.h"

#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/signature.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

constexpr size_t kMostBytes = 1024; // of an argument that is copied
constexpr size_t kGuard = 8;        // behind it, to see that the system wrote no further
constexpr char kGuardBytes[kGuard + 1] = "\x00\xfa\x69\xc4\x67\xa3\x6c\x58";

/// An argument that is bytes: in a copy with a guard behind it.
class CopiedArgument {
public:
  bool open(const char* function, std::string_view bytes) {
    if (bytes.size() > kMostBytes)
      return raise(valueErrorType, "%s argument 3 is too long", function);
    size_ = bytes.size();
    memcpy(data_, bytes.data(), size_);
    memcpy(data_ + size_, kGuardBytes, kGuard);
    return true;
  }
  char* data() { return data_; }
  bool intact() const {
    return memcmp(data_ + size_, kGuardBytes, kGuard) == 0 ||
           static_cast<bool>(raise(systemErrorType, "buffer overflow"));
  }
  std::string_view get() const { return {data_, size_}; }

private:
  char data_[kMostBytes + kGuard];
  size_t size_ = 0;
};

/// A number as C's int or unsigned int (of which ioctl's requests and arguments are).
bool looseIntArg(Value argument, long& result) {
  PYC_TRY(index, toIndex(argument));
  int64_t number;
  if (!intFits64(index, number) || number > UINT_MAX || number < INT_MIN)
    return raise(overflowErrorType, intSign(index) < 0
                                        ? "signed integer is less than minimum"
                                        : "Python int too large to convert to C int");
  result = static_cast<int>(number);
  return true;
}

bool isNumber(Value value) {
  return isInteger(value) || typeOf(value)->slots.index;
}

Ref fcntlFunction(const Value* args) {
  int fd, command;
  if (!filenoArg(args[0], fd) || !intArg(args[1], command))
    return {};
  if (!args[2] || isNumber(args[2])) {
    long argument = 0;
    if (args[2] && !looseIntArg(args[2], argument))
      return {};
    return intOrRaise(retrySystem([&] { return fcntl(fd, command, static_cast<int>(argument)); }));
  }
  if (!isStr(args[2]) && !hasBuffer(args[2]))
    return raise(typeErrorType,
                 "fcntl() argument 3 must be an integer, a bytes-like object, or a "
                 "string, not %T",
                 args[2]);
  BytesLike bytes;
  std::string text;
  CopiedArgument copy;
  if (isStr(args[2]) ? !toUtf8(args[2], text) : !bytes.open(args[2]))
    return {};
  if (!copy.open("fcntl", isStr(args[2]) ? std::string_view(text) : bytes.get()))
    return {};
  if (retrySystem([&] { return fcntl(fd, command, copy.data()); }) < 0)
    return raiseSystem();
  return copy.intact() ? makeBytes(copy.get()) : Ref();
}

/// The argument in place: the system writes into the caller's buffer.
Ref ioctlInPlace(int fd, unsigned long request, BytesLike& buffer) {
  if (static_cast<size_t>(buffer.size()) > kMostBytes)
    return intOrRaise(retrySystem([&] { return ioctl(fd, request, buffer.writable()); }));
  CopiedArgument copy;
  if (!copy.open("ioctl", buffer.get()))
    return {};
  int result = retrySystem([&] { return ioctl(fd, request, copy.data()); });
  if (result >= 0)
    memcpy(buffer.writable(), copy.data(), copy.get().size());
  if (result < 0)
    return raiseSystem();
  return copy.intact() ? makeInt(result) : Ref();
}

Ref ioctlFunction(const Value* args) {
  int fd;
  long request, argument = 0;
  bool mutates = true;
  if (!filenoArg(args[0], fd) || !looseIntArg(args[1], request) || !boolArg(args[3], mutates))
    return {};
  auto code = static_cast<unsigned long>(static_cast<unsigned>(request));
  if (!args[2] || isNumber(args[2])) {
    if (args[2] && !looseIntArg(args[2], argument))
      return {};
    return intOrRaise(retrySystem([&] { return ioctl(fd, code, argument); }));
  }
  if (!isStr(args[2]) && !hasBuffer(args[2]))
    return raise(typeErrorType,
                 "ioctl() argument 3 must be an integer, a bytes-like object, or a "
                 "string, not %T",
                 args[2]);
  BytesLike bytes;
  std::string text;
  if (hasBuffer(args[2]) && mutates) {
    BytesLike writable;
    if (writable.openWritable(args[2]))
      return ioctlInPlace(fd, code, writable);
    if (!catchRaised(bufferErrorType))
      return {};
  }
  CopiedArgument copy;
  if (isStr(args[2]) ? !toUtf8(args[2], text) : !bytes.open(args[2]))
    return {};
  if (!copy.open("ioctl", isStr(args[2]) ? std::string_view(text) : bytes.get()))
    return {};
  if (retrySystem([&] { return ioctl(fd, code, copy.data()); }) < 0)
    return raiseSystem();
  return copy.intact() ? makeBytes(copy.get()) : Ref();
}

Ref flockFunction(const Value* args) {
  int fd, operation;
  if (!filenoArg(args[0], fd) || !intArg(args[1], operation))
    return {};
  return noneOrRaise(retrySystem([&] { return flock(fd, operation); }));
}

Ref lockfFunction(const Value* args) {
  int fd, command, whence = 0;
  struct flock lock = {};
  if (!filenoArg(args[0], fd) || !intArg(args[1], command) ||
      (args[2] && !offsetArg(args[2], lock.l_len)) ||
      (args[3] && !offsetArg(args[3], lock.l_start)) || (args[4] && !intArg(args[4], whence)))
    return {};
  if (command == LOCK_UN)
    lock.l_type = F_UNLCK;
  else if (command & LOCK_SH)
    lock.l_type = F_RDLCK;
  else if (command & LOCK_EX)
    lock.l_type = F_WRLCK;
  else
    return raise(valueErrorType, "unrecognized lockf argument");
  lock.l_whence = static_cast<short>(whence);
  return noneOrRaise(
      retrySystem([&] { return fcntl(fd, (command & LOCK_NB) ? F_SETLK : F_SETLKW, &lock); }));
}

constexpr MethodDef kFunctions[] = {
    {.signature = "fcntl(fd, cmd, arg=0, /)", .bound = fcntlFunction},
    {.signature = "ioctl(fd, request, arg=0, mutate_flag=True, /)", .bound = ioctlFunction},
    {.signature = "flock(fd, operation, /)", .bound = flockFunction},
    {.signature = "lockf(fd, cmd, len=0, start=0, whence=0, /)", .bound = lockfFunction},
};

#ifndef F_DUPFD_QUERY
#define F_DUPFD_QUERY 1027
#endif

struct Constant {
  const char* name;
  int64_t value;
};
#define PYC_CONSTANT(name) {#name, static_cast<int64_t>(name)},
constexpr Constant kConstants[] = {
#include "runtime/modules/fcntl_constants.def"
};

} // namespace

bool fillModule_fcntl(ModuleObject* module) {
  for (const Constant& constant : kConstants)
    if (!addInt(module, constant.name, constant.value))
      return false;
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addStr(module, "__doc__", "What can be asked of descriptors; locks on files.");
}

} // namespace pyc::rt
