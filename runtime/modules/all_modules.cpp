// A file of its own, so that the linker takes it, and with it every module, for the interpreter
// only.
#include "runtime/modules/registry.h"

namespace pyc::rt {

namespace {
constexpr BuiltinModule kModules[] = {
#define PYC_MODULE(name) {#name, fillModule_##name},
#include "runtime/modules/modules.def"
};
} // namespace

std::span<const BuiltinModule> allBuiltinModules() {
  return kModules;
}

} // namespace pyc::rt
