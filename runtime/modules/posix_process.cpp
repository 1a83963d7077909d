// posix: fork(), the ends of processes, signals to them.
#include "runtime/modules/posix_parts.h"
#include "runtime/modules/process_events.h"

#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

/// Lists of callables that register_at_fork() has been given; null: none yet.
Value beforeFork, afterInParent, afterInChild;

constexpr ProcessEvents kNoEvents{[] {}, [](bool) {}, [] {}};
ProcessEvents events = kNoEvents;

bool addHook(Value& hooks, Value function) {
  if (!function)
    return true;
  if (!hooks)
    hooks = newList(1).release();
  return hooks && listAppend(asList(hooks), function);
}

void runHooks(Value hooks, bool reversed) {
  int64_t count = hooks ? asList(hooks)->count : 0;
  for (int64_t k = 0; k < count; ++k) {
    Ref hook = listGet(asList(hooks), reversed ? count - 1 - k : k);
    if (!call(hook))
      writeUnraisable("Exception ignored in fork hook", hook);
  }
}

bool checkHook(const char* name, Value function) {
  return !function || isCallable(function) ||
         static_cast<bool>(raise(typeErrorType, "'%s' must be callable, not %T", name, function));
}

Ref registerAtForkFunction(const Value* args) {
  if (!args[0] && !args[1] && !args[2])
    return raise(typeErrorType, "At least one argument is required.");
  if (!checkHook("before", args[0]) || !checkHook("after_in_child", args[1]) ||
      !checkHook("after_in_parent", args[2]))
    return {};
  return addHook(beforeFork, args[0]) && addHook(afterInChild, args[1]) &&
                 addHook(afterInParent, args[2])
             ? Ref::none()
             : Ref();
}

Ref forkFunction(const Value*) {
  runBeforeFork();
  pid_t pid = fork();
  if (pid == 0) {
    runAfterForkInChild();
  } else {
    int error = errno;
    runAfterForkInParent();
    errno = error;
  }
  return intOrRaise(pid);
}

Ref exitFunction(const Value* args) {
  int status;
  if (!intArg(args[0], status))
    return {};
  announceEnd();
  _exit(status);
}

[[noreturn]] Ref abortFunction(const Value*) {
  abort();
}

Ref killFunction(const Value* args) {
  PYC_TRY(result, plainForNone<kill>(args));
  return runSignalHandlers() ? std::move(result) : Ref(); // the process may have meant itself
}

Ref niceFunction(const Value* args) {
  int increment;
  if (!intArg(args[0], increment))
    return {};
  errno = 0;
  int priority = nice(increment);
  return priority == -1 && errno ? Ref(raiseSystem()) : makeInt(priority);
}

Ref getpriorityFunction(const Value* args) {
  int which, who;
  if (!intArg(args[0], which) || !intArg(args[1], who))
    return {};
  errno = 0;
  int priority = getpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who));
  return errno ? Ref(raiseSystem()) : makeInt(priority);
}
Ref setpriorityFunction(const Value* args) {
  int which, who, priority;
  if (!intArg(args[0], which) || !intArg(args[1], who) || !intArg(args[2], priority))
    return {};
  return noneOrRaise(
      setpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who), priority));
}

Ref falseFunction(const Value*) {
  return Ref::boolean(false);
}
Ref noneFunction(const Value*) {
  return Ref::none();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "register_at_fork(*, before=<unrepresentable>, after_in_child=<unrepresentable>, "
                  "after_in_parent=<unrepresentable>)",
     .bound = registerAtForkFunction},
    {.signature = "fork()", .bound = forkFunction},
    {.signature = "_exit(status)", .bound = exitFunction},
    {.signature = "abort()", .bound = abortFunction},
    {.signature = "kill(pid, signal, /)", .bound = killFunction},
    {.signature = "killpg(pgid, signal, /)", .bound = plainForNone<killpg>},
    {.signature = "nice(increment, /)", .bound = niceFunction},
    {.signature = "getpriority(which, who)", .bound = getpriorityFunction},
    {.signature = "setpriority(which, who, priority)", .bound = setpriorityFunction},
    // There is no hook that waits for input here.
    {.signature = "_inputhook()", .bound = noneFunction},
    {.signature = "_is_inputhook_installed()", .bound = falseFunction},
};

} // namespace

void setProcessEvents(const ProcessEvents& observer) {
  events = observer;
}

void announceEnd() {
  events.beforeEnd();
}

void runBeforeFork() {
  runHooks(beforeFork, true);
  events.beforeFork();
}
void runAfterForkInParent() {
  events.afterFork(false);
  runHooks(afterInParent, false);
}
void runAfterForkInChild() {
  events.afterFork(true);
  runHooks(afterInChild, false);
}

std::span<const MethodDef> posixProcessFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
