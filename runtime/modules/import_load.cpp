// sys.modules, and loading a module with its parents.
#include "runtime/modules/import_system.h"

#include "runtime/modules/system.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

/// sys.modules as the program has it: nearly always the dict that we made.
Ref modules() {
  Ref current = systemValue("modules");
  if (!current)
    return raise(runtimeErrorType, "unable to get sys.modules");
  return current;
}

bool findLoaded(Value table, StrObject* name, Ref& result) {
  if (hasShape(table, kShapeDict)) {
    result = Ref::copy(dictFindStr(asDict(table), name));
    return true;
  }
  result = getItem(table, name);
  return result || catchRaised(keyErrorType);
}

Raised raiseNotFound(StrObject* name, Ref message) {
  if (!message)
    return {};
  Ref error = call(&moduleNotFoundErrorType.header, message);
  if (error && setAttr(error, names::name, Value(&name->header)))
    (void)raiseValue(error);
  return {};
}

int64_t lastDot(const StrObject* name) {
  int64_t at = name->length;
  while (--at >= 0)
    if (name->at(at) == '.')
      return at;
  return -1;
}

/// The parent package's __path__; null Ref and true for a top-level module.
bool parentPath(StrObject* name, int64_t dot, Ref& parent, Ref& path) {
  if (dot < 0)
    return true;
  Ref parentName = strSlice(name, 0, dot);
  if (!parentName || !(parent = importModule(asStr(parentName))) ||
      !findAttr(parent, names::__path__, path))
    return false;
  if (path)
    return true;
  raiseNotFound(name, formatText("No module named %R; %R is not a package", Value(&name->header),
                                 parentName.get()));
  return false;
}

/// A loader of the program's own may make the module object itself.
Ref createModule(Value spec) {
  Ref specName = getAttr(spec, names::name);
  Ref loader = specName ? getAttr(spec, internLiteral("loader")) : Ref();
  if (!loader || !isStr(specName))
    return {};
  if (typeOf(spec) != &moduleSpecType && !loader.isNone()) {
    Ref maker;
    if (!findAttr(loader, internLiteral("create_module"), maker))
      return {};
    if (maker) {
      PYC_TRY(made, call(maker, spec));
      if (!made.isNone())
        return made;
    }
  }
  return makeModule(asStr(specName));
}

/// What a foreign spec says, as module attributes (importlib._bootstrap._init_module_attrs).
bool initForeignAttributes(Value module, Value spec) {
  PYC_TRY(bootstrap, importModuleNamed("importlib._bootstrap"));
  Value args[] = {spec, module};
  return static_cast<bool>(callMethod(bootstrap, internLiteral("_init_module_attrs"), args, 2));
}

bool setInitializing(Value spec, bool value) {
  if (typeOf(spec) == &moduleSpecType) {
    asSpec(spec)->initializing = value;
    return true;
  }
  return setAttr(spec, names::_initializing, Value::fromBool(value));
}

/// Runs the module's code; a failed one leaves sys.modules.
Ref runModule(StrObject* name, Value table, Value module, Value spec) {
  if (!setInitializing(spec, true))
    return {};
  bool done = executeModule(module, spec);
  Ref error = takeRaised();
  if (!setInitializing(spec, false))
    clearRaised();
  if (!done) {
    if (!setItem(table, Value(&name->header), Value()))
      clearRaised();
    restoreRaised(std::move(error));
    return {};
  }
  // The code may have put something else in its place.
  Ref result;
  if (!findLoaded(table, name, result))
    return {};
  if (!result)
    return raise(keyErrorType, "%R", Value(&name->header));
  return result;
}

Ref loadModule(StrObject* name, Value table, Value spec) {
  PYC_TRY(module, createModule(spec));
  bool ours = typeOf(spec) == &moduleSpecType;
  if (!(ours ? initModuleAttributes(module, spec) : initForeignAttributes(module, spec)) ||
      !setItem(table, Value(&name->header), module))
    return {};
  return runModule(name, table, module, spec);
}

/// Between the begin and the end of a submodule's import its parent knows of it.
void markSubmodule(Value parent, StrObject* child, bool begins) {
  if (!isModule(parent))
    return;
  Value spec = dictFindStr(moduleDict(parent), names::__spec__);
  if (!spec || typeOf(spec) != &moduleSpecType)
    return;
  ModuleSpecObject* object = asSpec(spec);
  if (begins) {
    if (!object->uninitialized)
      object->uninitialized = newList(1).release();
    if (!object->uninitialized || !listAppend(asList(object->uninitialized), Value(&child->header)))
      clearRaised();
  } else if (object->uninitialized && asList(object->uninitialized)->count > 0) {
    ListObject* list = asList(object->uninitialized);
    (void)listPop(list, list->count - 1);
  }
}

/// parent.child = module; what the parent does not allow is only worth a warning.
bool bindInParent(Value parent, StrObject* child, StrObject* name, Value module) {
  if (setAttr(parent, child, module))
    return true;
  if (!catchRaised(attributeErrorType))
    return false;
  return warn(importWarningType, 1, "Cannot set an attribute on %R for child module %R", parent,
              Value(&child->header));
}

Ref findAndLoad(StrObject* name, Value table) {
  int64_t dot = lastDot(name);
  Ref parent, path;
  if (!parentPath(name, dot, parent, path))
    return {};
  if (dot >= 0) {
    // Importing the parent may have imported this one.
    Ref loaded;
    if (!findLoaded(table, name, loaded))
      return {};
    if (loaded)
      return loaded;
  }
  PYC_TRY(spec, findModuleSpec(name, path));
  if (spec.isNone())
    return raiseNotFound(name, formatText("No module named %R", Value(&name->header)));
  if (dot < 0)
    return loadModule(name, table, spec);
  PYC_TRY(childName, strSlice(name, dot + 1, name->length));
  PYC_TRY(child, intern(childName));
  markSubmodule(parent, asStr(child), true);
  Ref module = loadModule(name, table, spec);
  markSubmodule(parent, asStr(child), false);
  if (!module || !bindInParent(parent, asStr(child), name, module))
    return {};
  return module;
}

} // namespace

Ref loadedModule(StrObject* name) {
  Ref table = systemValue("modules"), result;
  if (!table || !findLoaded(table, name, result))
    clearRaised();
  return result;
}

Ref importModule(StrObject* name) {
  PYC_TRY(table, modules());
  Ref loaded;
  if (!findLoaded(table, name, loaded))
    return {};
  if (loaded && !loaded.isNone())
    return loaded;
  if (loaded)
    return raiseNotFound(
        name, formatText("import of %S halted; None in sys.modules", Value(&name->header)));
  return findAndLoad(name, table);
}

Ref importModuleNamed(std::string_view name) {
  PYC_TRY(text, makeStr(name));
  return importModule(asStr(text));
}

} // namespace pyc::rt
