// posix: listdir and scandir, whose entries keep what the directory said of them, so that most
// questions cost no system call.
#include "runtime/modules/posix_parts.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/list.h"
#include "runtime/objects/signature.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

/// An open directory. One of a descriptor is read through a copy of it, from its start.
DIR* openDirectory(const PathArg& path) {
  if (!path.isFd)
    return opendir(path.c_str());
  int copy = fcntl(path.fd, F_DUPFD_CLOEXEC, 0);
  if (copy < 0)
    return nullptr;
  DIR* result = fdopendir(copy);
  if (result) {
    rewinddir(result);
  } else {
    int error = errno;
    close(copy);
    errno = error;
  }
  return result;
}

void closeDirectory(DIR* directory, bool ofDescriptor) {
  if (ofDescriptor)
    rewinddir(directory); // the caller's descriptor shares the place
  closedir(directory);
}

/// The next entry that is neither "." nor ".."; null with errno 0 at the end.
dirent* nextEntry(DIR* directory) {
  for (;;) {
    errno = 0;
    dirent* entry = readdir(directory);
    if (!entry)
      return nullptr;
    std::string_view name = entry->d_name;
    if (name != "." && name != "..")
      return entry;
  }
}

Ref entryName(const dirent* entry, bool asBytes) {
  return asBytes ? makeBytes(entry->d_name) : fileSystemDecode(entry->d_name);
}

constexpr auto kListed = PathFlags(kPathOrFd | kPathOptional);

Ref listdirFunction(const Value* args) {
  PathArg path{"listdir", "path", kListed};
  if (!path.open(args[0]))
    return {};
  DIR* directory = openDirectory(path);
  if (!directory)
    return raiseSystem(path);
  Ref result = newList(0);
  while (result) {
    dirent* entry = nextEntry(directory);
    if (!entry) {
      if (errno)
        result = raiseSystem(path);
      break;
    }
    Ref name = entryName(entry, path.isBytes);
    if (!name || !listAppend(asList(result), name))
      result = Ref();
  }
  int error = errno;
  closeDirectory(directory, path.isFd);
  errno = error;
  return result;
}

// DirEntry

struct EntryObject {
  Object header;
  Value name, path;     // str or bytes
  Value stat, linkStat; // stat_results, or null
  ino_t inode;
  int dirFd; // AT_FDCWD: the path says it all
  unsigned char kind;
};
EntryObject* asEntry(Value value) {
  return value.as<EntryObject>();
}

void deallocEntry(Object* self) {
  EntryObject* entry = reinterpret_cast<EntryObject*>(self);
  for (Value field : {entry->name, entry->path, entry->stat, entry->linkStat})
    decrefMaybe(field);
  freeObject(self);
}

/// directory + "/" + name
Ref joinName(const PathArg& directory, const dirent* entry) {
  if (directory.isFd)
    return entryName(entry, false);
  std::string path = directory.object.isNone() ? std::string(".") : directory.bytes;
  if (!path.empty() && path.back() != '/')
    path += '/';
  path += entry->d_name;
  return directory.isBytes ? makeBytes(path) : fileSystemDecode(path);
}

Ref makeEntry(const PathArg& directory, const dirent* entry) {
  readyType(&dirEntryType);
  Ref result = Ref::steal(allocObject(&dirEntryType));
  if (!result)
    return {};
  EntryObject* made = asEntry(result);
  made->name = entryName(entry, directory.isBytes).release();
  made->path = joinName(directory, entry).release();
  made->inode = entry->d_ino;
  made->kind = entry->d_type;
  made->dirFd = directory.isFd ? directory.fd : AT_FDCWD;
  return made->name && made->path ? std::move(result) : Ref();
}

Ref fetchStat(EntryObject* entry, bool follows) {
  PathArg path{"DirEntry"};
  if (!path.open(entry->path))
    return {};
  struct stat info;
  int flags = follows ? 0 : AT_SYMLINK_NOFOLLOW;
  return fstatat(entry->dirFd, path.c_str(), &info, flags) == 0 ? makeStatResult(info)
                                                                : Ref(raiseSystem(path));
}

bool isSymlinkOf(EntryObject* entry, bool& result);

/// stat() or lstat(), asked for once.
Ref statOf(EntryObject* entry, bool follows) {
  if (follows && !entry->stat) {
    bool isLink;
    if (!isSymlinkOf(entry, isLink))
      return {};
    Ref info = isLink ? fetchStat(entry, true) : statOf(entry, false);
    if (!info)
      return {};
    setField(entry->stat, std::move(info));
  }
  if (!follows && !entry->linkStat) {
    PYC_TRY(info, fetchStat(entry, false));
    setField(entry->linkStat, std::move(info));
  }
  return Ref::copy(follows ? entry->stat : entry->linkStat);
}

/// Whether the file is of a kind (S_IFDIR, ...; DT_DIR, ...); missing files are of none.
bool isOfKind(EntryObject* entry, bool follows, mode_t mode, unsigned char kind, bool& result) {
  bool asks = entry->kind == DT_UNKNOWN || (follows && entry->kind == DT_LNK);
  if (!asks) {
    result = entry->kind == kind;
    return true;
  }
  Ref info = statOf(entry, follows);
  if (!info) {
    result = false;
    return catchRaised(fileNotFoundErrorType);
  }
  int64_t bits;
  if (!toInt64(asTuple(info)->items()[0], bits, &overflowErrorType))
    return false;
  result = (static_cast<mode_t>(bits) & S_IFMT) == mode;
  return true;
}

bool isSymlinkOf(EntryObject* entry, bool& result) {
  if (entry->kind != DT_UNKNOWN) {
    result = entry->kind == DT_LNK;
    return true;
  }
  return isOfKind(entry, false, S_IFLNK, DT_LNK, result);
}

