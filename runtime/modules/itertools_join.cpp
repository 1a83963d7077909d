// itertools: iterators that put items together: accumulate, batched, chain, pairwise, starmap,
// zip_longest.
#include "runtime/modules/itertools_parts.h"
#include "runtime/objects/parallel.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

// accumulate

struct AccumulateObject {
  Object header;
  Value iterator;
  Value function; // null: addition
  Value total;    // null before the first item
  Value initial;  // null when there is none, and once it is given
  void each(auto f) {
    f(iterator);
    f(function);
    f(total);
    f(initial);
  }
};

Ref createAccumulate(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("accumulate(iterable, func=None, *, initial=None)");
  Value bound[3];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  PYC_TRY(iterator, getIter(bound[0]));
  auto* result = allocIterator<AccumulateObject>(type);
  if (!result)
    return {};
  result->iterator = iterator.release();
  if (bound[1] && !bound[1].isNone())
    result->function = Ref::copy(bound[1]).release();
  if (bound[2] && !bound[2].isNone())
    result->initial = Ref::copy(bound[2]).release();
  return Ref::steal(result);
}

Ref nextAccumulate(Value self) {
  auto* sums = self.as<AccumulateObject>();
  if (sums->initial) {
    sums->total = std::exchange(sums->initial, Value());
    return Ref::copy(sums->total);
  }
  PYC_TRY(item, iterNext(sums->iterator));
  if (!sums->total) {
    setField(sums->total, item.get());
    return item;
  }
  Ref before = Ref::copy(sums->total);
  PYC_TRY(total, sums->function ? call(sums->function, before, item)
                                : binaryOp(BinaryOp::Add, before, item));
  setField(sums->total, total.get());
  return total;
}

// batched

struct BatchedObject {
  Object header;
  Value iterator; // null after the end
  int64_t size;
  bool isStrict;
  void each(auto f) { f(iterator); }
};

Ref createBatched(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("batched(iterable, n, *, strict=False)");
  Value bound[3];
  int64_t size = 0;
  bool isStrict = false;
  if (!signature.bind(args, argc, kwnames, bound) || !sizeArg(bound[1], size) ||
      !boolArg(bound[2], isStrict))
    return {};
  if (size < 1)
    return raise(valueErrorType, "n must be at least one");
  PYC_TRY(iterator, getIter(bound[0]));
  auto* batched = allocIterator<BatchedObject>(type);
  if (!batched)
    return {};
  batched->iterator = iterator.release();
  batched->size = size;
  batched->isStrict = isStrict;
  return Ref::steal(batched);
}

Ref nextBatched(Value self) {
  auto* batched = self.as<BatchedObject>();
  if (!batched->iterator)
    return {};
  Ref iterator = Ref::copy(batched->iterator);
  PYC_TRY(items, newList(0));
  while (asList(items)->count < batched->size) {
    Ref item = iterNext(iterator);
    if (item) {
      if (!listAppendStealing(asList(items), item.release()))
        return {};
      continue;
    }
    clearField(batched->iterator);
    if (isRaised() || asList(items)->count == 0)
      return {};
    if (batched->isStrict)
      return raise(valueErrorType, "batched(): incomplete batch");
    break;
  }
  return listToTuple(asList(items));
}

// chain

struct ChainObject {
  Object header;
  Value source; // iterator over the iterables; null after the end
  Value active; // iterator over one of them, or null
  void each(auto f) {
    f(source);
    f(active);
  }
};

Ref makeChain(TypeObject* type, Value iterables) {
  PYC_TRY(source, getIter(iterables));
  auto* chain = allocIterator<ChainObject>(type);
  if (!chain)
    return {};
  chain->source = source.release();
  return Ref::steal(chain);
}

Ref createChain(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  bool ownInit = type->slots.init != chainType.slots.init;
  if (!ownInit && !checkNoKeywords("chain", kwnames))
    return {};
  PYC_TRY(iterables, makeTuple(args, argc));
  return makeChain(type, iterables);
}

Ref chainFromIterable(const Value* args) {
  return makeChain(asType(args[0]), args[1]);
}

Ref nextChain(Value self) {
  auto* chain = self.as<ChainObject>();
  while (chain->source) {
    if (!chain->active) {
      Ref source = Ref::copy(chain->source);
      Ref iterable = iterNext(source);
      Ref active = iterable ? getIter(iterable) : Ref();
      if (!active) {
        clearField(chain->source);
        return {};
      }
      setField(chain->active, std::move(active));
    }
    Ref active = Ref::copy(chain->active);
    Ref item = iterNext(active);
    if (item || isRaised())
      return item;
    clearField(chain->active);
  }
  return {};
}

constexpr MethodDef kChainMethods[] = {
    {.signature = "from_iterable($type, iterable, /)",
     .bound = chainFromIterable,
     .kind = MethodDef::Class,
     .doc = "The chain of the iterables that one iterable gives, each asked for when it is due."},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class,
     .doc = "See PEP 585"},
};

// pairwise

struct PairwiseObject {
  Object header;
  Value iterator; // null after the end
  Value previous;
  TupleObject* result; // to be used again
  void each(auto f) {
    f(iterator);
    f(previous);
    if (result) {
      Value kept(result);
      f(kept);
    }
  }
};

Ref createPairwise(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  if (!positionalOnly(type, pairwiseType, argc, kwnames, 1))
    return {};
  PYC_TRY(iterator, getIter(args[0]));
  auto* pairs = allocIterator<PairwiseObject>(type);
  if (!pairs)
    return {};
  pairs->iterator = iterator.release();
  return Ref::steal(pairs);
}

