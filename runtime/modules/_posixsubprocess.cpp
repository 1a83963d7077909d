// The module _posixsubprocess: fork and exec in one step, as subprocess needs it. Between fork and
// exec the child runs nothing but system calls, unless there is a preexec_fn.
#include "runtime/modules/posix_parts.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/signature.h"

#include <grp.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

extern char** environ;

namespace pyc::rt {

namespace {

enum ForkArg {
  Args,
  ExecutableList,
  CloseFds,
  PassFds,
  Cwd,
  Env,
  StdinRead,
  StdinWrite,
  StdoutRead,
  StdoutWrite,
  StderrRead,
  StderrWrite,
  ErrorRead,
  ErrorWrite,
  RestoreSignals,
  StartNewSession,
  ProcessGroup,
  Gid,
  ExtraGroups,
  Uid,
  Umask,
  Preexec,
  ArgCount
};

/// All that the child needs, made before the fork.
struct ChildPlan {
  StringArray arguments, executables, environment;
  std::string directory;
  bool hasArguments = false, hasEnvironment = false, hasDirectory = false;
  bool closesFds = false, restoresSignals = false, startsSession = false;
  std::vector<int> keptFds;
  int fds[8]; // p2cread ... errpipe_write, as the arguments come
  int processGroup = -1, mask = -1;
  sigset_t signals; // the mask of the program that called
  bool setsUser = false, setsGroup = false, setsGroups = false;
  uint32_t user = 0, group = 0;
  std::vector<gid_t> groups;
  Value preexec;

