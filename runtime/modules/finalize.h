// The end of the interpreter.
#pragma once

#include "runtime/memory/refcount.h"

namespace pyc::rt {

/// atexit.register's work: called in reverse order at the end.
bool registerAtExit(Value function, Value args, Value kwargs);
void unregisterAtExit(Value function);
void clearAtExit();
void runAtExit();
int64_t atExitCount();

/// Runs the atexit functions, clears the modules' namespaces, flushes the streams. False when
/// output was lost.
bool finalizeInterpreter();

} // namespace pyc::rt
