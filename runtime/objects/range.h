// range: start, stop and step are ints of any size. A range of small ints is told by its shape and
// all its parts being small (isSmallRange).
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

struct RangeObject {
  Object header;
  Value start; // ints, owned
  Value stop;
  Value step;   // not 0
  Value length; // number of items
};

inline RangeObject* asRange(Value value) {
  return value.as<RangeObject>();
}
inline bool isRange(Value value) {
  return hasShape(value, kShapeRange);
}

/// Whether every part is a small int, and with it every item.
inline bool isSmallRange(const RangeObject* range) {
  return range->start.isInt() && range->stop.isInt() && range->step.isInt();
}

/// Number of items of range(start, stop, step); all within 2^62, step not 0.
inline int64_t rangeLength(int64_t start, int64_t stop, int64_t step) {
  if (step > 0)
    return start < stop ? (stop - start - 1) / step + 1 : 0;
  return start > stop ? (start - stop - 1) / -step + 1 : 0;
}

/// range(start, stop, step) of ints (exact; bools and subclasses converted before).
/// ValueError for step 0.
Ref makeRange(Value start, Value stop, Value step);
/// iter(range).
Ref rangeIterator(RangeObject* range);
/// An iterator of `count` ints of any size.
Ref makeLongRangeIterator(Value start, Value step, Value count);
/// Number of items of range(start, stop, step) of ints of any size.
Ref rangeLength(Value start, Value stop, Value step);

} // namespace pyc::rt
