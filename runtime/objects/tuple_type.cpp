// The type tuple: its slots and methods.
#include "runtime/objects/arguments.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/plain_keys.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/sequence.h"
#include "runtime/objects/slice.h"
#include "runtime/objects/tuple_items.h"
#include "runtime/objects/tuple_memory.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

namespace {

void dealloc(Object* self) {
  auto* tuple = reinterpret_cast<TupleObject*>(self);
  for (int64_t i = tuple->count; i-- > 0;)
    decrefMaybe(tuple->items()[i]);
  if (PYC_LIKELY(self->shape == kShapeTuple))
    freeTuple(tuple);
  else
    freeObject(self);
}

} // namespace

Ref compareItems(CompareOp op, Items lhs, Items rhs) {
  size_t common = std::min(lhs.size(), rhs.size());
  for (size_t i = 0; i < common; ++i) {
    bool equal;
    if (!equalItems(lhs[i], rhs[i], equal))
      return {};
    if (equal)
      continue;
    if (op == CompareOp::Eq || op == CompareOp::Ne)
      return Ref::boolean(op == CompareOp::Ne);
    return compare(op, lhs[i], rhs[i]);
  }
  return Ref::boolean(compareOrder(op, std::ssize(lhs), std::ssize(rhs)));
}

bool containsItem(Items items, Value item, bool& result) {
  result = false;
  for (size_t i = 0; i < items.size() && !result; ++i)
    if (!equalItems(items[i], item, result))
      return false;
  return true;
}

void releaseTuple(TupleObject* tuple) {
  if (PYC_UNLIKELY(tuple->header.shape != kShapeTuple || !isUnshared(&tuple->header))) {
    decrefObject(&tuple->header);
    return;
  }
  __atomic_store_n(&tuple->header.localCount, 0u, __ATOMIC_RELAXED);
  dealloc(&tuple->header);
}

