// The main thread's stack: a large stretch of address space, so that deep recursion through native
// code and the runtime's own functions works up to the limits that a program sets
// (sys.setrecursionlimit).
#pragma once

#include <utility>

namespace pyc::rt {

/// Runs body(argument) on the main stack and returns its result.
int runOnMainStack(int (*body)(void*), void* argument);

template <class Body> int onMainStack(Body&& body) {
  return runOnMainStack([](void* argument) { return (*static_cast<Body*>(argument))(); },
                        const_cast<void*>(static_cast<const void*>(&body)));
}

/// Tells the runtime where this thread's stack ends; after initRuntime, on the main stack.
void adoptMainStack();

} // namespace pyc::rt
