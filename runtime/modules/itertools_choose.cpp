// itertools: iterators that choose several items of pools: product, combinations,
// combinations_with_replacement, permutations. They count with indices, the last one fastest, and
// change only what differs in the tuple that they gave out before.
#include "runtime/modules/itertools_parts.h"
#include "runtime/objects/text_args.h"

#include <algorithm>
#include <mimalloc.h>
#include <numeric>

namespace pyc::rt {

namespace {

/// `pool` is a tuple of items; for product, of tuples. `result` is null before the first step.
struct ChooserObject {
  Object header;
  Value pool, result;
  int64_t* indices;
  int64_t* cycles; // permutations: steps that each place has left
  int64_t chosen;  // length of the results
  bool isDone;
  void each(auto f) {
    f(pool);
    f(result);
  }
  void release() {
    mi_free(indices);
    mi_free(cycles);
  }
};

bool allocIndices(int64_t*& indices, int64_t count) {
  indices = static_cast<int64_t*>(mi_calloc(static_cast<size_t>(count) + 1, sizeof(int64_t)));
  return indices || static_cast<bool>(raiseMemoryError());
}

int64_t poolSize(const ChooserObject* chooser) {
  return asTuple(chooser->pool)->count;
}

/// The first result: the items that the indices stand for.
Ref firstChoice(ChooserObject* chooser, auto itemAt) {
  PYC_TRY(result, newTuple(static_cast<size_t>(chooser->chosen)));
  for (int64_t i = 0; i < chooser->chosen; ++i)
    asTuple(result)->items()[i] = Ref::copy(itemAt(i)).release();
  setField(chooser->result, result.get());
  return result;
}

Ref firstOfPool(ChooserObject* chooser) {
  return firstChoice(
      chooser, [&](int64_t i) { return asTuple(chooser->pool)->items()[chooser->indices[i]]; });
}

/// The result with the items from place `from` on renewed.
Ref changedFrom(ChooserObject* chooser, int64_t from) {
  TupleObject* result = changeableTuple(chooser->result);
  if (!result)
    return {};
  const Value* pool = asTuple(chooser->pool)->items();
  for (int64_t i = from; i < chooser->chosen; ++i)
    setField(result->items()[i], pool[chooser->indices[i]]);
  return Ref::copy(result);
}

Ref finish(ChooserObject* chooser) {
  chooser->isDone = true;
  return {};
}

// product

/// The keyword argument `repeat`.
bool takeRepeat(const Value* values, Value kwnames, int64_t& repeat) {
  int64_t count = kwnames ? asTuple(kwnames)->count : 0;
  for (int64_t i = 0; i < count; ++i) {
    Value name = asTuple(kwnames)->items()[i];
    if (!strEquals(asStr(name), "repeat"))
      return raise(typeErrorType, "product() got an unexpected keyword argument '%S'", name);
    if (!sizeArg(values[i], repeat))
      return false;
  }
  return repeat >= 0 ||
         static_cast<bool>(raise(valueErrorType, "repeat argument cannot be negative"));
}

Ref createProduct(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  int64_t repeat = 1, places;
  if (!takeRepeat(args + argc, kwnames, repeat))
    return {};
  if (__builtin_mul_overflow(static_cast<int64_t>(argc), repeat, &places) ||
      places > INT64_MAX / static_cast<int64_t>(sizeof(Value)))
    return raise(overflowErrorType, "repeat argument too large");
  auto* product = allocIterator<ChooserObject>(type);
  if (!product)
    return {};
  Ref self = Ref::steal(product);
  PYC_TRY(pools, newTuple(static_cast<size_t>(places)));
  for (int64_t i = 0; i < places; ++i) {
    Value known = i < static_cast<int64_t>(argc)
                      ? Value()
                      : asTuple(pools)->items()[i - static_cast<int64_t>(argc)];
    PYC_TRY(pool, known ? Ref::copy(known) : sequenceTuple(args[i]));
    asTuple(pools)->items()[i] = pool.release();
  }
  product->pool = pools.release();
  product->chosen = places;
  return allocIndices(product->indices, places) ? std::move(self) : Ref();
}

Ref nextProduct(Value self) {
  auto* product = self.as<ChooserObject>();
  if (product->isDone)
    return {};
  auto pool = [&](int64_t i) { return asTuple(asTuple(product->pool)->items()[i]); };
  if (!product->result) {
    for (int64_t i = 0; i < product->chosen; ++i)
      if (pool(i)->count == 0)
        return finish(product);
    return firstChoice(product, [&](int64_t i) { return pool(i)->items()[0]; });
  }
  int64_t i = product->chosen - 1;
  while (i >= 0 && product->indices[i] + 1 == pool(i)->count)
    --i;
  if (i < 0)
    return finish(product);
  TupleObject* result = changeableTuple(product->result);
  if (!result)
    return {};
  Ref keep = Ref::copy(result);
  ++product->indices[i];
  for (int64_t k = i + 1; k < product->chosen; ++k)
    product->indices[k] = 0;
  for (int64_t k = i; k < product->chosen; ++k)
    setField(result->items()[k], pool(k)->items()[product->indices[k]]);
  return keep;
}

// combinations, combinations_with_replacement

/// The pool of an iterable, and how many to choose.
bool bindChoice(ConstructorSignature& signature, const Value* args, size_t argc, Value kwnames,
                Ref& pool, int64_t& chosen) {
  Value bound[2];
  if (!signature.bind(args, argc, kwnames, bound) || !sizeArg(bound[1], chosen))
    return false;
  pool = sequenceTuple(bound[0]);
  if (!pool)
    return false;
  return chosen >= 0 || static_cast<bool>(raise(valueErrorType, "r cannot be negative"));
}

ChooserObject* newChooser(TypeObject* type, Ref pool, int64_t indices, int64_t chosen) {
  auto* chooser = allocIterator<ChooserObject>(type);
  if (!chooser)
    return nullptr;
  Ref self = Ref::steal(chooser);
  chooser->pool = pool.release();
  chooser->chosen = chosen;
  if (!allocIndices(chooser->indices, indices))
    return nullptr;
  return self.release().as<ChooserObject>();
}

Ref createCombinations(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("combinations(iterable, r)");
  Ref pool;
  int64_t chosen = 0;
  if (!bindChoice(signature, args, argc, kwnames, pool, chosen))
    return {};
  bool isDone = chosen > asTuple(pool)->count;
  auto* chooser = newChooser(type, std::move(pool), isDone ? 0 : chosen, chosen);
  if (!chooser)
    return {};
  chooser->isDone = isDone;
  if (!isDone)
    std::iota(chooser->indices, chooser->indices + chosen, 0);
  return Ref::steal(chooser);
}

Ref nextCombinations(Value self) {
  auto* chooser = self.as<ChooserObject>();
  if (chooser->isDone)
    return {};
  if (!chooser->result)
    return firstOfPool(chooser);
  int64_t* indices = chooser->indices;
  int64_t slack = poolSize(chooser) - chooser->chosen;
  int64_t i = chooser->chosen - 1;
  while (i >= 0 && indices[i] == i + slack)
    --i;
  if (i < 0)
    return finish(chooser);
  std::iota(indices + i, indices + chooser->chosen, indices[i] + 1);
  return changedFrom(chooser, i);
}

Ref createRepeated(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("combinations_with_replacement(iterable, r)");
  Ref pool;
  int64_t chosen = 0;
  if (!bindChoice(signature, args, argc, kwnames, pool, chosen))
    return {};
  bool isDone = asTuple(pool)->count == 0 && chosen > 0;
  auto* chooser = newChooser(type, std::move(pool), isDone ? 0 : chosen, chosen);
  if (!chooser)
    return {};
  chooser->isDone = isDone;
  return Ref::steal(chooser);
}

Ref nextRepeated(Value self) {
  auto* chooser = self.as<ChooserObject>();
  if (chooser->isDone)
    return {};
  if (!chooser->result)
    return firstOfPool(chooser);
  int64_t* indices = chooser->indices;
  int64_t i = chooser->chosen - 1;
  while (i >= 0 && indices[i] == poolSize(chooser) - 1)
    --i;
  if (i < 0)
    return finish(chooser);
  std::fill(indices + i, indices + chooser->chosen, indices[i] + 1);
  return changedFrom(chooser, i);
}

// permutations

Ref createPermutations(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("permutations(iterable, r=None)");
  Value bound[2];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  PYC_TRY(pool, sequenceTuple(bound[0]));
  int64_t count = asTuple(pool)->count, chosen = count;
  if (bound[1] && !bound[1].isNone()) {
    if (!isInteger(bound[1]))
      return raise(typeErrorType, "Expected int as r");
    if (!sizeArg(bound[1], chosen))
      return {};
  }
  if (chosen < 0)
    return raise(valueErrorType, "r must be non-negative");
  auto* chooser = newChooser(type, std::move(pool), count, chosen);
  if (!chooser)
    return {};
  Ref self = Ref::steal(chooser);
  chooser->isDone = chosen > count;
  if (chooser->isDone)
    return self;
  if (!allocIndices(chooser->cycles, chosen))
    return {};
  std::iota(chooser->indices, chooser->indices + count, 0);
  for (int64_t i = 0; i < chosen; ++i)
    chooser->cycles[i] = count - i;
  return self;
}

Ref nextPermutations(Value self) {
  auto* chooser = self.as<ChooserObject>();
  if (chooser->isDone)
    return {};
  if (!chooser->result)
    return firstOfPool(chooser);
  int64_t count = poolSize(chooser);
  int64_t* indices = chooser->indices;
  for (int64_t i = chooser->chosen - 1; i >= 0; --i) {
    if (--chooser->cycles[i] > 0) {
      std::swap(indices[i], indices[count - chooser->cycles[i]]);
      return changedFrom(chooser, i);
    }
    // The place is through: what it took goes to the end.
    std::rotate(indices + i, indices + i + 1, indices + count);
    chooser->cycles[i] = count - i;
  }
  return finish(chooser);
}

} // namespace

constinit TypeObject productType = iteratorType<ChooserObject>(
    "itertools.product", createProduct, nextProduct,
    "product(*iterables, repeat=1)\n--\n\nTuples of one item of each iterable, in all ways; the "
    "last place changes fastest.");

constinit TypeObject combinationsType = iteratorType<ChooserObject>(
    "itertools.combinations", createCombinations, nextCombinations,
    "combinations(iterable, r)\n--\n\nTuples of r items in the iterable's order, none taken "
    "twice.");

constinit TypeObject repeatedCombinationsType = iteratorType<ChooserObject>(
    "itertools.combinations_with_replacement", createRepeated, nextRepeated,
    "combinations_with_replacement(iterable, r)\n--\n\nTuples of r items in the iterable's order, "
    "where an item may come several times.");

constinit TypeObject permutationsType = iteratorType<ChooserObject>(
    "itertools.permutations", createPermutations, nextPermutations,
    "permutations(iterable, r=None)\n--\n\nTuples of r items (all of them) in every order.");

} // namespace pyc::rt
