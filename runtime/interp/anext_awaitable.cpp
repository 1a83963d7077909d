// anext(iterator, default): an awaitable around the iterator's own.
#include "runtime/interp/generator.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "uop/opcodes.h"

namespace pyc::rt {

namespace {

struct AnextAwaitableObject {
  Object header;
  Value wrapped;
  Value fallback;
};

AnextAwaitableObject* asAnext(Value value) {
  return value.as<AnextAwaitableObject>();
}

/// The iterator of the wrapped awaitable, one with a `next` slot.
Ref innerIterator(Value self) {
  return awaitIterator(asAnext(self)->wrapped, static_cast<unsigned>(uop::AwaitContext::Plain));
}

/// The end of the iteration is the fallback's turn.
Ref orFallback(Value self, Ref result) {
  if (!result && catchRaised(stopAsyncIterationType))
    return raiseStopIteration(asAnext(self)->fallback);
  return result;
}

Ref nextSlot(Value self) {
  PYC_TRY(iterator, innerIterator(self));
  Ref result;
  Resumed outcome = sendTo(iterator, Value::none(), result);
  return orFallback(self, resumedValue(outcome, std::move(result)));
}

Ref selfSlot(Value self) {
  return Ref::copy(self);
}

Ref forward(const Value* args, StrObject* name, size_t argc) {
  PYC_TRY(iterator, innerIterator(args[0]));
  return orFallback(args[0], callMethod(iterator, name, args + 1, argc));
}

Ref sendMethod(const Value* args) {
  return forward(args, names::send, 1);
}
Ref throwMethod(const Value* args) {
  return forward(args, names::throw_, args[3] ? 3 : args[2] ? 2 : 1);
}
Ref closeMethod(const Value* args) {
  return forward(args, names::close, 0);
}

void dealloc(Object* self) {
  decrefMaybe(asAnext(self)->wrapped);
  decrefMaybe(asAnext(self)->fallback);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  visitor.visit(asAnext(self)->wrapped);
  visitor.visit(asAnext(self)->fallback);
}

const MethodDef kMethods[] = {
    {.signature = "send($self, value, /)", .bound = sendMethod},
    {.signature = "throw($self, typ, val=<unrepresentable>, tb=<unrepresentable>, /)",
     .bound = throwMethod},
    {.signature = "close($self, /)", .bound = closeMethod},
};

} // namespace

Ref makeAnextAwaitable(Value awaitable, Value fallback) {
  Object* object = allocObject(&anextAwaitableType);
  if (!object)
    return {};
  asAnext(object)->wrapped = Ref::copy(awaitable).release();
  asAnext(object)->fallback = Ref::copy(fallback).release();
  return Ref::steal(object);
}

extern "C" constinit TypeObject anextAwaitableType = {
    .name = "anext_awaitable",
    .basicSize = sizeof(AnextAwaitableObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = kMethods,
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .iter = selfSlot,
              .next = nextSlot,
              .await = selfSlot},
};

} // namespace pyc::rt
