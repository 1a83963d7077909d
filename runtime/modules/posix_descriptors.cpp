// posix: file descriptors: opening, copying, closing, and what is set on them.
#include "runtime/modules/posix_parts.h"

#include "runtime/objects/signature.h"

#include <climits>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

Ref openFunction(const Value* args) {
  PathArg path{"open"};
  int flags, mode = 0777, dirFd;
  if (!path.open(args[0]) || !intArg(args[1], flags) || (args[2] && !intArg(args[2], mode)) ||
      !dirFdArg(args[3], dirFd))
    return {};
  int fd = retrySystem([&] { return openat(dirFd, path.c_str(), flags | O_CLOEXEC, mode); });
  return fd >= 0 ? makeInt(fd) : Ref(raiseSystem(path));
}

Ref closeFunction(const Value* args) {
  int fd;
  if (!intArg(args[0], fd))
    return {};
  // Not made again after EINTR: the descriptor is closed by then.
  return close(fd) == 0 || errno == EINTR ? Ref::none() : Ref(raiseSystem());
}

Ref closerangeFunction(const Value* args) {
  int low, high;
  if (!intArg(args[0], low) || !intArg(args[1], high))
    return {};
  low = std::max(low, 0);
  if (high > low && close_range(static_cast<unsigned>(low), static_cast<unsigned>(high - 1), 0))
    for (int fd = low; fd < high; ++fd)
      close(fd);
  return Ref::none();
}

Ref dupFunction(const Value* args) {
  int fd;
  return intArg(args[0], fd) ? intOrRaise(fcntl(fd, F_DUPFD_CLOEXEC, 0)) : Ref();
}

Ref dup2Function(const Value* args) {
  int fd, target;
  bool inheritable = true;
  if (!intArg(args[0], fd) || !intArg(args[1], target) || !boolArg(args[2], inheritable))
    return {};
  // dup3 refuses equal descriptors, dup2 does not.
  int result = inheritable || fd == target ? dup2(fd, target) : dup3(fd, target, O_CLOEXEC);
  if (result >= 0 && fd == target && !inheritable && fcntl(fd, F_SETFD, FD_CLOEXEC) < 0)
    return raiseSystem();
  return intOrRaise(result);
}

Ref pipeWith(int flags) {
  int ends[2];
  return pipe2(ends, flags) == 0 ? intPair(ends[0], ends[1]) : Ref(raiseSystem());
}
Ref pipeFunction(const Value*) {
  return pipeWith(O_CLOEXEC);
}
Ref pipe2Function(const Value* args) {
  int flags;
  return intArg(args[0], flags) ? pipeWith(flags) : Ref();
}

Ref syncFunction(const Value*) {
  sync();
  return Ref::none();
}
template <auto function> Ref filenoForNone(const Value* args) {
  int fd;
  return filenoArg(args[0], fd) ? noneOrRaise(retrySystem([&] { return function(fd); })) : Ref();
}

Ref isattyFunction(const Value* args) {
  int fd;
  return intArg(args[0], fd) ? Ref::boolean(isatty(fd)) : Ref();
}

Ref lseekFunction(const Value* args) {
  int fd, whence;
  off_t offset;
  if (!intArg(args[0], fd) || !offsetArg(args[1], offset) || !intArg(args[2], whence))
    return {};
  return intOrRaise(lseek(fd, offset, whence));
}

Ref lockfFunction(const Value* args) {
  int fd, command;
  off_t length;
  if (!intArg(args[0], fd) || !intArg(args[1], command) || !offsetArg(args[2], length))
    return {};
  return noneOrRaise(retrySystem([&] { return lockf(fd, command, length); }));
}

/// posix_fallocate() and posix_fadvise() return the error.
Ref noneOrError(int error) {
  return error ? Ref(raiseErrno(error)) : Ref::none();
}
Ref fallocateFunction(const Value* args) {
  int fd, error;
  off_t offset, length;
  if (!intArg(args[0], fd) || !offsetArg(args[1], offset) || !offsetArg(args[2], length))
    return {};
  while ((error = posix_fallocate(fd, offset, length)) == EINTR)
    if (!runSignalHandlers())
      return {};
  return noneOrError(error);
}
Ref fadviseFunction(const Value* args) {
  int fd, advice, error;
  off_t offset, length;
  if (!intArg(args[0], fd) || !offsetArg(args[1], offset) || !offsetArg(args[2], length) ||
      !intArg(args[3], advice))
    return {};
  while ((error = posix_fadvise(fd, offset, length, advice)) == EINTR)
    if (!runSignalHandlers())
      return {};
  return noneOrError(error);
}

// Flags of descriptors.

Ref getFlag(const Value* args, int command, int flag, bool inverted) {
  int fd;
  if (!intArg(args[0], fd))
    return {};
  int flags = fcntl(fd, command);
  return flags < 0 ? Ref(raiseSystem()) : Ref::boolean(((flags & flag) != 0) != inverted);
}
Ref setFlag(const Value* args, int read, int write, int flag) {
  int fd, on;
  if (!intArg(args[0], fd) || !intArg(args[1], on))
    return {};
  int flags = fcntl(fd, read);
  if (flags < 0)
    return raiseSystem();
  // Both flags say the opposite of the argument: close on exec, do not block.
  int wanted = on ? flags & ~flag : flags | flag;
  return wanted == flags ? Ref::none() : noneOrRaise(fcntl(fd, write, wanted));
}
Ref getInheritableFunction(const Value* args) {
  return getFlag(args, F_GETFD, FD_CLOEXEC, true);
}
Ref setInheritableFunction(const Value* args) {
  return setFlag(args, F_GETFD, F_SETFD, FD_CLOEXEC);
}
Ref getBlockingFunction(const Value* args) {
  return getFlag(args, F_GETFL, O_NONBLOCK, true);
}
Ref setBlockingFunction(const Value* args) {
  return setFlag(args, F_GETFL, F_SETFL, O_NONBLOCK);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "open(path, flags, mode=0o777, *, dir_fd=None)", .bound = openFunction},
    {.signature = "close(fd)", .bound = closeFunction},
    {.signature = "closerange(fd_low, fd_high, /)", .bound = closerangeFunction},
    {.signature = "dup(fd, /)", .bound = dupFunction},
    {.signature = "dup2(fd, fd2, inheritable=True)", .bound = dup2Function},
    {.signature = "pipe()", .bound = pipeFunction},
    {.signature = "pipe2(flags, /)", .bound = pipe2Function},
    {.signature = "sync()", .bound = syncFunction},
    {.signature = "fsync(fd)", .bound = filenoForNone<fsync>},
    {.signature = "fdatasync(fd)", .bound = filenoForNone<fdatasync>},
    {.signature = "isatty(fd, /)", .bound = isattyFunction},
    {.signature = "lseek(fd, position, whence, /)", .bound = lseekFunction},
    {.signature = "ftruncate(fd, length, /)", .bound = plainForNone<ftruncate>},
    {.signature = "lockf(fd, command, length, /)", .bound = lockfFunction},
    {.signature = "posix_fallocate(fd, offset, length, /)", .bound = fallocateFunction},
    {.signature = "posix_fadvise(fd, offset, length, advice, /)", .bound = fadviseFunction},
    {.signature = "get_inheritable(fd, /)", .bound = getInheritableFunction},
    {.signature = "set_inheritable(fd, inheritable, /)", .bound = setInheritableFunction},
    {.signature = "get_blocking(fd, /)", .bound = getBlockingFunction},
    {.signature = "set_blocking(fd, blocking, /)", .bound = setBlockingFunction},
};

} // namespace

std::span<const MethodDef> posixDescriptorFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
