// The module gc: the cycle collector as programs see it.
#include "runtime/modules/registry.h"
#include "runtime/objects/collector.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

enum DebugFlags : int64_t {
  kDebugStats = 1,
  kDebugCollectable = 2,
  kDebugUncollectable = 4,
  kDebugSaveAll = 32,
  kDebugLeak = kDebugCollectable | kDebugUncollectable | kDebugSaveAll,
};

// As long as the process, like the module.
int64_t debugFlags = 0;
int64_t thresholds[kGenerations] = {2000, 10, 10};
Value garbageList;
Value callbackList;

bool put(DictObject* dict, const char* key, Ref value) {
  return value && dictSetStr(dict, internLiteral(key), value);
}

bool putStats(DictObject* dict, const CollectorStats& stats) {
  return put(dict, "collected", makeInt(stats.collected)) &&
         put(dict, "uncollectable", makeInt(stats.uncollectable)) &&
         put(dict, "candidates", makeInt(stats.candidates)) &&
         put(dict, "duration", makeFloat(stats.duration));
}

/// gc.callbacks: each is called with the phase and what there is to say.
void callCallbacks(const char* phase, int generation, const CollectorStats& stats) {
  if (asList(callbackList)->count == 0)
    return;
  Ref info = newDict();
  Ref name = makeStrAscii(phase);
  if (!info || !name || !put(asDict(info), "generation", makeInt(generation)) ||
      !putStats(asDict(info), stats)) {
    writeUnraisable("Exception ignored on calling GC callbacks", Value());
    return;
  }
  for (int64_t i = 0; i < asList(callbackList)->count; ++i) {
    Ref callback = listGet(asList(callbackList), i);
    if (!call(callback, name, info))
      writeUnraisable("Exception ignored while calling GC callback", callback);
  }
}

Ref enable(const Value*) {
  enableCollector(true);
  return Ref::none();
}
Ref disable(const Value*) {
  enableCollector(false);
  return Ref::none();
}
Ref isEnabled(const Value*) {
  return Ref::boolean(isCollectorEnabled());
}

Ref collect(const Value* args) {
  int64_t generation = kGenerations - 1;
  if (args[0] && !toInt64(args[0], generation, &overflowErrorType))
    return {};
  if (generation < 0 || generation >= kGenerations)
    return raise(valueErrorType, "invalid generation");
  return makeInt(collectGarbage(static_cast<int>(generation)));
}

Ref setDebug(const Value* args) {
  if (!toInt64(args[0], debugFlags, &overflowErrorType))
    return {};
  collectorSaveAll = (debugFlags & kDebugSaveAll) ? garbageList : Value();
  return Ref::none();
}
Ref getDebug(const Value*) {
  return makeInt(debugFlags);
}

Ref setThreshold(const Value* args, size_t argc, Value) {
  if (argc < 1 || argc > kGenerations)
    return raise(typeErrorType, "gc.set_threshold requires 1 to 3 arguments");
  int64_t values[kGenerations];
  for (size_t i = 0; i < argc; ++i)
    if (!toInt64(args[i], values[i], &overflowErrorType))
      return {};
  std::copy(values, values + argc, thresholds);
  setCollectorThreshold(thresholds[0]);
  return Ref::none();
}
Ref getThreshold(const Value*) {
  return tupleOf(Value::fromInt(thresholds[0]), Value::fromInt(thresholds[1]),
                 Value::fromInt(thresholds[2]));
}

Ref getCount(const Value*) {
  return tupleOf(Value::fromInt(youngCount()), Value::fromInt(0), Value::fromInt(0));
}

Ref getStats(const Value*) {
  PYC_TRY(list, newList(kGenerations));
  for (int generation = 0; generation < kGenerations; ++generation) {
    const CollectorStats& stats = collectorStats(generation);
    PYC_TRY(dict, newDict());
    if (!put(asDict(dict), "collections", makeInt(stats.collections)) ||
        !putStats(asDict(dict), stats) || !listAppend(asList(list), dict))
      return {};
  }
  return list;
}

Ref getObjects(const Value* args) {
  if (!args[0] || args[0].isNone())
    return trackedObjects();
  int64_t generation;
  if (!isInteger(args[0]) && !typeOf(args[0])->slots.index)
    return raise(typeErrorType, "argument should be integer or None, not '%T'", args[0]);
  if (!toInt64(args[0], generation, &overflowErrorType))
    return {};
  if (generation >= kGenerations)
    return raise(valueErrorType,
                 "generation parameter must be less than the number of available generations (%d)",
                 kGenerations);
  if (generation < 0)
    return raise(valueErrorType, "generation parameter cannot be negative");
  return generation == 0 ? trackedObjects() : newList(0);
}

