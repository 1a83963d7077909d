// posix: what the system knows of files: stat, statvfs, statx.
#include "runtime/modules/posix_parts.h"

#include "runtime/modules/posix_statx.h"
#include "runtime/modules/struct_sequence.h"
#include "runtime/objects/float.h"
#include "runtime/objects/signature.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

namespace pyc::rt {

namespace {

constexpr int64_t kNanosecondsOfSecond = 1'000'000'000;

constexpr const char* kStatFields[] = {
    "st_mode",     "st_ino",      "st_dev",     "st_nlink",  "st_uid",   "st_gid",   "st_size",
    nullptr,       nullptr,       nullptr,      "st_atime",  "st_mtime", "st_ctime", "st_atime_ns",
    "st_mtime_ns", "st_ctime_ns", "st_blksize", "st_blocks", "st_rdev"};
constexpr uint32_t kStatVisible = 10, kFirstWholeTime = 7, kTimes = 3;
constexpr StructSequenceDef kStatDef = {kStatFields, std::size(kStatFields), kStatVisible, true,
                                        kTimes};

/// stat_result(sequence, dict=None): times that are not given are those of the tuple.
Ref createStatResult(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  PYC_TRY(result, createStructSequence(type, kStatDef, args, argc, kwnames));
  Value* items = asTuple(result)->items();
  for (uint32_t k = kFirstWholeTime; k < kFirstWholeTime + kTimes; ++k)
    if (items[k + kTimes].isNone())
      setField(items[k + kTimes], items[k]);
  return result;
}

constexpr TypeObject makeStatResultType() {
  TypeObject type = structSequenceType<kStatDef>(
      "os.stat_result",
      "What stat(), lstat() and fstat() say of a file. As a tuple it has whole seconds for the\n"
      "times; the attributes st_atime, st_mtime and st_ctime are floats.");
  type.slots.create = createStatResult;
  return type;
}

double secondsOf(const timespec& time) {
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

Ref nanosecondsOf(const timespec& time) {
  int64_t result;
  if (!__builtin_mul_overflow(time.tv_sec, kNanosecondsOfSecond, &result) &&
      !__builtin_add_overflow(result, time.tv_nsec, &result))
    return makeInt(result);
  PYC_TRY(seconds, makeInt(time.tv_sec));
  PYC_TRY(scaled, intBinary(BinaryOp::Mul, seconds, Value::fromInt(kNanosecondsOfSecond)));
  return intBinary(BinaryOp::Add, scaled, Value::fromInt(time.tv_nsec));
}

} // namespace

constinit TypeObject statResultType = makeStatResultType();

Ref makeStatResult(const struct stat& info) {
  Ref values[] = {makeInt(info.st_mode),
                  makeIntUnsigned(info.st_ino),
                  makeIntUnsigned(info.st_dev),
                  makeIntUnsigned(info.st_nlink),
                  makeInt(info.st_uid),
                  makeInt(info.st_gid),
                  makeInt(info.st_size),
                  makeInt(info.st_atim.tv_sec),
                  makeInt(info.st_mtim.tv_sec),
                  makeInt(info.st_ctim.tv_sec),
                  makeFloat(secondsOf(info.st_atim)),
                  makeFloat(secondsOf(info.st_mtim)),
                  makeFloat(secondsOf(info.st_ctim)),
                  nanosecondsOf(info.st_atim),
                  nanosecondsOf(info.st_mtim),
                  nanosecondsOf(info.st_ctim),
                  makeInt(info.st_blksize),
                  makeInt(info.st_blocks),
                  makeIntUnsigned(info.st_rdev)};
  return makeStructSequence(statResultType, kStatDef, values);
}

namespace {

Ref statPath(const char* function, Value argument, PathFlags flags, Value dirFdArgument,
             bool follows) {
  PathArg path{function, "path", flags};
  int dirFd;
  if (!path.open(argument) || !dirFdArg(dirFdArgument, dirFd) ||
      !checkPlacement(path, dirFd, follows))
    return {};
  struct stat info;
  int result = path.isFd ? fstat(path.fd, &info)
                         : fstatat(dirFd, path.c_str(), &info, follows ? 0 : AT_SYMLINK_NOFOLLOW);
  return result == 0 ? makeStatResult(info) : Ref(raiseSystem(path));
}

Ref statFunction(const Value* args) {
  bool follows = true;
  return boolArg(args[2], follows) ? statPath("stat", args[0], kPathOrFd, args[1], follows) : Ref();
}

Ref lstatFunction(const Value* args) {
  return statPath("lstat", args[0], kPathPlain, args[1], false);
}

Ref fstatFunction(const Value* args) {
  int fd;
  if (!intArg(args[0], fd))
    return {};
  struct stat info;
  int result = retrySystem([&] { return fstat(fd, &info); });
  return result == 0 ? makeStatResult(info) : Ref(raiseSystem());
}

// File systems.

constexpr const char* kStatvfsFields[] = {"f_bsize",  "f_frsize",  "f_blocks", "f_bfree",
                                          "f_bavail", "f_files",   "f_ffree",  "f_favail",
                                          "f_flag",   "f_namemax", "f_fsid"};
constexpr StructSequenceDef kStatvfsDef = {kStatvfsFields, 11, 10, true};

Ref makeStatvfsResult(const struct statvfs& info) {
  Ref values[] = {makeIntUnsigned(info.f_bsize),  makeIntUnsigned(info.f_frsize),
                  makeIntUnsigned(info.f_blocks), makeIntUnsigned(info.f_bfree),
                  makeIntUnsigned(info.f_bavail), makeIntUnsigned(info.f_files),
                  makeIntUnsigned(info.f_ffree),  makeIntUnsigned(info.f_favail),
                  makeIntUnsigned(info.f_flag),   makeIntUnsigned(info.f_namemax),
                  makeIntUnsigned(info.f_fsid)};
  return makeStructSequence(statvfsResultType, kStatvfsDef, values);
}

Ref statvfsFunction(const Value* args) {
  PathArg path{"statvfs", "path", kPathOrFd};
  if (!path.open(args[0]))
    return {};
  struct statvfs info;
  int result = retrySystem(
      [&] { return path.isFd ? fstatvfs(path.fd, &info) : statvfs(path.c_str(), &info); });
  return result == 0 ? makeStatvfsResult(info) : Ref(raiseSystem(path));
}

Ref fstatvfsFunction(const Value* args) {
  int fd;
  if (!intArg(args[0], fd))
    return {};
  struct statvfs info;
  int result = retrySystem([&] { return fstatvfs(fd, &info); });
  return result == 0 ? makeStatvfsResult(info) : Ref(raiseSystem());
}

constexpr MethodDef kFunctions[] = {
    {.signature = "stat(path, *, dir_fd=None, follow_symlinks=True)", .bound = statFunction},
    {.signature = "lstat(path, *, dir_fd=None)", .bound = lstatFunction},
    {.signature = "fstat(fd)", .bound = fstatFunction},
    {.signature = "statvfs(path)", .bound = statvfsFunction},
    {.signature = "fstatvfs(fd, /)", .bound = fstatvfsFunction},
    {.signature = "statx(path, mask, *, flags=0, dir_fd=None, follow_symlinks=True)",
     .bound = statxFunction},
};

} // namespace

constinit TypeObject statvfsResultType = structSequenceType<kStatvfsDef>(
    "os.statvfs_result", "What statvfs() and fstatvfs() say of a file system.");

std::span<const MethodDef> posixStatFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
