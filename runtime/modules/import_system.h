// The import system: from a module's name to a module in sys.modules.
//
//   import_spec.cpp    ModuleSpec
//   import_finder.cpp  where modules come from, and their loaders
//   import_load.cpp    sys.modules, loading, parents
//   import.cpp         the import statement, __import__
//   import_lazy.cpp    lazy imports (PEP 810)
#pragma once

#include "runtime/objects/dict.h"
#include "runtime/objects/module.h"

#include <string>
#include <string_view>

namespace pyc::rt {

struct NativeProgram;

/// The modules that are linked into the program; before the first import. May be null.
void setProgram(const NativeProgram* program);
const NativeProgram* currentProgram();

/// The module of an absolute name, loaded with its parents if need be.
Ref importModule(StrObject* name);
Ref importModuleNamed(std::string_view name);
/// __import__: `globals` may be null or None where level is 0.
Ref importByName(StrObject* name, Value globals, Value fromList, int level);
/// The absolute name of an import in a module with these globals.
Ref resolveImportName(StrObject* name, Value globals, int level);
/// The loaded module of that name, or null with nothing raised.
Ref loadedModule(StrObject* name);
/// module.name as `from module import name` has it.
Ref importAttribute(Value module, StrObject* name);

// Specs.

struct ModuleSpecObject {
  Object header;
  Value name, loader, origin, locations, loaderState, cached; // null: None
  Value uninitialized; // list of submodules being imported, or null
  bool hasLocation, initializing;
};
extern TypeObject moduleSpecType;
inline ModuleSpecObject* asSpec(Value value) {
  return value.as<ModuleSpecObject>();
}
/// `locations` is a list for packages, else null.
Ref makeSpec(Value name, Value loader, Value origin, Value locations, bool hasLocation);
/// Sets __name__, __loader__, __package__, __spec__, __path__, __file__ by the spec.
bool initModuleAttributes(Value module, Value spec);

// Finding.

/// The spec of a module, None when there is none. `path`: the parent's __path__, or null for a
/// top-level one.
Ref findModuleSpec(StrObject* name, Value path);
/// The finder that stands in sys.meta_path.
Ref programFinder();
/// Runs a module's code (or fill function) in it.
bool executeModule(Value module, Value spec);
/// A loader of a source file, as `__main__` has one.
Ref makeSourceLoader(Value name, Value path);

} // namespace pyc::rt
