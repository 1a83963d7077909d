// Arguments that are a C unsigned int in CPython: the lowest 32 bits of an int.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

/// A null argument leaves `result` as it is. What 32 bits can't hold is deprecated.
inline bool maskArgument(Value argument, uint32_t& result) {
  if (!argument)
    return true;
  PYC_TRY(number, toIndex(argument));
  int64_t value;
  bool fits = intFits64(number, value) && value >= INT32_MIN && value <= UINT32_MAX;
  if (!fits && !warn(deprecationWarningType, 1, "integer value out of range"))
    return false;
  IntView view(number);
  auto low = static_cast<uint32_t>(view.low());
  result = view.negative ? 0 - low : low;
  return true;
}

} // namespace pyc::rt
