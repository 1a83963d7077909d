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

/// What was recorded so far. From any thread. Others may go on meanwhile: their latest counts may
/// be missing.
Profile recorded();

/// Sets all counters to zero: a fork's child begins anew.
void forgetRecorded();
/// Around a fork: nobody changes the tables in between.
void lockRecords();
void unlockRecords();

/// A number made from the main module's code; 0 before that runs.
uint64_t programHash();

} // namespace pyc::profile
