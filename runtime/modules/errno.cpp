// The module errno: the numbers of the system's errors.
#include <cerrno> // before the registry, which declares a module of the name of the macro

#include "runtime/modules/registry.h"

#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"

namespace pyc::rt {

namespace {

struct ErrorName {
  const char* name;
  int number;
};

#ifndef EFTYPE
#define EFTYPE 134 // newer than many systems' headers
#endif

constexpr ErrorName kErrors[] = {
#define PYC_ERRNO(name) {#name, name},
#include "runtime/modules/errno_names.def"
};

/// Where two names have one number, errorcode has the one that the system prefers.
bool isAlias(std::string_view name) {
  return name == "EWOULDBLOCK" || name == "EDEADLK" || name == "EOPNOTSUPP";
}

} // namespace

bool fillModule_errno(ModuleObject* module) {
  PYC_TRY(names, newDict(std::size(kErrors)));
  for (const ErrorName& error : kErrors) {
    StrObject* name = internLiteral(error.name);
    if (!name || !addInt(module, error.name, error.number) ||
        (!isAlias(error.name) && !dictSet(asDict(names), Value::fromInt(error.number), name)))
      return false;
  }
  return addValue(module, "errorcode", std::move(names)) &&
         addStr(module, "__doc__",
                "The numbers of the system's errors by name, and their names in errorcode.");
}

} // namespace pyc::rt
