// Warnings that the runtime issues itself, and those of warnings.warn(): they differ in who asks.
#pragma once

#include "runtime/modules/warning_filters.h"

namespace pyc::rt {

struct TupleObject;

/// ErrorHooks::warn. `stackLevel` 1 is the innermost Python frame.
bool issueWarning(TypeObject* category, int stackLevel, Value message);

/// What warnings._warn_unawaited_coroutine() does, if `warnings` is loaded (unawaitedReporter).
bool reportUnawaited(Value coroutine);

/// The place of a frame: 1 is the innermost one. `prefixes`, which may be null: names of files
/// (strs) that begin so are not counted.
bool findWarningPlace(int64_t level, TupleObject* prefixes, WarningPlace& place);

} // namespace pyc::rt
