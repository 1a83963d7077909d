// Signals as Python sees them: the C handler notes the signal and requests a poll; the Python
// handler runs at the next poll of the main thread.
#pragma once

#include "runtime/memory/refcount.h"

namespace pyc::rt {

/// SIGINT raises KeyboardInterrupt, SIGPIPE is ignored. Once, on the main thread.
void installSignalHandlers();
/// Runs what is pending; false when a handler raised. Without effect on other threads.
bool runSignalHandlers();
/// What SIG_DFL means to this process from now on: a C handler, which Python code does not see, or
/// null: the system's own action. Not when the program has another handler.
void setDefaultAction(int number, void (*action)(int));
/// signal.signal: a callable, or SIG_DFL (0) and SIG_IGN (1) as ints. Returns the old one, None
/// when it is not Python's; OSError.
Ref setSignalHandler(int number, Value handler);
Ref signalHandler(int number);
bool signalsPending();
/// Whether SIGINT still has the handler of the start, which raises KeyboardInterrupt.
bool interruptRaises();
bool isMainThread();
/// As if the signal had arrived (_thread.interrupt_main).
void simulateSignal(int number);
/// signal.set_wakeup_fd: -1 for none. Returns the old one. `reportsFull`: a write that would block
/// is reported, too.
int setSignalWakeupFd(int fd, bool reportsFull);

} // namespace pyc::rt
