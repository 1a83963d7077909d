#include "runtime/objects/sequence_iterator.h"

#include "runtime/objects/int.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

SequenceIteratorObject* asIterator(Value value) {
  return value.as<SequenceIteratorObject>();
}

void traverseSequence(Object* self, Visitor& visitor) {
  if (Value sequence = asIterator(self)->sequence)
    visitor.visit(sequence);
}

void clearSequence(Object* self) {
  clearField(asIterator(self)->sequence);
}

void deallocSequence(Object* self) {
  clearSequence(self);
  freeObject(self);
}

Ref self(Value iterator) {
  return Ref::copy(iterator);
}

Ref nextOfSequence(Value iterator) {
  auto* it = asIterator(iterator);
  if (!it->sequence)
    return {};
  Ref sequence = Ref::copy(it->sequence);
  PYC_TRY(index, makeInt(it->index));
  Ref item = getItem(sequence, index);
  if (item) {
    it->index++;
    return item;
  }
  if (catchRaised(indexErrorType) || catchRaised(stopIterationType))
    clearField(it->sequence);
  return {};
}

Ref lengthHintOfSequence(const Value* args) {
  auto* it = asIterator(args[0]);
  if (!it->sequence)
    return makeInt(0);
  if (!typeOf(it->sequence)->slots.length)
    return Ref::notImplemented();
  int64_t count = 0;
  if (!length(it->sequence, count))
    return {};
  return makeInt(count > it->index ? count - it->index : 0);
}

Ref reduceSequence(const Value* args) {
  PYC_TRY(iter, getBuiltin(names::iter));
  auto* it = asIterator(args[0]);
  if (!it->sequence) {
    PYC_TRY(empty, makeTuple(nullptr, 0));
    PYC_TRY(arguments, tupleOf(empty.get()));
    return tupleOf(iter.get(), arguments.get());
  }
  PYC_TRY(arguments, tupleOf(it->sequence));
  PYC_TRY(index, makeInt(it->index));
  return tupleOf(iter.get(), arguments.get(), index.get());
}

Ref setStateOfSequence(const Value* args) {
  int64_t index = 0;
  if (!toInt64(args[1], index, &overflowErrorType))
    return {};
  if (asIterator(args[0])->sequence)
    asIterator(args[0])->index = index < 0 ? 0 : index;
  return Ref::none();
}

const MethodDef kSequenceMethods[] = {
    {"__length_hint__($self, /)", lengthHintOfSequence, nullptr, MethodDef::Instance,
     "Private method returning an estimate of len(list(it))."},
    {"__reduce__($self, /)", reduceSequence, nullptr, MethodDef::Instance,
     "Return state information for pickling."},
    {"__setstate__($self, state, /)", setStateOfSequence, nullptr, MethodDef::Instance,
     "Set state information for unpickling."},
};

CallableIteratorObject* asCallable(Value value) {
  return value.as<CallableIteratorObject>();
}

void traverseCallable(Object* self, Visitor& visitor) {
  if (!asCallable(self)->callable)
    return;
  visitor.visit(asCallable(self)->callable);
  visitor.visit(asCallable(self)->sentinel);
}

void clearCallable(Object* self) {
  clearField(asCallable(self)->callable);
  clearField(asCallable(self)->sentinel);
}

void deallocCallable(Object* self) {
  clearCallable(self);
  freeObject(self);
}

Ref nextOfCallable(Value iterator) {
  auto* it = asCallable(iterator);
  if (!it->callable)
    return {};
  Ref callable = Ref::copy(it->callable);
  Ref sentinel = Ref::copy(it->sentinel);
  Ref result = call(callable);
  bool atEnd = false;
  if (!result) {
    if (catchRaised(stopIterationType))
      clearCallable(iterator.object());
    return {};
  }
  if (!it->callable) // the call has exhausted this very iterator
    return {};
  if (!equalItems(sentinel, result, atEnd))
    return {};
  if (!atEnd)
    return result;
  clearCallable(iterator.object());
  return {};
}

Ref reduceCallable(const Value* args) {
  PYC_TRY(iter, getBuiltin(names::iter));
  auto* it = asCallable(args[0]);
  if (!it->callable) {
    PYC_TRY(empty, makeTuple(nullptr, 0));
    PYC_TRY(arguments, tupleOf(empty.get()));
    return tupleOf(iter.get(), arguments.get());
  }
  PYC_TRY(arguments, tupleOf(it->callable, it->sentinel));
  return tupleOf(iter.get(), arguments.get());
}

const MethodDef kCallableMethods[] = {
    {"__reduce__($self, /)", reduceCallable, nullptr, MethodDef::Instance,
     "Return state information for pickling."},
};

} // namespace

Ref makeSequenceIterator(Value sequence) {
  Ref result = Ref::steal(allocObject(&sequenceIteratorType));
  if (result)
    setField(asIterator(result)->sequence, sequence);
  return result;
}

Ref makeCallableIterator(Value callable, Value sentinel) {
  Ref result = Ref::steal(allocObject(&callableIteratorType));
  if (!result)
    return {};
  setField(asCallable(result)->callable, callable);
  setField(asCallable(result)->sentinel, sentinel);
  return result;
}

extern "C" constinit TypeObject sequenceIteratorType = {
    .name = "iterator",
    .basicSize = sizeof(SequenceIteratorObject),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kSequenceMethods,
    .slots = {.dealloc = deallocSequence,
              .traverse = traverseSequence,
              .clear = clearSequence,
              .iter = self,
              .next = nextOfSequence},
};

extern "C" constinit TypeObject callableIteratorType = {
    .name = "callable_iterator",
    .basicSize = sizeof(CallableIteratorObject),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kCallableMethods,
    .slots = {.dealloc = deallocCallable,
              .traverse = traverseCallable,
              .clear = clearCallable,
              .iter = self,
              .next = nextOfCallable},
};

} // namespace pyc::rt
