// What await, async for and `yield from` make of the objects that they are given.
#include "runtime/interp/generator.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/protocol.h"
#include "uop/opcodes.h"

namespace pyc::rt {

namespace {

/// A generator of types.coroutine.
bool isIterableCoroutine(Value value) {
  return hasShape(value, kShapeGenerator) &&
         (asGenerator(value)->frame.code->flags() & uop::kCodeIterableCoroutine) != 0;
}

Raised raiseNotAwaitable(Value value, unsigned context) {
  switch (static_cast<uop::AwaitContext>(context)) {
  case uop::AwaitContext::Plain:
    return raise(typeErrorType, "'%T' object can't be awaited", value);
  case uop::AwaitContext::Aenter:
    return raise(
        typeErrorType,
        "'async with' received an object from __aenter__ that does not implement __await__: %T",
        value);
  case uop::AwaitContext::Aexit:
    return raise(
        typeErrorType,
        "'async with' received an object from __aexit__ that does not implement __await__: %T",
        value);
  }
  __builtin_unreachable();
}

/// The iterator of an awaitable; null with nothing raised when it is none.
Ref findAwaitIterator(Value value) {
  if (hasShape(value, kShapeCoroutine) || isIterableCoroutine(value))
    return Ref::copy(value);
  UnaryFn slot = typeOf(value)->slots.await;
  if (!slot)
    return {};
  PYC_TRY(iterator, slot(value));
  if (hasShape(iterator, kShapeCoroutine) || !typeOf(iterator)->slots.next)
    return raise(typeErrorType, "%T.__await__() must return an iterator, not %T", value,
                 iterator.get());
  return iterator;
}

} // namespace

Ref awaitIterator(Value value, unsigned context) {
  // A coroutine that runs or is suspended elsewhere would get the values of two awaits mixed up.
  if (hasShape(value, kShapeCoroutine)) {
    if (delegateOf(asGenerator(value)))
      return raise(runtimeErrorType, "coroutine is being awaited already");
    return Ref::copy(value);
  }
  Ref iterator = findAwaitIterator(value);
  if (!iterator && !isRaised())
    return raiseNotAwaitable(value, context);
  return iterator;
}

Ref yieldFromIterator(const CodeObject* code, Value value) {
  if (hasShape(value, kShapeCoroutine)) {
    if (code->flags() & (uop::kCodeCoroutine | uop::kCodeIterableCoroutine))
      return Ref::copy(value);
    return raise(typeErrorType,
                 "cannot 'yield from' a coroutine object in a non-coroutine generator");
  }
  return hasShape(value, kShapeGenerator) ? Ref::copy(value) : getIter(value);
}

Ref asyncIterator(Value value) {
  UnaryFn slot = typeOf(value)->slots.aiter;
  if (!slot)
    return raise(typeErrorType, "'async for' requires an object with __aiter__ method, got %T",
                 value);
  PYC_TRY(iterator, slot(value));
  if (!typeOf(iterator)->slots.anext)
    return raise(
        typeErrorType,
        "'async for' received an object from __aiter__ that does not implement __anext__: %T",
        iterator.get());
  return iterator;
}

Ref asyncNext(Value iterator) {
  UnaryFn slot = typeOf(iterator)->slots.anext;
  if (!slot)
    return raise(typeErrorType, "'async for' requires an iterator with __anext__ method, got %T",
                 iterator);
  PYC_TRY(awaitable, slot(iterator));
  Ref result = findAwaitIterator(awaitable);
  if (result)
    return result;
  Ref cause = takeRaised();
  (void)raise(typeErrorType, "'async for' received an invalid object from __anext__: %T",
              awaitable.get());
  if (cause) {
    Ref error = takeRaised();
    asException(error)->cause = cause.release();
    asException(error)->suppressContext = true;
    restoreRaised(std::move(error));
  }
  return {};
}

} // namespace pyc::rt
