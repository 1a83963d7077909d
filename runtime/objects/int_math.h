// Number theory of ints: what math.integer offers. Arguments are ints (or bools, subclasses).
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// Greatest common divisor, never negative.
Ref intGcd(Value a, Value b);
/// Floor of the square root; the argument is not negative.
Ref intSqrt(Value number);
/// number! ; MemoryError beyond all measure.
Ref intFactorial(uint64_t number);
/// n * (n - 1) * ... of `count` factors; n >= count.
Ref intFallingProduct(Value n, uint64_t count);
/// n over k; n >= k.
Ref intBinomial(Value n, uint64_t k);
/// The number as fraction * 2 ** exponent, the fraction rounded to even, in [0.5, 1) or 0 (signed).
double intFrexp(Value integer, int64_t& exponent);

} // namespace pyc::rt
