// Helpers of the modules' fill functions, apart from the table of modules, so that a program (or
// test) with one module does not need them all.
#include "runtime/modules/registry.h"
#include "runtime/objects/int.h"

namespace pyc::rt {

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
