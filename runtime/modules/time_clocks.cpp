// time: clocks and sleep().
#include "runtime/interp/signals.h"
#include "runtime/modules/system.h"
#include "runtime/modules/time_values.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <cerrno>
#include <climits>
#include <pthread.h>

namespace pyc::rt {

namespace {

bool readClock(clockid_t clock, timespec& time) {
  return clock_gettime(clock, &time) == 0 || static_cast<bool>(raiseErrno(errno));
}

int64_t inNanoseconds(const timespec& time) {
  return time.tv_sec * kNanoseconds + time.tv_nsec;
}

template <clockid_t clock> Ref clockSeconds(const Value*) {
  timespec time;
  return readClock(clock, time) ? makeFloat(toSeconds(inNanoseconds(time))) : Ref();
}

template <clockid_t clock> Ref clockNanoseconds(const Value*) {
  timespec time;
  return readClock(clock, time) ? makeInt(inNanoseconds(time)) : Ref();
}

/// The number of a clock; its TypeError is the same for numbers out of range.
bool clockArg(Value argument, clockid_t& clock) {
  int64_t number;
  Ref index = toIndex(argument);
  if (!index)
    clearRaised();
  if (!index || !intFits64(index, number) || number < INT_MIN || number > INT_MAX)
    return raise(typeErrorType, "clk_id should be integer, not %T", argument);
  clock = static_cast<clockid_t>(number);
  return true;
}

Ref getTime(const Value* args) {
  clockid_t clock;
  timespec time;
  if (!clockArg(args[0], clock) || !readClock(clock, time))
    return {};
  return makeFloat(static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9);
}

Ref getTimeNanoseconds(const Value* args) {
  clockid_t clock;
  timespec time;
  if (!clockArg(args[0], clock) || !readClock(clock, time))
    return {};
  return makeInt(inNanoseconds(time));
}

Ref getResolution(const Value* args, size_t argc, Value kwnames) {
  int clock;
  timespec time;
  if (!checkTimeArguments("clock_getres", argc, kwnames, 1, 1) || !cIntArg(args[0], clock))
    return {};
  if (clock_getres(clock, &time) != 0)
    return raiseErrno(errno);
  return makeFloat(static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9);
}

Ref setClock(clockid_t clock, int64_t nanoseconds) {
  int64_t seconds = nanoseconds / kNanoseconds, rest = nanoseconds % kNanoseconds;
  if (rest < 0) {
    rest += kNanoseconds;
    --seconds;
  }
  timespec time = {seconds, rest};
  return clock_settime(clock, &time) == 0 ? Ref::none() : Ref(raiseErrno(errno));
}

Ref setTime(const Value* args, size_t argc, Value kwnames) {
  clockid_t clock;
  int64_t nanoseconds;
  if (!checkTimeArguments("clock_settime", argc, kwnames, 2, 2) || !clockArg(args[0], clock) ||
      !nanosecondsArg(args[1], TimeRounding::Floor, nanoseconds))
    return {};
  return setClock(clock, nanoseconds);
}

Ref setTimeNanoseconds(const Value* args, size_t argc, Value kwnames) {
  clockid_t clock;
  int64_t nanoseconds;
  if (!checkTimeArguments("clock_settime_ns", argc, kwnames, 2, 2) || !clockArg(args[0], clock) ||
      !toInt64(args[1], nanoseconds, &overflowErrorType))
    return {};
  return setClock(clock, nanoseconds);
}

Ref threadClock(const Value* args, size_t argc, Value kwnames) {
  int64_t thread;
  clockid_t clock;
  if (!checkTimeArguments("pthread_getcpuclockid", argc, kwnames, 1, 1) ||
      !toInt64(args[0], thread, &overflowErrorType))
    return {};
  if (int error = pthread_getcpuclockid(static_cast<pthread_t>(thread), &clock))
    return raiseErrno(error);
  return makeInt(clock);
}

/// Signals end the wait for as long as their handlers run; what a handler raises ends it for good.
Ref sleep(const Value* args) {
  int64_t nanoseconds;
  if (!nanosecondsArg(args[0], TimeRounding::Up, nanoseconds))
    return {};
  if (nanoseconds < 0)
    return raise(valueErrorType, "sleep length must be non-negative");
  timespec end;
  if (!readClock(CLOCK_MONOTONIC, end))
    return {};
  int64_t rest = end.tv_nsec + nanoseconds % kNanoseconds;
  end.tv_sec += nanoseconds / kNanoseconds + rest / kNanoseconds;
  end.tv_nsec = rest % kNanoseconds;
  for (;;) {
    int error = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, nullptr);
    if (error == 0)
      return Ref::none();
    if (error != EINTR)
      return raiseErrno(error);
    if (signalsPending() && !runSignalHandlers())
      return {};
  }
}

struct ClockInfo {
  std::string_view name;
  const char* implementation;
  clockid_t clock;
  bool isMonotonic, isAdjustable;
};
constexpr ClockInfo kClockInfos[] = {
    {"time", "clock_gettime(CLOCK_REALTIME)", CLOCK_REALTIME, false, true},
    {"monotonic", "clock_gettime(CLOCK_MONOTONIC)", CLOCK_MONOTONIC, true, false},
    {"perf_counter", "clock_gettime(CLOCK_MONOTONIC)", CLOCK_MONOTONIC, true, false},
    {"process_time", "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", CLOCK_PROCESS_CPUTIME_ID, true,
     false},
    {"thread_time", "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", CLOCK_THREAD_CPUTIME_ID, true, false},
};

Ref describeClock(const ClockInfo& info) {
  timespec resolution;
  if (clock_getres(info.clock, &resolution) != 0)
    return raiseErrno(errno);
  PYC_TRY(fields, newDict());
  PYC_TRY(implementation, makeStr(info.implementation));
  double seconds =
      static_cast<double>(resolution.tv_sec) + static_cast<double>(resolution.tv_nsec) * 1e-9;
  DictObject* dict = asDict(fields);
  if (!dictSetStr(dict, internLiteral("implementation"), implementation) ||
      !dictSetStr(dict, internLiteral("monotonic"), Value::fromBool(info.isMonotonic)) ||
      !dictSetStr(dict, internLiteral("adjustable"), Value::fromBool(info.isAdjustable)) ||
      !dictSetStr(dict, internLiteral("resolution"), Value::fromDouble(seconds)))
    return {};
  return makeSimpleNamespace(fields);
}

Ref getClockInfo(const Value* args, size_t argc, Value kwnames) {
  if (!checkTimeArguments("get_clock_info", argc, kwnames, 1, 1) ||
      !strArg("get_clock_info", 1, args[0]))
    return {};
  for (const ClockInfo& info : kClockInfos)
    if (strEquals(asStr(args[0]), info.name))
      return describeClock(info);
  return raise(valueErrorType, "unknown clock");
}

constexpr MethodDef kFunctions[] = {
    {.signature = "time()",
     .bound = clockSeconds<CLOCK_REALTIME>,
     .doc = "The moment now, in seconds."},
    {.signature = "time_ns()",
     .bound = clockNanoseconds<CLOCK_REALTIME>,
     .doc = "The moment now, in nanoseconds."},
    {.signature = "monotonic()",
     .bound = clockSeconds<CLOCK_MONOTONIC>,
     .doc = "Seconds on a clock that is never set back."},
    {.signature = "monotonic_ns()",
     .bound = clockNanoseconds<CLOCK_MONOTONIC>,
     .doc = "Nanoseconds on a clock that is never set back."},
    {.signature = "perf_counter()",
     .bound = clockSeconds<CLOCK_MONOTONIC>,
     .doc = "Seconds on the clock that measures short times best."},
    {.signature = "perf_counter_ns()",
     .bound = clockNanoseconds<CLOCK_MONOTONIC>,
     .doc = "Nanoseconds on the clock that measures short times best."},
    {.signature = "process_time()",
     .bound = clockSeconds<CLOCK_PROCESS_CPUTIME_ID>,
     .doc = "Seconds of processor time that the process has used."},
    {.signature = "process_time_ns()",
     .bound = clockNanoseconds<CLOCK_PROCESS_CPUTIME_ID>,
     .doc = "Nanoseconds of processor time that the process has used."},
    {.signature = "thread_time()",
     .bound = clockSeconds<CLOCK_THREAD_CPUTIME_ID>,
     .doc = "Seconds of processor time that the thread has used."},
    {.signature = "thread_time_ns()",
     .bound = clockNanoseconds<CLOCK_THREAD_CPUTIME_ID>,
     .doc = "Nanoseconds of processor time that the thread has used."},
    {.signature = "sleep(object, /)",
     .bound = sleep,
     .doc = "Waits for that many seconds, which need not be whole."},
    {.signature = "clock_gettime($module, clk_id, /)",
     .bound = [](const Value* args) { return getTime(args + 1); },
     .doc = "Seconds on the clock clk_id."},
    {.signature = "clock_gettime_ns($module, clk_id, /)",
     .bound = [](const Value* args) { return getTimeNanoseconds(args + 1); },
     .doc = "Nanoseconds on the clock clk_id."},
    {.signature = "clock_getres(clk_id, /)",
     .raw = getResolution,
     .doc = "Seconds between two ticks of the clock clk_id."},
    {.signature = "clock_settime(clk_id, time, /)",
     .raw = setTime,
     .doc = "Sets the clock clk_id to a number of seconds."},
    {.signature = "clock_settime_ns(clk_id, time, /)",
     .raw = setTimeNanoseconds,
     .doc = "Sets the clock clk_id to a number of nanoseconds."},
    {.signature = "pthread_getcpuclockid(thread_id, /)",
     .raw = threadClock,
     .doc = "The clk_id of a thread's processor time."},
    {.signature = "get_clock_info(name, /)",
     .raw = getClockInfo,
     .doc = "What is known of the clock of that name: implementation, monotonic, adjustable,\n"
            "resolution."},
};

} // namespace

std::span<const MethodDef> clockFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
