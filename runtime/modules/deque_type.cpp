// The type collections.deque: its methods and slots.
#include "runtime/modules/deque.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/int.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/sequence.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

Ref create(TypeObject* type, const Value*, size_t, Value) {
  Object* object = allocObject(type);
  if (object)
    asDeque(object)->most = -1;
  return Ref::steal(object);
}

bool init(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("deque(iterable=(), maxlen=None)");
  Value bound[2];
  int64_t most = -1;
  if (!signature.bind(args, argc, kwnames, bound))
    return false;
  if (bound[1] && !bound[1].isNone()) {
    if (!isInteger(bound[1]) && !typeOf(bound[1])->slots.index)
      return raise(typeErrorType, "an integer is required");
    if (!sizeArg(bound[1], most))
      return false;
    if (most < 0)
      return raise(valueErrorType, "maxlen must be non-negative");
  }
  DequeObject* deque = asDeque(self);
  deque->most = most;
  dequeClear(deque);
  return !bound[0] || dequeExtend(deque, bound[0]);
}

void dealloc(Object* self) {
  dequeClear(asDeque(self));
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  DequeObject* deque = asDeque(self);
  for (int64_t i = 0; i < deque->count; ++i)
    visitor.visit(deque->at(i));
}

void clearSlot(Object* self) {
  dequeClear(asDeque(self));
}

/// A deque of the same class with the same items.
Ref copyDeque(Value self) {
  DequeObject* deque = asDeque(self);
  if (typeOf(self) == &dequeType) {
    PYC_TRY(copy, create(&dequeType, nullptr, 0, {}));
    asDeque(copy)->most = deque->most;
    return dequeExtend(asDeque(copy), self) ? std::move(copy) : Ref();
  }
  Value type = &typeOf(self)->header;
  if (deque->most < 0)
    return call(type, self);
  PYC_TRY(most, makeInt(deque->most));
  return call(type, self, most);
}

Ref copy(const Value* args) {
  return copyDeque(args[0]);
}

// Both ends.

Ref append(const Value* args) {
  return dequeAppend(asDeque(args[0]), Ref::copy(args[1]).release()) ? Ref::none() : Ref();
}
Ref appendleft(const Value* args) {
  return dequeAppendLeft(asDeque(args[0]), Ref::copy(args[1]).release()) ? Ref::none() : Ref();
}
Ref raiseEmpty() {
  return raise(indexErrorType, "pop from an empty deque");
}
Ref pop(const Value* args) {
  return asDeque(args[0])->count ? dequePop(asDeque(args[0])) : raiseEmpty();
}
Ref popleft(const Value* args) {
  return asDeque(args[0])->count ? dequePopLeft(asDeque(args[0])) : raiseEmpty();
}
Ref clear(const Value* args) {
  dequeClear(asDeque(args[0]));
  return Ref::none();
}
Ref extend(const Value* args) {
  return dequeExtend(asDeque(args[0]), args[1]) ? Ref::none() : Ref();
}
Ref extendleft(const Value* args) {
  Ref items = args[1] == args[0] ? sequenceList(args[1]) : Ref::copy(args[1]);
  if (!items)
    return {};
  bool done = forEach(items, [&](Value item) {
    incref(item);
    return dequeAppendLeft(asDeque(args[0]), item);
  });
  return done ? Ref::none() : Ref();
}
Ref rotate(const Value* args, size_t argc, Value kwnames) {
  int64_t steps = 1;
  if (!checkNoKeywords("deque.rotate", kwnames) || !checkArgumentCount("rotate", argc - 1, 0, 1) ||
      (argc == 2 && !sizeArg(args[1], steps)))
    return {};
  dequeRotate(asDeque(args[0]), steps);
  return Ref::none();
}
Ref reverse(const Value* args) {
  DequeObject* deque = asDeque(args[0]);
  for (int64_t low = 0, high = deque->count - 1; low < high; ++low, --high)
    std::swap(deque->at(low), deque->at(high));
  return Ref::none();
}

// Looking for items. Comparisons may change the deque, which is an error.

