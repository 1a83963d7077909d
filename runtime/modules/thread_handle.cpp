// _thread._ThreadHandle: what a Thread object knows of its thread.
#include "runtime/modules/thread_locks.h"
#include "runtime/modules/thread_types.h"
#include "runtime/modules/time_values.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

enum class ThreadStage : uint8_t { NotStarted, Running, Done };

struct HandleObject {
  Object header;
  uint64_t identity;
  ThreadStage stage;
};
HandleObject* asHandle(Value value) {
  return value.as<HandleObject>();
}

Ref createHandle(TypeObject* type, const Value*, size_t, Value) {
  return Ref::steal(allocObject(type)); // arguments are ignored
}
void deallocHandle(Object* self) {
  freeObject(self);
}
Ref reprHandle(Value self) {
  return formatText("<%s object: ident=%llu>", typeOf(self)->name,
                    static_cast<unsigned long long>(asHandle(self)->identity));
}

Raised raiseNotStarted() {
  return raise(runtimeErrorType, "thread not started");
}

Ref joinMethod(const Value* args) {
  HandleObject* handle = asHandle(args[0]);
  int64_t wait;
  if (args[1] && !args[1].isNone() && !nanosecondsArg(args[1], TimeRounding::Up, wait))
    return {};
  if (handle->stage == ThreadStage::NotStarted)
    return raiseNotStarted();
  // Threads other than the caller's have ended when there is a handle of them.
  if (handle->stage == ThreadStage::Running && handle->identity == threadIdentity())
    return raise(runtimeErrorType, "Cannot join current thread");
  return Ref::none();
}
Ref isDoneMethod(const Value* args) {
  return Ref::boolean(asHandle(args[0])->stage == ThreadStage::Done);
}
Ref setDoneMethod(const Value* args) {
  if (asHandle(args[0])->stage == ThreadStage::NotStarted)
    return raiseNotStarted();
  asHandle(args[0])->stage = ThreadStage::Done;
  return Ref::none();
}
Ref identGetter(Value self) {
  return makeIntUnsigned(asHandle(self)->identity);
}

constexpr MethodDef kMethods[] = {
    {.signature = "join($self, timeout=None, /)", .bound = joinMethod},
    {.signature = "is_done($self, /)", .bound = isDoneMethod},
    {.signature = "_set_done($self, /)", .bound = setDoneMethod},
};
constexpr GetSetDef kGetSets[] = {{"ident", identGetter}};

} // namespace

constinit TypeObject threadHandleType = {
    .name = "_thread._ThreadHandle",
    .base = &objectType,
    .basicSize = sizeof(HandleObject),
    .flags = kTypeBuiltin | kTypeWeakrefs,
    .methods = kMethods,
    .getSets = kGetSets,
    .slots = {.dealloc = deallocHandle, .repr = reprHandle, .create = createHandle},
};

Ref makeThreadHandle(uint64_t identity) {
  readyType(&threadHandleType);
  Ref result = Ref::steal(allocObject(&threadHandleType));
  if (result) {
    asHandle(result)->identity = identity;
    asHandle(result)->stage = ThreadStage::Running;
  }
  return result;
}

} // namespace pyc::rt
