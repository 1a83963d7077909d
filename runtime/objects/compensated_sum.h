// Summation of floats with Neumaier's compensation (A. Neumaier, ZAMM 54, 1974), so that the result
// is the rounded exact sum in nearly all cases; sum() of CPython does so since 3.12.
#pragma once

#include <cmath>

namespace pyc::rt {

struct CompensatedSum {
  double high = 0, low = 0;

  void add(double x) {
    double sum = high + x;
    low += std::fabs(high) >= std::fabs(x) ? (high - sum) + x : (x - sum) + high;
    high = sum;
  }
  double value() const {
    // A sum that left the finite numbers has no use for a compensation, which is a NaN then.
    return low != 0 && std::isfinite(low) ? high + low : high;
  }
};

} // namespace pyc::rt
