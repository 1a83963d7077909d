// Objects whose shared count fell below zero wait here for their owner, who alone may read their
// local count, to merge the two.
#pragma once

#include "runtime/memory/object.h"
#include "runtime/threads/thread_state.h"

namespace pyc::rt {

/// Hands the object, and one reference to it, to its owner; merges at once when the owner is gone.
void queueMerge(Object* object);

/// Adds `extra` to the counts and moves them all to sharedCount; deallocates when nothing is left.
/// Only by the owner, or when the owner has ended.
void mergeCounts(Object* object, int32_t extra);

/// Calls f for every registered thread. None may come or go meanwhile: the world is stopped.
void eachThread(void (*f)(ThreadState& thread, void* context), void* context);

} // namespace pyc::rt
