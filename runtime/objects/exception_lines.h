// The last lines of a printed exception: its type and message, its notes; for a SyntaxError the
// place before them.
#pragma once

#include "runtime/objects/exception.h"

#include <string>
#include <vector>

namespace pyc::rt {

/// Appends the lines, each with its newline (one string may have several). Never raises.
void appendExceptionLines(std::vector<std::string>& out, Value exception);

} // namespace pyc::rt
