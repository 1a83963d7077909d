#include "runtime/objects/range.h"

#include "runtime/objects/arguments.h"
#include "runtime/objects/int.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/sequence.h"
#include "runtime/objects/slice.h"
#include "runtime/objects/tuple_hash.h"

#include <cstddef>

namespace pyc::rt {

namespace {

Ref smallInt(int64_t value) {
  return Ref::number(Value::fromInt(value));
}

/// start + index * step
Ref itemAt(RangeObject* range, Value index) {
  PYC_TRY(offset, intBinary(BinaryOp::Mul, index, range->step));
  return intBinary(BinaryOp::Add, range->start, offset);
}

Ref newRange(Value start, Value stop, Value step, Value length) {
  auto* range = reinterpret_cast<RangeObject*>(allocObject(&rangeType));
  if (!range)
    return {};
  range->start = Ref::copy(start).release();
  range->stop = Ref::copy(stop).release();
  range->step = Ref::copy(step).release();
  range->length = Ref::copy(length).release();
  return Ref::steal(range);
}

} // namespace

Ref rangeLength(Value start, Value stop, Value step) {
  if (start.isInt() && stop.isInt() && step.isInt())
    return smallInt(rangeLength(start.asInt(), stop.asInt(), step.asInt()));
  bool isUp = intSign(step) > 0;
  Value low = isUp ? start : stop, high = isUp ? stop : start;
  if (intCompare(low, high) >= 0)
    return smallInt(0);
  PYC_TRY(distance, intBinary(BinaryOp::Sub, high, low));
  PYC_TRY(last, intBinary(BinaryOp::Sub, distance, Value::fromInt(1)));
  Ref size = Ref::copy(step);
  if (!isUp)
    size = intBinary(BinaryOp::Sub, Value::fromInt(0), step);
  if (!size)
    return {};
  PYC_TRY(steps, intBinary(BinaryOp::FloorDiv, last, size));
  return intBinary(BinaryOp::Add, steps, Value::fromInt(1));
}

Ref makeRange(Value start, Value stop, Value step) {
  if (intSign(step) == 0)
    return raise(valueErrorType, "range() arg 3 must not be zero");
  PYC_TRY(length, rangeLength(start, stop, step));
  return newRange(start, stop, step, length);
}

Ref rangeIterator(RangeObject* range) {
  if (isSmallRange(range))
    return makeRangeIterator(range->start.asInt(), range->step.asInt(), range->length.asInt());
  return makeLongRangeIterator(range->start, range->step, range->length);
}

namespace {

void dealloc(Object* self) {
  auto* range = reinterpret_cast<RangeObject*>(self);
  decrefMaybe(range->start);
  decrefMaybe(range->stop);
  decrefMaybe(range->step);
  decrefMaybe(range->length);
  freeObject(self);
}

Ref rangeRepr(Value self) {
  RangeObject* range = asRange(self);
  if (range->step == Value::fromInt(1))
    return formatText("range(%R, %R)", range->start, range->stop);
  return formatText("range(%R, %R, %R)", range->start, range->stop, range->step);
}

/// The parts that make two ranges equal: length, start and step as far as there are so many items.
void essence(RangeObject* range, Value parts[3]) {
  parts[0] = range->length;
  parts[1] = intSign(range->length) == 0 ? Value::none() : range->start;
  parts[2] = intCompare(range->length, Value::fromInt(1)) <= 0 ? Value::none() : range->step;
}

bool rangeHash(Value self, int64_t& result) {
  Value parts[3];
  essence(asRange(self), parts);
  TupleHash state;
  for (Value part : parts) {
    int64_t lane;
    if (!hash(part, lane))
      return false;
    state.add(lane);
  }
  result = state.finish();
  return true;
}

Ref rangeCompare(Value self, Value other, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !isRange(other))
    return Ref::notImplemented();
  Value mine[3], others[3];
  essence(asRange(self), mine);
  essence(asRange(other), others);
  bool equal = true;
  for (int i = 0; i < 3 && equal; ++i)
    equal = isSame(mine[i], others[i]);
  return Ref::boolean(equal == (op == CompareOp::Eq));
}

Ref iterate(Value self) {
  return rangeIterator(asRange(self));
}

bool lengthOf(Value self, int64_t& result) {
  Value length = asRange(self)->length;
  if (PYC_LIKELY(intFits64(length, result)))
    return true;
  return raise(overflowErrorType, "Python int too large to convert to C ssize_t");
}

bool rangeTruth(Value self, bool& result) {
  result = intSign(asRange(self)->length) != 0;
  return true;
}

/// Null with nothing raised when a part of the result is no small int.
Ref sliceSmall(RangeObject* range, SliceRange part) {
  clipSlice(part, range->length.asInt());
  int64_t start = range->start.asInt(), step = range->step.asInt(), newStep;
  if (__builtin_mul_overflow(step, part.step, &newStep) || !Value::fitsInt(newStep))
    return {};
  int64_t newStart = start + part.start * step, newStop = start + part.stop * step;
  if (!Value::fitsInt(newStart) || !Value::fitsInt(newStop))
    return {};
  return newRange(Value::fromInt(newStart), Value::fromInt(newStop), Value::fromInt(newStep),
                  Value::fromInt(part.count));
}

bool isSmallSlice(SliceObject* slice) {
  for (Value part : {slice->start, slice->stop, slice->step})
    if (!part.isInt() && !part.isNone())
      return false;
  return true;
}

Ref sliceOf(RangeObject* range, Value slice) {
  if (isSmallRange(range) && isSmallSlice(asSlice(slice))) {
    SliceRange part;
    if (!unpackSlice(slice, part))
      return {};
    if (Ref result = sliceSmall(range, part); result || isRaised())
      return result;
  }
  PYC_TRY(indices, sliceIndices(asSlice(slice), range->length));
  const Value* parts = asTuple(indices)->items();
  PYC_TRY(start, itemAt(range, parts[0]));
  PYC_TRY(stop, itemAt(range, parts[1]));
  PYC_TRY(step, intBinary(BinaryOp::Mul, range->step, parts[2]));
  return makeRange(start, stop, step);
}

Ref rangeGetItem(Value self, Value key) {
  RangeObject* range = asRange(self);
  if (key.isObject() && isSlice(key))
    return sliceOf(range, key);
  if (!key.isInt() && !typeOf(key)->slots.index)
    return raise(typeErrorType, "range indices must be integers or slices, not %T", key);
  PYC_TRY(index, exactIndex(key));
  if (intSign(index) < 0)
    index = intBinary(BinaryOp::Add, index, range->length);
  if (!index)
    return {};
  if (intSign(index) < 0 || intCompare(index, range->length) >= 0)
    return raise(indexErrorType, "range object index out of range");
  return itemAt(range, index);
}

/// Whether an int is one of the items; its index then.
bool findInt(RangeObject* range, Value item, bool& found, Ref& index) {
  found = false;
  bool isUp = intSign(range->step) > 0;
  bool isInside = isUp ? intCompare(item, range->start) >= 0 && intCompare(item, range->stop) < 0
                       : intCompare(item, range->start) <= 0 && intCompare(item, range->stop) > 0;
  if (!isInside)
    return true;
  PYC_TRY(offset, intBinary(BinaryOp::Sub, item, range->start));
  PYC_TRY(rest, intBinary(BinaryOp::Mod, offset, range->step));
  if (intSign(rest) != 0)
    return true;
  index = intBinary(BinaryOp::FloorDiv, offset, range->step);
  found = static_cast<bool>(index);
  return found;
}

bool isPlainInt(Value value) {
  return value.isInt() || hasShape(value, kShapeInt) || value.isBool();
}

bool rangeContains(Value self, Value item, bool& result) {
  RangeObject* range = asRange(self);
  if (isSmallRange(range) && item.isInt()) {
    int64_t value = item.asInt(), start = range->start.asInt(), stop = range->stop.asInt();
    int64_t step = range->step.asInt();
    bool isInside = step > 0 ? value >= start && value < stop : value <= start && value > stop;
    result = isInside && (value - start) % step == 0;
    return true;
  }
  if (isPlainInt(item)) {
    Ref index;
    return findInt(range, item, result, index);
  }
  result = false;
  bool completed = forEach(
      self, [&](Value candidate) { return equalItems(candidate, item, result) && !result; });
  return completed || !isRaised();
}

Ref index(const Value* args) {
  RangeObject* range = asRange(args[0]);
  if (isPlainInt(args[1])) {
    bool found;
    Ref position;
    if (!findInt(range, args[1], found, position))
      return {};
    return found ? std::move(position)
                 : Ref(raise(valueErrorType, "range.index(x): x not in range"));
  }
  int64_t position = -1;
  bool equal = false;
  bool completed = forEach(args[0], [&](Value candidate) {
    ++position;
    return equalItems(candidate, args[1], equal) && !equal;
  });
  if (equal)
    return makeInt(position);
  return completed ? Ref(raise(valueErrorType, "sequence.index(x): x not in sequence")) : Ref();
}

Ref count(const Value* args) {
  if (isPlainInt(args[1])) {
    bool found;
    if (!rangeContains(args[0], args[1], found))
      return {};
    return smallInt(found);
  }
  int64_t matches = 0;
  bool completed = forEach(args[0], [&](Value candidate) {
    bool equal = false;
    bool ok = equalItems(candidate, args[1], equal);
    matches += equal;
    return ok;
  });
  return completed ? makeInt(matches) : Ref();
}

Ref reversed(const Value* args) {
  RangeObject* range = asRange(args[0]);
  if (isSmallRange(range)) {
    int64_t step = range->step.asInt(), length = range->length.asInt();
    return makeRangeIterator(range->start.asInt() + (length - 1) * step, -step, length);
  }
  PYC_TRY(last, intBinary(BinaryOp::Sub, range->length, Value::fromInt(1)));
  PYC_TRY(start, itemAt(range, last));
  PYC_TRY(step, intBinary(BinaryOp::Sub, Value::fromInt(0), range->step));
  return makeLongRangeIterator(start, step, range->length);
}

Ref reduce(const Value* args) {
  RangeObject* range = asRange(args[0]);
  PYC_TRY(parts, tupleOf(range->start, range->stop, range->step));
  return tupleOf(&rangeType, parts);
}

Ref create(TypeObject*, const Value* args, size_t argc, Value kwnames) {
  if (!checkNoKeywords("range", kwnames) || !checkArgumentCount("range", argc, 1, 3))
    return {};
  if (argc == 1) {
    PYC_TRY(stop, exactIndex(args[0]));
    return makeRange(Value::fromInt(0), stop, Value::fromInt(1));
  }
  PYC_TRY(start, exactIndex(args[0]));
  PYC_TRY(stop, exactIndex(args[1]));
  PYC_TRY(step, argc == 3 ? exactIndex(args[2]) : smallInt(1));
  return makeRange(start, stop, step);
}

constexpr MethodDef kMethods[] = {
    {.signature = "__reversed__($self, /)", .bound = reversed, .doc = "A reverse iterator."},
    {.signature = "__reduce__($self, /)", .bound = reduce},
    {.signature = "count($self, object, /)",
     .bound = count,
     .doc = "Number of occurrences of a value."},
    {.signature = "index($self, object, /)",
     .bound = index,
     .doc = "Index of a value; ValueError if it is not present."},
};

constexpr MemberDef kMembers[] = {
    {"start", offsetof(RangeObject, start)},
    {"stop", offsetof(RangeObject, stop)},
    {"step", offsetof(RangeObject, step)},
};

} // namespace

constinit TypeObject rangeType = {
    .name = "range",
    .base = &objectType,
    .basicSize = sizeof(RangeObject),
    .flags = kTypeBuiltin | kTypeSequence,
    .methods = kMethods,
    .members = kMembers,
    .doc = "range(stop)\nrange(start, stop[, step])\n\nThe integers from start (0 when left out) "
           "up to stop, "
           "without stop itself, by step.",
    .slots = {.dealloc = dealloc,
              .repr = rangeRepr,
              .hash = rangeHash,
              .compare = rangeCompare,
              .iter = iterate,
              .create = create,
              .truth = rangeTruth,
              .length = lengthOf,
              .getItem = rangeGetItem,
              .contains = rangeContains},
};

} // namespace pyc::rt
