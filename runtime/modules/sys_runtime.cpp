// sys: what the running program can ask of the runtime and tell it.
#include "runtime/modules/system.h"

#include "runtime/interp/async_hooks.h"
#include "runtime/interp/frame_object.h"
#include "runtime/interp/frame_stack.h"
#include "runtime/interp/stack_walk.h"
#include "runtime/modules/registry.h"
#include "runtime/modules/struct_sequence.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/int.h"
#include "runtime/objects/int_limit.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

Ref getrecursionlimitFunction(const Value*) {
  return Ref::number(Value::fromInt(recursionLimit()));
}

Ref setrecursionlimitFunction(const Value* args) {
  int64_t limit;
  if (!toInt64(args[0], limit, &overflowErrorType))
    return {};
  if (limit < 1)
    return raise(valueErrorType, "recursion limit must be greater or equal than 1");
  if (limit > INT32_MAX)
    return raise(overflowErrorType, "Python int too large to convert to C int");
  int depth = recursionLimit() - thisThread().recursionRemaining;
  if (!setRecursionLimit(static_cast<int>(limit)))
    return raise(
        recursionErrorType,
        "cannot set the recursion limit to %d at the recursion depth %d: the limit is too low",
        static_cast<int>(limit), depth);
  return Ref::none();
}

Ref internFunction(const Value* args) {
  if (!isStr(args[0]))
    return raise(typeErrorType, "intern() argument must be str, not %T", args[0]);
  if (!isExactStr(args[0]))
    return raise(typeErrorType, "can't intern %.400T", args[0]);
  return intern(args[0]);
}

Ref isInternedFunction(const Value* args) {
  if (!isStr(args[0]))
    return raise(typeErrorType, "_is_interned() argument must be str, not %T", args[0]);
  return Ref::boolean((asStr(args[0])->header.flags & kStrInterned) != 0);
}

Ref isImmortalFunction(const Value* args) {
  return Ref::boolean(args[0].isNumber() || args[0].object()->localCount == kImmortalCount);
}

Ref exceptionFunction(const Value*) {
  Value exception = handledException();
  return exception ? Ref::copy(exception) : Ref::none();
}

Ref excInfoFunction(const Value*) {
  Value exception = handledException();
  if (!exception)
    return tupleOf(Value::none(), Value::none(), Value::none());
  Value traceback = asException(exception)->traceback;
  return tupleOf(Value(&typeOf(exception)->header), exception,
                 traceback ? traceback : Value::none());
}

Ref getrefcountFunction(const Value* args) {
  return makeInt(args[0].isNumber() ? int64_t{kImmortalCount} : refcountOf(args[0].object()) + 1);
}

Ref getsizeofFunction(const Value* args, size_t argc, Value kwnames) {
  // getsizeof(object[, default])
  Value fallback = argc > 1 ? args[1] : Value();
  if (kwnames && asTuple(kwnames)->count == 1 &&
      strEquals(asStr(asTuple(kwnames)->items()[0]), "default"))
    fallback = args[argc];
  if (argc < 1 || argc > 2)
    return raise(typeErrorType,
                 argc ? "getsizeof() takes at most 2 arguments (%zu given)"
                      : "getsizeof() missing required argument 'object' (pos 1)",
                 argc);
  bool found = false;
  Ref size = callSpecial(args[0], names::__sizeof__, nullptr, 0, found);
  if (!found && !isRaised())
    raise(typeErrorType, "Type %T doesn't define __sizeof__", args[0]);
  if (!size && fallback && catchRaised(typeErrorType))
    return Ref::copy(fallback);
  return size;
}

Ref getframeFunction(const Value* args) {
  int64_t depth = 0;
  if (args[0] && !toInt64(args[0], depth, &overflowErrorType))
    return {};
  return frameObjectAt(depth);
}

