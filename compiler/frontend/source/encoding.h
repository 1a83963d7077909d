// Encodings of source files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pyc {

enum class Encoding : uint8_t { Utf8, Latin1, Ascii, Windows1252, Unknown };

/// The name in the coding cookie (PEP 263) of a source, as Python normalises it; empty without a
/// cookie. Only a comment in the first two lines counts, the second only after a blank first.
std::string codingCookie(std::string_view bytes);

Encoding encodingNamed(std::string_view name);

/// The offset of the first byte of `text` that is not part of valid UTF-8, or npos.
size_t findInvalidUtf8(std::string_view text);

/// `bytes` as UTF-8; each has a character in `encoding`, which is Latin1 or Windows1252. The offset
/// of the first byte that has none goes to `undefinedAt`, else npos.
std::string decodeSingleByte(std::string_view bytes, Encoding encoding, size_t& undefinedAt);

} // namespace pyc
