// Names of places in Python code, for reports.
#pragma once

#include "runtime/objects/code.h"

#include <string>

namespace pyc::rt {

/// "prog.py:12 f": a line of a code; the file without folders. A line below 1 is left out.
std::string placeName(const CodeObject* code, int line);

/// The program with the native code; null: there is none.
extern const struct NativeProgram* sampledProgram;

/// The function whose native code is at this address: "prog.py f".
std::string nativePlace(uintptr_t address);

} // namespace pyc::rt
