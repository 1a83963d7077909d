#include "runtime/modules/posix_statx.h"

#include "runtime/modules/posix_parts.h"
#include "runtime/objects/float.h"

#include <linux/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

constexpr int64_t kNanosecondsOfSecond = 1'000'000'000;

struct StatxObject {
  Object header;
  struct statx info;
};

const struct statx& infoOf(Value self) {
  return self.as<StatxObject>()->info;
}

/// A number that the answer holds when its mask has `needed`; else None.
template <auto field, uint32_t needed> Ref number(Value self) {
  const struct statx& info = infoOf(self);
  return needed && !(info.stx_mask & needed) ? Ref::none() : makeIntUnsigned(info.*field);
}
template <auto field, uint32_t needed> Ref seconds(Value self) {
  const struct statx& info = infoOf(self);
  if (needed && !(info.stx_mask & needed))
    return Ref::none();
  const statx_timestamp& time = info.*field;
  return makeFloat(static_cast<double>(time.tv_sec) + 1e-9 * time.tv_nsec);
}
template <auto field, uint32_t needed> Ref nanoseconds(Value self) {
  const struct statx& info = infoOf(self);
  if (needed && !(info.stx_mask & needed))
    return Ref::none();
  PYC_TRY(whole, makeInt((info.*field).tv_sec));
  PYC_TRY(scaled, intBinary(BinaryOp::Mul, whole, Value::fromInt(kNanosecondsOfSecond)));
  return intBinary(BinaryOp::Add, scaled, Value::fromInt((info.*field).tv_nsec));
}
Ref device(Value self) {
  return makeIntUnsigned(makedev(infoOf(self).stx_dev_major, infoOf(self).stx_dev_minor));
}
Ref specialDevice(Value self) {
  return makeIntUnsigned(makedev(infoOf(self).stx_rdev_major, infoOf(self).stx_rdev_minor));
}

#define STATX_NUMBER(name, needed) {#name, number<&statx::name, needed>}
#define STATX_TIME(name, needed)                                                                   \
  {#name, seconds<&statx::name, needed>}, {                                                        \
    #name "_ns", nanoseconds<&statx::name, needed>                                                 \
  }
constexpr GetSetDef kGetSets[] = {
    STATX_NUMBER(stx_mask, 0),
    STATX_NUMBER(stx_blksize, 0),
    STATX_NUMBER(stx_attributes, 0),
    STATX_NUMBER(stx_attributes_mask, 0),
    STATX_NUMBER(stx_rdev_major, 0),
    STATX_NUMBER(stx_rdev_minor, 0),
    {"stx_rdev", specialDevice},
    STATX_NUMBER(stx_dev_major, 0),
    STATX_NUMBER(stx_dev_minor, 0),
    {"stx_dev", device},
    STATX_NUMBER(stx_mode, STATX_TYPE | STATX_MODE),
    STATX_NUMBER(stx_nlink, STATX_NLINK),
    STATX_NUMBER(stx_uid, STATX_UID),
    STATX_NUMBER(stx_gid, STATX_GID),
    STATX_NUMBER(stx_ino, STATX_INO),
    STATX_NUMBER(stx_size, STATX_SIZE),
    STATX_NUMBER(stx_blocks, STATX_BLOCKS),
    STATX_TIME(stx_atime, STATX_ATIME),
    STATX_TIME(stx_btime, STATX_BTIME),
    STATX_TIME(stx_ctime, STATX_CTIME),
    STATX_TIME(stx_mtime, STATX_MTIME),
    STATX_NUMBER(stx_mnt_id, STATX_MNT_ID),
    STATX_NUMBER(stx_dio_mem_align, STATX_DIOALIGN),
    STATX_NUMBER(stx_dio_offset_align, STATX_DIOALIGN),
#ifdef STATX_SUBVOL
    STATX_NUMBER(stx_subvol, STATX_SUBVOL),
#endif
#ifdef STATX_WRITE_ATOMIC
    STATX_NUMBER(stx_atomic_write_unit_min, STATX_WRITE_ATOMIC),
    STATX_NUMBER(stx_atomic_write_unit_max, STATX_WRITE_ATOMIC),
    STATX_NUMBER(stx_atomic_write_segments_max, STATX_WRITE_ATOMIC),
#endif
#ifdef STATX_DIO_READ_ALIGN
    STATX_NUMBER(stx_dio_read_offset_align, STATX_DIO_READ_ALIGN),
#endif
};
#undef STATX_NUMBER
#undef STATX_TIME

Ref reprStatx(Value self) {
  StrBuilder out;
  out.append("os.statx_result(");
  bool first = true;
  for (const GetSetDef& field : kGetSets) {
    PYC_TRY(value, field.get(self));
    if (value.isNone())
      continue;
    PYC_TRY(text, formatText(first ? "%s=%R" : ", %s=%R", field.name, value.get()));
    out.append(text.get());
    first = false;
  }
  out.append(")");
  return out.finish();
}

void deallocStatx(Object* self) {
  freeObject(self);
}

} // namespace

constinit TypeObject statxResultType = {
    .name = "os.statx_result",
    .base = &objectType,
    .basicSize = sizeof(StatxObject),
    .flags = kTypeBuiltin | kTypeDisallowNew,
    .getSets = kGetSets,
    .doc = "What statx() says of a file; None where the system does not know.",
    .slots = {.dealloc = deallocStatx, .repr = reprStatx},
};

Ref statxFunction(const Value* args) {
  PathArg path{"statx", "path", kPathOrFd};
  unsigned mask;
  int flags = 0, dirFd;
  bool follows = true;
  if (!path.open(args[0]) || !unsignedArg(args[1], mask) || !intArg(args[2], flags) ||
      !dirFdArg(args[3], dirFd) || !boolArg(args[4], follows))
    return {};
  if (path.isFd && dirFd != AT_FDCWD)
    return raise(valueErrorType, "statx: can't specify dir_fd without matching path");
  if (path.isFd && !follows)
    return raise(valueErrorType, "statx: cannot use fd and follow_symlinks together");
  readyType(&statxResultType);
  Ref result = Ref::steal(allocObject(&statxResultType));
  if (!result)
    return {};
  flags |= (follows ? 0 : AT_SYMLINK_NOFOLLOW) | (path.isFd ? AT_EMPTY_PATH : 0);
  long failed = syscall(SYS_statx, path.isFd ? path.fd : dirFd, path.c_str(), flags, mask,
                        &result.as<StatxObject>()->info);
  return failed ? Ref(raiseSystem(path)) : std::move(result);
}

} // namespace pyc::rt