namespace {

void traverse(Object* self, Visitor& visitor) {
  auto* tuple = reinterpret_cast<TupleObject*>(self);
  for (int64_t i = 0; i < tuple->count; ++i)
    if (Value item = tuple->items()[i])
      visitor.visit(item);
}

Ref tupleRepr(Value self) {
  TupleObject* tuple = asTuple(self);
  if (tuple->count == 0)
    return makeStr("()");
  ReprGuard guard(self);
  if (!guard.enter())
    return makeStr("(...)");
  StrBuilder out;
  out.append("(");
  for (int64_t i = 0; i < tuple->count; ++i) {
    if (i != 0)
      out.append(", ");
    PYC_TRY(text, repr(tuple->items()[i]));
    out.append(text.get());
  }
  out.append(tuple->count == 1 ? ",)" : ")");
  return out.finish();
}

bool tupleHash(Value self, int64_t& result) {
  TupleObject* tuple = asTuple(self);
  if (hashPlainItems(tuple, kPlainDepth, result))
    return true;
  TupleHash state;
  for (int64_t i = 0; i < tuple->count; ++i) {
    int64_t lane;
    if (!hash(tuple->items()[i], lane))
      return false;
    state.add(lane);
  }
  result = state.finish();
  return true;
}

Ref tupleCompare(Value self, Value other, CompareOp op) {
  if (!isTuple(other))
    return Ref::notImplemented();
  return compareItems(op, itemsOf(asTuple(self)), itemsOf(asTuple(other)));
}

Ref tupleIter(Value self) {
  return makeTupleIterator(self);
}

bool tupleLength(Value self, int64_t& length) {
  length = asTuple(self)->count;
  return true;
}

Ref tupleGetItem(Value self, Value key) {
  TupleObject* tuple = asTuple(self);
  if (key.isObject() && isSlice(key)) {
    SliceRange range;
    if (!unpackSlice(key, range))
      return {};
    clipSlice(range, tuple->count);
    return tupleSliced(tuple, range);
  }
  int64_t index;
  if (!sequenceIndex(key, tuple->count, index, "tuple", "tuple index out of range"))
    return {};
  return Ref::copy(tuple->items()[index]);
}

bool tupleContains(Value self, Value item, bool& result) {
  return containsItem(itemsOf(asTuple(self)), item, result);
}

Ref concat(Value lhs, Value rhs) {
  if (!isTuple(lhs) || !isTuple(rhs))
    return Ref::notImplemented();
  TupleObject *a = asTuple(lhs), *b = asTuple(rhs);
  if (a->count == 0 && isExactTuple(b))
    return Ref::copy(b);
  if (b->count == 0 && isExactTuple(a))
    return Ref::copy(a);
  PYC_TRY(result, newTuple(static_cast<size_t>(a->count + b->count)));
  Value* items = asTuple(result)->items();
  for (int64_t i = 0; i < a->count; ++i)
    *items++ = Ref::copy(a->items()[i]).release();
  for (int64_t i = 0; i < b->count; ++i)
    *items++ = Ref::copy(b->items()[i]).release();
  return result;
}

Ref repeat(Value lhs, Value rhs) {
  Value self;
  int64_t times;
  if (!splitRepeat(lhs, rhs, isTuple(lhs), self, times))
    return isRaised() ? Ref() : Ref::notImplemented();
  TupleObject* tuple = asTuple(self);
  if (isExactTuple(tuple) && (tuple->count == 0 || times == 1))
    return Ref::copy(tuple);
  if (times <= 0 || tuple->count == 0)
    return newTuple(0);
  int64_t count;
  if (__builtin_mul_overflow(tuple->count, times, &count) || count > INT64_MAX / 16)
    return raiseMemoryError();
  PYC_TRY(result, newTuple(static_cast<size_t>(count)));
  Value* items = asTuple(result)->items();
  for (int64_t i = 0; i < tuple->count; ++i) {
    Value item = tuple->items()[i];
    increfTimes(item, times);
    for (int64_t k = i; k < count; k += tuple->count)
      items[k] = item;
  }
  return result;
}

Ref count(const Value* args) {
  TupleObject* tuple = asTuple(args[0]);
  int64_t found = 0;
  for (int64_t i = 0; i < tuple->count; ++i) {
    bool equal;
    if (!equalItems(tuple->items()[i], args[1], equal))
      return {};
    found += equal;
  }
  return Ref::number(Value::fromInt(found));
}

Ref index(const Value* args) {
  TupleObject* tuple = asTuple(args[0]);
  int64_t start, stop;
  if (!searchBound(args[2], tuple->count, 0, start) ||
      !searchBound(args[3], tuple->count, INT64_MAX, stop))
    return {};
  for (int64_t i = start; i < stop && i < tuple->count; ++i) {
    bool equal;
    if (!equalItems(tuple->items()[i], args[1], equal))
      return {};
    if (equal)
      return Ref::number(Value::fromInt(i));
  }
  return raise(valueErrorType, "tuple.index(x): x not in tuple");
}

Ref getNewArgs(const Value* args) {
  PYC_TRY(plain,
          makeTuple(asTuple(args[0])->items(), static_cast<size_t>(asTuple(args[0])->count)));
  return tupleOf(plain);
}

Ref createSubclass(TypeObject* type, Value items) {
  TupleObject* source = asTuple(items);
  auto* tuple =
      reinterpret_cast<TupleObject*>(allocObject(type, static_cast<size_t>(source->count)));
  if (!tuple)
    return {};
  tuple->count = source->count;
  for (int64_t i = 0; i < source->count; ++i)
    tuple->items()[i] = Ref::copy(source->items()[i]).release();
  return Ref::steal(tuple);
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  bool ownInit = type->slots.init != tupleType.slots.init;
  if ((!ownInit && !checkNoKeywords("tuple", kwnames)) || !checkArgumentCount("tuple", argc, 0, 1))
    return {};
  Ref items = argc == 0 ? newTuple(0) : sequenceTuple(args[0]);
  if (!items || type == &tupleType)
    return items;
  return createSubclass(type, items);
}

constexpr MethodDef kMethods[] = {
    {.signature = "__getnewargs__($self, /)", .bound = getNewArgs},
    {.signature = "index($self, value, start=0, stop=sys.maxsize, /)",
     .bound = index,
     .doc = "Return first index of value.\n\nRaises ValueError if the value is not present."},
    {.signature = "count($self, value, /)",
     .bound = count,
     .doc = "Return number of occurrences of value."},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class},
};

} // namespace

Ref tupleSliced(TupleObject* tuple, const SliceRange& range) {
  if (range.count == tuple->count && range.step == 1 && isExactTuple(tuple))
    return Ref::copy(tuple);
  PYC_TRY(result, newTuple(static_cast<size_t>(range.count)));
  Value* items = asTuple(result)->items();
  for (int64_t i = 0, from = range.start; i < range.count; ++i, from += range.step)
    items[i] = Ref::copy(tuple->items()[from]).release();
  return result;
}

constinit TypeObject tupleType = {
    .name = "tuple",
    .base = &objectType,
    .basicSize = sizeof(TupleObject),
    .itemSize = sizeof(Value),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeVarSized | kTypeSequence |
             kTypeMatchSelf | kTypeConcat | kTypeIsTuple,
    .methods = kMethods,
    .doc = "tuple(iterable=(), /)\n--\n\nBuilt-in immutable sequence, made of an iterable's items; "
           "empty without one.",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .repr = tupleRepr,
              .hash = tupleHash,
              .compare = tupleCompare,
              .iter = tupleIter,
              .create = create,
              .binary = {concat, nullptr, repeat},
              .length = tupleLength,
              .getItem = tupleGetItem,
              .contains = tupleContains},
};

} // namespace pyc::rt
