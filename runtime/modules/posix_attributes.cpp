// posix: what may be changed about a file: permissions, owner, times, extended attributes.
#include "runtime/modules/posix_parts.h"

#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/list.h"
#include "runtime/objects/signature.h"

#include <climits>
#include <cmath>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

Ref accessFunction(const Value* args) {
  PathArg path{"access"};
  int mode, dirFd;
  bool effective = false, follows = true;
  if (!path.open(args[0]) || !intArg(args[1], mode) || !dirFdArg(args[2], dirFd) ||
      !boolArg(args[3], effective) || !boolArg(args[4], follows))
    return {};
  int flags = (effective ? AT_EACCESS : 0) | (follows ? 0 : AT_SYMLINK_NOFOLLOW);
  return Ref::boolean(faccessat(dirFd, path.c_str(), mode, flags) == 0);
}

Ref chmodFunction(const Value* args) {
  PathArg path{"chmod", "path", kPathOrFd};
  int mode, dirFd;
  bool follows = true;
  if (!path.open(args[0]) || !intArg(args[1], mode) || !dirFdArg(args[2], dirFd) ||
      !boolArg(args[3], follows))
    return {};
  auto bits = static_cast<mode_t>(mode);
  int result = retrySystem([&] {
    return path.isFd ? fchmod(path.fd, bits)
                     : fchmodat(dirFd, path.c_str(), bits, follows ? 0 : AT_SYMLINK_NOFOLLOW);
  });
  if (result != 0 && !follows && errno == EOPNOTSUPP && !isRaised())
    return raise(notImplementedErrorType, dirFd != AT_FDCWD
                                              ? "chmod: cannot use dir_fd and follow_symlinks "
                                                "together"
                                              : "chmod: follow_symlinks unavailable on this "
                                                "platform");
  return noneOrRaise(result, path);
}

Ref changeOwner(PathArg path, const Value* args, Value dirFdArgument, bool follows) {
  uint32_t user, group;
  int dirFd;
  if (!path.open(args[0]) || !idArg("uid", args[1], user) || !idArg("gid", args[2], group) ||
      !dirFdArg(dirFdArgument, dirFd))
    return {};
  if (path.isFd && dirFd != AT_FDCWD)
    return raise(valueErrorType, "chown: can't specify both dir_fd and fd");
  if (path.isFd && !follows)
    return raise(valueErrorType, "chown: cannot use fd and follow_symlinks together");
  return noneOrRaise(retrySystem([&] {
                       return path.isFd ? fchown(path.fd, user, group)
                                        : fchownat(dirFd, path.c_str(), user, group,
                                                   follows ? 0 : AT_SYMLINK_NOFOLLOW);
                     }),
                     path);
}

Ref chownFunction(const Value* args) {
  bool follows = true;
  return boolArg(args[4], follows)
             ? changeOwner({"chown", "path", kPathOrFd}, args, args[3], follows)
             : Ref();
}
Ref lchownFunction(const Value* args) {
  return changeOwner({"lchown"}, args, Value(), false);
}
Ref fchownFunction(const Value* args) {
  int fd;
  uint32_t user, group;
  if (!intArg(args[0], fd) || !idArg("uid", args[1], user) || !idArg("gid", args[2], group))
    return {};
  return noneOrRaise(retrySystem([&] { return fchown(fd, user, group); }));
}

// Times.

constexpr int64_t kNanosecondsOfSecond = 1'000'000'000;

/// Seconds: an int, or a float cut to the nanosecond below.
bool secondsArg(Value argument, timespec& result) {
  if (isFloat(argument)) {
    double value = 0;
    if (!toDouble(argument, value))
      return false;
    if (std::isnan(value))
      return raise(valueErrorType, "Invalid value NaN (not a number)");
    double whole = std::floor(value);
    if (!(whole >= -0x1p63 && whole < 0x1p63))
      return raise(overflowErrorType, "timestamp out of range for platform time_t");
    result = {static_cast<time_t>(whole),
              static_cast<long>(std::floor((value - whole) * kNanosecondsOfSecond))};
    return true;
  }
  if (!isInteger(argument) && !typeOf(argument)->slots.index)
    return raise(typeErrorType, "must be real number, not %T", argument);
  PYC_TRY(index, toIndex(argument));
  result.tv_nsec = 0;
  return intFits64(index, result.tv_sec) ||
         static_cast<bool>(raise(overflowErrorType, "timestamp out of range for platform time_t"));
}

bool nanosecondsArg(Value argument, timespec& result) {
  PYC_TRY(parts, divmod(argument, Value::fromInt(kNanosecondsOfSecond)));
  if (!isTuple(parts) || asTuple(parts)->count != 2)
    return raise(typeErrorType, "%T.__divmod__() must return a 2-tuple, not %T", argument,
                 parts.get());
  int64_t rest;
  if (!toInt64(asTuple(parts)->items()[1], rest, &overflowErrorType))
    return false;
  result.tv_nsec = rest;
  return intFits64(asTuple(parts)->items()[0], result.tv_sec) ||
         static_cast<bool>(raise(overflowErrorType, "timestamp out of range for platform time_t"));
}

bool timesArg(Value times, Value nanoseconds, timespec (&result)[2]) {
  bool hasTimes = times && !times.isNone();
  if (hasTimes && nanoseconds)
    return raise(valueErrorType, "utime: you may specify either 'times' or 'ns' but not both");
  if (!hasTimes && !nanoseconds) {
    result[0] = result[1] = {0, UTIME_NOW};
    return true;
  }
  Value pair = hasTimes ? times : nanoseconds;
  if (!isTuple(pair) || asTuple(pair)->count != 2)
    return raise(typeErrorType, hasTimes ? "utime: 'times' must be either a tuple of two numbers "
                                           "or None"
                                         : "utime: 'ns' must be a tuple of two ints");
  for (int k = 0; k < 2; ++k) {
    Value item = asTuple(pair)->items()[k];
    if (!(hasTimes ? secondsArg(item, result[k]) : nanosecondsArg(item, result[k])))
      return false;
  }
  return true;
}

