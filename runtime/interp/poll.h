// Polls: at function entries and loop back-edges a thread looks whether something wants its
// attention (a signal, another thread that stops the world, the collector).
#pragma once

#include "runtime/threads/thread_state.h"

namespace pyc::rt {

/// Requests stand as a stack limit that no stack pointer reaches.
inline bool isPollRequested(const ThreadState& thread) {
  return static_cast<intptr_t>(thread.stackLimit) < 0;
}
/// From any thread or a signal handler.
void requestPoll(ThreadState& thread);
/// Does what was asked for: false when a signal's handler raised.
bool poll();

} // namespace pyc::rt
