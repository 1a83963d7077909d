// The module _queue: SimpleQueue, whose waiters are woken by a semaphore.
#include "runtime/interp/signals.h"
#include "runtime/modules/registry.h"
#include "runtime/modules/time_values.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"
#include "runtime/threads/spin_lock.h"

#include <cerrno>
#include <deque>
#include <semaphore.h>

namespace pyc::rt {

namespace {

struct QueueObject {
  Object header;
  std::deque<Value>* items; // owned
  SpinLock lock;            // of items
  sem_t filled;             // counts the items
};
QueueObject* asQueue(Value value) {
  return value.as<QueueObject>();
}

Value emptyError; // the class _queue.Empty; made with the module

Ref createQueue(TypeObject* type, const Value*, size_t argc, Value kwnames) {
  if (argc)
    return raise(typeErrorType, "SimpleQueue() takes no positional arguments");
  if (!checkNoKeywords("SimpleQueue", kwnames))
    return {};
  Ref result = Ref::steal(allocObject(type));
  if (result) {
    asQueue(result)->items = new std::deque<Value>;
    sem_init(&asQueue(result)->filled, 0, 0);
  }
  return result;
}

void clearQueue(Object* self) {
  std::deque<Value> items;
  items.swap(*reinterpret_cast<QueueObject*>(self)->items);
  for (Value item : items)
    decref(item);
}
void deallocQueue(Object* self) {
  QueueObject* queue = reinterpret_cast<QueueObject*>(self);
  clearQueue(self);
  delete queue->items;
  sem_destroy(&queue->filled);
  freeObject(self);
}
void traverseQueue(Object* self, Visitor& visitor) {
  for (Value item : *reinterpret_cast<QueueObject*>(self)->items)
    visitor.visit(item);
}

Ref putMethod(const Value* args) {
  QueueObject* queue = asQueue(args[0]);
  {
    SpinGuard guard(queue->lock);
    queue->items->push_back(Ref::copy(args[1]).release());
  }
  sem_post(&queue->filled);
  return Ref::none();
}

/// Waits for an item: -1 for ever. `found` says whether there is one; false when a signal's handler
/// raised.
bool waitForItem(QueueObject* queue, int64_t wait, bool& found) {
  timespec end{};
  clock_gettime(CLOCK_MONOTONIC, &end);
  int64_t rest = end.tv_nsec + std::max<int64_t>(wait, 0) % kNanoseconds;
  end = {end.tv_sec + std::max<int64_t>(wait, 0) / kNanoseconds + rest / kNanoseconds,
         rest % kNanoseconds};
  for (;;) {
    int result = wait < 0    ? sem_wait(&queue->filled)
                 : wait == 0 ? sem_trywait(&queue->filled)
                             : sem_clockwait(&queue->filled, CLOCK_MONOTONIC, &end);
    found = result == 0;
    if (found || errno != EINTR)
      return true;
    if (!runSignalHandlers())
      return false;
  }
}

Ref takeItem(Value self, int64_t wait) {
  QueueObject* queue = asQueue(self);
  Ref keep = Ref::copy(self);
  bool found;
  if (!waitForItem(queue, wait, found))
    return {};
  if (!found)
    return raiseValue(emptyError);
  SpinGuard guard(queue->lock);
  if (queue->items->empty())
    return Ref::none(); // the collector has cleared the queue
  Ref item = Ref::steal(queue->items->front());
  queue->items->pop_front();
  return item;
}

Ref getMethod(const Value* args) {
  bool blocks = true;
  int64_t wait = -1;
  if (!boolArg(args[1], blocks))
    return {};
  if (blocks && args[2] && !args[2].isNone()) {
    if (!nanosecondsArg(args[2], TimeRounding::Up, wait))
      return {};
    if (wait < 0)
      return raise(valueErrorType, "'timeout' must be a non-negative number");
  }
  return takeItem(args[0], blocks ? wait : 0);
}
Ref getNowaitMethod(const Value* args) {
  return takeItem(args[0], 0);
}

int64_t countOf(QueueObject* queue) {
  SpinGuard guard(queue->lock);
  return static_cast<int64_t>(queue->items->size());
}
Ref qsizeMethod(const Value* args) {
  return makeInt(countOf(asQueue(args[0])));
}
Ref emptyMethod(const Value* args) {
  return Ref::boolean(countOf(asQueue(args[0])) == 0);
}
Ref sizeofMethod(const Value* args) {
  return makeInt(static_cast<int64_t>(sizeof(QueueObject)) +
                 countOf(asQueue(args[0])) * static_cast<int64_t>(sizeof(Value)));
}

constexpr MethodDef kMethods[] = {
    {.signature = "put($self, /, item, block=True, timeout=None)",
     .bound = putMethod,
     .doc = "Adds an item; never waits."},
    {.signature = "put_nowait($self, /, item)", .bound = putMethod, .doc = "put()"},
    {.signature = "get($self, /, block=True, timeout=None)",
     .bound = getMethod,
     .doc = "Takes the oldest item; waits for one, at most timeout seconds. Raises Empty."},
    {.signature = "get_nowait($self, /)", .bound = getNowaitMethod},
    {.signature = "qsize($self, /)", .bound = qsizeMethod},
    {.signature = "empty($self, /)", .bound = emptyMethod},
    {.signature = "__sizeof__($self, /)", .bound = sizeofMethod},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class},
};

constinit TypeObject queueType = {
    .name = "_queue.SimpleQueue",
    .base = &objectType,
    .basicSize = sizeof(QueueObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeWeakrefs,
    .methods = kMethods,
    .doc = "SimpleQueue()\n--\n\nFirst in, first out, without a bound.",
    .slots = {.dealloc = deallocQueue,
              .traverse = traverseQueue,
              .clear = clearQueue,
              .create = createQueue},
};

Ref ensureEmptyError() {
  if (!emptyError) {
    PYC_TRY(name, makeStr("Empty"));
    PYC_TRY(module, makeStr("_queue"));
    PYC_TRY(bases, tupleOf(Value(&exceptionType)));
    PYC_TRY(attributes, newDict());
    if (!dictSetStr(asDict(attributes), names::__module__, module))
      return {};
    emptyError = call(Value(&typeType), name, bases, attributes).release();
  }
  return Ref::copy(emptyError);
}

} // namespace

bool fillModule__queue(ModuleObject* module) {
  readyType(&queueType);
  return addType(module, queueType) && addValue(module, "Empty", ensureEmptyError()) &&
         addStr(module, "__doc__", "A queue for threads: below queue.");
}

} // namespace pyc::rt
