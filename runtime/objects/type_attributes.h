// Parts of type's behaviour that others build on.
#pragma once

#include "runtime/objects/str.h"

namespace pyc::rt {

/// type.__setattr__ and __delattr__.
bool typeSetAttr(Value self, StrObject* name, Value value);

/// "__name__"
bool isSpecialName(const StrObject* name);

} // namespace pyc::rt