Ref utimeFunction(const Value* args) {
  PathArg path{"utime", "path", kPathOrFd};
  int dirFd;
  bool follows = true;
  timespec times[2];
  if (!path.open(args[0]) || !dirFdArg(args[3], dirFd) || !boolArg(args[4], follows) ||
      !timesArg(args[1], args[2], times) || !checkPlacement(path, dirFd, follows))
    return {};
  int result = path.isFd ? futimens(path.fd, times)
                         : utimensat(dirFd, path.c_str(), times, follows ? 0 : AT_SYMLINK_NOFOLLOW);
  return noneOrRaise(result, path);
}

// Extended attributes.

/// The path, and whether to follow it; which of three system calls is meant.
struct AttributeCall {
  PathArg path;
  bool follows = true;

  bool open(Value pathArgument, Value followsArgument) {
    return path.open(pathArgument) && boolArg(followsArgument, follows) &&
           checkPlacement(path, AT_FDCWD, follows);
  }
  template <class ByFd, class ByPath, class ByLink, class... Args>
  auto operator()(ByFd byFd, ByPath byPath, ByLink byLink, Args... args) const {
    return path.isFd ? byFd(path.fd, args...)
           : follows ? byPath(path.c_str(), args...)
                     : byLink(path.c_str(), args...);
  }
};

/// Calls read(buffer, size) with ever larger buffers, as the system wants them.
template <class Read> bool readAttribute(const PathArg& path, Read read, std::string& out) {
  for (size_t size : {size_t{128}, size_t{XATTR_SIZE_MAX}}) {
    out.resize(size);
    ssize_t count = read(out.data(), size);
    if (count >= 0) {
      out.resize(static_cast<size_t>(count));
      return true;
    }
    if (errno != ERANGE)
      break;
  }
  return raiseSystem(path);
}

Ref getxattrFunction(const Value* args) {
  AttributeCall call{{"getxattr", "path", kPathOrFd}};
  PathArg name{"getxattr", "attribute"};
  std::string value;
  if (!call.open(args[0], args[2]) || !name.open(args[1]) ||
      !readAttribute(
          call.path,
          [&](char* to, size_t size) {
            return call(fgetxattr, getxattr, lgetxattr, name.c_str(), static_cast<void*>(to), size);
          },
          value))
    return {};
  return makeBytes(value);
}

Ref setxattrFunction(const Value* args) {
  AttributeCall call{{"setxattr", "path", kPathOrFd}};
  PathArg name{"setxattr", "attribute"};
  BytesLike value;
  int flags = 0;
  if (!call.open(args[0], args[4]) || !name.open(args[1]) || !value.open(args[2]) ||
      (args[3] && !intArg(args[3], flags)))
    return {};
  return noneOrRaise(call(fsetxattr, setxattr, lsetxattr, name.c_str(),
                          static_cast<const void*>(value.data()), value.get().size(), flags),
                     call.path);
}

Ref removexattrFunction(const Value* args) {
  AttributeCall call{{"removexattr", "path", kPathOrFd}};
  PathArg name{"removexattr", "attribute"};
  if (!call.open(args[0], args[2]) || !name.open(args[1]))
    return {};
  return noneOrRaise(call(fremovexattr, removexattr, lremovexattr, name.c_str()), call.path);
}

Ref listxattrFunction(const Value* args) {
  AttributeCall call{{"listxattr", "path", PathFlags(kPathOrFd | kPathOptional)}};
  std::string names;
  if (!call.open(args[0], args[1]) ||
      !readAttribute(
          call.path,
          [&](char* to, size_t size) { return call(flistxattr, listxattr, llistxattr, to, size); },
          names))
    return {};
  PYC_TRY(result, newList(0));
  for (size_t start = 0; start < names.size(); start = names.find('\0', start) + 1) {
    PYC_TRY(name, fileSystemDecode(names.c_str() + start));
    if (!listAppend(asList(result), name))
      return {};
  }
  return result;
}

constexpr MethodDef kFunctions[] = {
    {.signature = "access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)",
     .bound = accessFunction},
    {.signature = "chmod(path, mode, *, dir_fd=None, follow_symlinks=True)",
     .bound = chmodFunction},
    {.signature = "fchmod(fd, mode)", .bound = plainForNone<fchmod>},
    {.signature = "chown(path, uid, gid, *, dir_fd=None, follow_symlinks=True)",
     .bound = chownFunction},
    {.signature = "fchown(fd, uid, gid)", .bound = fchownFunction},
    {.signature = "lchown(path, uid, gid)", .bound = lchownFunction},
    {.signature =
         "utime(path, times=None, *, ns=<unrepresentable>, dir_fd=None, follow_symlinks=True)",
     .bound = utimeFunction},
    {.signature = "getxattr(path, attribute, *, follow_symlinks=True)", .bound = getxattrFunction},
    {.signature = "setxattr(path, attribute, value, flags=0, *, follow_symlinks=True)",
     .bound = setxattrFunction},
    {.signature = "removexattr(path, attribute, *, follow_symlinks=True)",
     .bound = removexattrFunction},
    {.signature = "listxattr(path=None, *, follow_symlinks=True)", .bound = listxattrFunction},
};

} // namespace

std::span<const MethodDef> posixAttributeFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
