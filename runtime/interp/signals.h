// Signals as Python sees them: the C handler notes the signal and requests a poll; the Python
// handler runs at the next poll of the main thread.
#pragma once

#include "runtime/memory/refcount.h"

namespace pyc::rt {

/// SIGINT raises KeyboardInterrupt, SIGPIPE is ignored. Once, on the main thread.
void installSignalHandlers();
/// Runs what is pending; false when a handler raised. Without effect on other threads.
bool runSignalHandlers();
/// signal.signal: a callable, or SIG_DFL (0) and SIG_IGN (1) as ints. Returns the old one.
Ref setSignalHandler(int number, Value handler);
Ref signalHandler(int number);
bool signalsPending();

} // namespace pyc::rt
