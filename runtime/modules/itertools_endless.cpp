// itertools: count, cycle, repeat.
#include "runtime/modules/itertools_parts.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

// count

struct CountObject {
  Object header;
  Value current, step;
  void each(auto f) {
    f(current);
    f(step);
  }
};

bool isNumber(Value value) {
  const TypeSlots& slots = typeOf(value)->slots;
  return slots.index || slots.toInt || slots.toFloat || isInstance(value, &complexType);
}

Ref createCount(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("count(start=0, step=1)");
  Value bound[2];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  for (Value value : bound)
    if (value && !isNumber(value))
      return raise(typeErrorType, "a number is required");
  auto* count = allocIterator<CountObject>(type);
  if (!count)
    return {};
  count->current = Ref::copy(bound[0] ? bound[0] : Value::fromInt(0)).release();
  count->step = Ref::copy(bound[1] ? bound[1] : Value::fromInt(1)).release();
  return Ref::steal(count);
}

Ref nextCount(Value self) {
  auto* count = self.as<CountObject>();
  PYC_TRY(next, binaryOp(BinaryOp::Add, count->current, count->step));
  return Ref::steal(std::exchange(count->current, next.release()));
}

Ref reprCount(Value self) {
  auto* count = self.as<CountObject>();
  if (count->step == Value::fromInt(1))
    return formatText("%s(%R)", typeName(self), count->current);
  return formatText("%s(%R, %R)", typeName(self), count->current, count->step);
}

// cycle

struct CycleObject {
  Object header;
  Value iterator; // null when it is exhausted
  Value saved;    // list
  int64_t index;
  void each(auto f) {
    f(iterator);
    f(saved);
  }
};

Ref createCycle(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  if (!positionalOnly(type, cycleType, argc, kwnames, 1))
    return {};
  PYC_TRY(iterator, getIter(args[0]));
  PYC_TRY(saved, newList(0));
  auto* cycle = allocIterator<CycleObject>(type);
  if (!cycle)
    return {};
  cycle->iterator = iterator.release();
  cycle->saved = saved.release();
  return Ref::steal(cycle);
}

Ref nextCycle(Value self) {
  auto* cycle = self.as<CycleObject>();
  ListObject* saved = asList(cycle->saved);
  if (cycle->iterator) {
    Ref item = iterNext(cycle->iterator);
    if (item)
      return listAppend(saved, item) ? std::move(item) : Ref();
    if (isRaised())
      return {};
    clearField(cycle->iterator);
  }
  if (saved->count == 0)
    return {};
  int64_t index = cycle->index;
  cycle->index = index + 1 >= saved->count ? 0 : index + 1;
  return listGet(saved, index);
}

// repeat

struct RepeatObject {
  Object header;
  Value item;
  int64_t left; // -1: no end
  void each(auto f) { f(item); }
};

Ref createRepeat(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("repeat(object, times=None)");
  Value bound[2];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  int64_t times = 0;
  if (!sizeArg(bound[1], times))
    return {};
  auto* repeat = allocIterator<RepeatObject>(type);
  if (!repeat)
    return {};
  repeat->item = Ref::copy(bound[0]).release();
  repeat->left = !bound[1] ? -1 : times < 0 ? 0 : times;
  return Ref::steal(repeat);
}

Ref nextRepeat(Value self) {
  auto* repeat = self.as<RepeatObject>();
  if (repeat->left == 0)
    return {};
  if (repeat->left > 0)
    --repeat->left;
  return Ref::copy(repeat->item);
}

Ref reprRepeat(Value self) {
  auto* repeat = self.as<RepeatObject>();
  if (repeat->left < 0)
    return formatText("%s(%R)", typeName(self), repeat->item);
  return formatText("%s(%R, %lld)", typeName(self), repeat->item,
                    static_cast<long long>(repeat->left));
}

Ref hintRepeat(const Value* args) {
  auto* repeat = args[0].as<RepeatObject>();
  if (repeat->left < 0)
    return raise(typeErrorType, "len() of unsized object");
  return makeInt(repeat->left);
}

constexpr MethodDef kRepeatMethods[] = {
    {.signature = "__length_hint__($self, /)",
     .bound = hintRepeat,
     .doc = "Private method returning an estimate of len(list(it))."},
};

constexpr TypeObject withRepr(TypeObject type, UnaryFn repr) {
  type.slots.repr = repr;
  return type;
}

} // namespace

constinit TypeObject countType = withRepr(
    iteratorType<CountObject>("itertools.count", createCount, nextCount,
                              "count(start=0, step=1)\n--\n\nNumbers from start on, a step apart, "
                              "without end."),
    reprCount);

constinit TypeObject cycleType =
    iteratorType<CycleObject>("itertools.cycle", createCycle, nextCycle,
                              "cycle(iterable, /)\n--\n\nThe items of the iterable over and over.");

constinit TypeObject repeatType = withRepr(
    iteratorType<RepeatObject>("itertools.repeat", createRepeat, nextRepeat,
                               "repeat(object [,times])\n\nThe object that many times, or without "
                               "end.",
                               kRepeatMethods),
    reprRepeat);

} // namespace pyc::rt