Ref isTrackedObject(const Value* args) {
  return Ref::boolean(isTracked(args[0]));
}
Ref isFinalized(const Value* args) {
  return Ref::boolean(isTracked(args[0]) && (args[0].object()->flags & kObjectFinalized));
}

Ref getReferrers(const Value* args, size_t argc, Value) {
  return referrersOf(args, argc);
}
Ref getReferents(const Value* args, size_t argc, Value) {
  return referentsOf(args, argc);
}

Ref freeze(const Value*) {
  freezeObjects();
  return Ref::none();
}
Ref unfreeze(const Value*) {
  unfreezeObjects();
  return Ref::none();
}
Ref getFreezeCount(const Value*) {
  return makeInt(frozenCount());
}

constexpr MethodDef kFunctions[] = {
    {.signature = "enable()", .bound = enable, .doc = "Enable automatic garbage collection."},
    {.signature = "disable()", .bound = disable, .doc = "Disable automatic garbage collection."},
    {.signature = "isenabled()",
     .bound = isEnabled,
     .doc = "Returns true if automatic garbage collection is enabled."},
    {.signature = "collect(generation=2)",
     .bound = collect,
     .doc = "Run the garbage collector.\n\nWith no arguments, run a full collection.  The optional "
            "argument\nmay be an integer specifying which generation to collect.  A ValueError\nis "
            "raised if the generation number is invalid.\n\nThe number of unreachable objects is "
            "returned."},
    {.signature = "set_debug(flags, /)",
     .bound = setDebug,
     .doc = "Set the garbage collection debugging flags."},
    {.signature = "get_debug()",
     .bound = getDebug,
     .doc = "Get the garbage collection debugging flags."},
    {.signature = "set_threshold(*args)",
     .raw = setThreshold,
     .doc = "set_threshold(threshold0, [threshold1, [threshold2]])\nSet the collection thresholds "
            "(the collection frequency).\n\nSetting 'threshold0' to zero disables collection."},
    {.signature = "get_threshold()",
     .bound = getThreshold,
     .doc = "Return the current collection thresholds."},
    {.signature = "get_count()",
     .bound = getCount,
     .doc = "Return a three-tuple of the current collection counts."},
    {.signature = "get_stats()",
     .bound = getStats,
     .doc = "Return a list of dictionaries containing per-generation statistics."},
    {.signature = "get_objects(generation=None)",
     .bound = getObjects,
     .doc = "Return a list of objects tracked by the collector (excluding the list returned)."},
    {.signature = "is_tracked(obj, /)",
     .bound = isTrackedObject,
     .doc = "Returns true if the object is tracked by the garbage collector.\n\nSimple atomic "
            "objects will return false."},
    {.signature = "is_finalized(obj, /)",
     .bound = isFinalized,
     .doc = "Returns true if the object has been already finalized by the GC."},
    {.signature = "get_referrers(*objs)",
     .raw = getReferrers,
     .doc = "Return the list of objects that directly refer to any of 'objs'."},
    {.signature = "get_referents(*objs)",
     .raw = getReferents,
     .doc = "Return the list of objects that are directly referred to by 'objs'."},
    {.signature = "freeze()",
     .bound = freeze,
     .doc = "Freeze all current tracked objects and ignore them for future collections."},
    {.signature = "unfreeze()",
     .bound = unfreeze,
     .doc = "Unfreeze all objects in the permanent generation."},
    {.signature = "get_freeze_count()",
     .bound = getFreezeCount,
     .doc = "Return the number of objects in the permanent generation."},
};

bool makeLists(ModuleObject* module) {
  Ref garbage = newList(0);
  Ref callbacks = newList(0);
  if (!garbage || !callbacks)
    return false;
  garbageList = Ref::copy(garbage).release();
  callbackList = Ref::copy(callbacks).release();
  collectorCallback = callCallbacks;
  return addValue(module, "garbage", std::move(garbage)) &&
         addValue(module, "callbacks", std::move(callbacks));
}

} // namespace

bool fillModule_gc(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) && makeLists(module) &&
         addInt(module, "DEBUG_STATS", kDebugStats) &&
         addInt(module, "DEBUG_COLLECTABLE", kDebugCollectable) &&
         addInt(module, "DEBUG_UNCOLLECTABLE", kDebugUncollectable) &&
         addInt(module, "DEBUG_SAVEALL", kDebugSaveAll) && addInt(module, "DEBUG_LEAK", kDebugLeak);
}

} // namespace pyc::rt
