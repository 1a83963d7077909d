// posix: descriptors that are no files: counters, timers, memory, processes, namespaces.
#include "runtime/modules/posix_parts.h"

#include "runtime/modules/time_values.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/float.h"
#include "runtime/objects/signature.h"

#include <climits>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

Ref eventfdFunction(const Value* args) {
  uint64_t start;
  int flags = EFD_CLOEXEC;
  PYC_TRY(index, toIndex(args[0]));
  if (!intFitsUnsigned64(index, start) || start > UINT_MAX)
    return intSign(index) < 0
               ? Ref(raise(valueErrorType, "Cannot convert negative int"))
               : Ref(raise(overflowErrorType, "Python int too large to convert to C unsigned int"));
  if (args[1] && !intArg(args[1], flags))
    return {};
  return intOrRaise(eventfd(static_cast<unsigned>(start), flags));
}

Ref eventfdReadFunction(const Value* args) {
  int fd;
  eventfd_t value = 0;
  if (!filenoArg(args[0], fd))
    return {};
  int result = retrySystem([&] { return eventfd_read(fd, &value); });
  return result == 0 ? makeIntUnsigned(value) : Ref(raiseSystem());
}

Ref eventfdWriteFunction(const Value* args) {
  int fd;
  uint64_t value;
  if (!filenoArg(args[0], fd))
    return {};
  PYC_TRY(index, toIndex(args[1]));
  if (!intFitsUnsigned64(index, value))
    return intSign(index) < 0 ? Ref(raise(valueErrorType, "Cannot convert negative int"))
                              : Ref(raise(overflowErrorType, "int too big to convert"));
  return noneOrRaise(retrySystem([&] { return eventfd_write(fd, value); }));
}

Ref memfdCreateFunction(const Value* args) {
  std::string name;
  unsigned flags = MFD_CLOEXEC;
  if (!encodedArg(args[0], name) || (args[1] && !unsignedArg(args[1], flags)))
    return {};
  return intOrRaise(memfd_create(name.c_str(), flags));
}

Ref pidfdOpenFunction(const Value* args) {
  int pid;
  unsigned flags = 0;
  if (!intArg(args[0], pid) || (args[1] && !unsignedArg(args[1], flags)))
    return {};
  return intOrRaise(syscall(SYS_pidfd_open, pid, flags));
}

Ref setnsFunction(const Value* args) {
  int fd, kind = 0;
  if (!filenoArg(args[0], fd) || (args[1] && !intArg(args[1], kind)))
    return {};
  return noneOrRaise(retrySystem([&] { return setns(fd, kind); }));
}

// Timers.

Ref timerfdCreateFunction(const Value* args) {
  int clock, flags = TFD_CLOEXEC;
  if (!intArg(args[0], clock) || (args[1] && !intArg(args[1], flags)))
    return {};
  return intOrRaise(timerfd_create(clock, flags | TFD_CLOEXEC));
}

timespec timeOf(int64_t nanoseconds) {
  int64_t rest = nanoseconds % kNanoseconds;
  int64_t seconds = nanoseconds / kNanoseconds - (rest < 0);
  return {seconds, rest < 0 ? rest + kNanoseconds : rest};
}
int64_t nanosecondsOf(const timespec& time) {
  return time.tv_sec * kNanoseconds + time.tv_nsec;
}

/// (time left, interval) in seconds or nanoseconds.
template <bool whole> Ref timerPair(const itimerspec& timer) {
  int64_t left = nanosecondsOf(timer.it_value), interval = nanosecondsOf(timer.it_interval);
  if (whole)
    return intPair(left, interval);
  return tupleOf(makeFloat(toSeconds(left)), makeFloat(toSeconds(interval)));
}

template <bool whole> bool durationArg(Value argument, int64_t& result) {
  result = 0;
  if (!argument)
    return true;
  return whole ? sizeArg(argument, result) : nanosecondsArg(argument, TimeRounding::Floor, result);
}

template <bool whole> Ref settimeFunction(const Value* args) {
  int fd, flags = 0;
  int64_t initial, interval;
  if (!filenoArg(args[0], fd) || (args[1] && !intArg(args[1], flags)) ||
      !durationArg<whole>(args[2], initial) || !durationArg<whole>(args[3], interval))
    return {};
  itimerspec timer{timeOf(interval), timeOf(initial)}, old;
  int result = retrySystem([&] { return timerfd_settime(fd, flags, &timer, &old); });
  return result == 0 ? timerPair<whole>(old) : Ref(raiseSystem());
}
template <bool whole> Ref gettimeFunction(const Value* args) {
  int fd;
  itimerspec timer;
  if (!filenoArg(args[0], fd))
    return {};
  return timerfd_gettime(fd, &timer) == 0 ? timerPair<whole>(timer) : Ref(raiseSystem());
}

constexpr MethodDef kFunctions[] = {
    {.signature = "eventfd(initval, flags=EFD_CLOEXEC)", .bound = eventfdFunction},
    {.signature = "eventfd_read(fd)", .bound = eventfdReadFunction},
    {.signature = "eventfd_write(fd, value)", .bound = eventfdWriteFunction},
    {.signature = "memfd_create(name, flags=MFD_CLOEXEC)", .bound = memfdCreateFunction},
    {.signature = "pidfd_open(pid, flags=0)", .bound = pidfdOpenFunction},
    {.signature = "setns(fd, nstype=0)", .bound = setnsFunction},
    {.signature = "unshare(flags)", .bound = plainForNone<unshare>},
    {.signature = "timerfd_create(clockid, /, *, flags=TFD_CLOEXEC)",
     .bound = timerfdCreateFunction},
    {.signature = "timerfd_settime(fd, /, *, flags=0, initial=0.0, interval=0.0)",
     .bound = settimeFunction<false>},
    {.signature = "timerfd_settime_ns(fd, /, *, flags=0, initial=0, interval=0)",
     .bound = settimeFunction<true>},
    {.signature = "timerfd_gettime(fd, /)", .bound = gettimeFunction<false>},
    {.signature = "timerfd_gettime_ns(fd, /)", .bound = gettimeFunction<true>},
};

} // namespace

std::span<const MethodDef> posixEventFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
