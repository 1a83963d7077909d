// Names of Unicode characters, for "\N{...}" in literals, the namereplace error handler and
// unicodedata. The tables are made at build time from names.txt.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pyc {

/// The character's name; false where it has none.
bool unicodeName(uint32_t codePoint, std::string& name);

/// The character of a name or alias, in any case; false where there is none.
bool unicodeByName(std::string_view name, uint32_t& codePoint);

} // namespace pyc
