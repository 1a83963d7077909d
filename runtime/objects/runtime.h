// Start and end of the runtime as a whole.
#pragma once

namespace pyc::rt {

/// Makes the runtime usable on this thread, the main one: shapes, heaps, the thread's identity.
/// Before anything else of the runtime; further calls do nothing.
void initRuntime();
/// The same for a further thread, and its end. False when there are too many threads.
bool initThread();
void endThread();

} // namespace pyc::rt
