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

/// to[toParts] = from[fromParts]. Inlined: a[i:j] = a[j-1:i-1:-1].
PYC_FAST bool pyc_copy_slice(Value* toParts, Value to, Value* fromParts, Value from) {
  SliceRange target, range;
  if (PYC_LIKELY(hasShape(to, kShapeList) && hasShape(from, kShapeList) &&
                 plainRange(toParts, target) && plainRange(fromParts, range))) {
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
  }
  return pyc_slow_copy_slice(toParts, to, fromParts, from);
}
}

} // namespace pyc::rt
