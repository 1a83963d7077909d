// sys.stdin, sys.stdout, sys.stderr; and print()'s way to them.
#pragma once

#include "runtime/objects/module.h"

#include <string_view>

namespace pyc::rt {

/// Adds the three streams to sys; each is None where its file descriptor is closed.
bool addStandardStreams(ModuleObject* sys);
/// file.write(text) for any file; text streams of ours without a call of Python's method.
bool writeToFile(Value file, Value text);
bool flushFile(Value file);
/// To sys.stderr; never raises. To the file descriptor when there is no stream or it fails.
void writeStandardError(Value text);
/// At the end: false when what was printed could not be written.
bool flushStandardStreams();

} // namespace pyc::rt
