// Copies from list to list by slices: part of fast_entry.cpp.
#pragma once

#include "runtime/abi/fast_parts.h"
#include "runtime/objects/slice.h"

namespace pyc::rt {

/// Whether a slice of a list of ints or floats is read backwards to where it lies. The ranges are
/// clipped.
[[gnu::always_inline]] inline bool isReversalOfNumbers(Value to, const SliceRange& target,
                                                       Value from, const SliceRange& range) {
  return to == from && target.step == 1 && range.step == -1 && target.count == range.count &&
         range.start == target.start + target.count - 1 &&
         (asList(to)->storage == ListStorage::Ints || asList(to)->storage == ListStorage::Floats);
}

extern "C" {

PYC_FAST int64_t pyc_slice_part(Value part) {
  return slicePart(part);
}

/// to[toStart:toStop:toStep] = from[fromStart:fromStop:fromStep] where both are lists and items are
/// copied one by one; false with nothing done for all else. Inlined: a[i:j] = a[j-1:i-1:-1].
PYC_FAST bool pyc_copy_slice(Value to, int64_t toStart, int64_t toStop, int64_t toStep, Value from,
                             int64_t fromStart, int64_t fromStop, int64_t fromStep) {
  SliceRange target, range;
  if (PYC_UNLIKELY(!hasShape(to, kShapeList) || !hasShape(from, kShapeList) ||
                   !rangeOfParts(toStart, toStop, toStep, target) ||
                   !rangeOfParts(fromStart, fromStop, fromStep, range)))
    return false;
  clipSlice(target, asList(to)->count);
  clipSlice(range, asList(from)->count);
  if (PYC_LIKELY(isReversalOfNumbers(to, target, from, range))) {
    int64_t *low = asList(to)->ints() + target.start, *high = low + target.count - 1;
#pragma clang loop vectorize(disable) unroll(disable)
    for (; low < high; ++low, --high) {
      int64_t item = *low;
      *low = *high;
      *high = item;
    }
    return true;
  }
  // Copies, so that those above stay in registers.
  SliceRange clippedTarget = target, clippedRange = range;
  return pyc_slow_copy_slice(to, &clippedTarget, from, &clippedRange);
}
}

} // namespace pyc::rt
