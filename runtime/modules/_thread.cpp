// The module _thread: locks, and what the running thread is.
#include "runtime/interp/signals.h"
#include "runtime/modules/registry.h"
#include "runtime/modules/standard_streams.h"
#include "runtime/modules/struct_sequence.h"
#include "runtime/modules/system.h"
#include "runtime/modules/thread_locks.h"
#include "runtime/modules/thread_types.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"

#include <csignal>
#include <pthread.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

Ref allocateLock(const Value*) {
  return makeLock();
}

// Starting threads.

Raised raiseNoThreads() {
  return raise(runtimeErrorType, "can't start new thread");
}

Ref startNewThread(const Value* args) {
  if (!isCallable(args[0]))
    return raise(typeErrorType, "first arg must be callable");
  if (!isTuple(args[1]))
    return raise(typeErrorType, "2nd arg must be a tuple");
  if (args[2] && !isDict(args[2]))
    return raise(typeErrorType, "optional 3rd arg must be a dictionary");
  return raiseNoThreads();
}

Ref startJoinableThread(const Value* args) {
  if (!isCallable(args[0]))
    return raise(typeErrorType, "thread function must be callable");
  if (args[1] && !args[1].isNone() && !isInstance(args[1], &threadHandleType))
    return raise(typeErrorType, "'handle' must be a _ThreadHandle");
  return raiseNoThreads();
}

Ref makeHandle(const Value* args) {
  uint64_t identity;
  if (!isInteger(args[0]))
    return raise(typeErrorType, "ident must be an integer");
  if (!intFitsUnsigned64(args[0], identity))
    return raise(overflowErrorType, "can't convert negative int to unsigned");
  return makeThreadHandle(identity);
}

int64_t stackSize = 0; // 0: the system's own

Ref stackSizeFunction(const Value* args) {
  int64_t size = 0;
  constexpr int64_t kLeast = 53248;
  if (!sizeArg(args[0], size))
    return {};
  if (size && size < kLeast)
    return raise(valueErrorType, "size must be at least %lld bytes",
                 static_cast<long long>(kLeast));
  return makeInt(args[0] ? std::exchange(stackSize, size) : stackSize);
}

// The running thread.

Ref getIdent(const Value*) {
  return makeIntUnsigned(threadIdentity());
}
Ref getMainIdent(const Value*) {
  return makeIntUnsigned(threadIdentity()); // there is no other thread
}
Ref getNativeId(const Value*) {
  return makeInt(gettid());
}

constexpr size_t kNameMost = 15;

Ref setName(const Value* args) {
  if (!isStr(args[0]))
    return raiseBadArgument("set_name", "name", "str", args[0]);
  std::string storage;
  std::string name(utf8View(args[0], storage));
  if (name.size() > kNameMost) {
    size_t end = kNameMost;
    while (end && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80)
      --end; // not within a character
    name.resize(end);
  }
  pthread_setname_np(pthread_self(), name.c_str());
  return Ref::none();
}
Ref getName(const Value*) {
  char name[kNameMost + 1] = "";
  pthread_getname_np(pthread_self(), name, sizeof name);
  return makeStr(name);
}

Ref exitFunction(const Value*) {
  return raiseWith(systemExitType, Value());
}

Ref interruptMain(const Value* args) {
  int number = SIGINT;
  if (args[0] && !intArg(args[0], number))
    return {};
  if (number < 1 || number >= NSIG)
    return raise(valueErrorType, "signal number out of range");
  struct sigaction action;
  bool handled = sigaction(number, nullptr, &action) == 0 && action.sa_handler != SIG_IGN &&
                 action.sa_handler != SIG_DFL;
  if (handled)
    simulateSignal(number);
  return Ref::none();
}

Ref zeroFunction(const Value*) {
  return makeInt(0);
}
Ref trueFunction(const Value*) {
  return Ref::boolean(true);
}
Ref noneFunction(const Value*) {
  return Ref::none();
}

// What threading.excepthook is.