enum class Found : uint8_t { No, Yes, Error };

Found isAt(DequeObject* deque, int64_t index, Value wanted, TypeObject& errorType) {
  Ref item = Ref::copy(deque->at(index));
  uint64_t changes = deque->changes;
  bool equal;
  if (!equalItems(item, wanted, equal))
    return Found::Error;
  if (changes != deque->changes) {
    raise(errorType, "deque mutated during iteration");
    return Found::Error;
  }
  return equal ? Found::Yes : Found::No;
}

/// The first place in [start, stop), -1 for none, -2 with an exception.
int64_t findItem(DequeObject* deque, Value wanted, int64_t start, int64_t stop,
                 TypeObject& errorType = runtimeErrorType) {
  for (int64_t i = start; i < stop; ++i)
    switch (isAt(deque, i, wanted, errorType)) {
    case Found::Yes:
      return i;
    case Found::Error:
      return -2;
    case Found::No:
      break;
    }
  return -1;
}

bool containsSlot(Value self, Value item, bool& result) {
  int64_t place = findItem(asDeque(self), item, 0, asDeque(self)->count);
  result = place >= 0;
  return place != -2;
}

Ref count(const Value* args) {
  DequeObject* deque = asDeque(args[0]);
  int64_t total = 0;
  for (int64_t i = 0; i < deque->count; ++i) {
    Found found = isAt(deque, i, args[1], runtimeErrorType);
    if (found == Found::Error)
      return {};
    total += found == Found::Yes;
  }
  return makeInt(total);
}

Ref index(const Value* args) {
  DequeObject* deque = asDeque(args[0]);
  TextRange range;
  if (!range.parse(args[2], args[3]))
    return {};
  range.clip(deque->count);
  int64_t place = findItem(deque, args[1], range.start, range.stop);
  if (place == -1)
    return raise(valueErrorType, "deque.index(x): x not in deque");
  return place < 0 ? Ref() : makeInt(place);
}

/// Removes the item at a place by turning it to the front.
Ref takeAt(DequeObject* deque, int64_t place) {
  dequeRotate(deque, -place);
  Ref item = dequePopLeft(deque);
  dequeRotate(deque, place);
  return item;
}

Ref remove(const Value* args) {
  DequeObject* deque = asDeque(args[0]);
  int64_t place = findItem(deque, args[1], 0, deque->count, indexErrorType);
  if (place == -1)
    return raise(valueErrorType, "deque.remove(x): x not in deque");
  if (place < 0)
    return {};
  Ref item = takeAt(deque, place);
  return Ref::none();
}

Ref insert(const Value* args) {
  DequeObject* deque = asDeque(args[0]);
  int64_t place = 0;
  if (!sizeArg(args[1], place))
    return {};
  if (deque->count == deque->most)
    return raise(indexErrorType, "deque already at its maximum size");
  place = place < 0 ? std::max<int64_t>(place + deque->count, 0) : std::min(place, deque->count);
  dequeRotate(deque, -place);
  if (!dequeAppendLeft(deque, Ref::copy(args[2]).release()))
    return {};
  dequeRotate(deque, place);
  return Ref::none();
}

// Items.

bool placeOf(Value self, Value key, int64_t& place) {
  if (!toInt64(key, place, &indexErrorType))
    return false;
  if (place < 0)
    place += asDeque(self)->count;
  return (place >= 0 && place < asDeque(self)->count) ||
         static_cast<bool>(raise(indexErrorType, "deque index out of range"));
}

Ref getItemSlot(Value self, Value key) {
  int64_t place;
  return placeOf(self, key, place) ? Ref::copy(asDeque(self)->at(place)) : Ref();
}

bool setItemSlot(Value self, Value key, Value value) {
  int64_t place;
  if (!placeOf(self, key, place))
    return false;
  if (value)
    setField(asDeque(self)->at(place), value);
  else
    Ref item = takeAt(asDeque(self), place);
  return true;
}

bool lengthSlot(Value self, int64_t& length) {
  length = asDeque(self)->count;
  return true;
}

