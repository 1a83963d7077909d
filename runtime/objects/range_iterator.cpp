#include "runtime/objects/index_iterator.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/fast_alloc.h"

namespace pyc::rt {

namespace {

/// Of a range with a part that is no small int.
struct LongRangeIterator {
  Object header;
  Value next; // ints, owned
  Value step;
  Value remaining;
};

Ref nextSmall(Value self) {
  return nextOf(self.as<RangeIterator>());
}

Ref lengthHintSmall(const Value* args) {
  return makeInt(args[0].as<RangeIterator>()->remaining);
}

/// (iter, (range(next, stop, step),), None)
Ref reduceTo(Value start, Value step, Value remaining) {
  PYC_TRY(distance, intBinary(BinaryOp::Mul, step, remaining));
  PYC_TRY(stop, intBinary(BinaryOp::Add, start, distance));
  PYC_TRY(rest, makeRange(start, stop, step));
  return reduceIterator(names::iter, rest, Value::none());
}

Ref reduceSmall(const Value* args) {
  auto* iterator = args[0].as<RangeIterator>();
  PYC_TRY(start, makeInt(iterator->next));
  PYC_TRY(step, makeInt(iterator->step));
  return reduceTo(start, step, Value::fromInt(iterator->remaining));
}

/// Skips so many items.
Ref setStateSmall(const Value* args) {
  int64_t skipped;
  if (!toInt64(args[1], skipped, &overflowErrorType))
    return {};
  auto* iterator = args[0].as<RangeIterator>();
  skipped = skipped < 0 ? 0 : skipped > iterator->remaining ? iterator->remaining : skipped;
  iterator->next += skipped * iterator->step;
  iterator->remaining -= skipped;
  return Ref::none();
}

constexpr MethodDef kSmallMethods[] = {
    {.signature = "__length_hint__($self, /)", .bound = lengthHintSmall},
    {.signature = "__reduce__($self, /)", .bound = reduceSmall},
    {.signature = "__setstate__($self, object, /)", .bound = setStateSmall},
};

void deallocSmall(Object* self) {
  freeFast<false>(self);
}

LongRangeIterator* asLong(Value self) {
  return self.as<LongRangeIterator>();
}

void deallocLong(Object* self) {
  auto* iterator = reinterpret_cast<LongRangeIterator*>(self);
  decrefMaybe(iterator->next);
  decrefMaybe(iterator->step);
  decrefMaybe(iterator->remaining);
  freeObject(self);
}

/// Goes `steps` items on.
bool advance(LongRangeIterator* iterator, Value steps) {
  PYC_TRY(distance, intBinary(BinaryOp::Mul, iterator->step, steps));
  PYC_TRY(next, intBinary(BinaryOp::Add, iterator->next, distance));
  PYC_TRY(remaining, intBinary(BinaryOp::Sub, iterator->remaining, steps));
  setField(iterator->next, std::move(next));
  setField(iterator->remaining, std::move(remaining));
  return true;
}

Ref nextLong(Value self) {
  LongRangeIterator* iterator = asLong(self);
  if (intSign(iterator->remaining) == 0)
    return {};
  Ref item = Ref::copy(iterator->next);
  return advance(iterator, Value::fromInt(1)) ? std::move(item) : Ref();
}

Ref lengthHintLong(const Value* args) {
  return Ref::copy(asLong(args[0])->remaining);
}

Ref reduceLong(const Value* args) {
  LongRangeIterator* iterator = asLong(args[0]);
  return reduceTo(iterator->next, iterator->step, iterator->remaining);
}

Ref setStateLong(const Value* args) {
  if (!isInteger(args[1]))
    return raise(typeErrorType, "state must be an int, not %T", args[1]);
  LongRangeIterator* iterator = asLong(args[0]);
  Value steps = args[1];
  if (intSign(steps) < 0)
    steps = Value::fromInt(0);
  else if (intCompare(steps, iterator->remaining) > 0)
    steps = iterator->remaining;
  Ref kept = Ref::copy(steps);
  return advance(iterator, steps) ? Ref::none() : Ref();
}

constexpr MethodDef kLongMethods[] = {
    {.signature = "__length_hint__($self, /)", .bound = lengthHintLong},
    {.signature = "__reduce__($self, /)", .bound = reduceLong},
    {.signature = "__setstate__($self, object, /)", .bound = setStateLong},
};

} // namespace

Ref makeRangeIterator(int64_t start, int64_t step, int64_t count) {
  auto* iterator =
      reinterpret_cast<RangeIterator*>(allocFast<false>(&rangeIteratorType, sizeof(RangeIterator)));
  if (!iterator)
    return {};
  iterator->next = start;
  iterator->step = step;
  iterator->remaining = count;
  return Ref::steal(iterator);
}

Ref makeLongRangeIterator(Value start, Value step, Value count) {
  auto* iterator = reinterpret_cast<LongRangeIterator*>(allocObject(&longRangeIteratorType));
  if (!iterator)
    return {};
  iterator->next = Ref::copy(start).release();
  iterator->step = Ref::copy(step).release();
  iterator->remaining = Ref::copy(count).release();
  return Ref::steal(iterator);
}

constinit TypeObject rangeIteratorType = {
    .name = "range_iterator",
    .base = &objectType,
    .basicSize = sizeof(RangeIterator),
    .flags = kTypeBuiltin,
    .methods = kSmallMethods,
    .slots = {.dealloc = deallocSmall, .iter = iterSelf, .next = nextSmall},
};

constinit TypeObject longRangeIteratorType = {
    .name = "longrange_iterator",
    .base = &objectType,
    .basicSize = sizeof(LongRangeIterator),
    .flags = kTypeBuiltin,
    .methods = kLongMethods,
    .slots = {.dealloc = deallocLong, .iter = iterSelf, .next = nextLong},
};

} // namespace pyc::rt
