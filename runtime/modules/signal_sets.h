// Sets of signals as arguments and results.
#pragma once

#include "runtime/memory/refcount.h"

#include <signal.h>

namespace pyc::rt {

/// A number of a signal; ValueError "signal number out of range [1; 64]".
bool signalNumberArg(Value argument, int& number);
/// An iterable of signal numbers.
bool signalSetArg(Value argument, sigset_t& signals);
/// As a set of ints.
Ref makeSignalSet(const sigset_t& signals);

} // namespace pyc::rt
