// The module `_types`: the names that `types` gives to built-in types.
#include "runtime/interp/frame_locals.h"
#include "runtime/modules/capsule.h"
#include "runtime/modules/registry.h"

namespace pyc::rt {

namespace {

struct Entry {
  const char* name;
  TypeObject* type;
};
const Entry kTypes[] = {
    {"AsyncGeneratorType", &asyncGeneratorType},
    {"BuiltinFunctionType", &builtinFunctionType},
    {"BuiltinMethodType", &builtinFunctionType},
    {"CapsuleType", &capsuleType},
    {"CellType", &cellType},
    {"ClassMethodDescriptorType", &classMethodDescriptorType},
    {"CodeType", &codeType},
    {"CoroutineType", &coroutineType},
    {"EllipsisType", &ellipsisType},
    {"FrameType", &frameType},
    {"FrameLocalsProxyType", &localsProxyType},
    {"FunctionType", &functionType},
    {"GeneratorType", &generatorType},
    {"GenericAlias", &genericAliasType},
    {"GetSetDescriptorType", &getSetDescriptorType},
    {"LambdaType", &functionType},
    {"LazyImportType", &lazyImportType},
    {"MappingProxyType", &mappingProxyType},
    {"MemberDescriptorType", &memberDescriptorType},
    {"MethodDescriptorType", &methodDescriptorType},
    {"MethodType", &boundMethodType},
    {"MethodWrapperType", &methodWrapperType},
    {"ModuleType", &moduleType},
    {"NoneType", &noneType},
    {"NotImplementedType", &notImplementedType},
    {"SimpleNamespace", &simpleNamespaceType},
    {"TracebackType", &tracebackType},
    {"UnionType", &unionType},
    {"WrapperDescriptorType", &slotWrapperType},
};

} // namespace

bool fillModule__types(ModuleObject* module) {
  readyType(&capsuleType);
  for (const Entry& entry : kTypes)
    if (!addValue(module, entry.name, Ref::copy(&entry.type->header)))
      return false;
  return true;
}

} // namespace pyc::rt
