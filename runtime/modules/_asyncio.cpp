// The module _asyncio: what asyncio has in C++, futures, tasks and who runs. The rest is CPython's
// own Python code.
#include "runtime/modules/asyncio_parts.h"
#include "runtime/modules/import_system.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/set.h"

namespace pyc::rt {

namespace asyncio {
namespace {

// Tasks of other types than ours.

/// Those that are scheduled, in a WeakSet, and those in their eager first step; made once.
Value foreignTasks, eagerTasks;

bool makeSets() {
  if (!foreignTasks) {
    PYC_TRY(weakSet, importedAttribute("weakref", "WeakSet"));
    foreignTasks = call(weakSet).release();
  }
  if (!eagerTasks)
    eagerTasks = newSet().release();
  return foreignTasks && eagerTasks;
}

Ref changeForeign(const char* method, Value task) {
  if (!makeSets())
    return {};
  PYC_TRY(done, callMethod(foreignTasks, internLiteral(method), task));
  return Ref::none();
}

Ref registerTask(const Value* args) {
  if (!isTask(args[1]))
    return changeForeign("add", args[1]);
  listTask(asTask(args[1]));
  return Ref::none();
}
Ref unregisterTask(const Value* args) {
  if (!isTask(args[1]))
    return changeForeign("discard", args[1]);
  unlistTask(asTask(args[1]));
  return Ref::none();
}

Ref registerEager(const Value* args) {
  return makeSets() && setAdd(asSet(eagerTasks), args[1]) ? Ref::none() : Ref();
}
Ref unregisterEager(const Value* args) {
  bool removed;
  return makeSets() && setRemove(asSet(eagerTasks), args[1], removed) ? Ref::none() : Ref();
}

// Loops.

Ref getRunningLoopOrNone(const Value*) {
  Value loop = runningLoop();
  return loop ? Ref::copy(loop) : Ref::none();
}
Ref getRunningLoop(const Value*) {
  Value loop = runningLoop();
  return loop ? Ref::copy(loop) : Ref(raise(runtimeErrorType, "no running event loop"));
}
Ref setRunning(const Value* args) {
  setRunningLoop(args[1]);
  return Ref::none();
}
Ref getEventLoop(const Value*) {
  return eventLoop();
}

/// The loop that an argument names: None is the running one.
Ref loopArgument(Value given) {
  return given && !given.isNone() ? Ref::copy(given) : getRunningLoop(nullptr);
}

// Tasks.

Ref enter(const Value* args) {
  return enterTask(args[1], args[2]) ? Ref::none() : Ref();
}
Ref leave(const Value* args) {
  return leaveTask(args[1], args[2]) ? Ref::none() : Ref();
}
Ref swap(const Value* args) {
  return swapTask(args[1], args[2]);
}
Ref currentTask(const Value* args) {
  PYC_TRY(loop, loopArgument(args[1]));
  return currentTaskOf(loop);
}

Ref loopOfForeign(Value task) {
  PYC_TRY(getLoop, importedAttribute("asyncio.futures", "_get_loop"));
  return call(getLoop, task);
}

bool isPendingIn(Value task, Value loop, bool& result) {
  if (isTask(task)) {
    FutureObject* future = asFuture(task);
    result = future->loop == loop && future->state == FutureState::Pending;
    return true;
  }
  PYC_TRY(own, loopOfForeign(task));
  PYC_TRY(done, callMethod(task, internLiteral("done")));
  bool isDone;
  if (!truth(done, isDone))
    return false;
  result = own.get() == loop && !isDone;
  return true;
}

bool addPending(SetObject* set, Value task, Value loop) {
  bool isWanted;
  return isPendingIn(task, loop, isWanted) && (!isWanted || setAdd(set, task));
}

Ref allTasks(const Value* args) {
  PYC_TRY(loop, loopArgument(args[1]));
  PYC_TRY(result, newSet());
  auto add = [&](Value task) { return addPending(asSet(result), task, loop); };
  if (!makeSets())
    return {};
  // Eager ones first: one that becomes a scheduled one meanwhile is not missed.
  PYC_TRY(eager, sequenceList(eagerTasks));
  PYC_TRY(foreign, sequenceList(foreignTasks));
  for (const Ref& task : listedTasks())
    if (!add(task))
      return {};
  return forEach(eager, add) && forEach(foreign, add) ? std::move(result) : Ref();
}

Ref addAwaitedByFunction(const Value* args) {
  if (isFuture(args[1]) && isFuture(args[2]) && !addAwaitedBy(asFuture(args[1]), args[2]))
    return {};
  return Ref::none();
}
Ref discardAwaitedByFunction(const Value* args) {
  if (isFuture(args[1]) && isFuture(args[2]) && !discardAwaitedBy(asFuture(args[1]), args[2]))
    return {};
  return Ref::none();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "current_task($module, /, loop=None)",
     .bound = currentTask,
     .doc = "The task that the loop runs now, None for none."},
    {.signature = "get_event_loop($module, /)",
     .bound = getEventLoop,
     .doc = "The running event loop, or else that of the current policy."},
    {.signature = "get_running_loop($module, /)",
     .bound = getRunningLoop,
     .doc = "This thread's running event loop; RuntimeError when there is none."},
    {.signature = "_get_running_loop($module, /)",
     .bound = getRunningLoopOrNone,
     .doc = "This thread's running event loop or None. For event loops."},
    {.signature = "_set_running_loop($module, loop, /)",
     .bound = setRunning,
     .doc = "Sets this thread's running event loop. For event loops."},
    {.signature = "_register_task($module, /, task)",
     .bound = registerTask,
     .doc = "Has all_tasks() know of a task."},
    {.signature = "_unregister_task($module, /, task)",
     .bound = unregisterTask,
     .doc = "Takes a task off again."},
    {.signature = "_register_eager_task($module, /, task)",
     .bound = registerEager,
     .doc = "Has all_tasks() know of a task that starts eagerly."},
    {.signature = "_unregister_eager_task($module, /, task)",
     .bound = unregisterEager,
     .doc = "Takes a task off that has done its first step."},
    {.signature = "_enter_task($module, /, loop, task)",
     .bound = enter,
     .doc = "A step of a task begins in the running loop."},
    {.signature = "_leave_task($module, /, loop, task)",
     .bound = leave,
     .doc = "A step of a task ends in the running loop."},
    {.signature = "_swap_current_task($module, /, loop, task)",
     .bound = swap,
     .doc = "Makes a task (None: none) the running loop's current one; the one before."},
    {.signature = "all_tasks($module, /, loop=None)",
     .bound = allTasks,
     .doc = "The set of the loop's tasks that are not done."},
    {.signature = "future_add_to_awaited_by($module, fut, waiter, /)",
     .bound = addAwaitedByFunction,
     .doc = "Notes that one future is awaited by another."},
    {.signature = "future_discard_from_awaited_by($module, fut, waiter, /)",
     .bound = discardAwaitedByFunction,
     .doc = "Notes that one future is awaited by another no longer."},
};

} // namespace
} // namespace asyncio

bool fillModule__asyncio(ModuleObject* module) {
  asyncio::installIterator();
  return addType(module, asyncio::futureType) && addType(module, asyncio::taskType) &&
         addFunctions(module, asyncio::kFunctions, std::size(asyncio::kFunctions)) &&
         addStr(module, "__doc__", "Accelerator module for asyncio");
}

} // namespace pyc::rt
