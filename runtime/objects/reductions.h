// Built-in functions that native code runs in line and leaves in the middle.
//
// sum(), list(), max() and the like over a generator: the interpreter calls again, with one of
// these in the place of the function, and what the generator has left. enumerate() and zip() in a
// for loop: the interpreter goes on with the iterator.
#pragma once

#include "runtime/memory/refcount.h"

#include <span>

namespace pyc::rt {

/// What `function` is called as. `state` is copied:
///   sum of ints: the total; of floats: CompensatedSum's two numbers and whether there was an item;
///   min and max: the best item so far and whether there was one;
///   behind that, for sum, min, max, any and all, maybe an item that was taken and has not been
///   looked at;
///   others, which make a list or a set first: the list or set so far.
/// Or the iterator that enumerate or zip made:
///   enumerate: what it iterates over, and the next index
///   zip: the number of iterators, these, and maybe the items that the first ones gave
Ref resumedReduction(Value function, std::span<const Value> state);

/// resumedReduction by function.
Ref resumedSum(std::span<const Value> state);
Ref resumedSearch(bool forTruth, Value item);
Ref resumedExtreme(bool isMin, std::span<const Value> state);
Ref resumedEnumerate(std::span<const Value> state);
Ref resumedZip(std::span<const Value> state);

} // namespace pyc::rt
