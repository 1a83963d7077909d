// A thread that writes the profile while the program goes on: on SIGUSR1, at an interval, and on
// SIGTERM, of which the process dies then. A program's own handlers of these signals have
// precedence.
#pragma once

namespace pyc::profile {

/// `interval` in seconds; 0: none. `write` is called on the watcher's thread. Main thread only.
void startWatching(double interval, void (*write)());
/// Waits until the watcher has ended; signals mean again what they meant before.
void stopWatching();
/// In a fork's child: its parent's watcher is not there; begins again.
void rewatch();

} // namespace pyc::profile
