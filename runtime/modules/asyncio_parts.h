// What the parts of the module _asyncio share: futures, tasks, what threads and tasks are up to.
//
//   asyncio_future.cpp       what happens to a future
//   asyncio_future_type.cpp  the type Future
//   asyncio_iterator.cpp     `await future`
//   asyncio_task.cpp         a task's steps
//   asyncio_task_type.cpp    the type Task
//   asyncio_current.cpp      running loops, current tasks, all tasks
//   asyncio_names.cpp        what asyncio's Python modules give, calls of an event loop
#pragma once

#include "runtime/interp/generator.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"

#include <vector>

namespace pyc::rt::asyncio {

enum class FutureState : uint8_t { Pending, Cancelled, Finished };

struct FutureObject {
  Object header;
  Value loop; // null: not initialised
  // The first callback stands by itself, for most futures have one only.
  Value firstCallback, firstContext;
  Value moreCallbacks; // list of tuples (callback, context), or null
  Value result, exception, exceptionTraceback, sourceTraceback;
  Value cancelMessage, cancelledError;
  Value awaitedBy; // the future that awaits this one, or a set of those
  FutureState state;
  bool isBlocking; // _asyncio_future_blocking
  bool logsTraceback;
  bool hasWaiterSet; // awaitedBy is a set
};

struct TaskObject {
  FutureObject future;
  Value coroutine, context;
  Value name;   // str, or the number of a "Task-N" that nobody has asked for yet
  Value waiter; // the future that the task waits for, or null
  int64_t cancelRequests;
  TaskObject *previous, *next; // in the list of scheduled tasks
  bool isListed;
  bool mustCancel;
  bool logsDestroyed; // _log_destroy_pending
};

extern constinit TypeObject futureType, taskType, futureIteratorType, taskStepType;

inline FutureObject* asFuture(Value value) {
  return value.as<FutureObject>();
}
inline TaskObject* asTask(Value value) {
  return value.as<TaskObject>();
}
inline bool isTask(Value value) {
  return value.isObject() && typeOf(value) != &futureType && isInstance(value, &taskType);
}
inline bool isFuture(Value value) {
  return value.isObject() && isInstance(value, &futureType);
}
/// A future whose methods are ours.
inline bool isExact(Value value) {
  return value.isObject() && (typeOf(value) == &futureType || typeOf(value) == &taskType);
}

// Futures (asyncio_future.cpp). An event loop's futures are its thread's only.

/// Future.__init__: `loop` may be null or None.
bool initFuture(FutureObject* future, Value loop);
/// RuntimeError unless __init__ has run.
bool checkInitialised(FutureObject* future);
bool setResult(FutureObject* future, Value result);
bool setException(FutureObject* future, Value exception);
/// `done`: whether it was pending.
bool cancelFuture(FutureObject* future, Value message, bool& done);
/// A null context: a copy of the current one.
bool addDoneCallback(FutureObject* future, Value callback, Value context);
/// The CancelledError to raise; one that was kept is given once.
Ref makeCancelledError(FutureObject* future);
/// A finished future's result; true, with `isException`, for its exception, which is not raised.
/// False with what is raised: cancelled, or not done.
bool takeResult(FutureObject* future, Ref& result, bool& isException);
/// The same with the exception raised.
Ref resultOf(FutureObject* future);
bool addAwaitedBy(FutureObject* future, Value waiter);
bool discardAwaitedBy(FutureObject* future, Value waiter);

// The type's slots, for the one that derives from it (asyncio_future_type.cpp).
Ref createFuture(TypeObject* type, const Value* args, size_t argc, Value kwnames);
void traverseFuture(Object* self, Visitor& visitor);
void clearFuture(Object* self);
void finalizeFuture(Value self);
/// Calls loop.call_exception_handler() with a message, the object under a key, and `exception`
/// unless that is null. What is raised is reported.
void reportToLoop(FutureObject* future, Ref message, const char* key, Value exception);

/// iter(future), await future (asyncio_iterator.cpp).
Ref makeFutureIterator(Value future);
/// Has `await` of compiled and interpreted code step our iterators without a StopIteration.
void installIterator();

// Tasks (asyncio_task.cpp).

/// Schedules the next step; `exception` (or null) is thrown into the coroutine then.
bool callStepSoon(TaskObject* task, Value exception);
/// The first step, at once.
bool startEagerly(TaskObject* task);
bool cancelTask(TaskObject* task, Value message, bool& done);

// Threads and tasks (asyncio_current.cpp).

/// This thread's running loop and task, borrowed, or null.
Value runningLoop();
Value runningTask();
void setRunningLoop(Value loop); // None for none
/// RuntimeError where the loop is not the running one, or another task runs in it.
bool enterTask(Value loop, Value task);
bool leaveTask(Value loop, Value task);
/// The task before, None for none.
Ref swapTask(Value loop, Value task);
/// The task of a loop that runs in any thread, or None.
Ref currentTaskOf(Value loop);
/// The list of tasks that are scheduled; holds no references.
void listTask(TaskObject* task);
void unlistTask(TaskObject* task);
/// Tasks of any thread and loop that are listed.
std::vector<Ref> listedTasks();

// Names (asyncio_names.cpp).

/// An attribute of one of asyncio's modules, or another.
Ref importedAttribute(const char* module, const char* name);
/// The types asyncio.CancelledError and asyncio.InvalidStateError; null with an exception.
TypeObject* cancelledErrorType();
TypeObject* invalidStateErrorType();
/// The running loop, or that of the policy.
Ref eventLoop();
/// loop.call_soon(callback, argument, context=context); argument and context may be null.
bool callSoon(Value loop, Value callback, Value argument, Value context);
/// Calls a method with the keyword argument msg.
Ref callCancel(Value future, Value message);

} // namespace pyc::rt::asyncio
