// sys: settings that few programs touch, and what debuggers and profilers ask for.
#include "runtime/modules/registry.h"
#include "runtime/modules/system.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/int.h"
#include "runtime/objects/interned.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

int dlopenFlags = RTLD_NOW; // for extension modules, which this runtime does not load

Ref getdlopenflagsFunction(const Value*) {
  return makeInt(dlopenFlags);
}
Ref setdlopenflagsFunction(const Value* args) {
  return intArg(args[0], dlopenFlags) ? Ref::none() : Ref();
}

Ref getunicodeinternedsizeFunction(const Value*) {
  return makeInt(internedCount());
}

/// {thread: exception being handled there}
Ref currentExceptionsFunction(const Value*) {
  PYC_TRY(result, newDict(1));
  PYC_TRY(thread, makeIntUnsigned(static_cast<uint64_t>(pthread_self())));
  Value exception = handledException();
  return dictSet(asDict(result), thread, exception ? exception : Value::none()) ? std::move(result)
                                                                                : Ref();
}

Ref callTracingFunction(const Value* args) {
  if (!isTuple(args[1]))
    return raise(typeErrorType, "call_tracing() argument 2 must be tuple, not %T", args[1]);
  return callEx(args[0], args[1], Value());
}

/// -X cpu_count or PYTHON_CPU_COUNT; -1: what the system says.
Ref getCpuCountConfigFunction(const Value*) {
  const char* text = getenv("PYTHON_CPU_COUNT"); // NOLINT(concurrency-mt-unsafe)
  if (!text || !*text || strcmp(text, "default") == 0)
    return makeInt(-1);
  char* end;
  long count = strtol(text, &end, 10);
  return makeInt(*end == '\0' && count >= 1 && count <= INT32_MAX ? count : -1);
}

Ref noTrampolineFunction(const Value*) {
  return raise(valueErrorType, "perf trampoline not available");
}
Ref noRemoteFunction(const Value*) {
  return raise(runtimeErrorType, "Remote debugging is not enabled");
}
Ref falseFunction(const Value*) {
  return Ref::boolean(false);
}
Ref noneFunction(const Value*) {
  return Ref::none();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "getdlopenflags()", .bound = getdlopenflagsFunction},
    {.signature = "setdlopenflags(flags, /)", .bound = setdlopenflagsFunction},
    {.signature = "getunicodeinternedsize(*, _only_immortal=False)",
     .bound = getunicodeinternedsizeFunction},
    {.signature = "_current_exceptions()", .bound = currentExceptionsFunction},
    {.signature = "call_tracing(func, args, /)", .bound = callTracingFunction},
    {.signature = "_get_cpu_count_config()", .bound = getCpuCountConfigFunction},
    {.signature = "_debugmallocstats()", .bound = noneFunction},
    {.signature = "activate_stack_trampoline(backend, /)", .bound = noTrampolineFunction},
    {.signature = "deactivate_stack_trampoline()", .bound = noneFunction},
    {.signature = "is_stack_trampoline_active()", .bound = falseFunction},
    {.signature = "is_remote_debug_enabled()", .bound = falseFunction},
    {.signature = "remote_exec(pid, script)", .bound = noRemoteFunction},
};

// sys._jit: the code is compiled before it runs, and no tier replaces it meanwhile.
constexpr MethodDef kJitFunctions[] = {
    {.signature = "is_available()", .bound = falseFunction},
    {.signature = "is_enabled()", .bound = falseFunction},
    {.signature = "is_active()", .bound = falseFunction},
};

} // namespace

Ref makeJitModule() {
  PYC_TRY(module, makeModule(internLiteral("sys._jit")));
  return addFunctions(asModule(module), kJitFunctions, std::size(kJitFunctions)) ? std::move(module)
                                                                                 : Ref();
}

std::span<const MethodDef> systemSettingFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
