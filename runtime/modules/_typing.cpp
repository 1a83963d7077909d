// The module `_typing`: what typing has in C++.
#include "runtime/modules/registry.h"
#include "runtime/modules/typing_support.h"

namespace pyc::rt {

namespace {

Ref idFunction(const Value* args) {
  return Ref::copy(args[0]);
}
const MethodDef kFunctions[] = {{.signature = "_idfunc(x, /)", .bound = idFunction}};

TypeObject* const kTypes[] = {&typeVarType,         &paramSpecType,    &paramSpecArgsType,
                              &paramSpecKwargsType, &typeVarTupleType, &typeAliasType,
                              &genericBaseType};

} // namespace

bool fillModule__typing(ModuleObject* module) {
  for (TypeObject* type : kTypes) {
    readyType(type);
    if (!addType(module, *type))
      return false;
  }
  return addFunctions(module, kFunctions, 1) &&
         addValue(module, "Union", Ref::copy(&unionType.header)) &&
         addValue(module, "NoDefault", Ref::copy(noDefault()));
}

} // namespace pyc::rt
