#include "runtime/modules/finalize.h"

#include "runtime/modules/standard_streams.h"
#include "runtime/modules/system.h"
#include "runtime/objects/collector.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"
#include "runtime/objects/weakref.h"

#include <vector>

namespace pyc::rt {

namespace {

struct ExitCall {
  Value function, args, kwargs; // owned
};
std::vector<ExitCall> exitCalls;

void release(const ExitCall& call) {
  decref(call.function);
  decref(call.args);
  decref(call.kwargs);
}

} // namespace

bool registerAtExit(Value function, Value args, Value kwargs) {
  exitCalls.push_back(
      {Ref::copy(function).release(), Ref::copy(args).release(), Ref::copy(kwargs).release()});
  return true;
}

void unregisterAtExit(Value function) {
  for (size_t k = exitCalls.size(); k-- > 0;) {
    bool same = false;
    if (!equalItems(exitCalls[k].function, function, same)) {
      clearRaised();
      continue;
    }
    if (!same)
      continue;
    ExitCall call = exitCalls[k];
    exitCalls.erase(exitCalls.begin() + static_cast<std::ptrdiff_t>(k));
    release(call);
  }
}

void clearAtExit() {
  std::vector<ExitCall> calls = std::move(exitCalls);
  exitCalls.clear();
  for (const ExitCall& call : calls)
    release(call);
}

int64_t atExitCount() {
  return static_cast<int64_t>(exitCalls.size());
}

void runAtExit() {
  while (!exitCalls.empty()) {
    ExitCall call = exitCalls.back();
    exitCalls.pop_back();
    if (!callEx(call.function, call.args, call.kwargs))
      writeUnraisable("Exception ignored in atexit callback", call.function);
    release(call);
  }
}

namespace {

/// Sets the names of a namespace to None: first those that begin with one underscore, then the
/// others;
/// __builtins__ stays, for finalizers that run meanwhile.
void clearNamespace(DictObject* dict) {
  for (bool underscored : {true, false}) {
    Ref keys = sequenceList(Value(&dict->header));
    for (int64_t k = 0; keys && k < asList(keys)->count; ++k) {
      Ref key = listGet(asList(keys), k);
      if (!isStr(key))
        continue;
      StrObject* name = asStr(key);
      bool starts = name->length > 0 && name->at(0) == '_';
      bool second = name->length > 1 && name->at(1) == '_';
      bool isPrivate = starts && !second;
      if (strEquals(name, "__builtins__") || isPrivate != underscored)
        continue;
      if (!dictSetStr(dict, name, Value::none()))
        clearRaised();
    }
    clearRaised();
  }
}

/// sys and builtins go last.
bool isCore(Value module) {
  DictObject* dict = moduleDict(module);
  return dict == systemDict() || dict == builtinsDict;
}

/// Weak references to the modules in sys.modules, in its order (owned).
std::vector<Value> weakModules() {
  std::vector<Value> result;
  int64_t position = 0;
  Value key, value;
  while (dictNext(modulesDict(), position, key, value)) {
    if (!isModule(value) || isCore(value))
      continue;
    Ref reference = makeWeakReference(value, Value());
    if (reference)
      result.push_back(reference.release());
    else
      clearRaised();
  }
  return result;
}

/// Lets go of the modules: most die of that, or as cyclic garbage with their functions, whose
/// finalizers still see the namespaces whole. The namespaces of the rest are cleared, the last
/// imported first.
void clearModules() {
  std::vector<Value> references = weakModules();
  for (const char* name :
       {"path", "argv", "ps1", "ps2", "last_type", "last_value", "last_traceback", "last_exc",
        "path_hooks", "path_importer_cache", "meta_path"})
    if (dictFindStr(systemDict(), internLiteral(name)) && !setSystemValue(name, Value::none()))
      clearRaised();
  dictClear(modulesDict());
  collectGarbage();
  for (size_t k = references.size(); k-- > 0;) {
    Ref module = weakReferenceGet(references[k].as<WeakReferenceObject>());
    if (module && !module.isNone())
      clearNamespace(moduleDict(module));
    decref(references[k]);
  }
  collectGarbage();
}

} // namespace

bool finalizeInterpreter() {
  runAtExit();
  bool flushed = flushStandardStreams();
  setFinalizing();
  clearModules();
  return flushed && flushStandardStreams();
}

} // namespace pyc::rt
