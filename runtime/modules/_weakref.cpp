// The module _weakref, below the standard library's weakref.
#include "runtime/modules/registry.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/weakref.h"

namespace pyc::rt {

namespace {

Ref getWeakrefCount(const Value* args) {
  return makeInt(weakReferenceCount(args[0]));
}

Ref getWeakrefs(const Value* args) {
  return weakReferences(args[0]);
}

Ref proxy(const Value* args, size_t argc, Value kwnames) {
  if (!checkNoKeywords("proxy", kwnames) || !checkArgumentCount("proxy", argc, 1, 2))
    return {};
  return makeWeakProxy(args[0], argc == 2 ? args[1] : Value());
}

/// Removes an entry whose value is a dead reference: for WeakValueDictionary, when another thread
/// may have put a live one there meanwhile.
Ref removeDeadWeakref(const Value* args) {
  if (!isDict(args[0]))
    return raise(typeErrorType, "_remove_dead_weakref() argument 1 must be dict, not %T", args[0]);
  Ref value;
  if (!dictGet(asDict(args[0]), args[1], value))
    return {};
  if (!value)
    return Ref::none();
  if (!isWeakReference(value))
    return raise(typeErrorType, "not a weakref");
  if (value.as<WeakReferenceObject>()->object)
    return Ref::none();
  bool removed;
  return dictRemove(asDict(args[0]), args[1], removed) ? Ref::none() : Ref();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "getweakrefcount(object, /)",
     .bound = getWeakrefCount,
     .doc = "Return the number of weak references to 'object'."},
    {.signature = "getweakrefs(object, /)",
     .bound = getWeakrefs,
     .doc = "Return a list of all weak reference objects pointing to 'object'."},
    {.signature = "proxy(object, callback=None, /)",
     .raw = proxy,
     .doc = "Create a proxy object that weakly references 'object'.\n\n'callback', if given, is "
            "called with a reference to the\nproxy when 'object' is about to be finalized."},
    {.signature = "_remove_dead_weakref(dct, key, /)",
     .bound = removeDeadWeakref,
     .doc = "Atomically remove key from dict if it points to a dead weakref."},
};

} // namespace

bool fillModule__weakref(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addValue(module, "ref", Ref::copy(&weakReferenceType)) &&
         addType(module, weakReferenceType) && addType(module, weakProxyType) &&
         addType(module, weakCallableProxyType) &&
         addStr(module, "__doc__", "Weak-reference support module.");
}

} // namespace pyc::rt
