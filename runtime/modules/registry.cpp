#include "runtime/modules/registry.h"

namespace pyc::rt {

namespace {
constexpr BuiltinModule kModules[] = {
#define PYC_MODULE(name) {#name, fillModule_##name},
#include "runtime/modules/modules.def"
};
} // namespace

std::span<const BuiltinModule> builtinModules() {
  return kModules;
}

const BuiltinModule* findBuiltinModule(std::string_view name) {
  for (const BuiltinModule& module : kModules)
    if (module.name == name)
      return &module;
  return nullptr;
}

} // namespace pyc::rt
