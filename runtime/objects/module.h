// module: a namespace. Its dict stands where other objects keep their attribute store, so that the
// generic attribute look-up finds names in it (shapes of kind Dictionary).
#pragma once

#include "runtime/objects/dict.h"

namespace pyc::rt {

struct ModuleObject {
  Object header;
  DictObject* dict; // owned; null: not made yet (moduleDict makes it)
};
inline ModuleObject* asModule(Value value) {
  return value.as<ModuleObject>();
}
/// The namespace, borrowed; null with MemoryError.
DictObject* moduleDict(Value module);
inline bool isModule(Value value) {
  return value.isObject() && (hasShape(value, kShapeModule) || isInstance(value, &moduleType));
}

/// A module with __name__, __doc__, __package__, __loader__, __spec__ (the last four None).
Ref makeModule(StrObject* name);
/// Resolves a lazy import (PEP 810) found in a module's namespace. Set by the interpreter.
extern Ref (*lazyImportResolver)(Value lazyImport);
/// Imports a module by its dotted name. Set by the interpreter.
extern Ref (*moduleImporter)(StrObject* name);
/// repr() of a module, as importlib says it.
Ref reprModule(Value module);
/// The builtins module's namespace; null until the interpreter has made it.
extern DictObject* builtinsDict;
/// builtins.<name>, for pickling support and the like; AttributeError when a program has removed
/// it.
Ref getBuiltin(StrObject* name);
/// Adds functions to a module's namespace.
bool addFunctions(ModuleObject* module, const MethodDef* defs, size_t count);

} // namespace pyc::rt
