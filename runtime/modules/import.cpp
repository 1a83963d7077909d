// The import statement's meaning, and __import__.
#include "runtime/interp/import.h"

#include "runtime/interp/names.h"
#include "runtime/modules/import_lazy.h"
#include "runtime/modules/import_system.h"
#include "runtime/modules/stdlib_names.h"
#include "runtime/modules/system.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

constexpr char kNoPackage[] = "attempted relative import with no known parent package";

/// Text up to the last dot; empty when there is none.
Ref upToLastDot(StrObject* text) {
  int64_t end = text->length;
  while (end > 0 && text->at(end - 1) != '.')
    --end;
  return strSlice(text, 0, end > 0 ? end - 1 : 0);
}

/// The package that a module with these globals belongs to.
Ref packageOf(DictObject* globals) {
  Value package = dictFindStr(globals, names::__package__);
  if (package && !package.isNone()) {
    if (!isStr(package))
      return raise(typeErrorType, "package must be a string");
    return Ref::copy(package);
  }
  Value spec = dictFindStr(globals, names::__spec__);
  if (spec && !spec.isNone()) {
    PYC_TRY(parent, getAttr(spec, internLiteral("parent")));
    if (!isStr(parent))
      return raise(typeErrorType, "__spec__.parent must be a string");
    return parent;
  }
  if (!warn(importWarningType, 1,
            "can't resolve package from __spec__ or __package__, falling back on __name__ and "
            "__path__"))
    return {};
  Value name = dictFindStr(globals, names::__name__);
  if (!name)
    return raise(keyErrorType, "'__name__' not in globals");
  if (!isStr(name))
    return raise(typeErrorType, "__name__ must be a string");
  return dictFindStr(globals, names::__path__) ? Ref::copy(name) : upToLastDot(asStr(name));
}

} // namespace

Ref resolveImportName(StrObject* name, Value globals, int level) {
  if (level < 0)
    return raise(valueErrorType, "level must be >= 0");
  if (level == 0) {
    if (name->length == 0)
      return raise(valueErrorType, "Empty module name");
    return Ref::copy(Value(&name->header));
  }
  if (!globals || globals.isNone())
    return raise(keyErrorType, "'__name__' not in globals");
  if (!isDict(globals))
    return raise(typeErrorType, "globals must be a dict");
  PYC_TRY(package, packageOf(asDict(globals)));
  if (asStr(package)->length == 0)
    return raise(importErrorType, kNoPackage);
  for (int up = 1; up < level; ++up) {
    PYC_TRY(outer, upToLastDot(asStr(package)));
    if (asStr(outer)->length == 0)
      return raise(importErrorType, "attempted relative import beyond top-level package");
    package = std::move(outer);
  }
  if (name->length == 0)
    return package;
  return formatText("%S.%S", package.get(), Value(&name->header));
}

namespace {

/// Imports the submodules that a `from` list names, where they are no attributes yet.
bool importFromList(Value module, Value fromList, bool recursive);

bool importListed(Value module, Value item, bool recursive) {
  if (!isStr(item)) {
    PYC_TRY(moduleName, getAttr(module, names::__name__));
    return raise(typeErrorType,
                 recursive ? "Item in %S.__all__ must be str, not %T"
                           : "Item in ``from list'' must be str, not %T",
                 recursive ? moduleName.get() : item, item);
  }
  if (strEquals(asStr(item), "*")) {
    Ref all;
    if (recursive || !findAttr(module, names::__all__, all))
      return recursive;
    return !all || importFromList(module, all, true);
  }
  Ref attribute;
  if (!findAttr(module, asStr(item), attribute))
    return false;
  if (attribute)
    return true;
  PYC_TRY(moduleName, getAttr(module, names::__name__));
  PYC_TRY(fullName, formatText("%S.%S", moduleName.get(), item));
  if (importModule(asStr(fullName)))
    return true;
  if (!isRaised(moduleNotFoundErrorType))
    return false;
  // Only that very module may be missing; the `from` reports it.
  Ref error = takeRaised();
  Ref missing;
  bool same = false;
  if (!findAttr(error, names::name, missing) || (missing && !equalItems(missing, fullName, same)))
    return false;
  Ref entry = Ref();
  bool halted = false;
  if (DictObject* table = modulesDict()) {
    Value found = dictFindStr(table, asStr(fullName));
    halted = found && found.isNone();
  }
  if (same && !halted)
    return true;
  restoreRaised(std::move(error));
  return false;
}

bool importFromList(Value module, Value fromList, bool recursive) {
  return forEach(fromList, [&](Value item) { return importListed(module, item, recursive); });
}

/// The module that `import a.b.c` binds: a.
Ref topLevel(StrObject* absolute) {
  for (int64_t k = 0; k < absolute->length; ++k) {
    if (absolute->at(k) != '.')
      continue;
    PYC_TRY(front, strSlice(absolute, 0, k));
    return importModule(asStr(front));
  }
  return importModule(absolute);
}

} // namespace

