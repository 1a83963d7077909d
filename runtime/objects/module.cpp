#include "runtime/objects/module.h"

#include "runtime/objects/attribute.h"
#include "runtime/objects/function.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/signature.h"

namespace pyc::rt {

DictObject* builtinsDict = nullptr;
Ref (*lazyImportResolver)(Value lazyImport) = nullptr;
Ref (*moduleImporter)(StrObject* name) = nullptr;

DictObject* moduleDict(Value module) {
  return instanceDict(module.object());
}

namespace {

bool setBasics(DictObject* dict, Value name, Value doc) {
  Value none = Value::none();
  return dictSetStr(dict, names::__name__, name) && dictSetStr(dict, names::__doc__, doc) &&
         dictSetStr(dict, names::__package__, none) && dictSetStr(dict, names::__loader__, none) &&
         dictSetStr(dict, names::__spec__, none);
}

Ref createModule(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  return Ref::steal(allocObject(type));
}

bool initModule(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("module(name, doc=None)");
  Value bound[2];
  if (!signature.bind(args, argc, kwnames, bound))
    return false;
  if (!isStr(bound[0]))
    return raise(typeErrorType, "module() argument 'name' must be str, not %T", bound[0]);
  DictObject* dict = instanceDict(self.object());
  return dict && setBasics(dict, bound[0], bound[1] ? bound[1] : Value::none());
}

DictObject* dictOf(Value module) {
  return moduleDict(module);
}

/// The module's own item, a new reference; null when it is missing. Never raises.
Ref item(Value module, StrObject* name) {
  DictObject* dict = dictOf(module);
  return dict ? Ref::copy(dictFindStr(dict, name)) : Ref();
}

/// Whether the module's spec has a true attribute; errors count as no.
bool specSays(Value spec, StrObject* name) {
  Ref value;
  bool result = false;
  if (!spec || spec.isNone() || !findAttr(spec, name, value) || !value || !truth(value, result)) {
    clearRaised();
    return false;
  }
  return result;
}

/// Whether the name is that of a submodule which is being imported.
bool isUninitializedSubmodule(Value spec, StrObject* name) {
  Ref submodules;
  bool result = false;
  if (!spec || spec.isNone() || !findAttr(spec, names::_uninitialized_submodules, submodules) ||
      !submodules || !contains(submodules, Value(name), result)) {
    clearRaised();
    return false;
  }
  return result;
}

/// A name that a module lacks. Says so when it may be missing because the module is being imported.
Raised raiseMissing(Value module, StrObject* name) {
  Ref moduleName = item(module, names::__name__);
  Ref spec = item(module, names::__spec__);
  if (!moduleName || !isStr(moduleName))
    return raiseAttributeError(module, Value(name), "module has no attribute '%S'", Value(name));
  if (specSays(spec, names::_initializing))
    return raiseAttributeError(module, Value(name),
                               "partially initialized module '%S' has no attribute '%S' (most "
                               "likely due to a circular import)",
                               moduleName.get(), Value(name));
  if (isUninitializedSubmodule(spec, name))
    return raiseAttributeError(module, Value(name),
                               "cannot access submodule '%S' of module '%S' (most likely due to a "
                               "circular import)",
                               Value(name), moduleName.get());
  return raiseAttributeError(module, Value(name), "module '%S' has no attribute '%S'",
                             moduleName.get(), Value(name));
}

/// The module or attribute that a lazy import stands for; takes its place in the namespace.
Ref resolveLazyImport(Value module, StrObject* name, Ref lazyImport) {
  PYC_TRY(value, lazyImportResolver(lazyImport));
  DictObject* dict = dictOf(module);
  if (dictFindStr(dict, name) == lazyImport.get() && !dictSetStr(dict, name, value))
    return {};
  return value;
}

/// __dir__() and __getattr__() of a module are plain functions in its namespace (PEP 562).
Ref getAttrOfModule(Value self, StrObject* name) {
  name = internedName(name);
  if (!name)
    return {};
  Ref result;
  if (!genericFindAttr(self, name, result))
    return {};
  if (PYC_UNLIKELY(result && hasShape(result, kShapeLazyImport)) && lazyImportResolver)
    return resolveLazyImport(self, name, std::move(result));
  if (result)
    return result;
  Ref fallback = item(self, names::__getattr__);
  if (fallback)
    return call(fallback, Value(name));
  return raiseMissing(self, name);
}

Ref dirOfModule(const Value* args) {
  PYC_TRY(own, getAttr(args[0], names::__dict__));
  if (!isDict(own))
    return raise(typeErrorType, "%R is not a dictionary", own.get());
  if (Value custom = dictFindStr(asDict(own), names::__dir__)) {
    Ref function = Ref::copy(custom);
    return call(function);
  }
  return sequenceList(own);
}

Ref getDict(Value self) {
  return Ref::copy(Value(dictOf(self)));
}

/// A module's annotations: made by its __annotate__ function on first use (PEP 649).
Ref getAnnotations(Value self) {
  if (Ref own = item(self, names::__annotations__))
    return own;
  Ref annotate = item(self, names::__annotate__);
  Ref result;
  if (annotate && isCallable(annotate)) {
    result = call(annotate, Value::fromInt(1));
    if (!result)
      return {};
    if (!isDict(result))
      return raise(typeErrorType, "__annotate__() must return a dict, not %T", result.get());
  } else {
    result = newDict();
  }
  if (!result)
    return {};
  // While the module is being executed there may be more to come.
  if (!specSays(item(self, names::__spec__).get(), names::_initializing) &&
      !dictSetStr(dictOf(self), names::__annotations__, result))
    return {};
  return result;
}

bool setAnnotations(Value self, Value value) {
  DictObject* dict = dictOf(self);
  bool removed = true;
  bool ignored = false;
  if (value)
    return dictSetStr(dict, names::__annotations__, value) &&
           dictRemove(dict, Value(names::__annotate__), ignored);
  if (!dictRemove(dict, Value(names::__annotations__), removed))
    return false;
  if (!removed)
    return raise(attributeErrorType, "__annotations__");
  return dictRemove(dict, Value(names::__annotate__), ignored);
}

Ref getAnnotate(Value self) {
  if (Ref own = item(self, names::__annotate__))
    return own;
  return dictSetStr(dictOf(self), names::__annotate__, Value::none()) ? Ref::none() : Ref();
}

bool setAnnotate(Value self, Value value) {
  if (!value)
    return raise(typeErrorType, "cannot delete __annotate__ attribute");
  if (!value.isNone() && !isCallable(value))
    return raise(typeErrorType, "__annotate__ must be callable or None");
  DictObject* dict = dictOf(self);
  bool ignored = false;
  return dictSetStr(dict, names::__annotate__, value) &&
         (value.isNone() || dictRemove(dict, Value(names::__annotations__), ignored));
}

void traverseModule(Object* self, Visitor& visitor) {}

const MethodDef kMethods[] = {
    {"__dir__($self, /)", dirOfModule, nullptr, MethodDef::Instance,
     "__dir__() -> list\nspecialized dir() implementation"},
};

bool setDict(Value self, Value value) {
  return raise(attributeErrorType, "readonly attribute");
}

const GetSetDef kGetSets[] = {
    {"__dict__", getDict, setDict},
    {"__annotations__", getAnnotations, setAnnotations},
    {"__annotate__", getAnnotate, setAnnotate},
};

} // namespace

Ref makeModule(StrObject* name) {
  Ref result = Ref::steal(allocObject(&moduleType));
  if (!result)
    return {};
  DictObject* dict = dictOf(result);
  return dict && setBasics(dict, Value(name), Value::none()) ? std::move(result) : Ref();
}

Ref getBuiltin(StrObject* name) {
  Value found = builtinsDict ? dictFindStr(builtinsDict, name) : Value();
  if (found)
    return Ref::copy(found);
  return raise(attributeErrorType, "module 'builtins' has no attribute '%S'", Value(name));
}

bool addFunctions(ModuleObject* module, const MethodDef* defs, size_t count) {
  Ref name = item(module, names::__name__);
  for (size_t i = 0; i < count; i++) {
    Ref function = makeBuiltinFunction(&defs[i], module, name);
    if (!function)
      return false;
    std::string_view text = defs[i].signature;
    StrObject* key = internLiteral(text.substr(0, text.find('(')));
    if (!dictSetStr(dictOf(module), key, function))
      return false;
  }
  return true;
}

extern "C" constinit TypeObject moduleType = {
    .name = "module",
    .basicSize = sizeof(Object),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeHasStore | kTypeWeakrefs,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "Create a module object.\n\n"
           "The name must be a string; the optional docstring can have any type.",
    .slots = {.dealloc = freeObject,
              .traverse = traverseModule,
              .repr = reprModule,
              .getAttr = getAttrOfModule,
              .create = createModule,
              .init = initModule},
};

} // namespace pyc::rt
