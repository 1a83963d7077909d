// posix: names of files: making, moving, removing, linking them.
#include "runtime/modules/posix_parts.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/signature.h"

#include <cstdio>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

/// A path with its dir_fd.
struct Place {
  PathArg path;
  int dirFd = AT_FDCWD;

  bool open(Value pathArgument, Value dirFdArgument) {
    return path.open(pathArgument) && dirFdArg(dirFdArgument, dirFd);
  }
};

Ref mkdirFunction(const Value* args) {
  Place place{{"mkdir"}};
  int mode = 0777;
  if (!place.open(args[0], args[2]) || (args[1] && !intArg(args[1], mode)))
    return {};
  return noneOrRaise(mkdirat(place.dirFd, place.path.c_str(), static_cast<mode_t>(mode)),
                     place.path);
}

Ref removeName(const char* function, const Value* args, int flags) {
  Place place{{function}};
  if (!place.open(args[0], args[1]))
    return {};
  return noneOrRaise(unlinkat(place.dirFd, place.path.c_str(), flags), place.path);
}
Ref rmdirFunction(const Value* args) {
  return removeName("rmdir", args, AT_REMOVEDIR);
}
Ref unlinkFunction(const Value* args) {
  return removeName("unlink", args, 0);
}
Ref removeFunction(const Value* args) {
  return removeName("remove", args, 0);
}

/// rename() and replace(), which are the same here.
Ref moveName(const char* function, const Value* args) {
  Place source{{function, "src"}}, target{{function, "dst"}};
  if (!source.open(args[0], args[2]) || !target.open(args[1], args[3]))
    return {};
  if (renameat(source.dirFd, source.path.c_str(), target.dirFd, target.path.c_str()) != 0)
    return raiseSystem(source.path, target.path);
  return Ref::none();
}
Ref renameFunction(const Value* args) {
  return moveName("rename", args);
}
Ref replaceFunction(const Value* args) {
  return moveName("replace", args);
}

Ref linkFunction(const Value* args) {
  Place source{{"link", "src"}}, target{{"link", "dst"}};
  bool follows = true;
  if (!source.open(args[0], args[2]) || !target.open(args[1], args[3]) ||
      !boolArg(args[4], follows))
    return {};
  // Left out, the system's own default is meant, which does not follow.
  int flags = args[4] && follows ? AT_SYMLINK_FOLLOW : 0;
  if (linkat(source.dirFd, source.path.c_str(), target.dirFd, target.path.c_str(), flags) != 0)
    return raiseSystem(source.path, target.path);
  return Ref::none();
}

Ref symlinkFunction(const Value* args) {
  PathArg source{"symlink", "src"};
  Place target{{"symlink", "dst"}};
  bool isDirectory;
  if (!source.open(args[0]) || !target.open(args[1], args[3]) || !boolArg(args[2], isDirectory))
    return {};
  if (symlinkat(source.c_str(), target.dirFd, target.path.c_str()) != 0)
    return raiseSystem(source, target.path);
  return Ref::none();
}

Ref readlinkFunction(const Value* args) {
  Place place{{"readlink"}};
  if (!place.open(args[0], args[1]))
    return {};
  std::string target(256, '\0');
  for (;;) {
    ssize_t count = readlinkat(place.dirFd, place.path.c_str(), target.data(), target.size());
    if (count < 0)
      return raiseSystem(place.path);
    if (static_cast<size_t>(count) < target.size()) {
      target.resize(static_cast<size_t>(count));
      return place.path.isBytes ? makeBytes(target) : fileSystemDecode(target);
    }
    target.resize(2 * target.size());
  }
}

Ref mkfifoFunction(const Value* args) {
  Place place{{"mkfifo"}};
  int mode = 0666;
  if (!place.open(args[0], args[2]) || (args[1] && !intArg(args[1], mode)))
    return {};
  return noneOrRaise(retrySystem([&] {
                       return mkfifoat(place.dirFd, place.path.c_str(), static_cast<mode_t>(mode));
                     }),
                     place.path);
}

bool deviceArg(Value argument, dev_t& device) {
  PYC_TRY(index, toIndex(argument));
  uint64_t number;
  if (!intFitsUnsigned64(index, number)) {
    if (intSign(index) >= 0)
      return raise(overflowErrorType, "int too big to convert");
    int64_t low;
    if (!intFits64(index, low) || low != -1)
      return raise(valueErrorType, "Cannot convert negative int");
    number = static_cast<uint64_t>(low); // NODEV
  }
  device = number;
  return true;
}

