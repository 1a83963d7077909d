// The module `sys`: its namespace as a whole.
#include "runtime/modules/registry.h"
#include "runtime/modules/system.h"

#include "runtime/modules/file_system.h"
#include "runtime/modules/standard_streams.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/set.h"

namespace pyc::rt {

namespace {

DictObject* systemNamespace = nullptr; // owned: outlives the module object
Value loadedModules;                   // sys.modules as it was made; programs may rebind the name
bool finalizing = false;

Ref stringList(const std::vector<std::string>& texts) {
  PYC_TRY(list, newList(texts.size()));
  for (const std::string& text : texts) {
    PYC_TRY(item, fileSystemDecode(text));
    if (!listAppend(asList(list), item))
      return {};
  }
  return list;
}

bool addStartFacts(ModuleObject* module) {
  const SystemStart& start = systemStart();
  return addValue(module, "argv", stringList(start.arguments)) &&
         addValue(module, "orig_argv", stringList(start.originalArguments)) &&
         addValue(module, "path", stringList(start.path)) &&
         addStr(module, "executable", start.executable) &&
         addStr(module, "_base_executable", start.executable) &&
         addValue(module, "warnoptions", newList(0)) && addValue(module, "_xoptions", newDict());
}

bool addImportState(ModuleObject* module) {
  Ref modules = newDict();
  if (!modules)
    return false;
  loadedModules = Ref::copy(modules).release();
  return addValue(module, "modules", std::move(modules)) &&
         addValue(module, "meta_path", newList(0)) && addValue(module, "path_hooks", newList(0)) &&
         addValue(module, "path_importer_cache", newDict()) &&
         addValue(module, "lazy_modules", newSet());
}

} // namespace

DictObject* systemDict() {
  return systemNamespace;
}

Ref systemValue(std::string_view name) {
  return systemNamespace ? Ref::copy(dictFindStr(systemNamespace, internLiteral(name))) : Ref();
}

bool setSystemValue(std::string_view name, Value value) {
  return dictSetStr(systemNamespace, internLiteral(name), value);
}

Ref makeSimpleNamespace(Value fields) {
  return call(&simpleNamespaceType.header, fields);
}

DictObject* modulesDict() {
  return asDict(loadedModules);
}

SystemStart& systemStart() {
  static SystemStart start;
  return start;
}

bool isFinalizing() {
  return finalizing;
}
void setFinalizing() {
  finalizing = true;
}

bool fillModule_sys(ModuleObject* module) {
  DictObject* dict = moduleDict(Value(&module->header));
  if (!dict)
    return false;
  systemNamespace = asDict(Ref::copy(Value(&dict->header)).release());
  for (std::span<const MethodDef> table : {systemHookFunctions(), systemRuntimeFunctions(),
                                           systemImportFunctions(), systemSettingFunctions()})
    if (!addFunctions(module, table.data(), table.size()))
      return false;
  return addStr(module, "__doc__",
                "The runtime: what it is, what it has loaded, and how it behaves.") &&
         addValue(module, "monitoring", makeMonitoring()) &&
         addValue(module, "_jit", makeJitModule()) && addSystemFacts(module) &&
         addStartFacts(module) && addImportState(module) && addStandardStreams(module);
}

} // namespace pyc::rt
