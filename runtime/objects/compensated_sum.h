// Summation of floats with Neumaier's compensation (A. Neumaier, ZAMM 54, 1974), so that the result
// is the rounded exact sum in nearly all cases; sum() of CPython does so since 3.12.
#pragma once

#include <cmath>

namespace pyc::rt {

struct CompensatedSum {
  double high = 0, low = 0;

  void add(double x) {
    // The error is exact either way; Knuth's form (The Art of Computer Programming 2, 4.2.2,
    // theorem B) needs no comparison of the two. Both are no number once the sum is not finite.
    double sum = high + x;
    double part = sum - high;
    low += (high - (sum - part)) + (x - part);
    high = sum;
  }
  double value() const {
    // A sum that left the finite numbers has no use for a compensation, which is a NaN then.
    return low != 0 && std::isfinite(low) ? high + low : high;
  }
};

} // namespace pyc::rt
