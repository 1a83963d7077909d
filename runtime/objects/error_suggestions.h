// "Did you mean ...?" at the end of the messages of AttributeError, NameError and ImportError.
#pragma once

#include "runtime/objects/exception.h"

#include <string>

namespace pyc::rt {

/// What is to be added to an exception's message (UTF-8), mostly nothing. May replace the whole
/// message: `text` holds it. Never raises.
void addSuggestion(std::string& text, Value exception);

} // namespace pyc::rt
