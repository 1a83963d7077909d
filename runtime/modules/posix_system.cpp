// posix: the environment, the machine, terminals, randomness.
#include "runtime/modules/posix_parts.h"

#include "runtime/modules/struct_sequence.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/float.h"
#include "runtime/objects/signature.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <unistd.h>

extern char** environ;

namespace pyc::rt {

Ref environmentDict() {
  PYC_TRY(result, newDict());
  for (char** entry = environ; entry && *entry; ++entry) {
    std::string_view text = *entry;
    size_t split = text.find('=');
    if (split == text.npos)
      continue;
    PYC_TRY(name, makeBytes(text.substr(0, split)));
    PYC_TRY(value, makeBytes(text.substr(split + 1)));
    if (!dictSetDefault(asDict(result), name,
                        value)) // the first of two is the one that getenv sees
      return {};
  }
  return result;
}

namespace {

Ref createEnvironFunction(const Value*) {
  return environmentDict();
}

Ref putenvFunction(const Value* args) {
  std::string name, value;
  if (!encodedArg(args[0], name) || !encodedArg(args[1], value))
    return {};
  if (name.find('=') != name.npos)
    return raise(valueErrorType, "illegal environment variable name");
  return noneOrRaise(setenv(name.c_str(), value.c_str(), 1));
}

Ref unsetenvFunction(const Value* args) {
  std::string name;
  return encodedArg(args[0], name) ? noneOrRaise(unsetenv(name.c_str())) : Ref();
}

Ref clearenvFunction(const Value*) {
  return clearenv() == 0 ? Ref::none() : Ref(raiseErrno(ENOMEM));
}

Ref systemFunction(const Value* args) {
  std::string command;
  if (!encodedArg(args[0], command))
    return {};
  return makeInt(system(command.c_str())); // NOLINT(concurrency-mt-unsafe)
}

Ref strerrorFunction(const Value* args) {
  int number;
  return intArg(args[0], number) ? fileSystemDecode(strerror(number)) : Ref();
}

// The machine.

constexpr const char* kUnameFields[] = {"sysname", "nodename", "release", "version", "machine"};
constexpr StructSequenceDef kUnameDef = {kUnameFields, 5, 5, true};

Ref unameFunction(const Value*) {
  utsname names;
  if (uname(&names) != 0)
    return raiseSystem();
  Ref values[] = {fileSystemDecode(names.sysname), fileSystemDecode(names.nodename),
                  fileSystemDecode(names.release), fileSystemDecode(names.version),
                  fileSystemDecode(names.machine)};
  return makeStructSequence(unameResultType, kUnameDef, values);
}

constexpr const char* kTimesFields[] = {"user", "system", "children_user", "children_system",
                                        "elapsed"};
constexpr StructSequenceDef kTimesDef = {kTimesFields, 5, 5, true};

Ref timesFunction(const Value*) {
  tms used;
  clock_t now = times(&used);
  if (now == static_cast<clock_t>(-1))
    return raiseSystem();
  auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  auto seconds = [&](clock_t count) { return makeFloat(static_cast<double>(count) / ticks); };
  Ref values[] = {seconds(used.tms_utime), seconds(used.tms_stime), seconds(used.tms_cutime),
                  seconds(used.tms_cstime), seconds(now)};
  return makeStructSequence(timesResultType, kTimesDef, values);
}

Ref cpuCountFunction(const Value*) {
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? makeInt(count) : Ref::none();
}

Ref getloadavgFunction(const Value*) {
  double averages[3];
  if (getloadavg(averages, 3) != 3)
    return raise(osErrorType, "Load averages are unobtainable");
  return tupleOf(makeFloat(averages[0]), makeFloat(averages[1]), makeFloat(averages[2]));
}

// Randomness.

bool randomBytes(char* to, size_t size, unsigned flags, size_t& filled) {
  ssize_t count = retrySystem([&] { return getrandom(to, size, flags); });
  if (count < 0)
    return raiseSystem();
  filled = static_cast<size_t>(count);
  return true;
}

Ref getrandomFunction(const Value* args) {
  int64_t size;
  int flags = 0;
  if (!sizeArg(args[0], size) || (args[1] && !intArg(args[1], flags)))
    return {};
  if (size < 0)
    return raiseErrno(EINVAL);
  std::string bytes(static_cast<size_t>(size), '\0');
  size_t filled;
  if (!randomBytes(bytes.data(), bytes.size(), static_cast<unsigned>(flags), filled))
    return {};
  return makeBytes(std::string_view(bytes).substr(0, filled));
}

Ref urandomFunction(const Value* args) {
  int64_t size;
  if (!sizeArg(args[0], size))
    return {};
  if (size < 0)
    return raise(valueErrorType, "size cannot be negative");
  std::string bytes(static_cast<size_t>(size), '\0');
  for (size_t done = 0, filled; done < bytes.size(); done += filled)
    if (!randomBytes(bytes.data() + done, bytes.size() - done, 0, filled))
      return {};
  return makeBytes(bytes);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "_create_environ()", .bound = createEnvironFunction},
    {.signature = "putenv(name, value, /)", .bound = putenvFunction},
    {.signature = "unsetenv(name, /)", .bound = unsetenvFunction},
    {.signature = "_clearenv()", .bound = clearenvFunction},
    {.signature = "system(command)", .bound = systemFunction},
    {.signature = "strerror(code, /)", .bound = strerrorFunction},
    {.signature = "uname()", .bound = unameFunction},
    {.signature = "times()", .bound = timesFunction},
    {.signature = "cpu_count()", .bound = cpuCountFunction},
    {.signature = "getloadavg()", .bound = getloadavgFunction},
    {.signature = "getrandom(size, flags=0)", .bound = getrandomFunction},
    {.signature = "urandom(size, /)", .bound = urandomFunction},
};

} // namespace

constinit TypeObject unameResultType =
    structSequenceType<kUnameDef>("posix.uname_result", "What uname() says of the system.");
constinit TypeObject timesResultType = structSequenceType<kTimesDef>(
    "posix.times_result", "Seconds that the process and its children have run: times().");

std::span<const MethodDef> posixSystemFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
