// How many columns text takes on a terminal, for placing carets under it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pyc::rt {

unsigned displayWidth(char32_t c);
size_t displayWidth(std::u32string_view text);

} // namespace pyc::rt
