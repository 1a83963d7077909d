// Functions that native code calls without counting them.
//
// Native code finds most of what it calls in a class or a module, which hold it. Counting it for
// the length of the call would be two changes of one word in memory for each call. Instead a
// function that dies looks whether its native code runs: then it stays until that has ended.
// Nothing else needs it after the call, and between the look-up and the call no code runs.
//
// What native code is running is known of the thread that asks, and only one runs Python code.
#pragma once

#include "runtime/objects/function.h"

namespace pyc::rt {

/// The function may be called without a count: set in functions of modules and of their classes
/// when they are made, in others when a cell of native code takes them.
inline constexpr uint8_t kFunctionBorrowed = kObjectUserFlag;

inline void noteBorrowed(Value function) {
  function.object()->flags |= kFunctionBorrowed;
}

inline bool isBorrowedFunction(const Object* object) {
  return shapeOf(object)->type == &functionType && (object->flags & kFunctionBorrowed);
}

/// Whether a function of this code runs natively in this thread. Set by the interpreter at its
/// start.
extern bool (*runsNatively)(const CodeObject* code);

/// Whether a function that nobody counts any more is still running: then it is alive again, and
/// counted by the list that releaseEndedFunctions() looks through.
bool outlivesItsCount(FunctionObject* function);

/// Whether the cycle collector has to leave the function as it is, for it is running.
inline bool isRunningBorrowed(const FunctionObject* function) {
  return (function->header.flags & kFunctionBorrowed) && function->nativeCode &&
         runsNatively(function->nativeCode);
}

/// Whether there are functions that outlived their counts.
extern bool someOutliveTheirCounts;
void releaseEndedFunctionsSlow();
/// Lets go of the functions that outlived their counts and run no more. For those who could see
/// that they are still there.
inline void releaseEndedFunctions() {
  if (PYC_UNLIKELY(someOutliveTheirCounts))
    releaseEndedFunctionsSlow();
}

} // namespace pyc::rt
