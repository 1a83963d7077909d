// The module `posix`: what its pages (posix_*.cpp) share. Arguments are converted here once for all
// functions, with the errors that CPython's argument parser has for them.
#pragma once

#include "runtime/interp/signals.h"
#include "runtime/modules/file_system.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <cerrno>
#include <climits>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <string>
#include <sys/stat.h>
#include <sys/types.h>
#include <tuple>
#include <utility>
#include <vector>

namespace pyc::rt {

// Arguments.

enum PathFlags : uint8_t { kPathPlain = 0, kPathOrFd = 1, kPathOptional = 2 };

/// A path (str, bytes or path-like), where allowed a file descriptor or None, which is ".".
struct PathArg {
  const char* function;          // for messages
  const char* argument = "path"; // its name
  PathFlags flags = kPathPlain;
  Ref object = {};        // for error messages: the str, bytes or int
  std::string bytes = {}; // empty for a descriptor
  int fd = -1;
  bool isFd = false;
  bool isBytes = false;

  bool open(Value value);
  const char* c_str() const { return bytes.c_str(); }
};

/// dir_fd: null and None are AT_FDCWD.
bool dirFdArg(Value argument, int& result);
/// A descriptor or an object with fileno().
bool filenoArg(Value argument, int& result);
/// A user or group number; -1 means "as it is". `what`: "uid" or "gid".
bool idArg(const char* what, Value argument, uint32_t& result);
/// An offset or a length in files.
bool offsetArg(Value argument, off_t& result);
bool unsignedArg(Value argument, unsigned& result);
/// os.fsencode of a name that is no path ("embedded null byte").
bool encodedArg(Value argument, std::string& result);
/// TypeErrors and ValueErrors of functions that take a path or a descriptor, and dir_fd and
/// follow_symlinks besides.
bool checkPlacement(const PathArg& path, int dirFd, bool follows);

/// One argument of a plain C type.
inline bool plainArg(Value argument, int& result) {
  return intArg(argument, result);
}
inline bool plainArg(Value argument, unsigned& result) {
  return unsignedArg(argument, result);
}
inline bool plainArg(Value argument, off_t& result) {
  return offsetArg(argument, result);
}

// System calls.

/// Makes a system call, again when a signal's handler has run and returned. Negative: it failed;
/// raiseSystem() says why.
template <class Call> auto retrySystem(Call call) {
  for (;;) {
    auto result = call();
    if (result >= 0 || errno != EINTR)
      return result;
    if (!runSignalHandlers())
      return result;
  }
}

/// OSError of errno, unless a signal's handler has raised already.
inline Raised raiseSystem(Value fileName = {}) {
  return isRaised() ? Raised() : raiseErrno(errno, fileName);
}
inline Raised raiseSystem(const PathArg& path) {
  return raiseSystem(path.object.get());
}
/// OSError with two file names.
Raised raiseSystem(const PathArg& source, const PathArg& target);

inline Ref noneOrRaise(int result) {
  return result >= 0 ? Ref::none() : Ref(raiseSystem());
}
inline Ref intOrRaise(int64_t result) {
  return result >= 0 ? makeInt(result) : Ref(raiseSystem());
}
inline Ref noneOrRaise(int result, const PathArg& path) {
  return result >= 0 ? Ref::none() : Ref(raiseSystem(path));
}

/// function(arguments...) of plain C types, as a bound function of the module: `finish` makes the
/// result.
template <class Result, class... Args, size_t... kIndex, class Finish>
Ref callPlain(Result (*function)(Args...), const Value* args, Finish finish,
              std::index_sequence<kIndex...>) {
  std::tuple<Args...> converted;
  if (!(plainArg(args[kIndex], std::get<kIndex>(converted)) && ...))
    return {};
  return finish(retrySystem([&] { return function(std::get<kIndex>(converted)...); }));
}
template <class Result, class... Args, class Finish>
Ref callPlain(Result (*function)(Args...), const Value* args, Finish finish) {
  return callPlain(function, args, finish, std::index_sequence_for<Args...>());
}
/// For calls that say nothing but whether they worked.
template <auto function> Ref plainForNone(const Value* args) {
  return callPlain(function, args,
                   [](auto result) { return noneOrRaise(static_cast<int>(result)); });
}
/// For calls whose result is a number, negative when they failed.
template <auto function> Ref plainForInt(const Value* args) {
  return callPlain(function, args, [](auto result) { return intOrRaise(result); });
}

/// (a, b)
inline Ref intPair(int64_t a, int64_t b) {
  PYC_TRY(first, makeInt(a));
  PYC_TRY(second, makeInt(b));
  return tupleOf(first, second);
}

// The module's functions, by topic: posix_<topic>.cpp.
std::span<const MethodDef> posixStatFunctions();
std::span<const MethodDef> posixPathFunctions();
std::span<const MethodDef> posixDirectoryFunctions();
std::span<const MethodDef> posixAttributeFunctions();
std::span<const MethodDef> posixDescriptorFunctions();
std::span<const MethodDef> posixTransferFunctions();
std::span<const MethodDef> posixTerminalFunctions();
std::span<const MethodDef> posixProcessFunctions();
std::span<const MethodDef> posixExecFunctions();
std::span<const MethodDef> posixSpawnFunctions();
std::span<const MethodDef> posixWaitFunctions();
std::span<const MethodDef> posixSchedulerFunctions();
std::span<const MethodDef> posixIdentityFunctions();
std::span<const MethodDef> posixSystemFunctions();
std::span<const MethodDef> posixEventFunctions();
std::span<const MethodDef> posixNameFunctions();
std::span<const MethodDef> posixPathTextFunctions();

// Types.
extern constinit TypeObject statResultType, statvfsResultType, statxResultType, terminalSizeType,
    timesResultType, unameResultType, waitidResultType, schedParamType, dirEntryType,
    scandirIteratorType;

/// os.stat_result of a C structure; statOf: also raises.
Ref makeStatResult(const struct stat& info);
/// posix.environ as a new dict of bytes.
Ref environmentDict();
/// The tables sysconf_names, confstr_names, pathconf_names.
bool addConfigurationNames(ModuleObject* module);

/// An os.sched_param.
bool schedParamArg(Value argument, sched_param& result);

// fork(): what Python code wants to run around it.
void runBeforeFork();
void runAfterForkInParent();
void runAfterForkInChild();

/// What execve() takes: strings and a null-terminated array of pointers to them.
class StringArray {
public:
  bool add(Value value);
  void add(std::string text) { texts_.push_back(std::move(text)); }
  size_t size() const { return texts_.size(); }
  const std::string& operator[](size_t k) const { return texts_[k]; }
  /// Valid until the next add().
  char* const* data();

private:
  std::vector<std::string> texts_;
  std::vector<char*> pointers_;
};
/// argv of execv() and its like; `prefix` of messages.
bool argumentsArg(const char* prefix, Value argument, StringArray& out);
/// "NAME=value" of a mapping.
bool environmentArg(const char* function, Value argument, StringArray& out);

} // namespace pyc::rt
