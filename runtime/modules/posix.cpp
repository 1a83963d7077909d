// The module posix: the system's functions as the module os passes them on. posix_<topic>.cpp.
#include "runtime/modules/posix_parts.h"

#include "runtime/objects/list.h"
#include "runtime/objects/signature.h"

#include <dlfcn.h>
#include <limits.h>
#include <linux/memfd.h>
#include <linux/sched.h>
#include <linux/stat.h>
#include <sched.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <sysexits.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

// Constants that are not the C library's.
#define EX_OK 0
#define NODEV (static_cast<dev_t>(-1))
enum SpawnAction { POSIX_SPAWN_OPEN, POSIX_SPAWN_CLOSE, POSIX_SPAWN_DUP2, POSIX_SPAWN_CLOSEFROM };

#ifndef RWF_ATOMIC
#define RWF_ATOMIC 0x40
#endif
#ifndef RWF_DONTCACHE
#define RWF_DONTCACHE 0x80
#endif
#ifndef STATX_MNT_ID_UNIQUE
#define STATX_MNT_ID_UNIQUE 0x4000u
#endif
#ifndef STATX_SUBVOL
#define STATX_SUBVOL 0x8000u
#endif
#ifndef STATX_WRITE_ATOMIC
#define STATX_WRITE_ATOMIC 0x10000u
#endif
#ifndef STATX_DIO_READ_ALIGN
#define STATX_DIO_READ_ALIGN 0x20000u
#endif

struct Constant {
  const char* name;
  int64_t value;
};
constexpr Constant kConstants[] = {
#define PYC_CONSTANT(name) {#name, static_cast<int64_t>(name)},
#include "runtime/modules/posix_constants.def"
};

/// What os looks at to know which functions take descriptors and dir_fd.
constexpr const char* kHaveFunctions[] = {
    "HAVE_EVENTFD",   "HAVE_TIMERFD_CREATE", "HAVE_FACCESSAT", "HAVE_FCHDIR",    "HAVE_FCHMOD",
    "HAVE_FCHMODAT",  "HAVE_FCHOWN",         "HAVE_FCHOWNAT",  "HAVE_FEXECVE",   "HAVE_FDOPENDIR",
    "HAVE_FPATHCONF", "HAVE_FSTATAT",        "HAVE_FSTATVFS",  "HAVE_FTRUNCATE", "HAVE_FUTIMENS",
    "HAVE_FUTIMES",   "HAVE_FUTIMESAT",      "HAVE_LINKAT",    "HAVE_LCHOWN",    "HAVE_LSTAT",
    "HAVE_LUTIMES",   "HAVE_MEMFD_CREATE",   "HAVE_MKDIRAT",   "HAVE_MKFIFOAT",  "HAVE_MKNODAT",
    "HAVE_OPENAT",    "HAVE_READLINKAT",     "HAVE_RENAMEAT",  "HAVE_SYMLINKAT", "HAVE_UNLINKAT",
    "HAVE_UTIMENSAT", "HAVE_PTSNAME_R"};

bool addHaveFunctions(ModuleObject* module) {
  PYC_TRY(list, newList(std::size(kHaveFunctions)));
  for (const char* name : kHaveFunctions)
    if (!listAppend(asList(list), internLiteral(name)))
      return false;
  return addValue(module, "_have_functions", std::move(list));
}

bool addConstants(ModuleObject* module) {
  for (const Constant& constant : kConstants)
    if (!addInt(module, constant.name, constant.value))
      return false;
  return true;
}

bool addAllFunctions(ModuleObject* module) {
  for (std::span<const MethodDef> functions :
       {posixStatFunctions(), posixPathFunctions(), posixDirectoryFunctions(),
        posixAttributeFunctions(), posixDescriptorFunctions(), posixTransferFunctions(),
        posixTerminalFunctions(), posixProcessFunctions(), posixExecFunctions(),
        posixSpawnFunctions(), posixWaitFunctions(), posixSchedulerFunctions(),
        posixIdentityFunctions(), posixSystemFunctions(), posixEventFunctions(),
        posixNameFunctions(), posixPathTextFunctions()})
    if (!addFunctions(module, functions.data(), functions.size()))
      return false;
  return true;
}

bool addTypes(ModuleObject* module) {
  for (TypeObject* type :
       {&statResultType, &statvfsResultType, &statxResultType, &terminalSizeType, &timesResultType,
        &unameResultType, &waitidResultType, &schedParamType, &dirEntryType}) {
    readyType(type);
    if (!addType(module, *type))
      return false;
  }
  return true;
}

} // namespace

bool fillModule_posix(ModuleObject* module) {
  return addAllFunctions(module) && addTypes(module) && addConstants(module) &&
         addHaveFunctions(module) && addConfigurationNames(module) &&
         addValue(module, "environ", environmentDict()) &&
         addValue(module, "error", Ref::copy(&osErrorType)) &&
         addStr(module, "__doc__", "The system's functions; programs use the module os.");
}

} // namespace pyc::rt
