// _thread.lock and _thread.RLock. A lock is a semaphore, because another thread than the one that
// took it may release it, and because waits end at signals.
#include "runtime/modules/thread_locks.h"

#include "runtime/interp/signals.h"
#include "runtime/modules/time_values.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

#include <cerrno>
#include <pthread.h>
#include <semaphore.h>

namespace pyc::rt {

namespace {

struct LockObject {
  Object header;
  sem_t semaphore;
  uint64_t owner; // RLock: the thread that has it; 0: none
  int64_t count;  // RLock: how often
};

LockObject* asLock(Value value) {
  return value.as<LockObject>();
}

bool isLocked(LockObject* lock) {
  int value = 0;
  sem_getvalue(&lock->semaphore, &value);
  return value == 0;
}

Ref newLock(TypeObject* type) {
  readyType(type);
  Object* object = allocObject(type);
  if (object)
    sem_init(&asLock(object)->semaphore, 0, 1);
  return Ref::steal(object);
}

void deallocLock(Object* self) {
  sem_destroy(&asLock(self)->semaphore);
  freeObject(self);
}

template <TypeObject& base>
Ref createLock(TypeObject* type, const Value*, size_t argc, Value kwnames) {
  if (argc)
    return raise(typeErrorType, "%s() takes no positional arguments", nameOf(&base));
  return checkNoKeywords(nameOf(&base), kwnames) ? newLock(type) : Ref();
}

/// Nanoseconds to wait; -1: for ever.
bool waitArgs(Value blockingArgument, Value timeoutArgument, int64_t& wait) {
  bool isBlocking = true;
  if (!boolArg(blockingArgument, isBlocking))
    return false;
  wait = -kNanoseconds;
  if (timeoutArgument && !nanosecondsArg(timeoutArgument, TimeRounding::Up, wait))
    return false;
  if (!isBlocking && wait != -kNanoseconds)
    return raise(valueErrorType, "can't specify a timeout for a non-blocking call");
  if (wait < 0 && wait != -kNanoseconds)
    return raise(valueErrorType, "timeout value must be a non-negative number");
  wait = !isBlocking ? 0 : wait < 0 ? -1 : wait;
  return true;
}

timespec momentAfter(int64_t nanoseconds) {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  int64_t rest = now.tv_nsec + nanoseconds % kNanoseconds;
  return {now.tv_sec + nanoseconds / kNanoseconds + rest / kNanoseconds, rest % kNanoseconds};
}

/// Whether it could be taken, in `taken`; false when a signal's handler raised.
bool take(LockObject* lock, int64_t wait, bool& taken) {
  timespec end = wait > 0 ? momentAfter(wait) : timespec{};
  for (;;) {
    int result = wait < 0    ? sem_wait(&lock->semaphore)
                 : wait == 0 ? sem_trywait(&lock->semaphore)
                             : sem_clockwait(&lock->semaphore, CLOCK_MONOTONIC, &end);
    taken = result == 0;
    if (taken || errno != EINTR)
      return true;
    if (signalsPending() && !runSignalHandlers())
      return false;
  }
}

// lock

Ref acquire(const Value* args) {
  int64_t wait;
  bool taken;
  Ref keep = Ref::copy(args[0]);
  if (!waitArgs(args[1], args[2], wait) || !take(asLock(args[0]), wait, taken))
    return {};
  return Ref::boolean(taken);
}

Ref release(const Value* args) {
  if (!isLocked(asLock(args[0])))
    return raise(runtimeErrorType, "release unlocked lock");
  sem_post(&asLock(args[0])->semaphore);
  return Ref::none();
}

Ref locked(const Value* args) {
  return Ref::boolean(isLocked(asLock(args[0])));
}

Ref enter(const Value* args) {
  const Value all[] = {args[0], Value(), Value()};
  return acquire(all);
}

/// After fork() in the child: as new.
Ref reinit(const Value* args) {
  LockObject* lock = asLock(args[0]);
  sem_destroy(&lock->semaphore);
  sem_init(&lock->semaphore, 0, 1);
  lock->owner = 0;
  lock->count = 0;
  return Ref::none();
}

Ref reprLock(Value self) {
  return formatText("<%s %s object at 0x%llx>", isLocked(asLock(self)) ? "locked" : "unlocked",
                    typeOf(self)->name, static_cast<unsigned long long>(self.bits()));
}

constexpr const char* kAcquireDoc =
    "Takes the lock and says whether it could: waits for ever, not at all (blocking=False), or\n"
    "timeout seconds.";
constexpr const char* kReleaseDoc = "Gives the lock back, so that another thread can take it.";
constexpr const char* kLockedDoc = "Whether the lock is taken.";

constexpr MethodDef kLockMethods[] = {
    {.signature = "acquire($self, /, blocking=True, timeout=-1)",
     .bound = acquire,
     .doc = kAcquireDoc},
    {.signature = "acquire_lock($self, /, blocking=True, timeout=-1)",
     .bound = acquire,
     .doc = kAcquireDoc},
    {.signature = "release($self, /)", .bound = release, .doc = kReleaseDoc},
    {.signature = "release_lock($self, /)", .bound = release, .doc = kReleaseDoc},
    {.signature = "locked($self, /)", .bound = locked, .doc = kLockedDoc},
    {.signature = "locked_lock($self, /)", .bound = locked, .doc = kLockedDoc},
    {.signature = "__enter__($self, /)", .bound = enter, .doc = "Takes the lock."},
    {.signature = "__exit__($self, /, *exc_info)", .bound = release, .doc = kReleaseDoc},
    {.signature = "_at_fork_reinit($self, /)", .bound = reinit},
};

// RLock

bool isOwn(LockObject* lock) {
  return lock->owner == threadIdentity();
}

Ref acquireAgain(const Value* args) {
  LockObject* lock = asLock(args[0]);
  int64_t wait;
  bool taken = true;
  Ref keep = Ref::copy(args[0]);
  if (!waitArgs(args[1], args[2], wait))
    return {};
  if (!isOwn(lock)) {
    if (!take(lock, wait, taken))
      return {};
    if (taken)
      lock->owner = threadIdentity();
  }
  lock->count += taken;
  return Ref::boolean(taken);
}

Ref raiseNotOwned() {
  return raise(runtimeErrorType, "cannot release un-acquired lock");
}

Ref releaseOnce(const Value* args) {
  LockObject* lock = asLock(args[0]);
  if (!isOwn(lock))
    return raiseNotOwned();
  if (--lock->count == 0) {
    lock->owner = 0;
    sem_post(&lock->semaphore);
  }
  return Ref::none();
}

Ref enterAgain(const Value* args) {
  const Value all[] = {args[0], Value(), Value()};
  return acquireAgain(all);
}

Ref isOwned(const Value* args) {
  return Ref::boolean(isOwn(asLock(args[0])));
}

Ref recursionCount(const Value* args) {
  return makeInt(isOwn(asLock(args[0])) ? asLock(args[0])->count : 0);
}

/// For condition variables: gives the lock back however often it is taken.
Ref releaseSave(const Value* args) {
  LockObject* lock = asLock(args[0]);
  if (!isOwn(lock))
    return raiseNotOwned();
  PYC_TRY(count, makeInt(lock->count));
  PYC_TRY(owner, makeIntUnsigned(lock->owner));
  lock->owner = 0;
  lock->count = 0;
  sem_post(&lock->semaphore);
  return tupleOf(count, owner);
}

Ref acquireRestore(const Value* args) {
  LockObject* lock = asLock(args[0]);
  int64_t count;
  uint64_t owner;
  if (!isTuple(args[1]) || asTuple(args[1])->count != 2 ||
      !isInteger(asTuple(args[1])->items()[1]) ||
      !intFitsUnsigned64(asTuple(args[1])->items()[1], owner))
    return raise(typeErrorType, "_acquire_restore() argument must be what _release_save() gave");
  bool taken;
  if (!toInt64(asTuple(args[1])->items()[0], count, &overflowErrorType) || !take(lock, -1, taken))
    return {};
  lock->owner = owner;
  lock->count = count;
  return Ref::none();
}

Ref reprRecursive(Value self) {
  LockObject* lock = asLock(self);
  return formatText(
      "<%s %s object owner=%llu count=%llu at 0x%llx>", lock->count ? "locked" : "unlocked",
      typeOf(self)->name, static_cast<unsigned long long>(lock->owner),
      static_cast<unsigned long long>(lock->count), static_cast<unsigned long long>(self.bits()));
}

constexpr MethodDef kRecursiveMethods[] = {
    {.signature = "acquire($self, /, blocking=True, timeout=-1)",
     .bound = acquireAgain,
     .doc = kAcquireDoc},
    {.signature = "release($self, /)", .bound = releaseOnce, .doc = kReleaseDoc},
    {.signature = "locked($self, /)", .bound = locked, .doc = kLockedDoc},
    {.signature = "__enter__($self, /)", .bound = enterAgain, .doc = "Takes the lock."},
    {.signature = "__exit__($self, /, *exc_info)", .bound = releaseOnce, .doc = kReleaseDoc},
    {.signature = "_is_owned($self, /)", .bound = isOwned},
    {.signature = "_recursion_count($self, /)", .bound = recursionCount},
    {.signature = "_release_save($self, /)", .bound = releaseSave},
    {.signature = "_acquire_restore($self, state, /)", .bound = acquireRestore},
    {.signature = "_at_fork_reinit($self, /)", .bound = reinit},
};

} // namespace

constinit TypeObject lockType = {
    .name = "_thread.lock",
    .base = &objectType,
    .basicSize = sizeof(LockObject),
    .flags = kTypeBuiltin | kTypeWeakrefs,
    .methods = kLockMethods,
    .doc = "lock()\n--\n\nA lock that one thread at a time can have; any thread may release it.",
    .slots = {.dealloc = deallocLock, .repr = reprLock, .create = createLock<lockType>},
};

constinit TypeObject recursiveLockType = {
    .name = "_thread.RLock",
    .base = &objectType,
    .basicSize = sizeof(LockObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeWeakrefs,
    .methods = kRecursiveMethods,
    .doc = "A lock that its owner may take again, and must release as often.",
    .slots = {.dealloc = deallocLock,
              .repr = reprRecursive,
              .create = createLock<recursiveLockType>},
};

Ref makeLock() {
  return newLock(&lockType);
}

uint64_t threadIdentity() {
  return static_cast<uint64_t>(pthread_self());
}

} // namespace pyc::rt