constexpr const char* kHookFields[] = {"exc_type", "exc_value", "exc_traceback", "thread"};
constexpr StructSequenceDef kHookDef = {kHookFields, 4, 4, true};
constinit TypeObject hookArgsType = structSequenceType<kHookDef>(
    "_thread._ExceptHookArgs", "What threading.excepthook is given of a thread that failed.");

/// The name of a Thread object; its number where there is none.
Ref threadTitle(Value thread) {
  if (!thread.isNone()) {
    Ref name = getAttr(thread, names::name);
    if (name)
      return str(name);
    clearRaised();
  }
  PYC_TRY(number, makeIntUnsigned(threadIdentity()));
  return str(number);
}

Ref exceptHook(const Value* args) {
  if (typeOf(args[0]) != &hookArgsType)
    return raise(typeErrorType, "_thread.excepthook argument type must be ExceptHookArgs");
  const Value* fields = asTuple(args[0])->items();
  if (fields[0] == Value(&systemExitType))
    return Ref::none();
  PYC_TRY(title, threadTitle(fields[3]));
  PYC_TRY(text, formatText("Exception in thread %S:\n", title.get()));
  writeStandardError(text);
  Ref hook = systemValue("__excepthook__");
  return hook ? call(hook, fields, 3) : Ref::none();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "allocate_lock()", .bound = allocateLock, .doc = "A new lock, not taken."},
    {.signature = "allocate()", .bound = allocateLock, .doc = "allocate_lock()"},
    {.signature = "start_new_thread(function, args, kwargs={}, /)", .bound = startNewThread},
    {.signature = "start_new(function, args, kwargs={}, /)", .bound = startNewThread},
    {.signature = "start_joinable_thread(function, handle=None, daemon=True)",
     .bound = startJoinableThread},
    {.signature = "_make_thread_handle(ident, /)", .bound = makeHandle},
    {.signature = "stack_size(size=0, /)", .bound = stackSizeFunction},
    {.signature = "get_ident()",
     .bound = getIdent,
     .doc = "A number that no other thread has while this one lives."},
    {.signature = "_get_main_thread_ident()", .bound = getMainIdent},
    {.signature = "get_native_id()",
     .bound = getNativeId,
     .doc = "The operating system's number of this thread."},
    {.signature = "set_name(name)", .bound = setName},
    {.signature = "_get_name()", .bound = getName},
    {.signature = "exit()", .bound = exitFunction, .doc = "Raises SystemExit."},
    {.signature = "exit_thread()", .bound = exitFunction, .doc = "exit()"},
    {.signature = "interrupt_main(signum=signal.SIGINT, /)", .bound = interruptMain},
    {.signature = "_count()", .bound = zeroFunction},
    {.signature = "_is_main_interpreter()", .bound = trueFunction},
    {.signature = "daemon_threads_allowed()", .bound = trueFunction},
    {.signature = "_shutdown()", .bound = noneFunction},
    {.signature = "_excepthook(args, /)", .bound = exceptHook},
};

bool addTypes(ModuleObject* module) {
  for (TypeObject* type :
       {&lockType, &recursiveLockType, &threadLocalType, &threadHandleType, &hookArgsType}) {
    readyType(type);
    if (!addType(module, *type))
      return false;
  }
  return addValue(module, "LockType", Ref::copy(&lockType));
}

} // namespace

bool fillModule__thread(ModuleObject* module) {
  constexpr double kTimeoutMax = 9223372036.0; // whole seconds that fit 63 bits of nanoseconds
  return addFunctions(module, kFunctions, std::size(kFunctions)) && addTypes(module) &&
         addValue(module, "error", Ref::copy(&runtimeErrorType)) &&
         addValue(module, "TIMEOUT_MAX", makeFloat(kTimeoutMax)) &&
         addInt(module, "_NAME_MAXLEN", kNameMost) &&
         addStr(module, "__doc__", "Locks, and the identity of threads: below threading.");
}

} // namespace pyc::rt
