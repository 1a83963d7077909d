// The module _imp: what importlib, written in Python, stands on. There are no frozen modules and no
// extension modules: a program's own modules come from the finder in sys.meta_path.
#include "runtime/modules/import_system.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/code.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"

#include <atomic>
#include <pthread.h>

namespace pyc::rt {

namespace {

// The lock of all imports.

pthread_mutex_t* importLock() {
  static pthread_mutex_t mutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
  return &mutex;
}
std::atomic<int> importLockDepth;

Ref acquireLock(const Value*) {
  pthread_mutex_lock(importLock());
  ++importLockDepth;
  return Ref::none();
}

Ref releaseLock(const Value*) {
  if (importLockDepth.load() == 0)
    return raise(runtimeErrorType, "not holding the import lock");
  --importLockDepth;
  pthread_mutex_unlock(importLock());
  return Ref::none();
}

Ref lockHeld(const Value*) {
  return Ref::boolean(importLockDepth.load() > 0);
}

// Modules written in C++.

const BuiltinModule* builtinNamed(Value name) {
  std::string storage;
  return isStr(name) ? findBuiltinModule(utf8View(name, storage)) : nullptr;
}

/// 1 for a module that can be made, -1 for one that is there once and for all, else 0.
Ref isBuiltin(const Value* args) {
  if (!isStr(args[0]))
    return raise(typeErrorType, "is_builtin() argument must be str, not %T", args[0]);
  if (!builtinNamed(args[0]))
    return Ref::number(Value::fromInt(0));
  bool isCore = strEquals(asStr(args[0]), "sys") || strEquals(asStr(args[0]), "builtins");
  return Ref::number(Value::fromInt(isCore ? -1 : 1));
}

Ref createBuiltin(const Value* args) {
  PYC_TRY(name, getAttr(args[0], names::name));
  if (!isStr(name))
    return raise(typeErrorType, "name must be string, not %T", name.get());
  if (!builtinNamed(name))
    return Ref::none();
  bool isCore = strEquals(asStr(name), "sys") || strEquals(asStr(name), "builtins");
  if (Ref loaded; isCore && (loaded = loadedModule(asStr(name))))
    return loaded;
  return makeModule(asStr(name));
}

Ref execBuiltin(const Value* args) {
  if (!isModule(args[0]))
    return Ref::number(Value::fromInt(0));
  Value name = dictFindStr(moduleDict(args[0]), names::__name__);
  const BuiltinModule* module = name ? builtinNamed(name) : nullptr;
  std::string_view called = module ? module->name : "";
  bool isCore = called == "sys" || called == "builtins";
  if (module && !isCore && !module->fill(asModule(args[0])))
    return {};
  return Ref::number(Value::fromInt(0));
}

Ref createDynamic(const Value* args) {
  PYC_TRY(name, getAttr(args[0], names::name));
  return raise(importErrorType, "extension modules cannot be loaded: %S", name.get());
}

Ref execDynamic(const Value*) {
  return Ref::number(Value::fromInt(0));
}

// Frozen modules: none.

Ref isFrozen(const Value*) {
  return Ref::boolean(false);
}
Ref noFrozen(const Value*) {
  return Ref::none();
}
Ref noSuchFrozen(const Value* args) {
  return raise(importErrorType, "No such frozen object named %S", args[0]);
}
Ref frozenNames(const Value*) {
  return newList(0);
}
/// The switches for tests of frozen and extension modules turn nothing on or off here.
Ref overrideFrozen(const Value*) {
  return Ref::none();
}
Ref overrideExtensionCheck(const Value*) {
  return Ref::number(Value::fromInt(0));
}

// Others.

Ref extensionSuffixes(const Value*) {
  return newList(0);
}

Ref sourceHash(const Value* args) {
  int64_t key;
  BytesLike source;
  if (!toInt64(args[0], key, &overflowErrorType) || !source.open(args[1]))
    return {};
  uint64_t hash = keyedHash(static_cast<uint64_t>(key), source.get().data(), source.get().size());
  return makeBytes({reinterpret_cast<const char*>(&hash), sizeof hash});
}

/// Code knows its file's name for good: nothing to mend.
Ref fixFileName(const Value*) {
  return Ref::none();
}

/// Lazy imports of submodules show themselves in their parent (import_lazy.cpp).
Ref setLazyAttributes(const Value*) {
  return Ref::none();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "acquire_lock()", .bound = acquireLock},
    {.signature = "release_lock()", .bound = releaseLock},
    {.signature = "lock_held()", .bound = lockHeld},
    {.signature = "is_builtin(name, /)", .bound = isBuiltin},
    {.signature = "create_builtin(spec, /)", .bound = createBuiltin},
    {.signature = "exec_builtin(mod, /)", .bound = execBuiltin},
    {.signature = "create_dynamic(spec, file=None, /)", .bound = createDynamic},
    {.signature = "exec_dynamic(mod, /)", .bound = execDynamic},
    {.signature = "is_frozen(name, /)", .bound = isFrozen},
    {.signature = "is_frozen_package(name, /)", .bound = noSuchFrozen},
    {.signature = "find_frozen(name, /, *, withdata=False)", .bound = noFrozen},
    {.signature = "init_frozen(name, /)", .bound = noFrozen},
    {.signature = "get_frozen_object(name, data=None, /)", .bound = noSuchFrozen},
    {.signature = "_frozen_module_names()", .bound = frozenNames},
    {.signature = "_override_frozen_modules_for_tests(override, /)", .bound = overrideFrozen},
    {.signature = "_override_multi_interp_extensions_check(override, /)",
     .bound = overrideExtensionCheck},
    {.signature = "extension_suffixes()", .bound = extensionSuffixes},
    {.signature = "source_hash(key, source)", .bound = sourceHash},
    {.signature = "_fix_co_filename(code, path, /)", .bound = fixFileName},
    {.signature = "_set_lazy_attributes(modobj, name, /)", .bound = setLazyAttributes},
};

/// The number that CPython 3.15 begins its compiled files with. pyc makes none and reads none.
constexpr int64_t kMagicNumberToken = 168627794;

} // namespace

bool fillModule__imp(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addInt(module, "pyc_magic_number_token", kMagicNumberToken) &&
         addStr(module, "check_hash_based_pycs", "default");
}

} // namespace pyc::rt
