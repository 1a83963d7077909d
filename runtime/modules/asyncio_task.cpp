// A task's steps: each runs its coroutine up to the next future that it awaits.
#include "runtime/modules/asyncio_parts.h"
#include "runtime/modules/context.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt::asyncio {

namespace {

// What the loop calls for a step: a step object first and after a bare yield, `task_wakeup` when
// the future that the task waits for is done.

struct StepObject {
  Object header;
  Value task, exception; // exception: thrown into the coroutine, or null
};

bool runStep(TaskObject* task, Ref exception);

StepObject* asStep(Value value) {
  return value.as<StepObject>();
}

Ref callStep(Value self, const Value*, size_t argc, Value kwnames) {
  if (kwnames && asTuple(kwnames)->count)
    return raise(typeErrorType, "function takes no keyword arguments");
  if (argc)
    return raise(typeErrorType, "function takes no positional arguments");
  Ref task = Ref::copy(asStep(self)->task);
  return runStep(asTask(task), Ref::copy(asStep(self)->exception)) ? Ref::none() : Ref();
}

void clearStep(Object* self) {
  clearField(asStep(self)->task);
  clearField(asStep(self)->exception);
}
void deallocStep(Object* self) {
  clearStep(self);
  freeObject(self);
}
void traverseStep(Object* self, Visitor& visitor) {
  for (Value value : {asStep(self)->task, asStep(self)->exception})
    if (value)
      visitor.visit(value);
}
Ref getStepTask(Value self) {
  return Ref::copy(asStep(self)->task);
}
constexpr GetSetDef kStepGetSets[] = {{"__self__", getStepTask}};

/// What the end of an awaited future throws into the coroutine, or null.
Ref exceptionOfWaiter(Value future) {
  Ref result;
  bool isException = false;
  bool taken = isExact(future)
                   ? takeResult(asFuture(future), result, isException)
                   : static_cast<bool>(result = callMethod(future, internLiteral("result")));
  if (!taken)
    return takeRaised();
  return isException ? std::move(result) : Ref();
}

Ref wakeUp(const Value* args) {
  Ref task = Ref::copy(args[0]);
  Value future = args[1];
  if (isFuture(future) && !discardAwaitedBy(asFuture(future), task))
    return {};
  return runStep(asTask(task), exceptionOfWaiter(future)) ? Ref::none() : Ref();
}

constexpr MethodDef kWakeUp = {.signature = "task_wakeup($self, object, /)", .bound = wakeUp};

/// Parsed once, and named as a method of Task.
const Signature* wakeUpSignature() {
  static const Signature kSignature = [] {
    Signature parsed = *parseSignature(kWakeUp.signature);
    parsed.owner = "Task";
    return parsed;
  }();
  return &kSignature;
}

Ref makeWakeUp(TaskObject* task) {
  PYC_TRY(function, makeBuiltinFunction(&kWakeUp, &task->future.header, {}));
  function.as<BuiltinFunctionObject>()->signature = wakeUpSignature();
  return function;
}

/// Has the next step throw a RuntimeError into the coroutine.
bool failWith(TaskObject* task, Value message) {
  PYC_TRY(error, makeException(&runtimeErrorType, &message, 1));
  return callStepSoon(task, error);
}
/// The same; the message names the task and what it has yielded.
bool failSoon(TaskObject* task, const char* format, Value yielded) {
  PYC_TRY(message, formatText(format, Value(&task->future.header), yielded));
  return failWith(task, message);
}

constexpr const char* kOtherLoop = "Task %R got Future %R attached to a different loop";
constexpr const char* kYielded = "yield was used instead of yield from in task %R with %R";

/// The task waits now; a cancellation that came before goes to what it waits for.
bool waitFor(TaskObject* task, Value future) {
  setField(task->waiter, future);
  if (!task->mustCancel)
    return true;
  PYC_TRY(answer, callCancel(future, task->future.cancelMessage));
  bool done;
  if (!truth(answer, done))
    return false;
  if (done)
    task->mustCancel = false;
  return true;
}

bool awaitFuture(TaskObject* task, FutureObject* future) {
  Value self = &future->header;
  if (future->loop != task->future.loop)
    return failSoon(task, kOtherLoop, self);
  if (!future->isBlocking)
    return failSoon(task, kYielded, self);
  if (!addAwaitedBy(future, &task->future.header))
    return false;
  future->isBlocking = false;
  PYC_TRY(wakeUp, makeWakeUp(task));
  return addDoneCallback(future, wakeUp, task->context) && waitFor(task, self);
}

Ref loopOf(Value future) {
  Ref method;
  if (!findAttr(future, internLiteral("get_loop"), method))
    return {};
  return method ? call(method) : getAttr(future, internLiteral("_loop"));
}

bool addCallbackTo(Value future, Value callback, Value context) {
  PYC_TRY(add, getAttr(future, internLiteral("add_done_callback")));
  PYC_TRY(keywords, tupleOf(Value(internLiteral("context"))));
  Value args[] = {callback, context};
  return static_cast<bool>(call(add, args, 1, keywords));
}

/// As awaitFuture, for what only behaves as a future, and for classes that derive from ours, which
/// may have methods of their own.
bool awaitForeign(TaskObject* task, Value future, Value blocking) {
  bool isBlocking;
  PYC_TRY(loop, loopOf(future));
  if (loop.get() != task->future.loop)
    return failSoon(task, kOtherLoop, future);
  if (!truth(blocking, isBlocking))
    return false;
  if (!isBlocking)
    return failSoon(task, kYielded, future);
  if (isFuture(future) && !addAwaitedBy(asFuture(future), &task->future.header))
    return false;
  if (!setAttr(future, internLiteral("_asyncio_future_blocking"), Value::fromBool(false)))
    return false;
  PYC_TRY(wakeUp, makeWakeUp(task));
  return addCallbackTo(future, wakeUp, task->context) && waitFor(task, future);
}

/// What the coroutine has yielded says what the task waits for.
bool handleYielded(TaskObject* task, Value yielded) {
  if (yielded == Value(&task->future.header))
    return failSoon(task, "Task cannot await on itself: %R", {});
  if (isExact(yielded))
    return awaitFuture(task, asFuture(yielded));
  if (yielded.isNone())
    return callStepSoon(task, {});
  Ref blocking;
  if (!findAttr(yielded, internLiteral("_asyncio_future_blocking"), blocking))
    return false;
  if (blocking && !blocking.isNone())
    return awaitForeign(task, yielded, blocking);
  if (hasShape(yielded, kShapeGenerator))
    return failSoon(task, "yield was used instead of yield from for generator in task %R with %R",
                    yielded);
  PYC_TRY(message, formatText("Task got bad yield: %R", yielded));
  return failWith(task, message);
}

bool handleReturned(TaskObject* task, Value result) {
  if (!task->mustCancel)
    return setResult(&task->future, result);
  task->mustCancel = false; // cancelled right before the coroutine's end
  bool done;
  return cancelFuture(&task->future, Ref::copy(task->future.cancelMessage), done);
}

bool handleRaised(TaskObject* task) {
  Ref exception = takeRaised();
  TypeObject* cancelled = cancelledErrorType();
  if (!cancelled)
    return false;
  if (isInstance(exception, cancelled)) {
    setField(task->future.cancelledError, std::move(exception));
    bool done;
    return cancelFuture(&task->future, Value::none(), done);
  }
  if (!setException(&task->future, exception))
    return false;
  if (!isInstance(exception, &keyboardInterruptType) && !isInstance(exception, &systemExitType))
    return true;
  restoreRaised(std::move(exception)); // ends the loop as well
  return false;
}

Resumed throwInto(Value coroutine, Ref exception, Ref& result) {
  (void)raiseAsIs(std::move(exception));
  return throwIntoDelegate(coroutine, result);
}

/// Runs the coroutine up to its next yield or end. False with what has to end the loop.
bool runCoroutine(TaskObject* task, Ref exception) {
  if (!task->coroutine)
    return raise(runtimeErrorType, "uninitialized Task object");
  Ref coroutine = Ref::copy(task->coroutine), result;
  Resumed outcome = exception ? throwInto(coroutine, std::move(exception), result)
                              : sendTo(coroutine, Value::none(), result);
  switch (outcome) {
  case Resumed::Yielded:
    return handleYielded(task, result);
  case Resumed::Returned:
    return handleReturned(task, result);
  case Resumed::Raised:
    return handleRaised(task);
  }
  __builtin_unreachable();
}

/// A cancellation that waits for the next step takes the place of what that was to throw.
bool takeCancellation(TaskObject* task, Ref& exception) {
  if (!task->mustCancel)
    return true;
  TypeObject* cancelled = cancelledErrorType();
  if (!cancelled)
    return false;
  if (!exception || !isInstance(exception, cancelled))
    exception = makeCancelledError(&task->future);
  task->mustCancel = false;
  return static_cast<bool>(exception);
}

/// Calls leaveTask() or the like; what is raised already stays.
template <class Leave> bool finally(bool done, Leave leave) {
  if (PYC_LIKELY(done))
    return leave();
  Ref raised = takeRaised();
  if (!leave())
    clearRaised();
  restoreRaised(std::move(raised));
  return false;
}

bool checkPending(TaskObject* task, Value exception) {
  if (PYC_LIKELY(task->future.state == FutureState::Pending))
    return true;
  TypeObject* type = invalidStateErrorType();
  return type && raise(*type, "__step(): already done: %R %R", Value(&task->future.header),
                       exception ? exception : Value::none());
}

bool runStep(TaskObject* task, Ref exception) {
  Ref self = Ref::copy(&task->future.header);
  Ref loop = Ref::copy(task->future.loop);
  if (!enterTask(loop, self))
    return false;
  bool done = checkPending(task, exception) && takeCancellation(task, exception);
  if (PYC_LIKELY(done)) {
    clearField(task->waiter);
    done = runCoroutine(task, std::move(exception));
  }
  return finally(done, [&] { return leaveTask(loop, self); });
}

/// The first step, in the task's own context.
bool runInContext(TaskObject* task) {
  ContextObject* context = asContext(task->context);
  if (!enterContext(context))
    return false;
  bool done = runCoroutine(task, {});
  leaveContext(context);
  return done;
}

} // namespace

