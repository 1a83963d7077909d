// The module _signal: handlers, masks, timers. What arrives runs at polls:
// runtime/interp/signals.h.
#include "runtime/interp/signals.h"

#include "runtime/modules/posix_parts.h"
#include "runtime/modules/registry.h"
#include "runtime/modules/signal_sets.h"
#include "runtime/modules/struct_sequence.h"
#include "runtime/modules/time_values.h"
#include "runtime/objects/float.h"
#include "runtime/objects/set.h"
#include "runtime/objects/signature.h"

#include <cmath>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

bool numberArg(Value argument, int& number) {
  if (!intArg(argument, number))
    return false;
  return (number >= 1 && number < NSIG) ||
         static_cast<bool>(raise(valueErrorType, "signal number out of range"));
}

// Handlers.

Ref defaultIntHandler(const Value*) {
  return raiseWith(keyboardInterruptType, Value());
}

Ref signalFunction(const Value* args) {
  int number;
  if (!intArg(args[0], number))
    return {};
  if (!isMainThread())
    return raise(valueErrorType, "signal only works in main thread of the main interpreter");
  if (!numberArg(args[0], number))
    return {};
  Value handler = args[1];
  if (!isCallable(handler)) {
    int64_t constant;
    if (!isInteger(handler) || !intFits64(handler, constant) || (constant != 0 && constant != 1))
      return raise(typeErrorType, "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a "
                                  "callable object");
    handler = Value::fromInt(constant);
  }
  if (!runSignalHandlers())
    return {};
  return setSignalHandler(number, handler);
}

Ref getsignalFunction(const Value* args) {
  int number;
  return numberArg(args[0], number) ? signalHandler(number) : Ref();
}

Ref siginterruptFunction(const Value* args) {
  int number, on;
  if (!intArg(args[0], number) || !intArg(args[1], on) || !numberArg(args[0], number))
    return {};
  struct sigaction action;
  sigaction(number, nullptr, &action);
  action.sa_flags = on ? action.sa_flags & ~SA_RESTART : action.sa_flags | SA_RESTART;
  return noneOrRaise(sigaction(number, &action, nullptr));
}

Ref setWakeupFdFunction(const Value* args) {
  int fd;
  bool warns = true;
  if (!intArg(args[0], fd) || !boolArg(args[1], warns))
    return {};
  if (!isMainThread())
    return raise(valueErrorType, "set_wakeup_fd only works in main thread of the main interpreter");
  if (fd != -1) {
    struct stat info;
    if (fstat(fd, &info) != 0)
      return raiseSystem();
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0)
      return raiseSystem();
    if ((flags & O_NONBLOCK) == 0)
      return raise(valueErrorType, "the fd %d must be in non-blocking mode", fd);
  }
  return makeInt(setSignalWakeupFd(fd, warns));
}

// Sending.

/// A signal to the own process is handled before the function returns.
Ref afterSending(int result) {
  if (result != 0)
    return raiseSystem();
  return runSignalHandlers() ? Ref::none() : Ref();
}

Ref raiseSignalFunction(const Value* args) {
  int number;
  return intArg(args[0], number) ? afterSending(::raise(number)) : Ref();
}

Ref pthreadKillFunction(const Value* args) {
  uint64_t thread;
  int number;
  if (!isInteger(args[0]))
    return raiseBadArgument("pthread_kill", 1, "int", args[0]);
  if (!intFitsUnsigned64(args[0], thread))
    return raise(overflowErrorType, "can't convert negative int to unsigned");
  if (!intArg(args[1], number))
    return {};
  errno = pthread_kill(static_cast<pthread_t>(thread), number);
  return afterSending(errno);
}

Ref pidfdSendSignalFunction(const Value* args) {
  int pidfd, number, flags = 0;
  if (!intArg(args[0], pidfd) || !intArg(args[1], number) || (args[3] && !intArg(args[3], flags)))
    return {};
  if (args[2] && !args[2].isNone())
    return raise(typeErrorType, "siginfo must be None");
  return noneOrRaise(
      static_cast<int>(syscall(SYS_pidfd_send_signal, pidfd, number, nullptr, flags)));
}

Ref strsignalFunction(const Value* args) {
  int number;
  if (!numberArg(args[0], number))
    return {};
  std::string_view text = strsignal(number); // NOLINT(concurrency-mt-unsafe)
  return text.starts_with("Unknown signal") ? Ref::none() : fileSystemDecode(text);
}

// Masks and waiting.

Ref pthreadSigmaskFunction(const Value* args) {
  int how;
  sigset_t mask, old;
  if (!intArg(args[0], how) || !signalSetArg(args[1], mask))
    return {};
  if (int error = pthread_sigmask(how, &mask, &old))
    return raiseErrno(error);
  return runSignalHandlers() ? makeSignalSet(old) : Ref(); // the mask may have let some through
}

Ref sigpendingFunction(const Value*) {
  sigset_t signals;
  return sigpending(&signals) == 0 ? makeSignalSet(signals) : Ref(raiseSystem());
}

