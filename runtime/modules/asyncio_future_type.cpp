// The type _asyncio.Future: its methods, attributes and slots.
#include "runtime/interp/generator_type.h"
#include "runtime/modules/asyncio_parts.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/set.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt::asyncio {

namespace {

constexpr Value FutureObject::* kFields[] = {
    &FutureObject::loop,
    &FutureObject::firstCallback,
    &FutureObject::firstContext,
    &FutureObject::moreCallbacks,
    &FutureObject::result,
    &FutureObject::exception,
    &FutureObject::exceptionTraceback,
    &FutureObject::sourceTraceback,
    &FutureObject::cancelMessage,
    &FutureObject::cancelledError,
    &FutureObject::awaitedBy,
};

bool init(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("Future(*, loop=None)");
  Value bound[1];
  return signature.bind(args, argc, kwnames, bound) && initFuture(asFuture(self), bound[0]);
}

void dealloc(Object* self) {
  clearFuture(self);
  freeObject(self);
}

Ref repr(Value self) {
  if (!checkInitialised(asFuture(self)))
    return {};
  PYC_TRY(describe, importedAttribute("asyncio.base_futures", "_future_repr"));
  return call(describe, self);
}

// Methods.

Ref result(const Value* args) {
  return resultOf(asFuture(args[0]));
}

Ref exception(const Value* args) {
  FutureObject* future = asFuture(args[0]);
  if (future->loop && future->state == FutureState::Pending) {
    TypeObject* type = invalidStateErrorType();
    return type ? Ref(raise(*type, "Exception is not set.")) : Ref();
  }
  if (future->state != FutureState::Finished)
    return resultOf(future); // which raises
  future->logsTraceback = false;
  return future->exception ? Ref::copy(future->exception) : Ref::none();
}

Ref setResultMethod(const Value* args) {
  return setResult(asFuture(args[0]), args[1]) ? Ref::none() : Ref();
}
Ref setExceptionMethod(const Value* args) {
  return setException(asFuture(args[0]), args[1]) ? Ref::none() : Ref();
}
Ref addCallback(const Value* args) {
  return addDoneCallback(asFuture(args[0]), args[1], args[2]) ? Ref::none() : Ref();
}

/// Removes the first callback if it equals `callback`.
bool removeFirst(FutureObject* future, Value callback, int64_t& removed) {
  if (!future->firstCallback)
    return true;
  Ref first = Ref::copy(future->firstCallback);
  bool isEqual;
  if (!equalItems(first, callback, isEqual))
    return false;
  if (!isEqual || future->firstCallback != first)
    return true;
  ++removed;
  clearField(future->firstContext);
  clearField(future->firstCallback);
  return true;
}

/// The same of the other ones. Comparisons may add and remove callbacks, and call them.
bool removeFurther(FutureObject* future, Value callback, int64_t& removed) {
  if (!future->moreCallbacks)
    return true;
  Ref list = Ref::copy(future->moreCallbacks);
  PYC_TRY(kept, newList(0));
  int64_t equalOnes = 0;
  for (int64_t i = 0; i < asList(list)->count; ++i) {
    Ref pair = Ref::copy(asList(list)->values()[i]);
    bool isEqual;
    if (!equalItems(asTuple(pair)->items()[0], callback, isEqual))
      return false;
    equalOnes += isEqual;
    if (!isEqual && !listAppendStealing(asList(kept), pair.release()))
      return false;
  }
  if (future->moreCallbacks != list)
    return true;
  removed += equalOnes;
  setField(future->moreCallbacks, asList(kept)->count ? std::move(kept) : Ref());
  return true;
}

Ref removeCallback(const Value* args) {
  FutureObject* future = asFuture(args[0]);
  int64_t removed = 0;
  if (!checkInitialised(future) || !removeFirst(future, args[1], removed) ||
      !removeFurther(future, args[1], removed))
    return {};
  return makeInt(removed);
}

Ref cancel(const Value* args) {
  bool done;
  return checkInitialised(asFuture(args[0])) && cancelFuture(asFuture(args[0]), args[1], done)
             ? Ref::boolean(done)
             : Ref();
}

Ref cancelled(const Value* args) {
  return Ref::boolean(asFuture(args[0])->state == FutureState::Cancelled);
}
Ref done(const Value* args) {
  return Ref::boolean(asFuture(args[0])->state != FutureState::Pending);
}
Ref getLoop(const Value* args) {
  FutureObject* future = asFuture(args[0]);
  return checkInitialised(future) ? Ref::copy(future->loop) : Ref();
}
Ref cancelledError(const Value* args) {
  return makeCancelledError(asFuture(args[0]));
}

// Attributes.

template <Value FutureObject::* Field> Ref getField(Value self) {
  Value value = asFuture(self)->*Field;
  return value ? Ref::copy(value) : Ref::none();
}
/// Only of a future whose __init__ has run.
template <Value FutureObject::* Field> Ref getChecked(Value self) {
  return checkInitialised(asFuture(self)) ? getField<Field>(self) : Ref();
}

Ref getState(Value self) {
  if (!checkInitialised(asFuture(self)))
    return {};
  constexpr const char* kNames[] = {"PENDING", "CANCELLED", "FINISHED"};
  return Ref::copy(internLiteral(kNames[static_cast<unsigned>(asFuture(self)->state)]));
}

Ref getCallbacks(Value self) {
  FutureObject* future = asFuture(self);
  if (!checkInitialised(future))
    return {};
  if (!future->firstCallback && !future->moreCallbacks)
    return Ref::none();
  PYC_TRY(list, newList(1));
  if (future->firstCallback) {
    PYC_TRY(pair, tupleOf(future->firstCallback, future->firstContext));
    if (!listAppendStealing(asList(list), pair.release()))
      return {};
  }
  if (future->moreCallbacks && !listExtend(asList(list), future->moreCallbacks))
    return {};
  return list;
}

Ref getAwaitedBy(Value self) {
  FutureObject* future = asFuture(self);
  if (!future->awaitedBy)
    return Ref::none();
  return future->hasWaiterSet ? makeFrozenSet(future->awaitedBy)
                              : makeFrozenSet(&future->awaitedBy, 1);
}

bool checkNoDelete(const char* name, Value value) {
  return value || raise(attributeErrorType,
                        "attribute '%s' of '_asyncio.Future' objects cannot be deleted", name);
}

bool setCancelMessage(Value self, Value value) {
  if (!checkNoDelete("_cancel_message", value))
    return false;
  setField(asFuture(self)->cancelMessage, value);
  return true;
}

Ref getBlocking(Value self) {
  return Ref::boolean(asFuture(self)->isBlocking);
}
bool setBlocking(Value self, Value value) {
  bool isBlocking;
  if (!checkNoDelete("_asyncio_future_blocking", value) || !checkInitialised(asFuture(self)) ||
      !truth(value, isBlocking))
    return false;
  asFuture(self)->isBlocking = isBlocking;
  return true;
}

Ref getLogs(Value self) {
  return checkInitialised(asFuture(self)) ? Ref::boolean(asFuture(self)->logsTraceback) : Ref();
}
bool setLogs(Value self, Value value) {
  bool logs;
  if (!checkNoDelete("_log_traceback", value) || !truth(value, logs))
    return false;
  if (logs)
    return raise(valueErrorType, "_log_traceback can only be set to False");
  asFuture(self)->logsTraceback = false;
  return true;
}

constexpr MethodDef kMethods[] = {
    {.signature = "result($self, /)",
     .bound = result,
     .doc = "The result, or raises the exception. CancelledError after a cancellation,\n"
            "InvalidStateError while there is none."},
    {.signature = "exception($self, /)",
     .bound = exception,
     .doc = "The exception, None if there is a result. Raises as result() where there is neither."},
    {.signature = "set_result($self, result, /)",
     .bound = setResultMethod,
     .doc = "Ends the wait with a result. InvalidStateError when it has ended before."},
    {.signature = "set_exception($self, exception, /)",
     .bound = setExceptionMethod,
     .doc = "Ends the wait with an exception. InvalidStateError when it has ended before."},
    {.signature = "add_done_callback($self, fn, /, *, context=<unrepresentable>)",
     .bound = addCallback,
     .doc = "Has the event loop call fn(future) once the future is done."},
    {.signature = "remove_done_callback($self, fn, /)",
     .bound = removeCallback,
     .doc = "Takes a callback off, as often as it was added; the number of times."},
    {.signature = "cancel($self, /, msg=None)",
     .bound = cancel,
     .doc = "Ends the wait by cancelling. False when it has ended before."},
    {.signature = "cancelled($self, /)", .bound = cancelled, .doc = "Whether it was cancelled."},
    {.signature = "done($self, /)",
     .bound = done,
     .doc = "Whether there is a result or an exception, or it was cancelled."},
    {.signature = "get_loop($self, /)", .bound = getLoop, .doc = "Its event loop."},
    {.signature = "_make_cancelled_error($self, /)",
     .bound = cancelledError,
     .doc = "The CancelledError to raise. It should be asked for once only."},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class,
     .doc = "See PEP 585"},
};

