// Conversions of long integer literals.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pyc {

/// The decimal digits as hexadecimal ones, lower case, without leading zeros.
std::string hexOfDecimal(std::string_view digits);

/// Hexadecimal digits (maybe with '-') of a value that fits 128 bits, as that value.
std::optional<__int128> smallOfHex(std::string_view text);
std::string hexOf(__int128 value);

} // namespace pyc
