// Text that grows at its end (s += t), where the caller's reference to it ends.
#pragma once

#include "runtime/objects/str.h"

namespace pyc::rt {

/// `a + b`, in a's own memory when nobody else has a. Takes over the caller's count of `a`, when it
/// succeeds; `a` is an exact str.
Ref strAppendTaking(Value a, Value b);

} // namespace pyc::rt
