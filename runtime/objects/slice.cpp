#include "runtime/objects/slice.h"

#include "runtime/objects/arguments.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/fast_alloc.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/sequence.h"
#include "runtime/objects/tuple_hash.h"

#include <cstddef>

namespace pyc::rt {

namespace {

bool isIndex(Value value) {
  return value.isInt() || typeOf(value)->slots.index;
}

/// One part as a number clipped to 64 bits; null None means that it was left out.
bool unpackPart(Value part, int64_t fallback, int64_t& result) {
  if (part.isInt()) {
    result = part.asInt();
    return true;
  }
  if (part.isNone()) {
    result = fallback;
    return true;
  }
  if (!isIndex(part))
    return raise(typeErrorType, "slice indices must be integers or have an __index__ method");
  return toInt64(part, result);
}

} // namespace

Ref makeSlice(Value start, Value stop, Value step) {
  auto* slice = reinterpret_cast<SliceObject*>(allocFast<true>(&sliceType, sizeof(SliceObject)));
  if (!slice)
    return {};
  slice->start = Ref::copy(start).release();
  slice->stop = Ref::copy(stop).release();
  slice->step = Ref::copy(step).release();
  return Ref::steal(slice);
}

bool unpackSlice(Value value, SliceRange& range) {
  SliceObject* slice = asSlice(value);
  if (!unpackPart(slice->step, 1, range.step))
    return false;
  if (range.step == 0)
    return raise(valueErrorType, "slice step cannot be zero");
  if (range.step == INT64_MIN) // so that -step is a number
    range.step = -INT64_MAX;
  range.count = 0;
  return unpackPart(slice->start, range.step < 0 ? INT64_MAX : 0, range.start) &&
         unpackPart(slice->stop, range.step < 0 ? INT64_MIN : INT64_MAX, range.stop);
}

bool sequenceIndex(Value index, int64_t length, int64_t& result, const char* type,
                   const char* message) {
  if (PYC_LIKELY(index.isInt()))
    result = index.asInt();
  else if (!isIndex(index))
    return raise(typeErrorType, "%s indices must be integers or slices, not %T", type, index);
  else if (!toInt64(index, result, &indexErrorType))
    return false;
  if (result < 0)
    result += length;
  if (PYC_LIKELY(static_cast<uint64_t>(result) < static_cast<uint64_t>(length)))
    return true;
  return raise(indexErrorType, "%s", message);
}

namespace {

void dealloc(Object* self) {
  auto* slice = reinterpret_cast<SliceObject*>(self);
  decrefMaybe(slice->step);
  decrefMaybe(slice->start);
  decrefMaybe(slice->stop);
  freeFast<true>(self);
}

void traverse(Object* self, Visitor& visitor) {
  auto* slice = reinterpret_cast<SliceObject*>(self);
  for (Value part : {slice->start, slice->stop, slice->step})
    if (part)
      visitor.visit(part);
}

Ref sliceRepr(Value self) {
  SliceObject* slice = asSlice(self);
  return formatText("slice(%R, %R, %R)", slice->start, slice->stop, slice->step);
}

bool sliceHash(Value self, int64_t& result) {
  SliceObject* slice = asSlice(self);
  const Value parts[] = {slice->start, slice->stop, slice->step};
  TupleHash state;
  for (Value part : parts) {
    int64_t lane;
    if (!hash(part, lane))
      return false;
    state.add(lane);
  }
  result = state.finishUnsized();
  return true;
}

Ref sliceCompare(Value self, Value other, CompareOp op) {
  if (!isSlice(other))
    return Ref::notImplemented();
  SliceObject *a = asSlice(self), *b = asSlice(other);
  if (a == b)
    return Ref::boolean(op == CompareOp::Eq || op == CompareOp::Le || op == CompareOp::Ge);
  PYC_TRY(left, tupleOf(a->start, a->stop, a->step));
  PYC_TRY(right, tupleOf(b->start, b->stop, b->step));
  return compare(op, left, right);
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  if (!checkNoKeywords("slice", kwnames) || !checkArgumentCount("slice", argc, 1, 3))
    return {};
  if (argc == 1)
    return makeSlice(Value::none(), args[0], Value::none());
  return makeSlice(args[0], args[1], argc == 3 ? args[2] : Value::none());
}

/// A part as an int of any size.
Ref clipBig(Value part, Value length, Value low, Value high, Value fallback) {
  if (part.isNone())
    return Ref::copy(fallback);
  if (!isIndex(part))
    return raise(typeErrorType,
                 "slice indices must be integers or None or have an __index__ method");
  PYC_TRY(index, exactIndex(part));
  if (intSign(index) < 0) {
    PYC_TRY(shifted, intBinary(BinaryOp::Add, index, length));
    return intCompare(shifted, low) < 0 ? Ref::copy(low) : std::move(shifted);
  }
  return intCompare(index, high) > 0 ? Ref::copy(high) : std::move(index);
}

} // namespace

Ref sliceIndices(SliceObject* slice, Value length) {
  Ref step = Ref::number(Value::fromInt(1));
  if (!slice->step.isNone()) {
    if (!isIndex(slice->step))
      return raise(typeErrorType,
                   "slice indices must be integers or None or have an __index__ method");
    step = exactIndex(slice->step);
    if (!step)
      return {};
    if (intSign(step) == 0)
      return raise(valueErrorType, "slice step cannot be zero");
  }
  Ref low = Ref::number(Value::fromInt(0)), high = Ref::copy(length);
  if (intSign(step) < 0) {
    low = Ref::number(Value::fromInt(-1));
    high = intBinary(BinaryOp::Add, length, low);
    if (!high)
      return {};
  }
  bool isDown = intSign(step) < 0;
  PYC_TRY(start, clipBig(slice->start, length, low, high, isDown ? high : low));
  PYC_TRY(stop, clipBig(slice->stop, length, low, high, isDown ? low : high));
  return tupleOf(start, stop, step);
}

namespace {

Ref indices(const Value* args) {
  SliceObject* slice = asSlice(args[0]);
  PYC_TRY(length, toIndex(args[1]));
  if (intSign(length) < 0)
    return raise(valueErrorType, "length should not be negative");
  return sliceIndices(slice, length);
}

Ref reduce(const Value* args) {
  SliceObject* slice = asSlice(args[0]);
  PYC_TRY(parts, tupleOf(slice->start, slice->stop, slice->step));
  return tupleOf(&sliceType, parts);
}

constexpr MethodDef kMethods[] = {
    {.signature = "indices($self, object, /)",
     .bound = indices,
     .doc = "The numbers (start, stop, step) that the slice means for a sequence of a length."},
    {.signature = "__reduce__($self, /)", .bound = reduce},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class},
};

constexpr MemberDef kMembers[] = {
    {"start", offsetof(SliceObject, start)},
    {"stop", offsetof(SliceObject, stop)},
    {"step", offsetof(SliceObject, step)},
};

} // namespace

constinit TypeObject sliceType = {
    .name = "slice",
    .base = &objectType,
    .basicSize = sizeof(SliceObject),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kMethods,
    .members = kMembers,
    .doc = "slice(stop)\nslice(start, stop[, step])\n\nA slice object, as in a[0:10:2].",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .repr = sliceRepr,
              .hash = sliceHash,
              .compare = sliceCompare,
              .create = create},
};

} // namespace pyc::rt
