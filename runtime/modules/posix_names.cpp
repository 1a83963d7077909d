// posix: sysconf(), confstr(), pathconf() and the names that they take.
#include "runtime/modules/posix_parts.h"

#include "runtime/objects/dict.h"
#include "runtime/objects/signature.h"

#include <unistd.h>

namespace pyc::rt {

namespace {

struct ConfigurationName {
  const char* name;
  int number;
};

constexpr ConfigurationName kSysconfNames[] = {
#define PYC_SYSCONF(name) {#name, _##name},
#include "runtime/modules/posix_names.def"
};
constexpr ConfigurationName kConfstrNames[] = {
#define PYC_CONFSTR(name) {#name, _##name},
#include "runtime/modules/posix_names.def"
};
constexpr ConfigurationName kPathconfNames[] = {
#define PYC_PATHCONF(name) {#name, _##name},
#include "runtime/modules/posix_names.def"
};

bool numberOfName(std::span<const ConfigurationName> names, Value argument, int& number) {
  if (!isStr(argument)) {
    if (!isInteger(argument) && !typeOf(argument)->slots.index)
      return raise(typeErrorType, "configuration names must be strings or integers");
    return intArg(argument, number);
  }
  for (const ConfigurationName& known : names)
    if (strEquals(asStr(argument), known.name)) {
      number = known.number;
      return true;
    }
  return raise(valueErrorType, "unrecognized configuration name");
}

Ref sysconfFunction(const Value* args) {
  int name;
  if (!numberOfName(kSysconfNames, args[0], name))
    return {};
  errno = 0;
  long value = sysconf(name);
  return value == -1 && errno ? Ref(raiseSystem()) : makeInt(value);
}

Ref confstrFunction(const Value* args) {
  int name;
  if (!numberOfName(kConfstrNames, args[0], name))
    return {};
  errno = 0;
  size_t size = confstr(name, nullptr, 0);
  if (size == 0)
    return errno ? Ref(raiseSystem()) : Ref::none();
  std::string text(size, '\0');
  confstr(name, text.data(), size);
  text.pop_back(); // the zero
  return fileSystemDecode(text);
}

Ref pathconfFunction(const Value* args) {
  PathArg path{"pathconf", "path", kPathOrFd};
  int name;
  if (!path.open(args[0]) || !numberOfName(kPathconfNames, args[1], name))
    return {};
  errno = 0;
  long value = path.isFd ? fpathconf(path.fd, name) : pathconf(path.c_str(), name);
  if (value != -1 || !errno)
    return makeInt(value);
  // EINVAL is about the name, not the path.
  return errno == EINVAL ? Ref(raiseSystem()) : Ref(raiseSystem(path));
}

Ref fpathconfFunction(const Value* args) {
  int fd, name;
  if (!filenoArg(args[0], fd) || !numberOfName(kPathconfNames, args[1], name))
    return {};
  errno = 0;
  long value = fpathconf(fd, name);
  return value == -1 && errno ? Ref(raiseSystem()) : makeInt(value);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "sysconf(name, /)", .bound = sysconfFunction},
    {.signature = "confstr(name, /)", .bound = confstrFunction},
    {.signature = "pathconf(path, name)", .bound = pathconfFunction},
    {.signature = "fpathconf(fd, name, /)", .bound = fpathconfFunction},
};

bool addNames(ModuleObject* module, const char* table, std::span<const ConfigurationName> names) {
  PYC_TRY(dict, newDict(names.size()));
  for (const ConfigurationName& known : names)
    if (!dictSetStr(asDict(dict), internLiteral(known.name), Value::fromInt(known.number)))
      return false;
  return addValue(module, table, std::move(dict));
}

} // namespace

bool addConfigurationNames(ModuleObject* module) {
  return addNames(module, "pathconf_names", kPathconfNames) &&
         addNames(module, "confstr_names", kConfstrNames) &&
         addNames(module, "sysconf_names", kSysconfNames);
}

std::span<const MethodDef> posixNameFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
