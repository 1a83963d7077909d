// The module _stat: the bits of a file's mode and flags.
#include "runtime/modules/registry.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"

#include <sys/stat.h>

namespace pyc::rt {

namespace {

struct NamedNumber {
  const char* name;
  int64_t value;
};

constexpr NamedNumber kNumbers[] = {
    // Places in the tuple of os.stat().
    {"ST_MODE", 0},
    {"ST_INO", 1},
    {"ST_DEV", 2},
    {"ST_NLINK", 3},
    {"ST_UID", 4},
    {"ST_GID", 5},
    {"ST_SIZE", 6},
    {"ST_ATIME", 7},
    {"ST_MTIME", 8},
    {"ST_CTIME", 9},
    // Kinds of files; 0: not of this system.
    {"S_IFDIR", S_IFDIR},
    {"S_IFCHR", S_IFCHR},
    {"S_IFBLK", S_IFBLK},
    {"S_IFREG", S_IFREG},
    {"S_IFIFO", S_IFIFO},
    {"S_IFLNK", S_IFLNK},
    {"S_IFSOCK", S_IFSOCK},
    {"S_IFDOOR", 0},
    {"S_IFPORT", 0},
    {"S_IFWHT", 0},
    // Permissions.
    {"S_ISUID", S_ISUID},
    {"S_ISGID", S_ISGID},
    {"S_ISVTX", S_ISVTX},
    {"S_ENFMT", S_ISGID},
    {"S_IREAD", S_IRUSR},
    {"S_IWRITE", S_IWUSR},
    {"S_IEXEC", S_IXUSR},
    {"S_IRWXU", S_IRWXU},
    {"S_IRUSR", S_IRUSR},
    {"S_IWUSR", S_IWUSR},
    {"S_IXUSR", S_IXUSR},
    {"S_IRWXG", S_IRWXG},
    {"S_IRGRP", S_IRGRP},
    {"S_IWGRP", S_IWGRP},
    {"S_IXGRP", S_IXGRP},
    {"S_IRWXO", S_IRWXO},
    {"S_IROTH", S_IROTH},
    {"S_IWOTH", S_IWOTH},
    {"S_IXOTH", S_IXOTH},
    // Flags of BSD's chflags().
    {"UF_SETTABLE", 0xFFFF},
    {"UF_NODUMP", 0x1},
    {"UF_IMMUTABLE", 0x2},
    {"UF_APPEND", 0x4},
    {"UF_OPAQUE", 0x8},
    {"UF_NOUNLINK", 0x10},
    {"UF_COMPRESSED", 0x20},
    {"UF_TRACKED", 0x40},
    {"UF_DATAVAULT", 0x80},
    {"UF_HIDDEN", 0x8000},
    {"SF_SETTABLE", 0xFFFF0000},
    {"SF_ARCHIVED", 0x10000},
    {"SF_IMMUTABLE", 0x20000},
    {"SF_APPEND", 0x40000},
    {"SF_NOUNLINK", 0x100000},
    {"SF_SNAPSHOT", 0x200000},
    {"SF_FIRMLINK", 0x800000},
    {"SF_DATALESS", 0x40000000},
};

bool takeMode(Value argument, uint32_t& mode) {
  PYC_TRY(number, toIndex(argument));
  uint64_t bits;
  if (intSign(number) < 0 || !intFitsUnsigned64(number, bits) || bits > UINT32_MAX)
    return raise(overflowErrorType, "mode out of range");
  mode = static_cast<uint32_t>(bits);
  return true;
}

template <uint32_t kind> Ref isKind(const Value* args) {
  uint32_t mode;
  return takeMode(args[0], mode) ? Ref::boolean((mode & S_IFMT) == kind) : Ref();
}
/// A kind that this system does not have.
Ref isNever(const Value* args) {
  uint32_t mode;
  return takeMode(args[0], mode) ? Ref::boolean(false) : Ref();
}
template <uint32_t mask> Ref maskMode(const Value* args) {
  uint32_t mode;
  return takeMode(args[0], mode) ? makeInt(mode & mask) : Ref();
}

char kindLetter(uint32_t mode) {
  switch (mode & S_IFMT) {
  case S_IFREG:
    return '-';
  case S_IFDIR:
    return 'd';
  case S_IFLNK:
    return 'l';
  case S_IFBLK:
    return 'b';
  case S_IFCHR:
    return 'c';
  case S_IFIFO:
    return 'p';
  case S_IFSOCK:
    return 's';
  default:
    return '?';
  }
}

Ref fileMode(const Value* args) {
  uint32_t mode;
  if (!takeMode(args[0], mode))
    return {};
  char text[] = "?rwxrwxrwx";
  text[0] = kindLetter(mode);
  for (int i = 0; i < 9; ++i)
    if (!(mode & (0400u >> i)))
      text[1 + i] = '-';
  auto special = [&](uint32_t bit, int place, char letter) {
    if (mode & bit)
      text[place] = text[place] == 'x' ? letter : static_cast<char>(letter & ~0x20);
  };
  special(S_ISUID, 3, 's');
  special(S_ISGID, 6, 's');
  special(S_ISVTX, 9, 't');
  return makeStr(text);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "S_ISDIR(object, /)", .bound = isKind<S_IFDIR>, .doc = "Is it a directory?"},
    {.signature = "S_ISCHR(object, /)",
     .bound = isKind<S_IFCHR>,
     .doc = "Is it a character device?"},
    {.signature = "S_ISBLK(object, /)", .bound = isKind<S_IFBLK>, .doc = "Is it a block device?"},
    {.signature = "S_ISREG(object, /)", .bound = isKind<S_IFREG>, .doc = "Is it a regular file?"},
    {.signature = "S_ISFIFO(object, /)", .bound = isKind<S_IFIFO>, .doc = "Is it a pipe?"},
    {.signature = "S_ISLNK(object, /)", .bound = isKind<S_IFLNK>, .doc = "Is it a symbolic link?"},
    {.signature = "S_ISSOCK(object, /)", .bound = isKind<S_IFSOCK>, .doc = "Is it a socket?"},
    {.signature = "S_ISDOOR(object, /)", .bound = isNever, .doc = "Is it a door?"},
    {.signature = "S_ISPORT(object, /)", .bound = isNever, .doc = "Is it an event port?"},
    {.signature = "S_ISWHT(object, /)", .bound = isNever, .doc = "Is it a whiteout?"},
    {.signature = "S_IMODE(object, /)",
     .bound = maskMode<07777>,
     .doc = "The part of a mode that chmod() sets."},
    {.signature = "S_IFMT(object, /)",
     .bound = maskMode<S_IFMT>,
     .doc = "The part of a mode that says the file's kind."},
    {.signature = "filemode(object, /)",
     .bound = fileMode,
     .doc = "A mode as ls writes it: '-rwxrwxrwx'."},
};

} // namespace

bool fillModule__stat(ModuleObject* module) {
  for (const NamedNumber& number : kNumbers)
    if (!addInt(module, number.name, number.value))
      return false;
  return addFunctions(module, kFunctions, std::size(kFunctions));
}

} // namespace pyc::rt
