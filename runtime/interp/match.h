// Meanings of the pattern matching uops (PEP 634). A null Ref is an error, None "no match".
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// Tuple of the subject's values for a tuple of keys.
Ref matchKeys(Value subject, Value keys);
/// Tuple of `count` attributes by __match_args__, then those named in a tuple.
Ref matchClass(Value subject, Value cls, unsigned count, Value names);
/// A new dict of the subject's items without a tuple of keys.
Ref copyWithoutKeys(Value subject, Value keys);

} // namespace pyc::rt
