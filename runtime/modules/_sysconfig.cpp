// The module _sysconfig: what the standard library's sysconfig asks about how this was built.
#include "runtime/modules/registry.h"

namespace pyc::rt {

namespace {

Ref configVars(const Value*) {
  PYC_TRY(variables, newDict());
  if (!dictSetStr(asDict(variables), internLiteral("Py_GIL_DISABLED"), Value::fromInt(1)) ||
      !dictSetStr(asDict(variables), internLiteral("Py_DEBUG"), Value::fromInt(0)))
    return {};
  return variables;
}

constexpr MethodDef kFunctions[] = {
    {.signature = "config_vars()",
     .bound = configVars,
     .doc = "Facts about the build, by CPython's names for them."},
};

} // namespace

bool fillModule__sysconfig(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addStr(module, "__doc__", "A helper for the sysconfig module.");
}

} // namespace pyc::rt