// Operators.

Ref add(Value left, Value right) {
  if (!isDeque(left))
    return Ref::notImplemented();
  if (!isDeque(right))
    return raise(typeErrorType, "can only concatenate deque (not \"%T\") to deque", right);
  PYC_TRY(result, copyDeque(left));
  if (!isDeque(result))
    return raise(typeErrorType, "%T is not a deque", result.get());
  return dequeExtend(asDeque(result), right) ? std::move(result) : Ref();
}

Ref addInPlace(Value self, Value other) {
  return dequeExtend(asDeque(self), other) ? Ref::copy(self) : Ref();
}

bool repeat(DequeObject* deque, int64_t times) {
  if (times <= 0 || deque->count == 0) {
    dequeClear(deque);
    return true;
  }
  int64_t total;
  if (__builtin_mul_overflow(deque->count, times, &total) ||
      total > INT64_MAX / static_cast<int64_t>(sizeof(Value)))
    return raiseMemoryError();
  PYC_TRY(items, sequenceList(Value(deque)));
  // Of a bounded deque, only as many rounds as its last items come from.
  if (deque->most >= 0)
    times = std::min(times, deque->most / deque->count + 2);
  for (int64_t i = 1; i < times; ++i)
    if (!dequeExtend(deque, items))
      return false;
  return true;
}

Ref multiply(Value left, Value right) {
  Value self = isDeque(left) ? left : right, factor = isDeque(left) ? right : left;
  if (!isInteger(factor) && !typeOf(factor)->slots.index)
    return Ref::notImplemented();
  int64_t times = 0;
  if (!sizeArg(factor, times))
    return {};
  PYC_TRY(result, copyDeque(self));
  if (!isDeque(result))
    return raise(typeErrorType, "%T is not a deque", result.get());
  return repeat(asDeque(result), times) ? std::move(result) : Ref();
}

Ref multiplyInPlace(Value self, Value factor) {
  int64_t times = 0;
  if (!isInteger(factor) && !typeOf(factor)->slots.index)
    return Ref::notImplemented();
  if (!sizeArg(factor, times) || !repeat(asDeque(self), times))
    return {};
  return Ref::copy(self);
}

Ref compareSlot(Value self, Value other, CompareOp op) {
  if (!isDeque(other))
    return Ref::notImplemented();
  if ((op == CompareOp::Eq || op == CompareOp::Ne) && asDeque(self)->count != asDeque(other)->count)
    return Ref::boolean(op == CompareOp::Ne);
  PYC_TRY(left, sequenceList(self));
  PYC_TRY(right, sequenceList(other));
  return pyc::rt::compare(op, left, right);
}

Ref reprSlot(Value self) {
  ReprGuard guard(self);
  if (!guard.enter())
    return makeStr("[...]");
  PYC_TRY(items, sequenceList(self));
  if (asDeque(self)->most >= 0)
    return formatText("%s(%R, maxlen=%lld)", typeName(self), items.get(),
                      static_cast<long long>(asDeque(self)->most));
  return formatText("%s(%R)", typeName(self), items.get());
}

Ref iterSlot(Value self) {
  return dequeIterator(self, dequeIteratorType);
}
Ref reversedDeque(const Value* args) {
  return dequeIterator(args[0], dequeReverseIteratorType);
}

Ref reduce(const Value* args) {
  Value self = args[0];
  PYC_TRY(state, callMethod(self, internLiteral("__getstate__")));
  PYC_TRY(items, getIter(self));
  PYC_TRY(none, newTuple(0));
  Ref arguments = Ref::copy(none);
  if (asDeque(self)->most >= 0) {
    PYC_TRY(most, makeInt(asDeque(self)->most));
    arguments = tupleOf(none.get(), most.get());
  }
  if (!arguments)
    return {};
  return tupleOf(Value(&typeOf(self)->header), arguments.get(), state.get(), items.get());
}

Ref sizeOf(const Value* args) {
  return makeInt(static_cast<int64_t>(typeOf(args[0])->instanceSize +
                                      asDeque(args[0])->capacity * sizeof(Value)));
}

