// How full the table of interned strings is.
#pragma once

#include <cstdint>

namespace pyc::rt {

/// Interned strings, without the static ones.
int64_t internedCount();

} // namespace pyc::rt
