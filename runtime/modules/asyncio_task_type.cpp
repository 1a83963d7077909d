// The type _asyncio.Task: its methods, attributes and slots.
#include "runtime/modules/asyncio_parts.h"
#include "runtime/modules/context.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/int.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/tuple.h"

#include <atomic>

namespace pyc::rt::asyncio {

namespace {

constexpr Value TaskObject::* kFields[] = {
    &TaskObject::coroutine,
    &TaskObject::context,
    &TaskObject::name,
    &TaskObject::waiter,
};

void clear(Object* self) {
  auto* task = reinterpret_cast<TaskObject*>(self);
  for (Value TaskObject::* field : kFields)
    clearField(task->*field);
  clearFuture(self);
}

void dealloc(Object* self) {
  unlistTask(reinterpret_cast<TaskObject*>(self));
  clear(self);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  for (Value TaskObject::* field : kFields)
    if (Value value = reinterpret_cast<TaskObject*>(self)->*field)
      visitor.visit(value);
  traverseFuture(self, visitor);
}

void finalize(Value self) {
  TaskObject* task = asTask(self);
  if (task->future.state == FutureState::Pending && task->logsDestroyed)
    reportToLoop(&task->future, makeStr("Task was destroyed but it is pending!"), "task", {});
  finalizeFuture(self);
}

// Making one.

bool isCoroutine(Value value, bool& result) {
  result = hasShape(value, kShapeCoroutine);
  if (result)
    return true;
  PYC_TRY(check, importedAttribute("asyncio.coroutines", "iscoroutine"));
  PYC_TRY(answer, call(check, value));
  return truth(answer, result);
}

Ref contextOf(Value given) {
  if (!given || given.isNone()) {
    ContextObject* current = currentContext();
    return current ? copyContext(current) : Ref();
  }
  if (!isInstance(given, &contextType))
    return raise(typeErrorType, "a contextvars.Context was expected, got %T", given);
  return Ref::copy(given);
}

/// The next number of a "Task-N".
Ref nextNumber() {
  static std::atomic<int64_t> last{0};
  return makeInt(last.fetch_add(1, std::memory_order_relaxed) + 1);
}

Ref nameOf(Value given) {
  if (!given || given.isNone())
    return nextNumber();
  return hasShape(given, kShapeStr) ? Ref::copy(given) : str(given);
}

bool setParts(TaskObject* task, Value coroutine, Value context, Value name) {
  bool isOne;
  if (!isCoroutine(coroutine, isOne))
    return false;
  if (!isOne)
    return raise(typeErrorType, "a coroutine was expected, got %R", coroutine);
  PYC_TRY(ownContext, contextOf(context));
  setField(task->context, std::move(ownContext));
  setField(task->coroutine, coroutine);
  task->logsDestroyed = true;
  setField(task->name, nameOf(name));
  return static_cast<bool>(task->name);
}

bool mayStartAtOnce(Value loop, Value eagerly, bool& result) {
  result = false;
  if (!eagerly)
    return true;
  if (!truth(eagerly, result) || !result)
    return !isRaised();
  PYC_TRY(isRunning, callMethod(loop, internLiteral("is_running")));
  return truth(isRunning, result);
}

bool init(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "Task(coro, *, loop=None, name=None, context=None, eager_start=False)");
  Value bound[5];
  TaskObject* task = asTask(self);
  if (!signature.bind(args, argc, kwnames, bound) || !initFuture(&task->future, bound[1]))
    return false;
  bool atOnce;
  if (!setParts(task, bound[0], bound[3], bound[2]) ||
      !mayStartAtOnce(task->future.loop, bound[4], atOnce))
    return false;
  if (!(atOnce ? startEagerly(task) : callStepSoon(task, {})))
    return false;
  if (task->future.state == FutureState::Pending)
    listTask(task);
  return true;
}

Ref repr(Value self) {
  if (!checkInitialised(asFuture(self)))
    return {};
  PYC_TRY(describe, importedAttribute("asyncio.base_tasks", "_task_repr"));
  return call(describe, self);
}

// Methods.

Ref refuse(const char* operation) {
  return raise(runtimeErrorType, "Task does not support %s operation", operation);
}
Ref setResultMethod(const Value*) {
  return refuse("set_result");
}
Ref setExceptionMethod(const Value*) {
  return refuse("set_exception");
}

Ref cancel(const Value* args) {
  bool done;
  return cancelTask(asTask(args[0]), args[1], done) ? Ref::boolean(done) : Ref();
}
Ref cancelling(const Value* args) {
  return makeInt(asTask(args[0])->cancelRequests);
}
Ref uncancel(const Value* args) {
  TaskObject* task = asTask(args[0]);
  if (task->cancelRequests > 0) {
    --task->cancelRequests;
    task->mustCancel = task->mustCancel && task->cancelRequests > 0;
  }
  return makeInt(task->cancelRequests);
}

Ref getName(const Value* args) {
  TaskObject* task = asTask(args[0]);
  if (task->name.isInt()) {
    PYC_TRY(text, formatText("Task-%lld", static_cast<long long>(task->name.asInt())));
    setField(task->name, std::move(text));
  }
  return task->name ? Ref::copy(task->name) : Ref::none();
}
Ref setName(const Value* args) {
  PYC_TRY(name, hasShape(args[1], kShapeStr) ? Ref::copy(args[1]) : str(args[1]));
  setField(asTask(args[0])->name, std::move(name));
  return Ref::none();
}

template <Value TaskObject::* Field> Ref getField(Value self) {
  Value value = asTask(self)->*Field;
  return value ? Ref::copy(value) : Ref::none();
}
template <Value TaskObject::* Field> Ref getFieldMethod(const Value* args) {
  return getField<Field>(args[0]);
}

Ref getStack(const Value* args) {
  PYC_TRY(function, importedAttribute("asyncio.base_tasks", "_task_get_stack"));
  return call(function, args[0], args[1] ? args[1] : Value::none());
}
Ref printStack(const Value* args) {
  PYC_TRY(function, importedAttribute("asyncio.base_tasks", "_task_print_stack"));
  return call(function, args[0], args[1] ? args[1] : Value::none(),
              args[2] ? args[2] : Value::none());
}

// Attributes.

Ref getMustCancel(Value self) {
  return Ref::boolean(asTask(self)->mustCancel);
}
Ref getLogs(Value self) {
  return Ref::boolean(asTask(self)->logsDestroyed);
}
bool setLogs(Value self, Value value) {
  if (!value)
    return raise(attributeErrorType,
                 "attribute '_log_destroy_pending' of '_asyncio.Task' objects cannot be deleted");
  return truth(value, asTask(self)->logsDestroyed);
}

constexpr MethodDef kMethods[] = {
    {.signature = "set_result($self, result, /)", .bound = setResultMethod},
    {.signature = "set_exception($self, exception, /)", .bound = setExceptionMethod},
    {.signature = "cancel($self, /, msg=None)",
     .bound = cancel,
     .doc =
         "Asks the task to end: the coroutine gets a CancelledError at the next chance, and may\n"
         "handle it. False when it is done already."},
    {.signature = "cancelling($self, /)",
     .bound = cancelling,
     .doc = "How many calls of cancel() were not taken back by uncancel()."},
    {.signature = "uncancel($self, /)",
     .bound = uncancel,
     .doc = "Takes back one cancel(); how many are left."},
    {.signature = "get_stack($self, /, *, limit=None)",
     .bound = getStack,
     .doc = "The frames where the coroutine is suspended, or those of its exception's traceback,\n"
            "the oldest first."},
    {.signature = "print_stack($self, /, *, limit=None, file=None)",
     .bound = printStack,
     .doc = "Prints get_stack() as tracebacks are, to file or sys.stderr."},
    {.signature = "get_coro($self, /)", .bound = getFieldMethod<&TaskObject::coroutine>},
    {.signature = "get_context($self, /)", .bound = getFieldMethod<&TaskObject::context>},
    {.signature = "get_name($self, /)", .bound = getName},
    {.signature = "set_name($self, value, /)", .bound = setName},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class,
     .doc = "See PEP 585"},
};

constexpr GetSetDef kGetSets[] = {
    {"_log_destroy_pending", getLogs, setLogs},
    {"_must_cancel", getMustCancel},
    {"_coro", getField<&TaskObject::coroutine>},
    {"_fut_waiter", getField<&TaskObject::waiter>},
};

} // namespace

constinit TypeObject taskType = {
    .name = "_asyncio.Task",
    .base = &futureType,
    .basicSize = sizeof(TaskObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeWeakrefs | kTypeHasStore,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "Task(coro, *, loop=None, name=None, context=None, eager_start=False)\n--\n\n"
           "A future that runs a coroutine in an event loop, for the result that this returns.",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .clear = clear,
              .finalize = finalize,
              .repr = repr,
              .create = createFuture,
              .init = init},
};

} // namespace pyc::rt::asyncio
