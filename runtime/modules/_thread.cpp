// The module _thread: locks, and what the running thread is.
#include "runtime/modules/registry.h"
#include "runtime/modules/thread_locks.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int.h"

#include <unistd.h>

namespace pyc::rt {

namespace {

Ref allocateLock(const Value*) {
  return makeLock();
}

Ref getIdent(const Value*) {
  return makeIntUnsigned(threadIdentity());
}

Ref getNativeId(const Value*) {
  return makeInt(gettid());
}

constexpr MethodDef kFunctions[] = {
    {.signature = "allocate_lock()", .bound = allocateLock, .doc = "A new lock, not taken."},
    {.signature = "allocate()", .bound = allocateLock, .doc = "allocate_lock()"},
    {.signature = "get_ident()",
     .bound = getIdent,
     .doc = "A number that no other thread has while this one lives."},
    {.signature = "get_native_id()",
     .bound = getNativeId,
     .doc = "The operating system's number of this thread."},
};

} // namespace

bool fillModule__thread(ModuleObject* module) {
  constexpr double kTimeoutMax = 9223372036.0; // whole seconds that fit 63 bits of nanoseconds
  return addFunctions(module, kFunctions, std::size(kFunctions)) && addType(module, lockType) &&
         addType(module, recursiveLockType) && addValue(module, "LockType", Ref::copy(&lockType)) &&
         addValue(module, "error", Ref::copy(&runtimeErrorType)) &&
         addValue(module, "TIMEOUT_MAX", makeFloat(kTimeoutMax)) &&
         addInt(module, "_NAME_MAXLEN", 15) &&
         addStr(module, "__doc__", "Locks, and the identity of threads: below threading.");
}

} // namespace pyc::rt
