// Sorting raw arrays of numbers.
#pragma once

#include <cstdint>

namespace pyc::rt {

/// In ascending order. False when memory is out; the array holds the same numbers then.
bool sortInts(int64_t* items, int64_t count);
/// In ascending order, stable where it matters (zeros have two signs). There must be no NaN.
bool sortDoubles(double* items, int64_t count);

} // namespace pyc::rt
