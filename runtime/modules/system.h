// The module `sys` as other parts of the runtime see it.
#pragma once

#include "runtime/objects/module.h"

#include <string>
#include <string_view>
#include <vector>

namespace pyc::rt {

/// The namespace of sys; null before it is made.
DictObject* systemDict();
/// sys.<name>, or null (nothing raised) when it was deleted.
Ref systemValue(std::string_view name);
bool setSystemValue(std::string_view name, Value value);
/// types.SimpleNamespace(**fields)
Ref makeSimpleNamespace(Value fields);
/// sys.modules.
DictObject* modulesDict();

/// What sys shows of how the program was started. Set before sys is made.
struct SystemStart {
  std::vector<std::string> arguments; // argv
  std::vector<std::string> originalArguments;
  std::vector<std::string> path; // of modules
  std::string executable;
};
SystemStart& systemStart();

/// Prints through sys.excepthook; for uncaught exceptions. Takes what is raised.
void printUncaught();
/// sys.displayhook.
Ref displayValue(Value value);
/// Connects errors.h's hooks with sys and warnings.
void installErrorHooks();
/// While the interpreter is going down.
bool isFinalizing();
void setFinalizing();

// Tables of functions, by topic: sys_<topic>.cpp.
std::span<const MethodDef> systemHookFunctions();
std::span<const MethodDef> systemRuntimeFunctions();
std::span<const MethodDef> systemImportFunctions();
std::span<const MethodDef> systemSettingFunctions();
/// The namespaces sys.monitoring and sys._jit.
Ref makeMonitoring();
Ref makeJitModule();
/// Versions, limits of types, flags.
bool addSystemFacts(ModuleObject* module);

} // namespace pyc::rt