template <mode_t mode, unsigned char kind> Ref isKindMethod(const Value* args) {
  bool follows = true, result;
  if (!boolArg(args[1], follows) || !isOfKind(asEntry(args[0]), follows, mode, kind, result))
    return {};
  return Ref::boolean(result);
}
Ref isSymlinkMethod(const Value* args) {
  bool result;
  return isSymlinkOf(asEntry(args[0]), result) ? Ref::boolean(result) : Ref();
}
Ref isJunctionMethod(const Value*) {
  return Ref::boolean(false);
}
Ref statMethod(const Value* args) {
  bool follows = true;
  return boolArg(args[1], follows) ? statOf(asEntry(args[0]), follows) : Ref();
}
Ref inodeMethod(const Value* args) {
  return makeIntUnsigned(asEntry(args[0])->inode);
}
Ref fspathMethod(const Value* args) {
  return Ref::copy(asEntry(args[0])->path);
}
Ref reprEntry(Value self) {
  return formatText("<DirEntry %R>", asEntry(self)->name);
}

constexpr MethodDef kEntryMethods[] = {
    {.signature = "is_dir($self, /, *, follow_symlinks=True)",
     .bound = isKindMethod<S_IFDIR, DT_DIR>},
    {.signature = "is_file($self, /, *, follow_symlinks=True)",
     .bound = isKindMethod<S_IFREG, DT_REG>},
    {.signature = "is_symlink($self, /)", .bound = isSymlinkMethod},
    {.signature = "is_junction($self, /)", .bound = isJunctionMethod},
    {.signature = "stat($self, /, *, follow_symlinks=True)", .bound = statMethod},
    {.signature = "inode($self, /)", .bound = inodeMethod},
    {.signature = "__fspath__($self, /)", .bound = fspathMethod},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class},
};
constexpr MemberDef kEntryMembers[] = {
    {"name", offsetof(EntryObject, name), MemberDef::ReadOnly, "The file's name."},
    {"path", offsetof(EntryObject, path), MemberDef::ReadOnly,
     "The name behind the path that scandir() was given."},
};

// The iterator

struct IteratorObject {
  Object header;
  PathArg* path;
  DIR* directory; // null: closed
};
IteratorObject* asIterator(Value value) {
  return value.as<IteratorObject>();
}

void closeIterator(IteratorObject* iterator) {
  if (DIR* directory = std::exchange(iterator->directory, nullptr))
    closeDirectory(directory, iterator->path->isFd);
}

void finalizeIterator(Value self) {
  IteratorObject* iterator = asIterator(self);
  if (!iterator->directory)
    return;
  Ref raised = takeRaised();
  if (!warn(resourceWarningType, 1, "unclosed scandir iterator %R", self))
    writeUnraisable("Exception ignored while finalizing scandir iterator", self);
  closeIterator(iterator);
  restoreRaised(std::move(raised));
}

void deallocIterator(Object* self) {
  IteratorObject* iterator = reinterpret_cast<IteratorObject*>(self);
  closeIterator(iterator);
  delete iterator->path;
  freeObject(self);
}

Ref scandirFunction(const Value* args) {
  auto* path = new PathArg{"scandir", "path", kListed};
  readyType(&scandirIteratorType);
  Ref result = Ref::steal(allocObject(&scandirIteratorType));
  if (!result) {
    delete path;
    return {};
  }
  asIterator(result)->path = path;
  if (!path->open(args[0]))
    return {};
  asIterator(result)->directory = openDirectory(*path);
  return asIterator(result)->directory ? std::move(result) : Ref(raiseSystem(*path));
}

Ref nextOfIterator(Value self) {
  IteratorObject* iterator = asIterator(self);
  if (!iterator->directory)
    return {};
  dirent* entry = nextEntry(iterator->directory);
  if (entry) {
    Ref made = makeEntry(*iterator->path, entry);
    if (!made)
      closeIterator(iterator);
    return made;
  }
  int error = errno;
  closeIterator(iterator);
  return error ? Ref(raiseErrno(error, iterator->path->object)) : Ref();
}

Ref selfOf(Value self) {
  return Ref::copy(self);
}
Ref enterMethod(const Value* args) {
  return Ref::copy(args[0]);
}
Ref closeMethod(const Value* args) {
  closeIterator(asIterator(args[0]));
  return Ref::none();
}

constexpr MethodDef kIteratorMethods[] = {
    {.signature = "__enter__($self, /)", .bound = enterMethod},
    {.signature = "__exit__($self, /, *args)", .bound = closeMethod},
    {.signature = "close($self, /)", .bound = closeMethod, .doc = "Closes the directory."},
};

constexpr MethodDef kFunctions[] = {
    {.signature = "listdir(path=None)", .bound = listdirFunction},
    {.signature = "scandir(path=None)", .bound = scandirFunction},
};

} // namespace

constinit TypeObject dirEntryType = {
    .name = "posix.DirEntry",
    .base = &objectType,
    .basicSize = sizeof(EntryObject),
    .flags = kTypeBuiltin | kTypeDisallowNew,
    .methods = kEntryMethods,
    .members = kEntryMembers,
    .doc = "A name in a directory and what scandir() learned of it.",
    .slots = {.dealloc = deallocEntry, .repr = reprEntry},
};

constinit TypeObject scandirIteratorType = {
    .name = "posix.ScandirIterator",
    .base = &objectType,
    .basicSize = sizeof(IteratorObject),
    .flags = kTypeBuiltin | kTypeDisallowNew,
    .methods = kIteratorMethods,
    .slots = {.dealloc = deallocIterator,
              .finalize = finalizeIterator,
              .iter = selfOf,
              .next = nextOfIterator},
};

std::span<const MethodDef> posixDirectoryFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
