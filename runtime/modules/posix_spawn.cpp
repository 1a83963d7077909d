// posix: posix_spawn() and posix_spawnp().
#include "runtime/modules/posix_parts.h"

#include "runtime/modules/signal_sets.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

#include <deque>
#include <spawn.h>
#include <unistd.h>

extern char** environ;

namespace pyc::rt {

namespace {

enum FileAction { Open, Close, Dup2, CloseFrom };

/// posix_spawn_file_actions_t, with the names that it refers to.
class FileActions {
public:
  FileActions() { posix_spawn_file_actions_init(&actions_); }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  bool addAll(Value sequence) {
    PYC_TRY(items, sequenceTuple(sequence));
    for (int64_t k = 0; k < asTuple(items)->count; ++k)
      if (!add(asTuple(items)->items()[k]))
        return false;
    return true;
  }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

private:
  bool add(Value item) {
    if (!isTuple(item) || asTuple(item)->count == 0)
      return raise(typeErrorType, "Each file_actions element must be a non-empty tuple");
    int kind;
    if (!intArg(asTuple(item)->items()[0], kind))
      return false;
    switch (kind) {
    case Open:
      return addOpen(item);
    case Close:
      return addOne(item, "A close", posix_spawn_file_actions_addclose);
    case Dup2:
      return addDup2(item);
    case CloseFrom:
      return addOne(item, "A closefrom", posix_spawn_file_actions_addclosefrom_np);
    }
    return raise(typeErrorType, "Unknown file_actions identifier");
  }
  static bool hasCount(Value item, int64_t count, const char* what) {
    return asTuple(item)->count == count ||
           static_cast<bool>(raise(typeErrorType, "%s file_action tuple must have %d elements",
                                   what, static_cast<int>(count)));
  }
  static bool check(int error) { return error == 0 || static_cast<bool>(raiseErrno(error)); }

  bool addOpen(Value item) {
    const Value* parts = asTuple(item)->items();
    int fd, flags, mode;
    std::string& path = names_.emplace_back();
    return hasCount(item, 5, "A open") && intArg(parts[1], fd) && encodedArg(parts[2], path) &&
           intArg(parts[3], flags) && intArg(parts[4], mode) &&
           check(posix_spawn_file_actions_addopen(&actions_, fd, path.c_str(), flags,
                                                  static_cast<mode_t>(mode)));
  }
  template <class Function> bool addOne(Value item, const char* what, Function function) {
    int fd;
    return hasCount(item, 2, what) && intArg(asTuple(item)->items()[1], fd) &&
           check(function(&actions_, fd));
  }
  bool addDup2(Value item) {
    const Value* parts = asTuple(item)->items();
    int from, to;
    return hasCount(item, 3, "A dup2") && intArg(parts[1], from) && intArg(parts[2], to) &&
           check(posix_spawn_file_actions_adddup2(&actions_, from, to));
  }

  posix_spawn_file_actions_t actions_;
  std::deque<std::string> names_;
};

class SpawnAttributes {
public:
  SpawnAttributes() { posix_spawnattr_init(&attributes_); }
  ~SpawnAttributes() { posix_spawnattr_destroy(&attributes_); }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;

  bool setGroup(Value argument) {
    int group;
    if (!argument || argument.isNone())
      return true;
    flags_ |= POSIX_SPAWN_SETPGROUP;
    return intArg(argument, group) && posix_spawnattr_setpgroup(&attributes_, group) == 0;
  }
  bool setSwitch(Value argument, short flag) {
    bool on = false;
    if (!boolArg(argument, on))
      return false;
    flags_ |= on ? flag : 0;
    return true;
  }
  template <class Function> bool setSignals(Value argument, short flag, Function function) {
    sigset_t signals;
    if (!argument || (isTuple(argument) && asTuple(argument)->count == 0))
      return true;
    flags_ |= flag;
    return signalSetArg(argument, signals) && function(&attributes_, &signals) == 0;
  }
  bool setScheduler(const char* function, Value argument) {
    if (!argument || argument.isNone())
      return true;
    if (!isTuple(argument) || asTuple(argument)->count != 2)
      return raise(typeErrorType, "%s: The scheduler option must be a tuple of two elements",
                   function);
    const Value* parts = asTuple(argument)->items();
    sched_param priority;
    if (!schedParamArg(parts[1], priority))
      return false;
    flags_ |= POSIX_SPAWN_SETSCHEDPARAM;
    posix_spawnattr_setschedparam(&attributes_, &priority);
    if (parts[0].isNone())
      return true;
    int policy;
    if (!intArg(parts[0], policy))
      return false;
    flags_ |= POSIX_SPAWN_SETSCHEDULER;
    return posix_spawnattr_setschedpolicy(&attributes_, policy) == 0;
  }
  const posix_spawnattr_t* get() {
    posix_spawnattr_setflags(&attributes_, flags_);
    return &attributes_;
  }

private:
  posix_spawnattr_t attributes_;
  short flags_ = 0;
};

enum SpawnArg { Path, Argv, Env, Actions, Group, ResetIds, Session, Mask, Default, Scheduler };

template <auto spawn> Ref spawnWith(const char* function, const Value* args) {
  PathArg path{function};
  StringArray arguments, environment;
  FileActions actions;
  SpawnAttributes attributes;
  if (!path.open(args[Path]))
    return {};
  if (!isList(args[Argv]) && !isTuple(args[Argv]))
    return raise(typeErrorType, "%s: argv must be a tuple or list", function);
  std::string prefix = std::string(function) + ": argv";
  if (!argumentsArg(prefix.c_str(), args[Argv], arguments))
    return {};
  if (arguments.size() == 0)
    return raise(valueErrorType, "%s: argv must not be empty", function);
  if (!args[Env].isNone() && !environmentArg(function, args[Env], environment))
    return {};
  if (args[Actions] && !args[Actions].isNone() && !actions.addAll(args[Actions]))
    return {};
  if (!attributes.setGroup(args[Group]) ||
      !attributes.setSwitch(args[ResetIds], POSIX_SPAWN_RESETIDS) ||
      !attributes.setSwitch(args[Session], POSIX_SPAWN_SETSID) ||
      !attributes.setSignals(args[Mask], POSIX_SPAWN_SETSIGMASK, posix_spawnattr_setsigmask) ||
      !attributes.setSignals(args[Default], POSIX_SPAWN_SETSIGDEF, posix_spawnattr_setsigdefault) ||
      !attributes.setScheduler(function, args[Scheduler]))
    return {};
  pid_t pid;
  int error = spawn(&pid, path.c_str(), actions.get(), attributes.get(), arguments.data(),
                    args[Env].isNone() ? environ : environment.data());
  return error ? Ref(raiseErrno(error, path.object)) : makeInt(pid);
}

Ref spawnFunction(const Value* args) {
  return spawnWith<posix_spawn>("posix_spawn", args);
}
Ref spawnpFunction(const Value* args) {
  return spawnWith<posix_spawnp>("posix_spawnp", args);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "posix_spawn(path, argv, env, /, *, file_actions=(), setpgroup=None, "
                  "resetids=False, setsid=False, setsigmask=(), setsigdef=(), scheduler=None)",
     .bound = spawnFunction},
    {.signature = "posix_spawnp(path, argv, env, /, *, file_actions=(), setpgroup=None, "
                  "resetids=False, setsid=False, setsigmask=(), setsigdef=(), scheduler=None)",
     .bound = spawnpFunction},
};

} // namespace

std::span<const MethodDef> posixSpawnFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