constexpr GetSetDef kGetSets[] = {
    {"_state", getState},
    {"_asyncio_future_blocking", getBlocking, setBlocking},
    {"_loop", getField<&FutureObject::loop>},
    {"_callbacks", getCallbacks},
    {"_result", getChecked<&FutureObject::result>},
    {"_exception", getChecked<&FutureObject::exception>},
    {"_log_traceback", getLogs, setLogs},
    {"_source_traceback", getField<&FutureObject::sourceTraceback>},
    {"_cancel_message", getField<&FutureObject::cancelMessage>, setCancelMessage},
    {"_asyncio_awaited_by", getAwaitedBy},
};

} // namespace

Ref createFuture(TypeObject* type, const Value*, size_t, Value) {
  return Ref::steal(allocObject(type));
}

void traverseFuture(Object* self, Visitor& visitor) {
  for (Value FutureObject::* field : kFields)
    if (Value value = reinterpret_cast<FutureObject*>(self)->*field)
      visitor.visit(value);
}

void clearFuture(Object* self) {
  auto* future = reinterpret_cast<FutureObject*>(self);
  for (Value FutureObject::* field : kFields)
    clearField(future->*field);
  future->hasWaiterSet = false;
}

void reportToLoop(FutureObject* future, Ref message, const char* key, Value exception) {
  Ref report = newDict(), handler;
  auto add = [&](const char* name, Value value) {
    return !value || dictSetStr(asDict(report), internLiteral(name), value);
  };
  bool isComplete = message && report && add("message", message) && add("exception", exception) &&
                    add(key, &future->header) && add("source_traceback", future->sourceTraceback);
  if (isComplete)
    handler = getAttr(future->loop, internLiteral("call_exception_handler"));
  if (!handler || !call(handler, report))
    writeUnraisableOf("calling asyncio function", handler ? handler.get() : Value::none());
}

void finalizeFuture(Value self) {
  FutureObject* future = asFuture(self);
  if (!future->logsTraceback)
    return;
  future->logsTraceback = false;
  reportToLoop(future, formatText("%s exception was never retrieved", typeName(self)), "future",
               future->exception);
}

constinit TypeObject futureType = {
    .name = "_asyncio.Future",
    .base = &objectType,
    .basicSize = sizeof(FutureObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeWeakrefs | kTypeHasStore,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc =
        "Future(*, loop=None)\n--\n\nA result that is not there yet, which coroutines can await. "
        "Not safe for use by several\nthreads, nor with what waits for the futures of "
        "concurrent.futures.",
    .slots = {.dealloc = dealloc,
              .traverse = traverseFuture,
              .clear = clearFuture,
              .finalize = finalizeFuture,
              .repr = repr,
              .iter = makeFutureIterator,
              .create = createFuture,
              .init = init,
              .await = makeFutureIterator},
};

} // namespace pyc::rt::asyncio
