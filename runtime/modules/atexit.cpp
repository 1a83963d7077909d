// The module atexit: functions that run when the program ends.
#include "runtime/modules/finalize.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

Ref registerFunction(const Value* args) {
  if (!isCallable(args[0]))
    return raise(typeErrorType, "the first argument must be callable");
  return registerAtExit(args[0], args[1], args[2]) ? Ref::copy(args[0]) : Ref();
}
Ref unregisterFunction(const Value* args) {
  unregisterAtExit(args[0]);
  return Ref::none();
}
Ref clearFunction(const Value*) {
  clearAtExit();
  return Ref::none();
}
Ref runFunction(const Value*) {
  runAtExit();
  return Ref::none();
}
Ref countFunction(const Value*) {
  return makeInt(atExitCount());
}

constexpr MethodDef kFunctions[] = {
    {.signature = "register(func, /, *args, **kwargs)",
     .bound = registerFunction,
     .doc = "Has func(*args, **kwargs) called at the end, later ones first; returns func."},
    {.signature = "unregister(func, /)",
     .bound = unregisterFunction,
     .doc = "Takes every registration of func back."},
    {.signature = "_clear()", .bound = clearFunction},
    {.signature = "_run_exitfuncs()", .bound = runFunction},
    {.signature = "_ncallbacks()", .bound = countFunction},
};

} // namespace

bool fillModule_atexit(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addStr(module, "__doc__", "Functions that run when the program ends.");
}

} // namespace pyc::rt