Ref importByName(StrObject* name, Value globals, Value fromList, int level) {
  PYC_TRY(absolute, resolveImportName(name, globals, level));
  PYC_TRY(module, importModule(asStr(absolute)));
  bool hasList = false;
  if (fromList && !truth(fromList, hasList))
    return {};
  if (hasList) {
    Ref path;
    if (!findAttr(module, names::__path__, path) ||
        (path && !importFromList(module, fromList, false)))
      return {};
    return module;
  }
  if (level == 0 || name->length == 0)
    return level == 0 ? topLevel(asStr(absolute)) : std::move(module);
  // __import__('b.c', level=1) in package a gives a.b.
  int64_t front = 0;
  while (front < name->length && name->at(front) != '.')
    ++front;
  if (front == name->length)
    return module;
  int64_t cut = asStr(absolute)->length - (name->length - front);
  PYC_TRY(shorter, strSlice(asStr(absolute), 0, cut));
  return importModule(asStr(shorter));
}

Ref importName(Frame* frame, StrObject* name, Value fromList, int level) {
  Ref function;
  if (!findInMapping(Value(&frame->builtins->header), names::__import__, function))
    return {};
  if (!function)
    return raise(importErrorType, "__import__ not found");
  Value globals = Value(&frame->globals->header);
  if (isOwnImportFunction(function))
    return importByName(name, globals, fromList, level);
  Value args[] = {Value(&name->header), globals, frame->locals ? frame->locals : Value::none(),
                  fromList, Value::fromInt(level)};
  return call(function, args, 5);
}

namespace {

Ref importErrorText(Value module, StrObject* name, Value moduleName, Ref& path) {
  Value shownName = moduleName ? moduleName : Value();
  Ref unknown;
  if (!shownName) {
    unknown = makeStr("<unknown module name>");
    shownName = unknown;
  }
  bool initializing = false;
  if (isModule(module)) {
    DictObject* dict = moduleDict(module);
    if (Value file = dictFindStr(dict, names::__file__); file && isStr(file))
      path = Ref::copy(file);
    Value spec = dictFindStr(dict, names::__spec__);
    initializing = spec && typeOf(spec) == &moduleSpecType && asSpec(spec)->initializing;
  }
  PYC_TRY(location, path ? Ref::copy(path) : makeStr("unknown location"));
  if (path && isShadowingStdlib(path, shownName))
    return formatText(
        "cannot import name %R from %R (consider renaming %R since it has the same name as the "
        "standard library module named %R and prevents importing that standard library module)",
        Value(&name->header), shownName, path.get(), shownName);
  if (initializing)
    return formatText(
        "cannot import name %R from partially initialized module %R (most likely due to a circular "
        "import) (%S)",
        Value(&name->header), shownName, location.get());
  return formatText("cannot import name %R from %R (%S)", Value(&name->header), shownName,
                    location.get());
}

Ref raiseCannotImport(Value module, StrObject* name) {
  Ref moduleName, path;
  if (!findAttr(module, names::__name__, moduleName))
    clearRaised();
  if (moduleName && !isStr(moduleName))
    moduleName = Ref();
  PYC_TRY(text, importErrorText(module, name, moduleName, path));
  PYC_TRY(error, call(&importErrorType.header, text));
  auto orNone = [](const Ref& value) { return value ? value.get() : Value::none(); };
  if (setAttr(error, names::name, orNone(moduleName)) &&
      setAttr(error, names::path, orNone(path)) &&
      setAttr(error, internLiteral("name_from"), Value(&name->header)))
    (void)raiseValue(error);
  return {};
}

} // namespace

Ref importAttribute(Value module, StrObject* name) {
  Ref value;
  if (!findAttr(module, name, value))
    return {};
  if (value)
    return value;
  // A submodule in a circular import is in sys.modules before it is an attribute.
  Ref moduleName;
  if (!findAttr(module, names::__name__, moduleName))
    return {};
  if (moduleName && isStr(moduleName)) {
    PYC_TRY(fullName, formatText("%S.%S", moduleName.get(), Value(&name->header)));
    Ref submodule = loadedModule(asStr(fullName));
    if (submodule && !submodule.isNone())
      return submodule;
  }
  return raiseCannotImport(module, name);
}

Ref importFrom(Frame* frame, Value module, StrObject* name) {
  if (PYC_UNLIKELY(hasShape(module, kShapeLazyImport)))
    return lazyImportFrom(frame, module, name);
  return importAttribute(module, name);
}

namespace {

bool bindStar(Frame* frame, StrObject* name, Value value) {
  if (!frame->locals)
    return raise(systemErrorType, "import * outside of a module");
  return setItem(frame->locals, Value(&name->header), value);
}

bool starName(Frame* frame, Value module, Value name, bool skipPrivate) {
  if (!isStr(name)) {
    PYC_TRY(moduleName, getAttr(module, names::__name__));
    return raise(typeErrorType,
                 skipPrivate ? "Key in %S.__dict__ must be str, not %T"
                             : "Item in %S.__all__ must be str, not %T",
                 moduleName.get(), name);
  }
  if (skipPrivate && asStr(name)->length > 0 && asStr(name)->at(0) == '_')
    return true;
  PYC_TRY(value, getAttr(module, asStr(name)));
  return bindStar(frame, asStr(name), value);
}

} // namespace

bool importStar(Frame* frame, Value module) {
  Ref all;
  if (!findAttr(module, names::__all__, all))
    return false;
  bool skipPrivate = !all;
  if (!all) {
    Ref dict;
    if (!findAttr(module, names::__dict__, dict))
      return false;
    if (!dict)
      return raise(importErrorType, "from-import-* object has no __dict__ and no __all__");
    if (!(all = sequenceList(dict)))
      return false;
  }
  return forEach(all, [&](Value name) { return starName(frame, module, name, skipPrivate); });
}

} // namespace pyc::rt
