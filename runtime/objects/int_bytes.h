// Ints as bytes of two's complement, least significant first.
#pragma once

#include "runtime/objects/type.h"

#include <string>
#include <string_view>

namespace pyc::rt {

/// The fewest bytes that hold the number with its sign; none for 0.
void intToLittle(Value integer, std::string& out);
/// The number that bytes are. Null with MemoryError.
Ref intFromLittle(std::string_view bytes, bool isSigned);

} // namespace pyc::rt
