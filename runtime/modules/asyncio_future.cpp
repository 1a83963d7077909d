// What happens to a future: it gets a result, an exception, or is cancelled, and calls back.
#include "runtime/modules/asyncio_parts.h"
#include "runtime/modules/context.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/list.h"
#include "runtime/objects/set.h"

namespace pyc::rt::asyncio {

namespace {

bool isDebugging(Value loop, bool& result) {
  static StrObject* const kName = internLiteral("get_debug");
  PYC_TRY(debug, callMethod(loop, kName));
  return truth(debug, result);
}

/// The end of waiting: callbacks are for the loop to call.
bool scheduleCallbacks(FutureObject* future) {
  Ref keep = Ref::copy(&future->header);
  if (future->firstCallback) {
    Ref callback = Ref::steal(std::exchange(future->firstCallback, Value()));
    Ref context = Ref::steal(std::exchange(future->firstContext, Value()));
    if (!callSoon(future->loop, callback, keep, context))
      return false;
  }
  if (!future->moreCallbacks)
    return true;
  Ref list = Ref::steal(std::exchange(future->moreCallbacks, Value()));
  for (int64_t i = 0; i < asList(list)->count; ++i) {
    Ref pair = Ref::copy(asList(list)->values()[i]);
    Value* items = asTuple(pair)->items();
    if (!callSoon(future->loop, items[0], keep, items[1]))
      return false;
  }
  return true;
}

bool finish(FutureObject* future, FutureState state) {
  future->state = state;
  if (isTask(&future->header))
    unlistTask(asTask(&future->header));
  return scheduleCallbacks(future);
}

bool checkPending(FutureObject* future) {
  if (!checkInitialised(future))
    return false;
  if (future->state == FutureState::Pending)
    return true;
  TypeObject* type = invalidStateErrorType();
  return type && raise(*type, "invalid state");
}

Raised raiseInvalidState(const char* message) {
  TypeObject* type = invalidStateErrorType();
  return type ? raise(*type, "%s", message) : Raised();
}

/// A StopIteration would end a generator that the exception is thrown into.
Ref insteadOfStopIteration(Ref stop) {
  constexpr const char* kMessage =
      "StopIteration interacts badly with generators and cannot be raised into a Future";
  PYC_TRY(message, makeStr(kMessage));
  Value args[] = {message};
  PYC_TRY(error, makeException(&runtimeErrorType, args, 1));
  setField(asException(error)->cause, stop.get());
  asException(error)->suppressContext = true;
  setField(asException(error)->context, stop.get());
  return error;
}

/// The exception that an argument of set_exception() stands for.
Ref exceptionOf(Value given) {
  Ref exception =
      isType(given) && (asType(given)->flags & kTypeIsException) ? call(given) : Ref::copy(given);
  if (!exception)
    return {};
  if (!isException(exception))
    return raise(typeErrorType, "invalid exception object");
  return isInstance(exception, &stopIterationType) ? insteadOfStopIteration(std::move(exception))
                                                   : std::move(exception);
}

} // namespace

bool checkInitialised(FutureObject* future) {
  return future->loop || raise(runtimeErrorType, "Future object is not initialized.");
}

bool initFuture(FutureObject* future, Value loop) {
  if (future->loop)
    return raise(runtimeErrorType, "%Q object is already initialized", Value(&future->header));
  PYC_TRY(own, loop && !loop.isNone() ? Ref::copy(loop) : eventLoop());
  bool debugs = false;
  if (!isDebugging(own, debugs))
    return false;
  future->loop = own.release();
  if (!debugs)
    return true;
  PYC_TRY(extract, importedAttribute("traceback", "extract_stack"));
  future->sourceTraceback = call(extract).release();
  return static_cast<bool>(future->sourceTraceback);
}

bool setResult(FutureObject* future, Value result) {
  if (!checkPending(future))
    return false;
  setField(future->result, result);
  return finish(future, FutureState::Finished);
}

bool setException(FutureObject* future, Value given) {
  if (!checkPending(future))
    return false;
  PYC_TRY(exception, exceptionOf(given));
  setField(future->exceptionTraceback, asException(exception)->traceback);
  setField(future->exception, std::move(exception));
  if (!finish(future, FutureState::Finished))
    return false;
  future->logsTraceback = true;
  return true;
}

bool cancelFuture(FutureObject* future, Value message, bool& done) {
  future->logsTraceback = false;
  done = future->state == FutureState::Pending;
  if (!done)
    return true;
  setField(future->cancelMessage, message);
  return finish(future, FutureState::Cancelled);
}

bool addDoneCallback(FutureObject* future, Value callback, Value givenContext) {
  if (!future->loop)
    return raise(runtimeErrorType, "uninitialized Future object");
  Ref context = Ref::copy(givenContext);
  if (!context) {
    ContextObject* current = currentContext();
    if (!current || !(context = copyContext(current)))
      return false;
  }
  if (future->state != FutureState::Pending)
    return callSoon(future->loop, callback, &future->header, context);
  if (!future->firstCallback && !future->moreCallbacks) {
    future->firstCallback = Ref::copy(callback).release();
    future->firstContext = context.release();
    return true;
  }
  PYC_TRY(pair, tupleOf(callback, context.get()));
  if (!future->moreCallbacks && !(future->moreCallbacks = newList(1).release()))
    return false;
  return listAppendStealing(asList(future->moreCallbacks), pair.release());
}

Ref makeCancelledError(FutureObject* future) {
  if (future->cancelledError)
    return Ref::steal(std::exchange(future->cancelledError, Value()));
  TypeObject* type = cancelledErrorType();
  if (!type)
    return {};
  bool hasMessage = future->cancelMessage && !future->cancelMessage.isNone();
  return makeException(type, &future->cancelMessage, hasMessage);
}

bool takeResult(FutureObject* future, Ref& result, bool& isException) {
  isException = false;
  if (future->state == FutureState::Cancelled) {
    Ref error = makeCancelledError(future);
    return error && raiseValue(error);
  }
  if (future->state == FutureState::Pending)
    return raiseInvalidState(future->loop ? "Result is not set."
                                          : "Future object is not initialized.");
  future->logsTraceback = false;
  isException = static_cast<bool>(future->exception);
  if (!isException) {
    result = Ref::copy(future->result);
    return true;
  }
  result = Ref::copy(future->exception);
  // Each await shows its own way; what a first one has added is taken off again.
  setField(asException(result)->traceback,
           Ref::steal(std::exchange(future->exceptionTraceback, Value())));
  return true;
}

Ref resultOf(FutureObject* future) {
  Ref result;
  bool isException;
  if (!takeResult(future, result, isException))
    return {};
  return isException ? Ref(raiseValue(result)) : std::move(result);
}

bool addAwaitedBy(FutureObject* future, Value waiter) {
  if (!future->awaitedBy) {
    setField(future->awaitedBy, waiter);
    return true;
  }
  if (!future->hasWaiterSet) {
    PYC_TRY(set, newSet());
    if (!setAdd(asSet(set), future->awaitedBy))
      return false;
    setField(future->awaitedBy, std::move(set));
    future->hasWaiterSet = true;
  }
  return setAdd(asSet(future->awaitedBy), waiter);
}

bool discardAwaitedBy(FutureObject* future, Value waiter) {
  if (future->hasWaiterSet) {
    bool removed;
    return setRemove(asSet(future->awaitedBy), waiter, removed);
  }
  if (future->awaitedBy == waiter)
    clearField(future->awaitedBy);
  return true;
}

} // namespace pyc::rt::asyncio