  int errorPipe() const { return fds[7]; }
};

// In the child.

bool inheritable(int fd) {
  int flags = fcntl(fd, F_GETFD);
  return flags >= 0 && fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC) >= 0;
}

bool connectStream(int from, int target) {
  if (from == target)
    return inheritable(from);
  return from < 0 || dup2(from, target) >= 0;
}

bool connectStreams(ChildPlan& plan) {
  int input = plan.fds[0], &output = plan.fds[3], &error = plan.fds[5];
  for (int parentEnd : {plan.fds[1], plan.fds[2], plan.fds[4], plan.fds[6]})
    if (parentEnd >= 0)
      close(parentEnd);
  // A stream that came as a lower number than its own must not be overwritten first.
  if (output == 0 && (output = dup(output)) < 0)
    return false;
  while (error == 0 || error == 1)
    if ((error = dup(error)) < 0)
      return false;
  return connectStream(input, 0) && connectStream(output, 1) && connectStream(error, 2);
}

void closeRange(int first, int last) {
  if (first <= last)
    syscall(SYS_close_range, static_cast<unsigned>(first), static_cast<unsigned>(last), 0u);
}

/// Closes what is above 2 and not to be kept; keptFds is sorted.
void closeOthers(const ChildPlan& plan) {
  int next = 3;
  for (int fd : plan.keptFds) {
    if (fd < next)
      continue;
    closeRange(next, fd - 1);
    next = fd + 1;
  }
  closeRange(next, INT_MAX);
}

/// Handlers of the parent must not run in a child that shares its memory.
void dropHandlers() {
  for (int number = 1; number < NSIG; ++number) {
    struct sigaction action;
    if (sigaction(number, nullptr, &action) != 0 || action.sa_handler == SIG_IGN ||
        action.sa_handler == SIG_DFL)
      continue;
    signal(number, SIG_DFL);
  }
}

void restoreSignals() {
  signal(SIGPIPE, SIG_DFL);
  signal(SIGXFSZ, SIG_DFL);
}

bool changeIdentity(const ChildPlan& plan) {
  if (plan.setsGroups && setgroups(plan.groups.size(), plan.groups.data()) != 0)
    return false;
  if (plan.setsGroup && setregid(plan.group, plan.group) != 0)
    return false;
  return !plan.setsUser || setreuid(plan.user, plan.user) == 0;
}

void execute(ChildPlan& plan, char* const* executables, char* const* arguments,
             char* const* environment) {
  int first = 0;
  for (char* const* name = executables; *name; ++name) {
    execve(*name, arguments, environment);
    if (errno != ENOENT && errno != ENOTDIR && first == 0)
      first = errno; // more telling than that a later folder has no such file
  }
  if (first)
    errno = first;
}

void writeAll(int fd, std::string_view text) {
  while (!text.empty()) {
    ssize_t written = write(fd, text.data(), text.size());
    if (written < 0)
      return;
    text.remove_prefix(static_cast<size_t>(written));
  }
}

/// "OSError:<errno in hex>:<step>", which the parent reads: step is empty when exec itself failed.
[[noreturn]] void reportFailure(const ChildPlan& plan, int error, const char* step) {
  char text[64];
  char digits[16];
  size_t count = 0;
  for (unsigned rest = static_cast<unsigned>(error); rest || count == 0; rest /= 16)
    digits[count++] = "0123456789ABCDEF"[rest % 16];
  size_t used = 0;
  for (const char* c = "OSError:"; *c; ++c)
    text[used++] = *c;
  while (count)
    text[used++] = digits[--count];
  text[used++] = ':';
  writeAll(plan.errorPipe(), {text, used});
  writeAll(plan.errorPipe(), step);
  _exit(255);
}

/// Never returns: the program runs, or the parent is told why not.
[[noreturn]] void runChild(ChildPlan& plan, char* const* executables, char* const* arguments,
                           char* const* environment) {
  const char* step = "noexec";
  if (!connectStreams(plan))
    reportFailure(plan, errno, step);
  for (int fd : plan.keptFds)
    if (fd != plan.errorPipe() && !inheritable(fd) && errno != EBADF)
      reportFailure(plan, errno, step);
  if (plan.hasDirectory && chdir(plan.directory.c_str()) != 0)
    reportFailure(plan, errno, "noexec:chdir");
  if (plan.mask >= 0)
    umask(static_cast<mode_t>(plan.mask));
  if (plan.restoresSignals)
    restoreSignals();
  if (!plan.preexec)
    dropHandlers();
  pthread_sigmask(SIG_SETMASK, &plan.signals, nullptr);
  if (plan.startsSession)
    setsid();
  if (plan.processGroup >= 0 && setpgid(0, plan.processGroup) != 0)
    reportFailure(plan, errno, step);
  if (!changeIdentity(plan))
    reportFailure(plan, errno, step);
  if (plan.preexec)
    runAfterForkInChild();
  if (plan.preexec && !call(plan.preexec)) {
    writeAll(plan.errorPipe(), "SubprocessError:0:Exception occurred in preexec_fn.");
    _exit(255);
  }
  if (plan.closesFds)
    closeOthers(plan);
  execute(plan, executables, arguments, environment);
  reportFailure(plan, errno, "");
}

// In the parent.

bool descriptorsArg(Value argument, std::vector<int>& out) {
  int64_t last = -1;
  for (int64_t k = 0; k < asTuple(argument)->count; ++k) {
    int64_t fd;
    Value item = asTuple(argument)->items()[k];
    if (!isInteger(item) || !intFits64(item, fd) || fd < 0 || fd <= last || fd > INT_MAX)
      return raise(valueErrorType, "bad value(s) in fds_to_keep");
    out.push_back(static_cast<int>(fd));
    last = fd;
  }
  return true;
}

/// A tuple of bytes.
bool bytesTupleArg(Value argument, StringArray& out) {
  PYC_TRY(items, sequenceTuple(argument));
  for (int64_t k = 0; k < asTuple(items)->count; ++k)
    if (!out.add(asTuple(items)->items()[k]))
      return false;
  return true;
}

bool groupsArg(Value argument, ChildPlan& plan) {
  if (argument.isNone())
    return true;
  if (!isList(argument))
    return raise(typeErrorType, "setgroups argument must be a sequence");
  plan.setsGroups = true;
  for (int64_t k = 0; k < asList(argument)->count; ++k) {
    gid_t group;
    Ref item = listGet(asList(argument), k);
    if (!isInteger(item))
      return raise(typeErrorType, "groups must be integers");
    if (!idArg("gid", item, group))
      return false;
    plan.groups.push_back(group);
  }
  return plan.groups.size() <= NGROUPS_MAX ||
         static_cast<bool>(raise(valueErrorType, "too many extra_groups"));
}

bool identityArgs(const Value* args, ChildPlan& plan) {
  plan.setsGroup = !args[Gid].isNone();
  plan.setsUser = !args[Uid].isNone();
  return (!plan.setsGroup || idArg("gid", args[Gid], plan.group)) &&
         (!plan.setsUser || idArg("uid", args[Uid], plan.user)) &&
         groupsArg(args[ExtraGroups], plan);
}

bool programArgs(const Value* args, ChildPlan& plan) {
  plan.hasArguments = !args[Args].isNone();
  if (plan.hasArguments) {
    if (!isList(args[Args]) && !isTuple(args[Args]))
      return raise(typeErrorType, "argv must be a tuple or list");
    if (!bytesTupleArg(args[Args], plan.arguments))
      return false;
  }
  plan.hasEnvironment = !args[Env].isNone();
  plan.hasDirectory = !args[Cwd].isNone();
  return bytesTupleArg(args[ExecutableList], plan.executables) &&
         (!plan.hasEnvironment || bytesTupleArg(args[Env], plan.environment)) &&
         (!plan.hasDirectory || encodedArg(args[Cwd], plan.directory));
}

bool planOf(const Value* args, ChildPlan& plan) {
  if (!boolArg(args[CloseFds], plan.closesFds) ||
      !boolArg(args[RestoreSignals], plan.restoresSignals) ||
      !boolArg(args[StartNewSession], plan.startsSession))
    return false;
  for (int k = 0; k < 8; ++k)
    if (!intArg(args[StdinRead + k], plan.fds[k]))
      return false;
  if (!intArg(args[ProcessGroup], plan.processGroup) || !intArg(args[Umask], plan.mask))
    return false;
  if (plan.closesFds && plan.errorPipe() < 3)
    return raise(valueErrorType, "errpipe_write must be >= 3");
  plan.preexec = args[Preexec].isNone() ? Value() : args[Preexec];
  if (!isTuple(args[PassFds]))
    return raiseBadArgument("fork_exec", 4, "tuple", args[PassFds]);
  return descriptorsArg(args[PassFds], plan.keptFds) && programArgs(args, plan) &&
         identityArgs(args, plan);
}

/// A child that shares the memory until it execs is enough where it runs no Python code; changes
/// of users need one of its own, because the C library tells all threads of them.
pid_t startChild(ChildPlan& plan, char* const* executables, char* const* arguments,
                 char* const* environment) {
  bool shares = !plan.preexec && !plan.setsUser && !plan.setsGroup && !plan.setsGroups;
  pid_t pid = shares ? vfork() : fork(); // NOLINT(clang-analyzer-security.insecureAPI.vfork)
  if (pid == 0)
    runChild(plan, executables, arguments, environment);
  return pid;
}

Ref forkExec(const Value* args, size_t argc, Value kwnames) {
  if ((kwnames && asTuple(kwnames)->count) || argc != ArgCount)
    return raise(typeErrorType, "fork_exec expected %d arguments, got %zu", int{ArgCount}, argc);
  ChildPlan plan;
  if (!planOf(args, plan))
    return {};
  if (plan.preexec)
    runBeforeFork();
  char* const* executables = plan.executables.data();
  char* none[] = {nullptr};
  char* const* arguments = plan.hasArguments ? plan.arguments.data() : none;
  char* const* environment = plan.hasEnvironment ? plan.environment.data() : environ;
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &plan.signals);
  pid_t pid = startChild(plan, executables, arguments, environment);
  int error = errno;
  pthread_sigmask(SIG_SETMASK, &plan.signals, nullptr);
  if (plan.preexec)
    runAfterForkInParent();
  return pid >= 0 ? makeInt(pid) : Ref(raiseErrno(error));
}

constexpr MethodDef kFunctions[] = {
    {.signature = "fork_exec", .raw = moduleRaw<forkExec>},
};

} // namespace

bool fillModule__posixsubprocess(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addStr(module, "__doc__", "Starting programs: below subprocess.");
}

} // namespace pyc::rt
