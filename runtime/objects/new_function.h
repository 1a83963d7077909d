// X.__new__ of a built-in type X, called without a way around.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// X.__new__(*window[1..argc]), where `owner` (ownerOfNewFunction) is X. Overwrites window[0].
Ref callNewFunction(TypeObject* owner, Value* window, size_t argc);

} // namespace pyc::rt