Ref sigwaitFunction(const Value* args) {
  sigset_t signals;
  int number, error;
  if (!signalSetArg(args[0], signals))
    return {};
  while ((error = sigwait(&signals, &number)) == EINTR)
    if (!runSignalHandlers())
      return {};
  return error ? Ref(raiseErrno(error)) : makeInt(number);
}

constexpr const char* kInfoFields[] = {"si_signo", "si_code",   "si_errno", "si_pid",
                                       "si_uid",   "si_status", "si_band"};
constexpr StructSequenceDef kInfoDef = {kInfoFields, 7, 7, true};
constinit TypeObject signalInfoType = structSequenceType<kInfoDef>(
    "signal.struct_siginfo", "What sigwaitinfo() and sigtimedwait() say of a signal.");

Ref makeSignalInfo(const siginfo_t& info) {
  Ref values[] = {makeInt(info.si_signo), makeInt(info.si_code), makeInt(info.si_errno),
                  makeInt(info.si_pid),   makeInt(info.si_uid),  makeInt(info.si_status),
                  makeInt(info.si_band)};
  return makeStructSequence(signalInfoType, kInfoDef, values);
}

Ref sigwaitinfoFunction(const Value* args) {
  sigset_t signals;
  siginfo_t info{};
  if (!signalSetArg(args[0], signals))
    return {};
  return retrySystem([&] { return sigwaitinfo(&signals, &info); }) >= 0 ? makeSignalInfo(info)
                                                                        : Ref(raiseSystem());
}

int64_t monotonicNow() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * kNanoseconds + now.tv_nsec;
}

Ref sigtimedwaitFunction(const Value* args) {
  sigset_t signals;
  siginfo_t info{};
  int64_t wait;
  if (!signalSetArg(args[0], signals) || !nanosecondsArg(args[1], TimeRounding::Up, wait))
    return {};
  if (wait < 0)
    return raise(valueErrorType, "timeout must be non-negative");
  int64_t end = monotonicNow() + wait;
  int result = retrySystem([&] {
    int64_t left = std::max<int64_t>(end - monotonicNow(), 0);
    timespec time{left / kNanoseconds, left % kNanoseconds};
    return sigtimedwait(&signals, &info, &time);
  });
  if (result >= 0)
    return makeSignalInfo(info);
  return errno == EAGAIN && !isRaised() ? Ref::none() : Ref(raiseSystem());
}

Ref pauseFunction(const Value*) {
  pause();
  return runSignalHandlers() ? Ref::none() : Ref();
}

Ref validSignalsFunction(const Value*) {
  sigset_t signals;
  sigfillset(&signals);
  return makeSignalSet(signals);
}

// Timers.

Ref alarmFunction(const Value* args) {
  int seconds;
  return intArg(args[0], seconds) ? makeInt(alarm(static_cast<unsigned>(seconds))) : Ref();
}

Value itimerError; // the class; made with the module

Ref ensureItimerError() {
  if (!itimerError) {
    PYC_TRY(name, makeStr("ItimerError"));
    PYC_TRY(bases, tupleOf(Value(&osErrorType)));
    PYC_TRY(attributes, newDict());
    PYC_TRY(module, makeStr("signal"));
    if (!dictSetStr(asDict(attributes), names::__module__, module))
      return {};
    itimerError = call(Value(&typeType), name, bases, attributes).release();
  }
  return itimerError ? Ref::copy(itimerError) : Ref();
}

Raised raiseItimer() {
  int error = errno;
  Ref message = makeStr(strerror(error)); // NOLINT(concurrency-mt-unsafe)
  Ref exception = message ? call(itimerError, Value::fromInt(error), message) : Ref();
  return exception ? raiseValue(exception) : Raised();
}

bool intervalArg(Value argument, timeval& result) {
  int64_t nanoseconds = 0;
  if (argument && !nanosecondsArg(argument, TimeRounding::Up, nanoseconds))
    return false;
  int64_t microseconds = (nanoseconds + (nanoseconds > 0 ? 999 : 0)) / 1000;
  result = {microseconds / 1'000'000, microseconds % 1'000'000};
  return true;
}

double secondsOf(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}
Ref timerPair(const itimerval& timer) {
  return tupleOf(makeFloat(secondsOf(timer.it_value)), makeFloat(secondsOf(timer.it_interval)));
}

Ref setitimerFunction(const Value* args) {
  int which;
  itimerval timer, old;
  if (!intArg(args[0], which) || !intervalArg(args[1], timer.it_value) ||
      !intervalArg(args[2], timer.it_interval))
    return {};
  return setitimer(static_cast<__itimer_which_t>(which), &timer, &old) == 0 ? timerPair(old)
                                                                            : Ref(raiseItimer());
}
Ref getitimerFunction(const Value* args) {
  int which;
  itimerval timer;
  if (!intArg(args[0], which))
    return {};
  return getitimer(static_cast<__itimer_which_t>(which), &timer) == 0 ? timerPair(timer)
                                                                      : Ref(raiseItimer());
}

