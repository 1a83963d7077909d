// Operators of ints of at most 128 bits, as hashes and random numbers compute with: in the
// processor's registers, without GMP and without asking types for slots.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// a op b into `result` (null: MemoryError), where both are exact ints of at most 128 bits and so
/// is the result. False, with nothing done, for all else.
bool shortIntBinary(BinaryOp op, Value a, Value b, Ref& result);

inline bool isExactInt(Value value) {
  return value.isInt() || hasShape(value, kShapeInt);
}

} // namespace pyc::rt