bool callStepSoon(TaskObject* task, Value exception) {
  Object* step = allocObject(&taskStepType);
  if (!step)
    return false;
  Ref keep = Ref::steal(step);
  asStep(step)->task = Ref::copy(&task->future.header).release();
  asStep(step)->exception = Ref::copy(exception).release();
  return callSoon(task->future.loop, keep, {}, task->context);
}

bool startEagerly(TaskObject* task) {
  Ref loop = Ref::copy(task->future.loop);
  PYC_TRY(before, swapTask(loop, &task->future.header));
  listTask(task);
  bool done =
      finally(runInContext(task), [&] { return static_cast<bool>(swapTask(loop, before)); });
  if (task->future.state != FutureState::Pending)
    clearField(task->coroutine);
  return done;
}

bool cancelTask(TaskObject* task, Value message, bool& done) {
  task->future.logsTraceback = false;
  done = task->future.state == FutureState::Pending;
  if (!done)
    return true;
  ++task->cancelRequests;
  if (Ref waiter = Ref::copy(task->waiter)) {
    PYC_TRY(answer, callCancel(waiter, message));
    bool isCancelling;
    if (!truth(answer, isCancelling))
      return false;
    if (isCancelling)
      return true;
  }
  task->mustCancel = true;
  setField(task->future.cancelMessage, message ? message : Value::none());
  return true;
}

constinit TypeObject taskStepType = {
    .name = "_asyncio.TaskStepMethWrapper",
    .base = &objectType,
    .basicSize = sizeof(StepObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .getSets = kStepGetSets,
    .slots = {.dealloc = deallocStep,
              .traverse = traverseStep,
              .clear = clearStep,
              .call = callStep},
};

} // namespace pyc::rt::asyncio
