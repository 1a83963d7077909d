#include "runtime/modules/registry.h"

#include "runtime/objects/int.h"

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

bool addValue(ModuleObject* module, std::string_view name, Ref value) {
  return value && dictSetStr(moduleDict(Value(&module->header)), internLiteral(name), value);
}

bool addInt(ModuleObject* module, std::string_view name, int64_t value) {
  return addValue(module, name, makeInt(value));
}

bool addStr(ModuleObject* module, std::string_view name, std::string_view value) {
  return addValue(module, name, makeStr(value));
}

bool addType(ModuleObject* module, TypeObject& type) {
  return dictSetStr(moduleDict(Value(&module->header)), internLiteral(nameOf(&type)),
                    Value(&type.header));
}

} // namespace pyc::rt
