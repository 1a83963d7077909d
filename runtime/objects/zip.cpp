#include "runtime/objects/errors.h"
#include "runtime/objects/index_iterator.h"
#include "runtime/objects/next_pair.h"
#include "runtime/objects/parallel.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/reductions.h"
#include "runtime/objects/result_tuple.h"

namespace pyc::rt {

namespace {

struct ZipObject {
  Object header;
  TupleObject* iterators;
  TupleObject* result; // to be used again
  TupleObject* taken;  // resumedZip(): the next items of the first iterators, or null
  bool strict;
};

ZipObject* asZip(Value self) {
  return self.as<ZipObject>();
}

void dealloc(Object* self) {
  ZipObject* zip = asZip(self);
  for (TupleObject* tuple : {zip->iterators, zip->result, zip->taken})
    if (tuple)
      decrefObject(&tuple->header);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  ZipObject* zip = asZip(self);
  for (TupleObject* tuple : {zip->iterators, zip->result, zip->taken})
    if (tuple)
      visitor.visit(tuple);
}

/// The next item of iterator number i, where they are asked one after the other.
Ref nextItem(ZipObject* zip, int64_t i) {
  if (PYC_UNLIKELY(zip->taken)) {
    if (i < zip->taken->count)
      return Ref::copy(zip->taken->items()[i]);
    decrefObject(&std::exchange(zip->taken, nullptr)->header);
  }
  return nextOfAny(zip->iterators->items()[i]);
}

/// The next item of each iterator into `target`, whose old items are released as they are replaced.
Ref fill(ZipObject* zip, TupleObject* target) {
  Ref result = Ref::copy(target);
  TupleObject* iterators = zip->iterators;
  for (int64_t i = 0; i < iterators->count; ++i) {
    Ref item = nextItem(zip, i);
    if (!item)
      return zip->strict ? checkAllEnded("zip", iterators, i) : Ref();
    setField(target->items()[i], std::move(item));
  }
  return result;
}

Ref next(Value self) {
  ZipObject* zip = asZip(self);
  int64_t count = zip->iterators->count;
  if (count == 0)
    return {};
  if (TupleObject* kept = reusableTuple(zip->result))
    return fill(zip, kept);
  PYC_TRY(fresh, newTuple(static_cast<size_t>(count)));
  PYC_TRY(result, fill(zip, asTuple(fresh)));
  // Kept only when complete: a tuple that was given out has no empty items.
  TupleObject* old = std::exchange(zip->result, asTuple(fresh.release()));
  if (old)
    decrefObject(&old->header);
  return result;
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  bool strict;
  if (!takeStrict("zip", args + argc, kwnames, strict))
    return {};
  PYC_TRY(iterators, makeIterators(args, argc));
  Ref self = Ref::steal(allocObject(type));
  if (self) {
    asZip(self)->iterators = asTuple(iterators.release());
    asZip(self)->strict = strict;
  }
  return self;
}

Ref reduce(const Value* args) {
  ZipObject* zip = asZip(args[0]);
  if (zip->strict)
    return tupleOf(typeOf(args[0]), zip->iterators, Value::fromBool(true));
  return tupleOf(typeOf(args[0]), zip->iterators);
}

Ref setState(const Value* args) {
  bool strict;
  if (!truth(args[1], strict))
    return {};
  asZip(args[0])->strict = strict;
  return Ref::none();
}

constexpr MethodDef kMethods[] = {
    {.signature = "__reduce__($self, /)", .bound = reduce},
    {.signature = "__setstate__($self, object, /)", .bound = setState},
};

} // namespace

/// The step of an iterator over a list or tuple without a call.
[[gnu::always_inline]] static inline Ref nextOfSequence(Value iterator) {
  if (hasShape(iterator, kShapeListIterator))
    return nextOf(iterator.as<ListIterator>());
  if (hasShape(iterator, kShapeTupleIterator))
    return nextOf(iterator.as<TupleIterator>());
  return typeOf(iterator)->slots.next(iterator);
}

Value nextPairOfZip(Value self, Value* out) {
  ZipObject* zip = asZip(self);
  if (zip->iterators->count != 2)
    return iterNext(self).release();
  const Value* iterators = zip->iterators->items();
  bool isWhole = !zip->taken; // no step was left in the middle
  Ref first = PYC_LIKELY(isWhole) ? nextOfSequence(iterators[0]) : nextItem(zip, 0);
  Ref second;
  if (PYC_LIKELY(bool(first)))
    second = PYC_LIKELY(isWhole) ? nextOfSequence(iterators[1]) : nextItem(zip, 1);
  if (PYC_LIKELY(bool(second))) {
    out[1] = first.release();
    out[0] = second.release();
    return Value(&pycPair);
  }
  if (zip->strict)
    (void)checkAllEnded("zip", zip->iterators, first ? 1 : 0);
  if (isRaised())
    catchRaised(stopIterationType);
  return {};
}

Ref resumedZip(std::span<const Value> state) {
  auto count = static_cast<size_t>(state[0].asInt());
  std::span<const Value> taken = state.subspan(1 + count);
  PYC_TRY(iterators, makeTuple(state.data() + 1, count));
  PYC_TRY(items, makeTuple(taken.data(), taken.size()));
  Ref self = Ref::steal(allocObject(&zipType));
  if (self) {
    asZip(self)->iterators = asTuple(iterators.release());
    asZip(self)->taken = taken.empty() ? nullptr : asTuple(items.release());
  }
  return self;
}

constinit TypeObject zipType = {
    .name = "zip",
    .base = &objectType,
    .basicSize = sizeof(ZipObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected,
    .methods = kMethods,
    .doc = "zip(*iterables, strict=False)\n--\n\nTuples of one item of each iterable, up to the "
           "end of the shortest. With strict, "
           "ValueError when they are not all of one length.",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .iter = iterSelf,
              .next = next,
              .create = create},
};

} // namespace pyc::rt
