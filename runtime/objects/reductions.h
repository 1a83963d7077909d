// sum(), any() and all() over a generator expression that native code has inlined and leaves in the
// middle: the interpreter calls again, with one of these in the place of the function, and what
// the generator has left.
#pragma once

#include "runtime/memory/refcount.h"

#include <span>

namespace pyc::rt {

/// What `function` (sum, any or all) is called as. `state` is copied:
///   sum of ints: the total; of floats: CompensatedSum's two numbers and whether there was an item;
///   behind that, for all of them, maybe an item that was taken and has not been looked at.
Ref resumedReduction(Value function, std::span<const Value> state);

/// resumedReduction by function.
Ref resumedSum(std::span<const Value> state);
Ref resumedSearch(bool forTruth, Value item);

} // namespace pyc::rt
