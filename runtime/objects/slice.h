// slice objects, and what slices mean for a sequence of a length.
#pragma once

#include "runtime/base/slice_part.h"
#include "runtime/objects/type.h"

namespace pyc::rt {

struct SliceObject {
  Object header;
  Value start; // any objects, owned
  Value stop;
  Value step;
};

inline SliceObject* asSlice(Value value) {
  return value.as<SliceObject>();
}
inline bool isSlice(Value value) {
  return hasShape(value, kShapeSlice);
}

Ref makeSlice(Value start, Value stop, Value step);

/// A slice applied to a sequence: items start, start + step, ..., `count` of them.
struct SliceRange {
  int64_t start, stop, step, count;
};

/// A slice's parts as numbers, clipped to 64 bits; negative ones still count from the end. Runs
/// __index__; TypeError, and ValueError for step 0.
bool unpackSlice(Value slice, SliceRange& range);
/// A part as a number (slice_part.h).
inline int64_t slicePart(Value part) {
  return part.isInt() ? part.asInt() : part.isNone() ? kNoPart : kOtherPart;
}
/// Three such parts as a range that is not clipped yet; false for other parts, and step 0.
[[gnu::always_inline]] inline bool rangeOfParts(int64_t start, int64_t stop, int64_t step,
                                                SliceRange& range) {
  if (PYC_UNLIKELY(start == kOtherPart || stop == kOtherPart || step == kOtherPart || step == 0))
    return false;
  bool isBackwards = step < 0 && step != kNoPart;
  range.step = step == kNoPart ? 1 : step;
  range.start = start != kNoPart ? start : isBackwards ? INT64_MAX : 0;
  range.stop = stop != kNoPart ? stop : isBackwards ? INT64_MIN : INT64_MAX;
  range.count = 0;
  return true;
}
inline bool plainRange(const Value* parts, SliceRange& range) {
  return rangeOfParts(slicePart(parts[0]), slicePart(parts[1]), slicePart(parts[2]), range);
}
/// Adjusts unpacked parts to a sequence of `length` items; fills in count.
inline void clipSlice(SliceRange& range, int64_t length) {
  int64_t low = range.step < 0 ? -1 : 0, high = range.step < 0 ? length - 1 : length;
  for (int64_t* bound : {&range.start, &range.stop}) {
    if (*bound < 0) {
      *bound += length;
      if (*bound < low)
        *bound = low;
    } else if (*bound > high) {
      *bound = high;
    }
  }
  if (PYC_LIKELY(range.step == 1)) // no division
    range.count = range.start < range.stop ? range.stop - range.start : 0;
  else if (range.step < 0)
    range.count = range.stop >= range.start ? 0
                  : range.step == -1        ? range.start - range.stop
                                            : (range.start - range.stop - 1) / -range.step + 1;
  else
    range.count = range.start < range.stop ? (range.stop - range.start - 1) / range.step + 1 : 0;
}

/// object[start:stop:step] and its assignment; parts are these three. Objects other than the exact
/// built-in sequences get a slice object.
Ref getSlice(Value object, const Value* parts);
bool setSlice(Value object, const Value* parts, Value value);
/// Items [at, at + from.count) of a list become those of a range of another one, or the same; false
/// when that is more than copying them.
bool listCopyItems(struct ListObject* to, int64_t at, struct ListObject* source,
                   const SliceRange& from);
/// The items of a clipped range; what the types do for slices.
Ref listSliced(struct ListObject* list, const SliceRange& range);
Ref tupleSliced(struct TupleObject* tuple, const SliceRange& range);
Ref strSliced(struct StrObject* str, const SliceRange& range);
Ref bytesSliced(struct BytesObject* bytes, const SliceRange& range);
Ref byteArraySliced(struct ByteArrayObject* array, const SliceRange& range);
/// list[range] = value and bytearray[range] = value; the range is not clipped yet.
bool listAssignSlice(struct ListObject* list, SliceRange range, Value value);
bool byteArrayAssignSlice(struct ByteArrayObject* array, SliceRange range, Value value);

/// slice.indices(length) for a length of any size: a tuple of three ints.
Ref sliceIndices(SliceObject* slice, Value length);

/// An index as seq[index] means it: __index__, negative ones counted from the end. IndexError with
/// `message` when out of range; a TypeError as CPython's "list indices must be integers or slices,
/// not str" for other types, where `type` is the word it begins with.
bool sequenceIndex(Value index, int64_t length, int64_t& result, const char* type,
                   const char* message);

} // namespace pyc::rt
