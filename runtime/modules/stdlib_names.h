// Names of the standard library's modules.
#pragma once

#include "runtime/memory/refcount.h"

#include <string_view>

namespace pyc::rt {

/// frozenset of all of them.
Ref stdlibModuleNames();
bool isStdlibModule(std::string_view name);

} // namespace pyc::rt
