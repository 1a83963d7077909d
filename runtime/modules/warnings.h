// Warnings that the runtime issues itself. The module `warnings` decides what becomes of them once
// it is loaded; before that its default filters apply.
#pragma once

#include "runtime/objects/errors.h"

namespace pyc::rt {

/// ErrorHooks::warn. `stackLevel` 1 is the innermost Python frame.
bool issueWarning(TypeObject* category, int stackLevel, Value message);

} // namespace pyc::rt
