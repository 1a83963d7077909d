// What `await future` runs: it gives the future once, for the task to wait for, and then its
// result.
#include "runtime/interp/generator_type.h"
#include "runtime/modules/asyncio_parts.h"

namespace pyc::rt::asyncio {

namespace {

struct FutureIteratorObject {
  Object header;
  Value future; // null: closed
};

FutureIteratorObject* asIterator(Value value) {
  return value.as<FutureIteratorObject>();
}

Resumed sendToIterator(Value self, Value, Ref& result) {
  if (!asIterator(self)->future) {
    result = Ref::none();
    return Resumed::Returned;
  }
  FutureObject* future = asFuture(asIterator(self)->future);
  if (future->state != FutureState::Pending) {
    result = resultOf(future);
    return result ? Resumed::Returned : Resumed::Raised;
  }
  if (future->isBlocking) {
    raise(runtimeErrorType, "await wasn't used with future");
    return Resumed::Raised;
  }
  future->isBlocking = true;
  result = Ref::copy(&future->header);
  return Resumed::Yielded;
}

Ref step(Value self) {
  Ref result;
  Resumed outcome = sendToIterator(self, Value::none(), result);
  return resumedValue(outcome, std::move(result));
}

Ref send(const Value* args) {
  return step(args[0]);
}

bool checkThrown(Value type, Value traceback) {
  if (traceback && !traceback.isNone() && !hasShape(traceback, kShapeTraceback))
    return raise(typeErrorType, "throw() third argument must be a traceback");
  return isException(type) || (isType(type) && (asType(type)->flags & kTypeIsException)) ||
         raise(typeErrorType,
               "exceptions must be classes deriving BaseException or instances of such a class");
}

Ref throwMethod(const Value* args) {
  if (!warnOfThrow(args[2]))
    return {};
  if (!checkThrown(args[1], args[3]))
    return {};
  clearField(asIterator(args[0])->future);
  (void)raiseThrown(args[1], args[2], args[3]);
  return {};
}

Ref closeMethod(const Value* args) {
  clearField(asIterator(args[0])->future);
  return Ref::none();
}

Ref selfSlot(Value self) {
  return Ref::copy(self);
}

void clearSlot(Object* self) {
  clearField(asIterator(self)->future);
}
void dealloc(Object* self) {
  clearSlot(self);
  freeObject(self);
}
void traverse(Object* self, Visitor& visitor) {
  if (Value future = asIterator(self)->future)
    visitor.visit(future);
}

constexpr MethodDef kMethods[] = {
    {.signature = "send($self, value, /)",
     .bound = send,
     .doc = "Goes on: with the future, or with StopIteration for its result."},
    {.signature = "throw($self, typ, val=<unrepresentable>, tb=<unrepresentable>, /)",
     .bound = throwMethod,
     .doc = "Ends the wait with an exception."},
    {.signature = "close($self, /)", .bound = closeMethod, .doc = "Ends the wait."},
};

} // namespace

Ref makeFutureIterator(Value future) {
  if (!checkInitialised(asFuture(future)))
    return {};
  Object* object = allocObject(&futureIteratorType);
  if (object)
    asIterator(object)->future = Ref::copy(future).release();
  return Ref::steal(object);
}

void installIterator() {
  directAwaiter = {&futureIteratorType, sendToIterator};
}

constinit TypeObject futureIteratorType = {
    .name = "_asyncio.FutureIter",
    .base = &objectType,
    .basicSize = sizeof(FutureIteratorObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = kMethods,
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .clear = clearSlot,
              .iter = selfSlot,
              .next = step},
};

} // namespace pyc::rt::asyncio
