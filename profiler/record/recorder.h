// Records a profile while the interpreter runs: every instruction goes through a handler that
// looks at its registers first. Nothing of it is in a program that is not instrumented.
//
// Each thread counts for itself, in saturating 32-bit counters; the sums are made when a profile is
// asked for.
#pragma once

#include "profiler/format/profile.h"

#include <cstdint>

namespace pyc::profile {

/// From now on every instruction that the interpreter begins is recorded. Once, when the runtime is
/// ready and before the program runs.
void startRecording();

/// What was recorded so far. Other threads may go on meanwhile: their latest counts may be missing.
Profile recorded();

} // namespace pyc::profile
