// Which loop runs in which thread, which task in which loop, and the tasks there are.
#include "runtime/modules/asyncio_parts.h"
#include "runtime/threads/spin_lock.h"

namespace pyc::rt::asyncio {

namespace {

/// Guards the list of threads, and what a thread says of itself where another one may look.
SpinLock threadsLock;

/// What a thread runs. Only the thread itself changes it, so it reads without the lock.
struct ThreadEntry {
  Value loop, task; // one reference each, or null
  ThreadEntry *previous = nullptr, *next = nullptr;

  ThreadEntry();
  ~ThreadEntry();
};

ThreadEntry* firstThread;

ThreadEntry::ThreadEntry() {
  SpinGuard guard(threadsLock);
  next = firstThread;
  if (next)
    next->previous = this;
  firstThread = this;
}

ThreadEntry::~ThreadEntry() {
  SpinGuard guard(threadsLock);
  (previous ? previous->next : firstThread) = next;
  if (next)
    next->previous = previous;
}

ThreadEntry& thisEntry() {
  static thread_local ThreadEntry entry;
  return entry;
}

/// Stores a new reference; null for none.
void setEntry(Value& field, Value value) {
  Ref added = Ref::copy(value), old;
  {
    SpinGuard guard(threadsLock);
    old = Ref::steal(std::exchange(field, added.release()));
  }
}

Value orNone(Value value) {
  return value ? value : Value::none();
}

bool checkRunning(const ThreadEntry& entry, Value loop) {
  return entry.loop == loop || raise(runtimeErrorType, "loop %R is not the running loop", loop);
}

SpinLock tasksLock;
TaskObject* firstTask;

} // namespace

Value runningLoop() {
  return thisEntry().loop;
}
Value runningTask() {
  return thisEntry().task;
}

void setRunningLoop(Value loop) {
  setEntry(thisEntry().loop, loop.isNone() ? Value() : loop);
}

bool enterTask(Value loop, Value task) {
  ThreadEntry& entry = thisEntry();
  if (!checkRunning(entry, loop))
    return false;
  if (entry.task)
    return raise(runtimeErrorType,
                 "Cannot enter into task %R while another task %R is being executed.", task,
                 entry.task);
  setEntry(entry.task, task);
  return true;
}

bool leaveTask(Value loop, Value task) {
  ThreadEntry& entry = thisEntry();
  if (!checkRunning(entry, loop))
    return false;
  if (entry.task != task)
    return raise(runtimeErrorType, "Invalid attempt to leave task %R while task %R is entered.",
                 task, orNone(entry.task));
  setEntry(entry.task, Value());
  return true;
}

Ref swapTask(Value loop, Value task) {
  ThreadEntry& entry = thisEntry();
  if (!checkRunning(entry, loop))
    return {};
  Ref before = Ref::copy(orNone(entry.task));
  setEntry(entry.task, task.isNone() ? Value() : task);
  return before;
}

Ref currentTaskOf(Value loop) {
  const ThreadEntry& own = thisEntry();
  if (own.loop == loop)
    return Ref::copy(orNone(own.task));
  SpinGuard guard(threadsLock);
  for (ThreadEntry* entry = firstThread; entry; entry = entry->next)
    if (entry->loop == loop)
      return Ref::copy(orNone(entry->task));
  return Ref::none();
}

void listTask(TaskObject* task) {
  if (task->isListed)
    return;
  allowTryIncref(&task->future.header);
  SpinGuard guard(tasksLock);
  task->isListed = true;
  task->previous = nullptr;
  task->next = firstTask;
  if (firstTask)
    firstTask->previous = task;
  firstTask = task;
}

void unlistTask(TaskObject* task) {
  if (!task->isListed)
    return;
  SpinGuard guard(tasksLock);
  task->isListed = false;
  (task->previous ? task->previous->next : firstTask) = task->next;
  if (task->next)
    task->next->previous = task->previous;
}

std::vector<Ref> listedTasks() {
  std::vector<Ref> tasks;
  SpinGuard guard(tasksLock);
  for (TaskObject* task = firstTask; task; task = task->next)
    if (tryIncref(&task->future.header))
      tasks.push_back(Ref::steal(&task->future.header));
  return tasks;
}

} // namespace pyc::rt::asyncio
