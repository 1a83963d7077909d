#include "runtime/modules/import_lazy.h"

#include "runtime/interp/import.h"
#include "runtime/modules/import_system.h"
#include "runtime/modules/stdlib_names.h"
#include "runtime/modules/system.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/set.h"

namespace pyc::rt {

namespace {

struct LazyImportObject {
  Object header;
  Value from;       // absolute module name
  Value attribute;  // str: of `from` import; tuple: the list of one whose names come later; null:
                    // the module
  Value resolved;   // what it turned out to be, or null
  CodeObject* code; // where the import statement stands, owned
  DictObject* globals; // owned
  uint32_t word;
};
LazyImportObject* asLazy(Value value) {
  return value.as<LazyImportObject>();
}

enum class LazyMode : uint8_t { Normal, All };
LazyMode lazyMode = LazyMode::Normal;
Value lazyFilter; // callable, or null
Value ownImportFunction;

bool noteLazyName(Value name) {
  Ref names = systemValue("lazy_modules");
  return !names || !isAnySet(names) || setAdd(asSet(names), name);
}

Ref makeLazy(Frame* frame, DictObject* globals, Value from, Value attribute) {
  Object* object = allocObject(&lazyImportType);
  if (!object)
    return {};
  LazyImportObject* lazy = asLazy(object);
  lazy->from = Ref::copy(from).release();
  lazy->attribute = Ref::copy(attribute).release();
  lazy->code = asCode(Ref::copy(Value(&frame->code->header)).release());
  lazy->globals = asDict(Ref::copy(Value(&globals->header)).release());
  lazy->word = static_cast<uint32_t>(frame->pc - frame->code->entry);
  return Ref::steal(object);
}

/// "json.decoder", "json.loads", "json..."
Ref lazyName(const LazyImportObject* lazy) {
  if (!lazy->attribute)
    return Ref::copy(lazy->from);
  if (isStr(lazy->attribute))
    return formatText("%S.%S", lazy->from, lazy->attribute);
  return formatText("%S...", lazy->from);
}

bool equalTexts(Value a, Value b) {
  return isStr(a) && isStr(b) && strEquals(asStr(a), asStr(b));
}

/// Whether the module's __lazy_modules__ names it.
bool isListed(DictObject* globals, Value absolute, bool& listed) {
  listed = false;
  Value names = dictFindStr(globals, names::__lazy_modules__);
  return !names || names.isNone() || contains(names, absolute, listed);
}

bool passesFilter(DictObject* globals, Value absolute, Value fromList, bool& passes) {
  passes = true;
  if (!lazyFilter)
    return true;
  Ref filter = Ref::copy(lazyFilter);
  Value importer = dictFindStr(globals, names::__name__);
  PYC_TRY(answer, call(filter, importer ? importer : Value::none(), absolute, fromList));
  return truth(answer, passes);
}

/// The parent package shows the lazy submodule, unless it has it.
bool registerWithParent(Frame* frame, DictObject* globals, StrObject* absolute) {
  int64_t dot = absolute->length;
  while (--dot >= 0 && absolute->at(dot) != '.') {
  }
  if (dot < 0)
    return true;
  PYC_TRY(parentName, strSlice(absolute, 0, dot));
  Ref parent = loadedModule(asStr(parentName));
  if (!parent || !isModule(parent))
    return true;
  PYC_TRY(childName, strSlice(absolute, dot + 1, absolute->length));
  PYC_TRY(child, intern(childName));
  DictObject* dict = moduleDict(parent);
  if (dictFindStr(dict, asStr(child)))
    return true;
  PYC_TRY(lazy, makeLazy(frame, globals, parentName, child));
  return dictSetStr(dict, asStr(child), lazy);
}

} // namespace

bool isOwnImportFunction(Value function) {
  return function == ownImportFunction;
}
void setOwnImportFunction(Value function) {
  ownImportFunction = function;
}

namespace {

/// Imports of a namespace that is not a module's own (exec in a function or class) are never lazy.
bool isModuleLevel(const Frame* frame) {
  return !frame->locals || frame->locals == Value(&frame->globals->header);
}

/// A lazy import of an absolute name, unless the filter is against it: `passes` is false then.
Ref tryLazyImport(Frame* frame, DictObject* globals, Value absolute, Value fromList, bool& passes) {
  if (!passesFilter(globals, absolute, fromList, passes) || !passes)
    return {};
  bool hasList = fromList && !fromList.isNone();
  if ((!hasList && !noteLazyName(absolute)) || !registerWithParent(frame, globals, asStr(absolute)))
    return {};
  return makeLazy(frame, globals, absolute, hasList ? fromList : Value());
}

} // namespace

Ref importNameLazily(Frame* frame, StrObject* name, Value fromList, int level, bool lazy) {
  if (lazy && !isModuleLevel(frame))
    return raise(syntaxErrorType, "'lazy import' is only allowed at module level");
  PYC_TRY(absolute, resolveImportName(name, Value(&frame->globals->header), level));
  if (!lazy) {
    bool listed = false;
    if (isModuleLevel(frame) && !isListed(frame->globals, absolute, listed))
      return {};
    bool isLazyMode = lazyMode != LazyMode::Normal && isModuleLevel(frame);
    if (!listed && !isLazyMode)
      return importName(frame, name, fromList, level);
  }
  bool passes = true;
  Ref result = tryLazyImport(frame, frame->globals, absolute, fromList, passes);
  return passes ? std::move(result) : importName(frame, name, fromList, level);
}

Ref lazyImportFunction(const Value* args) {
  Frame* frame = thisThread().frame;
  int64_t level = 0;
  if (!isStr(args[0]))
    return raise(typeErrorType, "__lazy_import__() argument 1 must be str, not %T", args[0]);
  if (args[4] && !toInt64(args[4], level, &overflowErrorType))
    return {};
  if (level < 0)
    return raise(valueErrorType, "level must be >= 0");
  if (args[1] && !args[1].isNone() && !isDict(args[1]))
    return raise(typeErrorType, "expect dict for globals, got %T", args[1]);
  if (!frame)
    return raise(systemErrorType, "__lazy_import__() outside of Python code");
  DictObject* globals = args[1] && !args[1].isNone() ? asDict(args[1]) : frame->globals;
  PYC_TRY(absolute,
          resolveImportName(asStr(args[0]), Value(&globals->header), static_cast<int>(level)));
  Value fromList = args[3] ? args[3] : Value::none();
  bool isEmpty = isTuple(fromList) && asTuple(fromList)->count == 0;
  bool passes = true;
  Ref result = tryLazyImport(frame, globals, absolute, isEmpty ? Value::none() : fromList, passes);
  return passes ? std::move(result)
                : importByName(asStr(args[0]), Value(&globals->header), fromList,
                               static_cast<int>(level));
}

Ref lazyImportFrom(Frame* frame, Value value, StrObject* name) {
  LazyImportObject* lazy = asLazy(value);
  Ref loaded = loadedModule(asStr(lazy->from));
  if (loaded && isModule(loaded))
    if (Value found = dictFindStr(moduleDict(loaded), name))
      return Ref::copy(found);
  Ref from = Ref::copy(lazy->from);
  if (lazy->attribute && isStr(lazy->attribute)) {
    from = formatText("%S.%S", lazy->from, lazy->attribute);
  } else if (!lazy->attribute) {
    StrObject* text = asStr(lazy->from);
    for (int64_t k = 0; k < text->length; ++k)
      if (text->at(k) == '.') {
        from = strSlice(text, 0, k);
        break;
      }
  }
  if (!from)
    return {};
  PYC_TRY(result, makeLazy(frame, lazy->globals, from, Value(&name->header)));
  PYC_TRY(shown, lazyName(asLazy(result)));
  return noteLazyName(shown) ? std::move(result) : Ref();
}

namespace {

/// The submodule of that name; a null Ref with nothing raised when there is none.
bool importSubmodule(Value parent, StrObject* child, Ref& result) {
  if (!dictFindStr(moduleDict(parent), names::__path__))
    return true;
  PYC_TRY(parentName, getAttr(parent, names::__name__));
  PYC_TRY(name, formatText("%S.%S", parentName.get(), Value(&child->header)));
  result = importModule(asStr(name));
  if (result)
    return true;
  if (!isRaised(moduleNotFoundErrorType))
    return false;
  Ref error = takeRaised(), missing;
  bool isOther = findAttr(error, names::name, missing) && missing && isStr(missing) &&
                 !strEquals(asStr(missing), asStr(name));
  if (isOther)
    restoreRaised(std::move(error));
  return !isOther;
}

/// `from module import name`. The package may show the very lazy import that is being resolved, or
/// one like it (registerWithParent): then it stands for the submodule.
Ref importFromNow(LazyImportObject* lazy) {
  StrObject* name = asStr(lazy->attribute);
  PYC_TRY(module, importModule(asStr(lazy->from)));
  if (!isModule(module))
    return importAttribute(module, name);
  Value found = dictFindStr(moduleDict(module), name);
  if (found && !hasShape(found, kShapeLazyImport))
    return Ref::copy(found);
  Ref submodule;
  if (!importSubmodule(module, name, submodule) || submodule)
    return submodule;
  found = dictFindStr(moduleDict(module), name);
  if (found && hasShape(found, kShapeLazyImport) && asLazy(found)->attribute &&
      equalTexts(asLazy(found)->from, lazy->from) &&
      equalTexts(asLazy(found)->attribute, lazy->attribute))
    return raise(importErrorType, "cannot import name %R from %R", lazy->attribute, lazy->from);
  return importAttribute(module, name);
}

/// __import__ of a module's builtins, borrowed; null where they have none.
Value importFunctionOf(DictObject* globals) {
  Value builtins = dictFindStr(globals, names::__builtins__);
  DictObject* dict = !builtins            ? builtinsDict
                     : isDict(builtins)   ? asDict(builtins)
                     : isModule(builtins) ? moduleDict(builtins)
                                          : builtinsDict;
  return dictFindStr(dict, names::__import__);
}

Ref importNow(LazyImportObject* lazy) {
  Ref list;
  if (lazy->attribute) {
    list = isStr(lazy->attribute) ? tupleOf(lazy->attribute) : Ref::copy(lazy->attribute);
    if (!list)
      return {};
  }
  Value globals = Value(&lazy->globals->header);
  Value function = importFunctionOf(lazy->globals);
  Ref module;
  bool isOwnFunction = !function || isOwnImportFunction(function);
  if (isOwnFunction && lazy->attribute && isStr(lazy->attribute))
    return importFromNow(lazy);
  if (isOwnFunction) {
    module = importByName(asStr(lazy->from), globals, list ? list.get() : Value::none(), 0);
  } else {
    Value args[] = {lazy->from, globals, globals, list ? list.get() : Value::none(),
                    Value::fromInt(0)};
    module = call(function, args, 5);
  }
  if (!module || !lazy->attribute || !isStr(lazy->attribute))
    return module;
  return importAttribute(module, asStr(lazy->attribute));
}

/// What went wrong gets a cause that says where the import statement stands.
void explainFailure(LazyImportObject* lazy) {
  Ref error = takeRaised();
  Ref shown = lazyName(lazy);
  if (shown)
    raise(importErrorType, "lazy import of %R raised an exception during resolution", shown.get());
  addTraceback(lazy->code, lazy->globals, lazy->word);
  Ref cause = takeRaised();
  decrefMaybe(std::exchange(asException(cause)->context, Value()));
  ExceptionObject* object = asException(error);
  decrefMaybe(std::exchange(object->cause, cause.release()));
  object->suppressContext = true;
  restoreRaised(std::move(error));
}

} // namespace

Ref resolveLazyImport(Value value) {
  LazyImportObject* lazy = asLazy(value);
  if (lazy->resolved)
    return Ref::copy(lazy->resolved);
  Ref held = Ref::copy(value);
  Ref result = importNow(lazy);
  if (!result) {
    if (isRaised(exceptionType))
      explainFailure(lazy);
    return {};
  }
  if (!lazy->resolved)
    lazy->resolved = Ref::copy(result).release();
  return result;
}

bool isShadowingStdlib(Value path, Value moduleName) {
  std::string nameStorage, pathStorage, firstStorage;
  std::string_view name = utf8View(moduleName, nameStorage);
  if (!isStdlibModule(name))
    return false;
  std::string_view file = utf8View(path, pathStorage);
  size_t slash = file.rfind('/');
  Ref searched = systemValue("path");
  if (slash == file.npos || !searched || !isExactList(searched) || asList(searched)->count == 0)
    return false;
  Ref first = listGet(asList(searched), 0);
  return isStr(first) && utf8View(first, firstStorage) == file.substr(0, slash);
}

// The type, and the functions of sys and builtins.

namespace {

Ref resolveMethod(const Value* args) {
  return resolveLazyImport(args[0]);
}

Ref lazyRepr(Value self) {
  PYC_TRY(name, lazyName(asLazy(self)));
  return formatText("<lazy_import '%S'>", name.get());
}

void dealloc(Object* self) {
  LazyImportObject* lazy = asLazy(self);
  decrefMaybe(lazy->from);
  decrefMaybe(lazy->attribute);
  decrefMaybe(lazy->resolved);
  decref(Value(&lazy->code->header));
  decref(Value(&lazy->globals->header));
  freeObject(self);
}
void traverse(Object* self, Visitor& visitor) {
  LazyImportObject* lazy = asLazy(self);
  visitor.visit(Value(&lazy->globals->header));
  if (lazy->resolved)
    visitor.visit(lazy->resolved);
}

const MethodDef kMethods[] = {
    {.signature = "resolve($self, /)",
     .bound = resolveMethod,
     .doc = "resolves the lazy import and returns the actual object"},
};

Ref setLazyImportsFunction(const Value* args) {
  if (!isStr(args[0]))
    return raise(typeErrorType, "mode must be a string: 'normal' or 'all'");
  if (strEquals(asStr(args[0]), "normal"))
    lazyMode = LazyMode::Normal;
  else if (strEquals(asStr(args[0]), "all"))
    lazyMode = LazyMode::All;
  else
    return raise(valueErrorType, "mode must be 'normal' or 'all'");
  return Ref::none();
}
Ref getLazyImportsFunction(const Value*) {
  return makeStr(lazyMode == LazyMode::All ? "all" : "normal");
}
Ref setLazyFilterFunction(const Value* args) {
  if (!args[0].isNone() && !isCallable(args[0]))
    return raise(valueErrorType, "filter provided but is not callable");
  decrefMaybe(std::exchange(lazyFilter, args[0].isNone() ? Value() : Ref::copy(args[0]).release()));
  return Ref::none();
}
Ref getLazyFilterFunction(const Value*) {
  return lazyFilter ? Ref::copy(lazyFilter) : Ref::none();
}

const MethodDef kSystemFunctions[] = {
    {.signature = "set_lazy_imports(mode)", .bound = setLazyImportsFunction},
    {.signature = "get_lazy_imports()", .bound = getLazyImportsFunction},
    {.signature = "set_lazy_imports_filter(filter)", .bound = setLazyFilterFunction},
    {.signature = "get_lazy_imports_filter()", .bound = getLazyFilterFunction},
};

} // namespace

std::span<const MethodDef> systemImportFunctions() {
  return kSystemFunctions;
}

extern "C" constinit TypeObject lazyImportType = {
    .name = "lazy_import",
    .basicSize = sizeof(LazyImportObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = kMethods,
    .doc = "Represents a lazy import that will be resolved on first use.\n\n"
           "Instances of this object accessed from the global scope will be\n"
           "automatically imported based upon their name and then replaced with\n"
           "the imported value.",
    .slots = {.dealloc = dealloc, .traverse = traverse, .repr = lazyRepr},
};

} // namespace pyc::rt
