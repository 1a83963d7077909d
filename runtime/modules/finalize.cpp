#include "runtime/modules/finalize.h"

#include "runtime/modules/standard_streams.h"
#include "runtime/modules/system.h"
#include "runtime/objects/collector.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

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

struct ModuleEntry {
  Ref name, module;
};

/// Takes the modules out of sys.modules. Those that nobody else refers to die with that; the
/// namespaces of the rest are cleared, the last imported first.
void clearModules() {
  DictObject* table = modulesDict();
  std::vector<Value> held; // owned
  int64_t position = 0;
  Value key, value;
  Ref sys = systemValue("modules");
  while (dictNext(table, position, key, value))
    if (isModule(value))
      held.push_back(Ref::copy(value).release());
  auto isCore = [](Value module) {
    DictObject* dict = moduleDict(module);
    return dict == systemDict() || dict == builtinsDict;
  };
  for (Value module : held)
    if (!isCore(module))
      if (Value name = dictFindStr(moduleDict(module), names::__name__); name && isStr(name))
        if (!dictSet(table, name, Value::none()))
          clearRaised();
  // Backwards, so that __main__'s objects go before the modules that they use.
  for (size_t k = held.size(); k-- > 0;) {
    if (isCore(held[k]))
      continue;
    if (refcountOf(held[k].object()) == 1) {
      decref(std::exchange(held[k], Value()));
      continue;
    }
    clearNamespace(moduleDict(held[k]));
  }
  collectGarbage();
  for (Value module : held)
    decrefMaybe(module);
}

} // namespace

bool finalizeInterpreter() {
  runAtExit();
  bool flushed = flushStandardStreams();
  setFinalizing();
  clearModules();
  return flushStandardStreams() && flushed;
}

} // namespace pyc::rt