Ref mknodFunction(const Value* args) {
  Place place{{"mknod"}};
  int mode = 0600;
  dev_t device = 0;
  if (!place.open(args[0], args[3]) || (args[1] && !intArg(args[1], mode)) ||
      (args[2] && !deviceArg(args[2], device)))
    return {};
  int result = retrySystem(
      [&] { return mknodat(place.dirFd, place.path.c_str(), static_cast<mode_t>(mode), device); });
  return result == 0 ? Ref::none() : Ref(raiseSystem());
}

Ref majorFunction(const Value* args) {
  dev_t device;
  if (!deviceArg(args[0], device))
    return {};
  return device == static_cast<dev_t>(-1) ? makeInt(-1) : makeInt(major(device));
}
Ref minorFunction(const Value* args) {
  dev_t device;
  if (!deviceArg(args[0], device))
    return {};
  return device == static_cast<dev_t>(-1) ? makeInt(-1) : makeInt(minor(device));
}
Ref makedevFunction(const Value* args) {
  dev_t high, low;
  if (!deviceArg(args[0], high) || !deviceArg(args[1], low))
    return {};
  if (high == static_cast<dev_t>(-1) && low == static_cast<dev_t>(-1))
    return makeInt(-1);
  return makeIntUnsigned(makedev(static_cast<unsigned>(high), static_cast<unsigned>(low)));
}

Ref truncateFunction(const Value* args) {
  PathArg path{"truncate", "path", kPathOrFd};
  off_t length;
  if (!path.open(args[0]) || !offsetArg(args[1], length))
    return {};
  return noneOrRaise(retrySystem([&] {
                       return path.isFd ? ftruncate(path.fd, length)
                                        : truncate(path.c_str(), length);
                     }),
                     path);
}

// The current directory and the root.

Ref chdirFunction(const Value* args) {
  PathArg path{"chdir", "path", kPathOrFd};
  if (!path.open(args[0]))
    return {};
  return noneOrRaise(path.isFd ? fchdir(path.fd) : chdir(path.c_str()), path);
}

Ref fchdirFunction(const Value* args) {
  int fd;
  return filenoArg(args[0], fd) ? noneOrRaise(retrySystem([&] { return fchdir(fd); })) : Ref();
}

Ref chrootFunction(const Value* args) {
  PathArg path{"chroot"};
  return path.open(args[0]) ? noneOrRaise(chroot(path.c_str()), path) : Ref();
}

bool currentDirectory(std::string& out) {
  char* name = getcwd(nullptr, 0);
  if (!name)
    return raiseSystem();
  out = name;
  free(name);
  return true;
}
Ref getcwdFunction(const Value*) {
  std::string name;
  return currentDirectory(name) ? fileSystemDecode(name) : Ref();
}
Ref getcwdbFunction(const Value*) {
  std::string name;
  return currentDirectory(name) ? makeBytes(name) : Ref();
}

Ref fspathFunction(const Value* args) {
  return fileSystemPath(args[0]);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "mkdir(path, mode=0o777, *, dir_fd=None)", .bound = mkdirFunction},
    {.signature = "rmdir(path, *, dir_fd=None)", .bound = rmdirFunction},
    {.signature = "unlink(path, *, dir_fd=None)", .bound = unlinkFunction},
    {.signature = "remove(path, *, dir_fd=None)", .bound = removeFunction},
    {.signature = "rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", .bound = renameFunction},
    {.signature = "replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None)",
     .bound = replaceFunction},
    {.signature = "link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)",
     .bound = linkFunction},
    {.signature = "symlink(src, dst, target_is_directory=False, *, dir_fd=None)",
     .bound = symlinkFunction},
    {.signature = "readlink(path, *, dir_fd=None)", .bound = readlinkFunction},
    {.signature = "mkfifo(path, mode=0o666, *, dir_fd=None)", .bound = mkfifoFunction},
    {.signature = "mknod(path, mode=0o600, device=0, *, dir_fd=None)", .bound = mknodFunction},
    {.signature = "major(device, /)", .bound = majorFunction},
    {.signature = "minor(device, /)", .bound = minorFunction},
    {.signature = "makedev(major, minor, /)", .bound = makedevFunction},
    {.signature = "truncate(path, length)", .bound = truncateFunction},
    {.signature = "chdir(path)", .bound = chdirFunction},
    {.signature = "fchdir(fd)", .bound = fchdirFunction},
    {.signature = "chroot(path)", .bound = chrootFunction},
    {.signature = "getcwd()", .bound = getcwdFunction},
    {.signature = "getcwdb()", .bound = getcwdbFunction},
    {.signature = "fspath(path)", .bound = fspathFunction},
};

} // namespace

std::span<const MethodDef> posixPathFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
