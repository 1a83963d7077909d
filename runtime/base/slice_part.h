// The parts of a slice as numbers: what the compiler knows of them, and what clips them.
#pragma once

#include <cstdint>

namespace pyc::rt {

/// Small ints are themselves.
inline constexpr int64_t kNoPart = INT64_MIN;        // None
inline constexpr int64_t kOtherPart = INT64_MIN + 1; // what may raise or run code

} // namespace pyc::rt
