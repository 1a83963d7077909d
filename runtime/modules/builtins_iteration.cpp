// Builtins about iteration: aiter, all, anext, any, iter, next, sorted.
#include "runtime/modules/builtins.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/known_functions.h"
#include "runtime/objects/reductions.h"

#include "runtime/interp/generator.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/function.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/sequence_iterator.h"
#include "runtime/objects/set.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

/// Whether some item's truth is `wanted`; -1 after an error.
int searchTruth(Value iterable, bool wanted) {
  bool found = false;
  bool finished = forEach(iterable, [&](Value item) {
    bool isTrue;
    if (!truth(item, isTrue))
      return false;
    found = isTrue == wanted;
    return !found;
  });
  return finished ? 0 : found ? 1 : -1;
}

Ref search(Value iterable, bool isAny) {
  int found = searchTruth(iterable, isAny);
  return found < 0 ? Ref() : Ref::boolean((found != 0) == isAny);
}

/// (item, iterable): the item comes before the others.
template <bool isAny> Ref goOnSearching(const Value* args) {
  bool isTrue;
  if (!truth(args[0], isTrue))
    return {};
  return isTrue == isAny ? Ref::boolean(isAny) : search(args[1], isAny);
}
constexpr MethodDef kGoOnWithAny = {.signature = "any($item, iterable, /)",
                                    .bound = goOnSearching<true>};
constexpr MethodDef kGoOnWithAll = {.signature = "all($item, iterable, /)",
                                    .bound = goOnSearching<false>};

} // namespace

extern "C" Ref pycBuiltinAll(const Value* args) {
  return search(args[0], false);
}

extern "C" Ref pycBuiltinAny(const Value* args) {
  return search(args[0], true);
}

extern "C" Ref pycBuiltinSorted(const Value* args) {
  PYC_TRY(list, sequenceList(args[0]));
  bool reverse = false;
  if (args[2] && !truth(args[2], reverse))
    return {};
  Value key = args[1] && !args[1].isNone() ? args[1] : Value();
  if (!listSort(asList(list), key, reverse))
    return {};
  return list;
}

Ref resumedSearch(bool forTruth, Value item) {
  return makeBuiltinFunction(forTruth ? &kGoOnWithAny : &kGoOnWithAll, item, Value());
}

namespace {

/// (state, iterable) or (state, self, iterable): the function is called with a list, or set, of all
/// items.
Ref goOnCollecting(const Value* args) {
  Value function = asTuple(args[0])->items()[0], items = asTuple(args[0])->items()[1];
  Value rest = args[2] ? args[2] : args[1];
  if (isExactSet(items) ? !setUpdate(asSet(items), rest) : !listExtend(asList(items), rest))
    return {};
  if (function == Value(&setType))
    return Ref::copy(items);
  return args[2] ? call(function, args[1], items) : call(function, items);
}
constexpr MethodDef kGoOnCollecting = {
    .signature = "collect($state, first, second=<unrepresentable>, /)", .bound = goOnCollecting};

Ref resumedCollection(Value function, Value items) {
  PYC_TRY(state, tupleOf(function, items));
  return makeBuiltinFunction(&kGoOnCollecting, state, Value());
}

} // namespace

Ref resumedReduction(Value function, std::span<const Value> state) {
  if (function == Value(&enumerateType))
    return resumedEnumerate(state);
  if (function == Value(&zipType))
    return resumedZip(state);
  const MethodDef* known = hasShape(function, kShapeBuiltinFunction)
                               ? function.as<BuiltinFunctionObject>()->def
                               : nullptr;
  if (known && known->bound == pycBuiltinSum)
    return resumedSum(state);
  if (known && (known->bound == pycBuiltinAny || known->bound == pycBuiltinAll))
    return resumedSearch(known->bound == pycBuiltinAny, state[0]);
  if (known && (known->raw == pycBuiltinMin || known->raw == pycBuiltinMax))
    return resumedExtreme(known->raw == pycBuiltinMin, state);
  return resumedCollection(function, state[0]);
}

namespace {

Ref iterFunction(const Value* args, size_t argc, Value kwnames) {
  if (!checkNoKeywords("iter", kwnames) || !checkArgumentCount("iter", argc, 1, 2))
    return {};
  if (argc == 1)
    return getIter(args[0]);
  if (!isCallable(args[0]))
    return raise(typeErrorType, "iter(v, w): v must be callable");
  return makeCallableIterator(args[0], args[1]);
}

} // namespace

// The module comes first.
Ref pycBuiltinNext(const Value* all, size_t count, Value kwnames) {
  const Value* args = all + 1;
  size_t argc = count - 1;
  if (!checkNoKeywords("next", kwnames) || !checkArgumentCount("next", argc, 1, 2))
    return {};
  UnaryFn next = typeOf(args[0])->slots.next;
  if (!next)
    return raise(typeErrorType, "'%T' object is not an iterator", args[0]);
  Ref item = next(args[0]);
  if (item)
    return item;
  if (argc == 1)
    return isRaised() ? Ref() : Ref(raiseWith(stopIterationType, Value()));
  if (isRaised() && !catchRaised(stopIterationType))
    return {};
  return Ref::copy(args[1]);
}

namespace {

Ref aiterFunction(const Value* args) {
  UnaryFn slot = typeOf(args[0])->slots.aiter;
  if (!slot)
    return raise(typeErrorType, "'%T' object is not an async iterable", args[0]);
  PYC_TRY(iterator, slot(args[0]));
  if (!typeOf(iterator)->slots.anext)
    return raise(typeErrorType, "aiter() returned not an async iterator of type '%T'",
                 iterator.get());
  return iterator;
}

Ref anextFunction(const Value* args) {
  UnaryFn slot = typeOf(args[0])->slots.anext;
  if (!slot)
    return raise(typeErrorType, "'%T' object is not an async iterator", args[0]);
  PYC_TRY(awaitable, slot(args[0]));
  return args[1] ? makeAnextAwaitable(awaitable, args[1]) : std::move(awaitable);
}

const MethodDef kFunctions[] = {
    {.signature = "all(iterable, /)", .bound = pycBuiltinAll},
    {.signature = "any(iterable, /)", .bound = pycBuiltinAny},
    {.signature = "iter", .raw = moduleRaw<iterFunction>},
    {.signature = "next", .raw = pycBuiltinNext},
    {.signature = "aiter(async_iterable, /)", .bound = aiterFunction},
    {.signature = "anext(async_iterator, default=<unrepresentable>, /)", .bound = anextFunction},
    {.signature = "sorted(iterable, /, *, key=None, reverse=False)", .bound = pycBuiltinSorted},
};

} // namespace

std::span<const MethodDef> iterationBuiltins() {
  return kFunctions;
}

} // namespace pyc::rt