Ref getMost(Value self) {
  return asDeque(self)->most < 0 ? Ref::none() : makeInt(asDeque(self)->most);
}

constexpr MethodDef kMethods[] = {
    {.signature = "append($self, item, /)",
     .bound = append,
     .doc = "Adds an item at the right end."},
    {.signature = "appendleft($self, item, /)",
     .bound = appendleft,
     .doc = "Adds an item at the left end."},
    {.signature = "clear($self, /)", .bound = clear, .doc = "Removes all items."},
    {.signature = "copy($self, /)", .bound = copy, .doc = "A deque with the same items."},
    {.signature = "__copy__($self, /)", .bound = copy, .doc = "A deque with the same items."},
    {.signature = "count($self, value, /)",
     .bound = count,
     .doc = "How many items are equal to value."},
    {.signature = "extend($self, iterable, /)",
     .bound = extend,
     .doc = "Adds the items of the iterable at the right end."},
    {.signature = "extendleft($self, iterable, /)",
     .bound = extendleft,
     .doc =
         "Adds the items of the iterable at the left end, one by one: the last one comes first."},
    {.signature = "index($self, value[, start[, stop]], /)",
     .bound = index,
     .doc = "The first place of value; ValueError when it is not there."},
    {.signature = "insert($self, index, value, /)",
     .bound = insert,
     .doc = "Adds value before the item at index."},
    {.signature = "pop($self, /)",
     .bound = pop,
     .doc = "Removes the item at the right end and returns it."},
    {.signature = "popleft($self, /)",
     .bound = popleft,
     .doc = "Removes the item at the left end and returns it."},
    {.signature = "remove($self, value, /)",
     .bound = remove,
     .doc = "Removes the first item equal to value; ValueError when there is none."},
    {.signature = "reverse($self, /)", .bound = reverse, .doc = "Turns the order of items round."},
    {.signature = "rotate($self, n=1, /)",
     .raw = rotate,
     .doc = "Moves n items from the right end to the left one, or the other way for negative n."},
    {.signature = "__reversed__($self, /)",
     .bound = reversedDeque,
     .doc = "An iterator from the right end to the left one."},
    {.signature = "__reduce__($self, /)",
     .bound = reduce,
     .doc = "Return state information for pickling."},
    {.signature = "__sizeof__($self, /)", .bound = sizeOf, .doc = "Its size in memory, in bytes."},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class,
     .doc = "See PEP 585"},
};

constexpr GetSetDef kGetSets[] = {
    {"maxlen", getMost, nullptr, "The most items that it holds; None for any number."},
};

constexpr TypeSlots makeSlots() {
  TypeSlots slots = {.dealloc = dealloc,
                     .traverse = traverse,
                     .clear = clearSlot,
                     .repr = reprSlot,
                     .compare = compareSlot,
                     .iter = iterSlot,
                     .create = create,
                     .init = init,
                     .length = lengthSlot,
                     .getItem = getItemSlot,
                     .setItem = setItemSlot,
                     .contains = containsSlot};
  slots.binary[static_cast<unsigned>(BinaryOp::Add)] = add;
  slots.binary[static_cast<unsigned>(BinaryOp::Mul)] = multiply;
  slots.inplace[static_cast<unsigned>(BinaryOp::Add)] = addInPlace;
  slots.inplace[static_cast<unsigned>(BinaryOp::Mul)] = multiplyInPlace;
  return slots;
}

} // namespace

constinit TypeObject dequeType = {
    .name = "collections.deque",
    .base = &objectType,
    .basicSize = sizeof(DequeObject),
    .flags =
        kTypeBuiltin | kTypeBase | kTypeCollected | kTypeWeakrefs | kTypeSequence | kTypeConcat,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "deque([iterable[, maxlen]])\n--\n\nA sequence that grows and shrinks fast at both "
           "ends. Past maxlen items, those at the other\nend are dropped.",
    .slots = makeSlots(),
};

} // namespace pyc::rt