Ref getframemodulenameFunction(const Value* args) {
  int64_t depth = 0;
  if (args[0] && !toInt64(args[0], depth, &overflowErrorType))
    return {};
  StackEntry entry;
  if (!stackEntryAt(depth, entry))
    return Ref::none();
  Value name = dictFindStr(entry.globals(), names::__name__);
  return name ? Ref::copy(name) : Ref::none();
}

Ref currentFramesFunction(const Value*) {
  PYC_TRY(result, newDict());
  if (Frame* frame = thisThread().frame) {
    PYC_TRY(object, frameObject(frame));
    if (!dictSet(asDict(result), Value::fromInt(thisThread().id), object))
      return {};
  }
  return result;
}

// Hooks of asynchronous generators.

constexpr const char* kHookFields[] = {"firstiter", "finalizer"};
constexpr StructSequenceDef kHookDef = {kHookFields, 2, 2, true};
constinit TypeObject asyncHooksType = structSequenceType<kHookDef>("asyncgen_hooks", nullptr);

Ref getAsyncgenHooksFunction(const Value*) {
  AsyncHooks& hooks = asyncHooks();
  auto orNone = [](Value value) { return value ? Ref::copy(value) : Ref::none(); };
  Ref values[] = {orNone(hooks.firstIter), orNone(hooks.finalizer)};
  return makeStructSequence(asyncHooksType, kHookDef, values);
}

bool setHook(Value& hook, Value value, const char* name) {
  if (!value)
    return true;
  if (!value.isNone() && !isCallable(value))
    return raise(typeErrorType, "callable %s expected, got %T", name, value);
  decrefMaybe(std::exchange(hook, value.isNone() ? Value() : Ref::copy(value).release()));
  return true;
}

Ref setAsyncgenHooksFunction(const Value* args) {
  AsyncHooks& hooks = asyncHooks();
  if (!setHook(hooks.finalizer, args[1], "finalizer") ||
      !setHook(hooks.firstIter, args[0], "firstiter"))
    return {};
  return Ref::none();
}

// Limits and switches.

Ref getIntMaxStrDigitsFunction(const Value*) {
  return makeInt(intMaxStrDigits());
}

Ref setIntMaxStrDigitsFunction(const Value* args) {
  int64_t digits;
  if (!toInt64(args[0], digits, &overflowErrorType))
    return {};
  if (digits != 0 && digits < 640)
    return raise(valueErrorType, "maxdigits must be >= 640 or 0 for unlimited");
  setIntMaxStrDigits(static_cast<int>(digits));
  return Ref::none();
}

double switchInterval = 0.005;

Ref getswitchintervalFunction(const Value*) {
  return Ref::number(Value::fromDouble(switchInterval));
}
Ref setswitchintervalFunction(const Value* args) {
  double seconds;
  if (!toDouble(args[0], seconds))
    return {};
  if (seconds <= 0)
    return raise(valueErrorType, "switch interval must be strictly positive");
  switchInterval = seconds;
  return Ref::none();
}

Ref utf8Function(const Value*) {
  return makeStr("utf-8");
}
Ref surrogateescapeFunction(const Value*) {
  return makeStr("surrogateescape");
}
Ref noneFunction(const Value*) {
  return Ref::none();
}
Ref zeroFunction(const Value*) {
  return Ref::number(Value::fromInt(0));
}
Ref falseFunction(const Value*) {
  return Ref::boolean(false);
}
Ref isFinalizingFunction(const Value*) {
  return Ref::boolean(isFinalizing());
}

/// Tracing and profiling functions: a program may set and read them; nothing calls them.
Value traceFunction, profileFunction;

Ref setTrace(Value& place, Value value) {
  decrefMaybe(std::exchange(place, value.isNone() ? Value() : Ref::copy(value).release()));
  return Ref::none();
}
Ref settraceFunction(const Value* args) {
  return setTrace(traceFunction, args[0]);
}
Ref setprofileFunction(const Value* args) {
  return setTrace(profileFunction, args[0]);
}
Ref gettraceFunction(const Value*) {
  return traceFunction ? Ref::copy(traceFunction) : Ref::none();
}
Ref getprofileFunction(const Value*) {
  return profileFunction ? Ref::copy(profileFunction) : Ref::none();
}