constexpr MethodDef kFunctions[] = {
    {.signature = "default_int_handler(signalnum, frame, /)",
     .bound = defaultIntHandler,
     .doc = "Raises KeyboardInterrupt: what SIGINT does at first."},
    {.signature = "signal(signalnum, handler, /)", .bound = signalFunction},
    {.signature = "getsignal(signalnum, /)", .bound = getsignalFunction},
    {.signature = "siginterrupt(signalnum, flag, /)", .bound = siginterruptFunction},
    {.signature = "set_wakeup_fd(fd, /, *, warn_on_full_buffer=True)",
     .bound = setWakeupFdFunction},
    {.signature = "raise_signal(signalnum, /)", .bound = raiseSignalFunction},
    {.signature = "pthread_kill(thread_id, signalnum, /)", .bound = pthreadKillFunction},
    {.signature = "pidfd_send_signal(pidfd, signalnum, siginfo=None, flags=0, /)",
     .bound = pidfdSendSignalFunction},
    {.signature = "strsignal(signalnum, /)", .bound = strsignalFunction},
    {.signature = "pthread_sigmask(how, mask, /)", .bound = pthreadSigmaskFunction},
    {.signature = "sigpending()", .bound = sigpendingFunction},
    {.signature = "sigwait(sigset, /)", .bound = sigwaitFunction},
    {.signature = "sigwaitinfo(sigset, /)", .bound = sigwaitinfoFunction},
    {.signature = "sigtimedwait(sigset, timeout, /)", .bound = sigtimedwaitFunction},
    {.signature = "pause()", .bound = pauseFunction},
    {.signature = "valid_signals()", .bound = validSignalsFunction},
    {.signature = "alarm(seconds, /)", .bound = alarmFunction},
    {.signature = "setitimer(which, seconds, interval=0.0, /)", .bound = setitimerFunction},
    {.signature = "getitimer(which, /)", .bound = getitimerFunction},
};

struct Constant {
  const char* name;
  int value;
};
#define CONSTANT(name) {#name, name}
constexpr Constant kConstants[] = {
    CONSTANT(ITIMER_PROF), CONSTANT(ITIMER_REAL), CONSTANT(ITIMER_VIRTUAL), CONSTANT(NSIG),
    CONSTANT(SIGABRT),     CONSTANT(SIGALRM),     CONSTANT(SIGBUS),         CONSTANT(SIGCHLD),
    CONSTANT(SIGCLD),      CONSTANT(SIGCONT),     CONSTANT(SIGFPE),         CONSTANT(SIGHUP),
    CONSTANT(SIGILL),      CONSTANT(SIGINT),      CONSTANT(SIGIO),          CONSTANT(SIGIOT),
    CONSTANT(SIGKILL),     CONSTANT(SIGPIPE),     CONSTANT(SIGPOLL),        CONSTANT(SIGPROF),
    CONSTANT(SIGPWR),      CONSTANT(SIGQUIT),     CONSTANT(SIGSEGV),        CONSTANT(SIGSTKFLT),
    CONSTANT(SIGSTOP),     CONSTANT(SIGSYS),      CONSTANT(SIGTERM),        CONSTANT(SIGTRAP),
    CONSTANT(SIGTSTP),     CONSTANT(SIGTTIN),     CONSTANT(SIGTTOU),        CONSTANT(SIGURG),
    CONSTANT(SIGUSR1),     CONSTANT(SIGUSR2),     CONSTANT(SIGVTALRM),      CONSTANT(SIGWINCH),
    CONSTANT(SIGXCPU),     CONSTANT(SIGXFSZ),     CONSTANT(SIG_BLOCK),      CONSTANT(SIG_SETMASK),
    CONSTANT(SIG_UNBLOCK)};
#undef CONSTANT

/// SIGINT's handler of the start is the module's function from now on.
bool takeInterrupt(ModuleObject* module) {
  if (!interruptRaises())
    return true;
  Value handler = dictFindStr(module->dict, internLiteral("default_int_handler"));
  return static_cast<bool>(setSignalHandler(SIGINT, handler));
}

} // namespace

bool fillModule__signal(ModuleObject* module) {
  for (const Constant& constant : kConstants)
    if (!addInt(module, constant.name, constant.value))
      return false;
  readyType(&signalInfoType);
  return addInt(module, "SIGRTMIN", SIGRTMIN) && addInt(module, "SIGRTMAX", SIGRTMAX) &&
         addInt(module, "SIG_DFL", 0) && addInt(module, "SIG_IGN", 1) &&
         addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addType(module, signalInfoType) && addValue(module, "ItimerError", ensureItimerError()) &&
         takeInterrupt(module) &&
         addStr(module, "__doc__", "Signals: what happens when they arrive, and sending them.");
}

} // namespace pyc::rt
