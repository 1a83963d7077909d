// Encodings of source files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pyc {

/// What a source's bytes are. Those with several bytes a character, but for UTF-8, are not known.
struct Encoding {
  enum Kind : uint8_t { Utf8, Ascii, SingleByte, Unknown };
  Kind kind = Unknown;
  /// Of SingleByte: the code points of bytes 0x80 to 0xFF; 0 where there is none.
  const uint16_t* upperHalf = nullptr;
};

/// The name in the coding cookie (PEP 263) of a source, as Python normalises it; empty without a
/// cookie. Only a comment in the first two lines counts, the second only after a blank first.
std::string codingCookie(std::string_view bytes);

Encoding encodingNamed(std::string_view name);

/// The offset of the first byte of `text` that is not part of valid UTF-8, or npos.
size_t findInvalidUtf8(std::string_view text);

/// `bytes` as UTF-8; each has a character in `encoding`, which is SingleByte. The offset
/// of the first byte that has none goes to `undefinedAt`, else npos.
std::string decodeSingleByte(std::string_view bytes, Encoding encoding, size_t& undefinedAt);

} // namespace pyc