// Audit hooks.

Value auditHooks; // list, or null

Ref auditFunction(const Value* args) {
  if (!isStr(args[0]))
    return raise(typeErrorType, "expected str for argument 'event', not %T", args[0]);
  if (!auditHooks)
    return Ref::none();
  for (int64_t k = 0; k < asList(auditHooks)->count; ++k) {
    PYC_TRY(hook, listGet(asList(auditHooks), k));
    PYC_TRY(result, call(hook, args[0], args[1]));
  }
  return Ref::none();
}

Ref addaudithookFunction(const Value* args) {
  if (!auditHooks && !(auditHooks = newList(1).release()))
    return {};
  return listAppend(asList(auditHooks), args[0]) ? Ref::none() : Ref();
}

const MethodDef kFunctions[] = {
    {.signature = "getrecursionlimit()", .bound = getrecursionlimitFunction},
    {.signature = "setrecursionlimit(limit, /)", .bound = setrecursionlimitFunction},
    {.signature = "intern(string, /)", .bound = internFunction},
    {.signature = "_is_interned(string, /)", .bound = isInternedFunction},
    {.signature = "_is_immortal(op, /)", .bound = isImmortalFunction},
    {.signature = "exception()", .bound = exceptionFunction},
    {.signature = "exc_info()", .bound = excInfoFunction},
    {.signature = "getrefcount(object, /)", .bound = getrefcountFunction},
    {.signature = "getsizeof", .raw = moduleRaw<getsizeofFunction>},
    {.signature = "_getframe(depth=0, /)", .bound = getframeFunction},
    {.signature = "_getframemodulename(depth=0)", .bound = getframemodulenameFunction},
    {.signature = "_current_frames()", .bound = currentFramesFunction},
    {.signature = "get_asyncgen_hooks()", .bound = getAsyncgenHooksFunction},
    {.signature = "set_asyncgen_hooks(firstiter=<unrepresentable>, finalizer=<unrepresentable>)",
     .bound = setAsyncgenHooksFunction},
    {.signature = "get_int_max_str_digits()", .bound = getIntMaxStrDigitsFunction},
    {.signature = "set_int_max_str_digits(maxdigits)", .bound = setIntMaxStrDigitsFunction},
    {.signature = "getswitchinterval()", .bound = getswitchintervalFunction},
    {.signature = "setswitchinterval(interval, /)", .bound = setswitchintervalFunction},
    {.signature = "getdefaultencoding()", .bound = utf8Function},
    {.signature = "getfilesystemencoding()", .bound = utf8Function},
    {.signature = "getfilesystemencodeerrors()", .bound = surrogateescapeFunction},
    {.signature = "_clear_type_cache()", .bound = noneFunction},
    {.signature = "_clear_internal_caches()", .bound = noneFunction},
    {.signature = "getallocatedblocks()", .bound = zeroFunction},
    {.signature = "get_coroutine_origin_tracking_depth()", .bound = zeroFunction},
    {.signature = "set_coroutine_origin_tracking_depth(depth)", .bound = noneFunction},
    {.signature = "_is_gil_enabled()", .bound = falseFunction},
    {.signature = "is_finalizing()", .bound = isFinalizingFunction},
    {.signature = "settrace(function, /)", .bound = settraceFunction},
    {.signature = "_settraceallthreads(function, /)", .bound = settraceFunction},
    {.signature = "_setprofileallthreads(function, /)", .bound = setprofileFunction},
    {.signature = "gettrace()", .bound = gettraceFunction},
    {.signature = "setprofile(function, /)", .bound = setprofileFunction},
    {.signature = "getprofile()", .bound = getprofileFunction},
    {.signature = "audit(event, /, *args)", .bound = auditFunction},
    {.signature = "addaudithook(hook)", .bound = addaudithookFunction},
};

} // namespace

std::span<const MethodDef> systemRuntimeFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