Ref nextPairwise(Value self) {
  auto* pairs = self.as<PairwiseObject>();
  if (!pairs->iterator)
    return {};
  Ref iterator = Ref::copy(pairs->iterator);
  Ref first = Ref::copy(pairs->previous);
  if (!first) {
    first = iterNext(iterator);
    if (first)
      setField(pairs->previous, first.get());
  }
  Ref second = first ? iterNext(iterator) : Ref();
  if (!second) {
    clearField(pairs->iterator);
    clearField(pairs->previous);
    return {};
  }
  setField(pairs->previous, second.get());
  return resultPair(pairs->result, std::move(first), std::move(second));
}

// starmap

struct StarmapObject {
  Object header;
  Value function, iterator;
  void each(auto f) {
    f(function);
    f(iterator);
  }
};

Ref createStarmap(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  if (!positionalOnly(type, starmapType, argc, kwnames, 2))
    return {};
  PYC_TRY(iterator, getIter(args[1]));
  auto* starmap = allocIterator<StarmapObject>(type);
  if (!starmap)
    return {};
  starmap->function = Ref::copy(args[0]).release();
  starmap->iterator = iterator.release();
  return Ref::steal(starmap);
}

Ref nextStarmap(Value self) {
  auto* starmap = self.as<StarmapObject>();
  PYC_TRY(item, iterNext(starmap->iterator));
  PYC_TRY(arguments, sequenceTuple(item));
  return call(starmap->function, asTuple(arguments)->items(),
              static_cast<size_t>(asTuple(arguments)->count));
}

// zip_longest

struct ZipLongestObject {
  Object header;
  Value iterators; // tuple; None stands for those that are exhausted
  Value result;    // tuple, to be used again
  Value fill;
  int64_t active;
  void each(auto f) {
    f(iterators);
    f(result);
    f(fill);
  }
};

Ref createZipLongest(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  Value fill = Value::none();
  if (kwnames && asTuple(kwnames)->count) {
    fill = args[argc];
    if (asTuple(kwnames)->count > 1 || !strEquals(asStr(asTuple(kwnames)->items()[0]), "fillvalue"))
      return raise(typeErrorType, "zip_longest() got an unexpected keyword argument");
  }
  PYC_TRY(iterators, makeIterators(args, argc));
  PYC_TRY(result, newTuple(argc));
  for (size_t i = 0; i < argc; ++i)
    asTuple(result)->items()[i] = Value::none();
  auto* zip = allocIterator<ZipLongestObject>(type);
  if (!zip)
    return {};
  zip->iterators = iterators.release();
  zip->result = result.release();
  zip->fill = Ref::copy(fill).release();
  zip->active = static_cast<int64_t>(argc);
  return Ref::steal(zip);
}

/// The next item of iterator number i, or the value that fills its place.
Ref itemOrFill(ZipLongestObject* zip, int64_t i) {
  Value& place = asTuple(zip->iterators)->items()[i];
  if (place.isNone())
    return Ref::copy(zip->fill);
  Ref iterator = Ref::copy(place);
  Ref item = iterNext(iterator);
  if (item)
    return item;
  zip->active = isRaised() ? 0 : zip->active - 1;
  if (zip->active == 0)
    return {};
  setField(place, Value::none());
  return Ref::copy(zip->fill);
}

Ref nextZipLongest(Value self) {
  auto* zip = self.as<ZipLongestObject>();
  if (zip->active == 0)
    return {};
  TupleObject* result = changeableTuple(zip->result);
  if (!result)
    return {};
  Ref keep = Ref::copy(result);
  for (int64_t i = 0; i < result->count; ++i) {
    PYC_TRY(item, itemOrFill(zip, i));
    setField(result->items()[i], std::move(item));
  }
  return keep;
}

} // namespace

constinit TypeObject accumulateType = iteratorType<AccumulateObject>(
    "itertools.accumulate", createAccumulate, nextAccumulate,
    "accumulate(iterable, func=None, *, initial=None)\n--\n\nThe sums of the first items, or what "
    "func(total, item) makes instead of sums.");

constinit TypeObject batchedType = iteratorType<BatchedObject>(
    "itertools.batched", createBatched, nextBatched,
    "batched(iterable, n, *, strict=False)\n--\n\nThe items in tuples of n. The last one may be "
    "shorter; with strict, that is a ValueError.");

constinit TypeObject chainType = iteratorType<ChainObject>(
    "itertools.chain", createChain, nextChain,
    "chain(*iterables)\n--\n\nThe items of one iterable after the other.", kChainMethods);

constinit TypeObject pairwiseType = iteratorType<PairwiseObject>(
    "itertools.pairwise", createPairwise, nextPairwise,
    "pairwise(iterable, /)\n--\n\nPairs of items that follow each other: ab, bc, cd.");

constinit TypeObject starmapType = iteratorType<StarmapObject>(
    "itertools.starmap", createStarmap, nextStarmap,
    "starmap(function, iterable, /)\n--\n\nfunction(*item) for the items of the iterable.");

constinit TypeObject zipLongestType = iteratorType<ZipLongestObject>(
    "itertools.zip_longest", createZipLongest, nextZipLongest,
    "zip_longest(*iterables, fillvalue=None)\n--\n\nTuples of one item of each iterable, up to "
    "the end of the longest; fillvalue stands for what\nis missing in the others.");

} // namespace pyc::rt
