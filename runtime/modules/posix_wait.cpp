// posix: waiting for children, and what their statuses say.
#include "runtime/modules/posix_parts.h"

#include "runtime/modules/resource_usage.h"
#include "runtime/modules/struct_sequence.h"
#include "runtime/objects/signature.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

namespace pyc::rt {

namespace {

Ref pidAndStatus(pid_t pid, int status) {
  return pid < 0 ? Ref(raiseSystem()) : intPair(pid, status);
}

Ref waitFunction(const Value*) {
  int status = 0;
  pid_t pid = retrySystem([&] { return wait(&status); });
  return pidAndStatus(pid, status);
}
Ref waitpidFunction(const Value* args) {
  int wanted, options, status = 0;
  if (!intArg(args[0], wanted) || !intArg(args[1], options))
    return {};
  pid_t pid = retrySystem([&] { return waitpid(wanted, &status, options); });
  return pidAndStatus(pid, status);
}

Ref waitWithUsage(pid_t wanted, int options) {
  int status = 0;
  rusage usage{};
  pid_t pid = retrySystem([&] { return wait4(wanted, &status, options, &usage); });
  if (pid < 0)
    return raiseSystem();
  PYC_TRY(resources, makeResourceUsage(usage));
  return tupleOf(Value::fromInt(pid), Value::fromInt(status), resources);
}
Ref wait3Function(const Value* args) {
  int options;
  return intArg(args[0], options) ? waitWithUsage(-1, options) : Ref();
}
Ref wait4Function(const Value* args) {
  int wanted, options;
  return intArg(args[0], wanted) && intArg(args[1], options) ? waitWithUsage(wanted, options)
                                                             : Ref();
}

constexpr const char* kWaitidFields[] = {"si_pid", "si_uid", "si_signo", "si_status", "si_code"};
constexpr StructSequenceDef kWaitidDef = {kWaitidFields, 5, 5, true};

Ref waitidFunction(const Value* args) {
  int kind, id, options;
  if (!intArg(args[0], kind) || !intArg(args[1], id) || !intArg(args[2], options))
    return {};
  siginfo_t info{};
  int result = retrySystem(
      [&] { return waitid(static_cast<idtype_t>(kind), static_cast<id_t>(id), &info, options); });
  if (result < 0)
    return raiseSystem();
  if (info.si_pid == 0)
    return Ref::none();
  Ref values[] = {makeInt(info.si_pid), makeInt(info.si_uid), makeInt(info.si_signo),
                  makeInt(info.si_status), makeInt(info.si_code)};
  return makeStructSequence(waitidResultType, kWaitidDef, values);
}

// Statuses.

#define STATUS_FUNCTION(macro, result)                                                             \
  Ref function##macro(const Value* args) {                                                         \
    int status;                                                                                    \
    return intArg(args[0], status) ? result(macro(status)) : Ref();                                \
  }
STATUS_FUNCTION(WCOREDUMP, Ref::boolean)
STATUS_FUNCTION(WIFCONTINUED, Ref::boolean)
STATUS_FUNCTION(WIFSTOPPED, Ref::boolean)
STATUS_FUNCTION(WIFSIGNALED, Ref::boolean)
STATUS_FUNCTION(WIFEXITED, Ref::boolean)
STATUS_FUNCTION(WEXITSTATUS, makeInt)
STATUS_FUNCTION(WTERMSIG, makeInt)
STATUS_FUNCTION(WSTOPSIG, makeInt)
#undef STATUS_FUNCTION

Ref waitstatusFunction(const Value* args) {
  int status;
  if (!intArg(args[0], status))
    return {};
  if (WIFEXITED(status))
    return makeInt(WEXITSTATUS(status));
  if (WIFSIGNALED(status))
    return makeInt(-WTERMSIG(status));
  if (WIFSTOPPED(status))
    return raise(valueErrorType, "process stopped by delivery of signal %d", WSTOPSIG(status));
  return raise(valueErrorType, "invalid wait status: %d", status);
}

#define STATUS_ENTRY(macro) {.signature = #macro "(status)", .bound = function##macro}
constexpr MethodDef kFunctions[] = {
    {.signature = "wait()", .bound = waitFunction},
    {.signature = "waitpid(pid, options, /)", .bound = waitpidFunction},
    {.signature = "wait3(options)", .bound = wait3Function},
    {.signature = "wait4(pid, options)", .bound = wait4Function},
    {.signature = "waitid(idtype, id, options, /)", .bound = waitidFunction},
    {.signature = "waitstatus_to_exitcode(status)", .bound = waitstatusFunction},
    {.signature = "WCOREDUMP(status, /)", .bound = functionWCOREDUMP},
    STATUS_ENTRY(WIFCONTINUED),
    STATUS_ENTRY(WIFSTOPPED),
    STATUS_ENTRY(WIFSIGNALED),
    STATUS_ENTRY(WIFEXITED),
    STATUS_ENTRY(WEXITSTATUS),
    STATUS_ENTRY(WTERMSIG),
    STATUS_ENTRY(WSTOPSIG),
};
#undef STATUS_ENTRY

} // namespace

constinit TypeObject waitidResultType = structSequenceType<kWaitidDef>(
    "posix.waitid_result", "What waitid() says of a child that changed.");

std::span<const MethodDef> posixWaitFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
