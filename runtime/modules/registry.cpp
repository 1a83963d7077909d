#include "runtime/modules/registry.h"

namespace pyc::rt {

namespace {
std::span<const BuiltinModule> linkedModules; // set once, at the start
} // namespace

std::span<const BuiltinModule> builtinModules() {
  return linkedModules;
}

void setBuiltinModules(std::span<const BuiltinModule> modules) {
  linkedModules = modules;
}

const BuiltinModule* findBuiltinModule(std::string_view name) {
  for (const BuiltinModule& module : linkedModules)
    if (module.name == name)
      return &module;
  return nullptr;
}

} // namespace pyc::rt
