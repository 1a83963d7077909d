// Methods of list that native code knows.
#pragma once

#include "runtime/objects/list.h"

namespace pyc::rt {

/// list.append as the type's method table has it: args are the list and the item.
Ref listAppendMethod(const Value* args);

} // namespace pyc::rt
