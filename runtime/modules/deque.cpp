#include "runtime/modules/deque.h"

#include "runtime/modules/itertools_parts.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/text_args.h"

#include <mimalloc.h>

namespace pyc::rt {

namespace {

bool grow(DequeObject* deque) {
  uint64_t capacity = deque->capacity ? deque->capacity * 2 : 8;
  auto* ring = static_cast<Value*>(mi_malloc(capacity * sizeof(Value)));
  if (!ring)
    return raiseMemoryError();
  for (int64_t i = 0; i < deque->count; ++i)
    ring[i] = deque->at(i);
  mi_free(deque->ring);
  deque->ring = ring;
  deque->capacity = capacity;
  deque->head = 0;
  return true;
}

bool makeRoom(DequeObject* deque, Value item) {
  ++deque->changes;
  if (static_cast<uint64_t>(deque->count) < deque->capacity || grow(deque))
    return true;
  decref(item);
  return false;
}

} // namespace

bool dequeAppend(DequeObject* deque, Value item) {
  if (!makeRoom(deque, item))
    return false;
  deque->at(deque->count++) = item;
  if (deque->most >= 0 && deque->count > deque->most)
    Ref dropped = dequePopLeft(deque);
  return true;
}

bool dequeAppendLeft(DequeObject* deque, Value item) {
  if (!makeRoom(deque, item))
    return false;
  --deque->head;
  ++deque->count;
  deque->at(0) = item;
  if (deque->most >= 0 && deque->count > deque->most)
    Ref dropped = dequePop(deque);
  return true;
}

Ref dequePop(DequeObject* deque) {
  ++deque->changes;
  return Ref::steal(deque->at(--deque->count));
}

Ref dequePopLeft(DequeObject* deque) {
  ++deque->changes;
  Value item = deque->at(0);
  ++deque->head;
  --deque->count;
  return Ref::steal(item);
}

/// Items are released when the deque is empty already: their destructors may look at it.
void dequeClear(DequeObject* deque) {
  ++deque->changes;
  DequeObject old = *deque;
  deque->ring = nullptr;
  deque->capacity = deque->head = 0;
  deque->count = 0;
  for (int64_t i = 0; i < old.count; ++i)
    decref(old.at(i));
  mi_free(old.ring);
}

void dequeRotate(DequeObject* deque, int64_t steps) {
  if (deque->count < 2)
    return;
  steps %= deque->count;
  if (steps < 0)
    steps += deque->count;
  if (steps == 0)
    return;
  ++deque->changes;
  // The shorter way round; a full ring turns by its head alone.
  if (static_cast<uint64_t>(deque->count) == deque->capacity) {
    deque->head -= static_cast<uint64_t>(steps);
  } else if (steps <= deque->count / 2) {
    for (; steps > 0; --steps) {
      Value item = deque->at(deque->count - 1);
      --deque->head;
      deque->at(0) = item;
    }
  } else {
    for (steps = deque->count - steps; steps > 0; --steps) {
      deque->at(deque->count) = deque->at(0);
      ++deque->head;
    }
  }
}

bool dequeExtend(DequeObject* deque, Value iterable) {
  Ref copy;
  if (iterable == Value(deque)) { // its items now, not those that are being appended
    copy = sequenceList(iterable);
    if (!copy)
      return false;
    iterable = copy;
  }
  return forEach(iterable, [&](Value item) {
    incref(item);
    return dequeAppend(deque, item);
  });
}

// Iterators.

namespace {

struct DequeIteratorObject {
  Object header;
  Value deque;
  int64_t left;
  uint64_t changes; // of the deque, when the iterator was made
  void each(auto f) { f(deque); }
};

DequeIteratorObject* asIterator(Value value) {
  return value.as<DequeIteratorObject>();
}

template <bool isForward> Ref nextItem(Value self) {
  DequeIteratorObject* iterator = asIterator(self);
  DequeObject* deque = asDeque(iterator->deque);
  // As in CPython, a forward iterator complains even when it is exhausted.
  if (iterator->changes != deque->changes && (isForward || iterator->left)) {
    iterator->left = 0;
    return raise(runtimeErrorType, "deque mutated during iteration");
  }
  if (iterator->left == 0)
    return {};
  int64_t left = iterator->left--;
  return Ref::copy(deque->at(isForward ? deque->count - left : left - 1));
}

Ref hintOfIterator(const Value* args) {
  return makeInt(asIterator(args[0])->left);
}

Ref reduceIterator(const Value* args) {
  DequeIteratorObject* iterator = asIterator(args[0]);
  PYC_TRY(skipped, makeInt(asDeque(iterator->deque)->count - iterator->left));
  PYC_TRY(arguments, tupleOf(iterator->deque, skipped.get()));
  return tupleOf(Value(&typeOf(args[0])->header), arguments.get());
}

template <TypeObject& type>
Ref createIterator(TypeObject*, const Value* args, size_t argc, Value kwnames) {
  int64_t skipped = 0;
  if (!checkNoKeywords(nameOf(&type), kwnames) || !checkArgumentCount(nameOf(&type), argc, 1, 2) ||
      (argc == 2 && !sizeArg(args[1], skipped)))
    return {};
  if (!isDeque(args[0]))
    return raise(typeErrorType, "%s() argument 1 must be collections.deque, not %T", nameOf(&type),
                 args[0]);
  return dequeIterator(args[0], type, skipped);
}

constexpr MethodDef kIteratorMethods[] = {
    {.signature = "__length_hint__($self, /)",
     .bound = hintOfIterator,
     .doc = "Private method returning an estimate of len(list(it))."},
    {.signature = "__reduce__($self, /)",
     .bound = reduceIterator,
     .doc = "Return state information for pickling."},
};

constexpr TypeObject final(TypeObject type) {
  type.flags &= ~static_cast<uint32_t>(kTypeBase);
  return type;
}

} // namespace

constinit TypeObject dequeIteratorType = final(iteratorType<DequeIteratorObject>(
    "collections._deque_iterator", createIterator<dequeIteratorType>, nextItem<true>, nullptr,
    kIteratorMethods));

constinit TypeObject dequeReverseIteratorType = final(iteratorType<DequeIteratorObject>(
    "collections._deque_reverse_iterator", createIterator<dequeReverseIteratorType>,
    nextItem<false>, nullptr, kIteratorMethods));

Ref dequeIterator(Value deque, TypeObject& type, int64_t skipped) {
  readyType(&type);
  auto* iterator = allocIterator<DequeIteratorObject>(&type);
  if (!iterator)
    return {};
  int64_t count = asDeque(deque)->count;
  iterator->deque = Ref::copy(deque).release();
  iterator->left = skipped < 0 ? count : skipped > count ? 0 : count - skipped;
  iterator->changes = asDeque(deque)->changes;
  return Ref::steal(iterator);
}

} // namespace pyc::rt
