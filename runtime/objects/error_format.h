// The format engine behind raise() and formatText(): printf's conversions and those for Values.
#pragma once

#include "runtime/objects/errors.h"

#include <cstdarg>
#include <string>

namespace pyc::rt {

/// Appends the formatted text as WTF-8. False when str() or repr() of an argument raised.
bool formatErrorText(std::string& out, const char* format, va_list arguments);

/// The same as a str. Null with MemoryError, or with what str() or repr() raised.
Ref formatMessage(const char* format, va_list arguments);

/// module.qualname of a type, without the module for builtins and __main__ (messages of CPython
/// that use %T do so).
void appendFullTypeName(std::string& out, TypeObject* type);

} // namespace pyc::rt
