// itertools: iterators that leave items out: compress, dropwhile, filterfalse, islice, takewhile.
#include "runtime/modules/itertools_parts.h"

namespace pyc::rt {

namespace {

// compress

struct CompressObject {
  Object header;
  Value data, selectors;
  void each(auto f) {
    f(data);
    f(selectors);
  }
};

Ref createCompress(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("compress(data, selectors)");
  Value bound[2];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  PYC_TRY(data, getIter(bound[0]));
  PYC_TRY(selectors, getIter(bound[1]));
  auto* compress = allocIterator<CompressObject>(type);
  if (!compress)
    return {};
  compress->data = data.release();
  compress->selectors = selectors.release();
  return Ref::steal(compress);
}

Ref nextCompress(Value self) {
  auto* compress = self.as<CompressObject>();
  for (;;) {
    PYC_TRY(item, iterNext(compress->data));
    PYC_TRY(selector, iterNext(compress->selectors));
    bool isWanted;
    if (!truth(selector, isWanted))
      return {};
    if (isWanted)
      return item;
  }
}

// dropwhile, filterfalse, takewhile: a function and an iterator.

struct PredicateObject {
  Object header;
  Value function, iterator;
  bool isDone; // dropwhile: the rest is passed on; takewhile: there is no more
  void each(auto f) {
    f(function);
    f(iterator);
  }
};

template <TypeObject& base>
Ref createPredicate(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  if (!positionalOnly(type, base, argc, kwnames, 2))
    return {};
  PYC_TRY(iterator, getIter(args[1]));
  auto* result = allocIterator<PredicateObject>(type);
  if (!result)
    return {};
  result->function = Ref::copy(args[0]).release();
  result->iterator = iterator.release();
  return Ref::steal(result);
}

bool holds(Value function, Value item, bool& result) {
  PYC_TRY(outcome, call(function, item));
  return truth(outcome, result);
}

Ref nextDropwhile(Value self) {
  auto* drop = self.as<PredicateObject>();
  for (;;) {
    PYC_TRY(item, iterNext(drop->iterator));
    if (drop->isDone)
      return item;
    bool isDropped;
    if (!holds(drop->function, item, isDropped))
      return {};
    if (!isDropped) {
      drop->isDone = true;
      return item;
    }
  }
}

Ref nextFilterfalse(Value self) {
  auto* filter = self.as<PredicateObject>();
  bool ownTruth = filter->function.isNone() || filter->function == Value(&boolType);
  for (;;) {
    PYC_TRY(item, iterNext(filter->iterator));
    bool isDropped;
    if (!(ownTruth ? truth(item, isDropped) : holds(filter->function, item, isDropped)))
      return {};
    if (!isDropped)
      return item;
  }
}

Ref nextTakewhile(Value self) {
  auto* take = self.as<PredicateObject>();
  if (take->isDone)
    return {};
  PYC_TRY(item, iterNext(take->iterator));
  bool isTaken;
  if (!holds(take->function, item, isTaken))
    return {};
  if (isTaken)
    return item;
  take->isDone = true;
  return {};
}

// islice

struct IsliceObject {
  Object header;
  Value iterator; // null after the end
  uint64_t place; // of the iterator
  uint64_t next;  // place of the next item to give
  uint64_t stop;  // UINT64_MAX: none
  uint64_t step;
  void each(auto f) { f(iterator); }
};

/// A part of the slice as a number; -1 for what is none, nothing raised.
int64_t slicePart(Value argument) {
  int64_t result;
  if (toInt64(argument, result, &overflowErrorType))
    return result;
  clearRaised();
  return -1;
}

bool parseSlice(const Value* args, size_t argc, IsliceObject& slice) {
  constexpr const char* kMust = "must be None or an integer: 0 <= x <= sys.maxsize.";
  Value startArgument = argc > 2 ? args[1] : Value::none();
  Value stopArgument = argc > 2 ? args[2] : args[1];
  int64_t start = startArgument.isNone() ? 0 : slicePart(startArgument);
  int64_t stop = -1, step = 1;
  if (!stopArgument.isNone()) {
    stop = slicePart(stopArgument);
    if (stop == -1)
      return raise(valueErrorType, "Stop argument for islice() %s", kMust);
  }
  if (start < 0 || stop < -1)
    return raise(valueErrorType, "Indices for islice() %s", kMust);
  if (argc > 3 && !args[3].isNone())
    step = slicePart(args[3]);
  if (step < 1)
    return raise(valueErrorType, "Step for islice() must be a positive integer or None.");
  slice.next = static_cast<uint64_t>(start);
  slice.stop = static_cast<uint64_t>(stop);
  slice.step = static_cast<uint64_t>(step);
  return true;
}

Ref createIslice(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  bool ownInit = type->slots.init != isliceType.slots.init;
  IsliceObject parsed;
  if ((!ownInit && !checkNoKeywords("islice", kwnames)) ||
      !checkArgumentCount("islice", argc, 2, 4) || !parseSlice(args, argc, parsed))
    return {};
  PYC_TRY(iterator, getIter(args[0]));
  auto* slice = allocIterator<IsliceObject>(type);
  if (!slice)
    return {};
  slice->iterator = iterator.release();
  slice->next = parsed.next;
  slice->stop = parsed.stop;
  slice->step = parsed.step;
  return Ref::steal(slice);
}

Ref nextIslice(Value self) {
  auto* slice = self.as<IsliceObject>();
  if (!slice->iterator)
    return {};
  Ref keep = Ref::copy(slice->iterator); // steps may run code that ends this iterator
  Ref item;
  while (slice->place < slice->next) {
    item = iterNext(keep);
    if (!item)
      break;
    ++slice->place;
  }
  if (slice->place >= slice->next && slice->place < slice->stop)
    item = iterNext(keep);
  else
    item = {};
  if (!item) {
    clearField(slice->iterator);
    return {};
  }
  ++slice->place;
  uint64_t next = slice->next + slice->step;
  slice->next = next < slice->next || next > slice->stop ? slice->stop : next;
  return item;
}

} // namespace

constinit TypeObject compressType = iteratorType<CompressObject>(
    "itertools.compress", createCompress, nextCompress,
    "compress(data, selectors)\n--\n\nThe items of data whose selector is true.");

constinit TypeObject dropwhileType = iteratorType<PredicateObject>(
    "itertools.dropwhile", createPredicate<dropwhileType>, nextDropwhile,
    "dropwhile(predicate, iterable, /)\n--\n\nThe items from the first one on for which "
    "predicate(item) is false.");

constinit TypeObject filterfalseType = iteratorType<PredicateObject>(
    "itertools.filterfalse", createPredicate<filterfalseType>, nextFilterfalse,
    "filterfalse(function, iterable, /)\n--\n\nThe items for which function(item) is false; for "
    "None, the false items.");

constinit TypeObject takewhileType = iteratorType<PredicateObject>(
    "itertools.takewhile", createPredicate<takewhileType>, nextTakewhile,
    "takewhile(predicate, iterable, /)\n--\n\nThe items before the first one for which "
    "predicate(item) is false.");

constinit TypeObject isliceType = iteratorType<IsliceObject>(
    "itertools.islice", createIslice, nextIslice,
    "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice "
    "object\n\nThe items that the slice of a list would have. What comes before start is read "
    "and dropped.");

} // namespace pyc::rt
