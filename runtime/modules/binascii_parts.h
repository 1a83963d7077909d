// The module binascii: parts that its files share.
//
//   binascii.cpp       the module, hexadecimal digits, check sums
//   binascii_bits.cpp  base64 and base32
//   binascii_85.cpp    Ascii85 and Base85
//   binascii_mail.cpp  quoted-printable and uuencode
#pragma once

#include "runtime/modules/exception_type.h"
#include "runtime/objects/buffer.h"

#include <string>
#include <string_view>

namespace pyc::rt {

extern constinit TypeObject binasciiErrorType;

/// What is to be decoded, for the length of a scope: a buffer, or a str of ASCII characters.
class EncodedInput {
public:
  bool open(Value argument);
  std::string_view get() const { return text_; }

private:
  BytesLike bytes_;
  std::string_view text_;
};

/// The characters that a decoder leaves out.
class IgnoredChars {
public:
  /// A null argument: none.
  bool open(Value argument);
  bool has(unsigned char c) const { return table_[c]; }

private:
  bool table_[256] = {};
};

/// A wrapcol argument; 0 without one.
bool wrapArgument(Value argument, uint64_t& width);
/// Cuts a text in lines of `width` characters (0: one line).
std::string wrapText(std::string_view text, uint64_t width);
/// Lines of whole groups only: the greatest multiple of `group`, but at least one group.
inline uint64_t wholeGroups(uint64_t width, uint64_t group) {
  return width == 0 ? 0 : width < group ? group : width - width % group;
}
/// The alphabet of an encoder (a buffer) or decoder (bytes) of so many characters.
bool alphabetArgument(Value argument, size_t size, std::string& alphabet);
bool decoderAlphabet(const char* function, Value argument, size_t size, std::string& alphabet);

inline constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
inline constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
inline constexpr std::string_view kBase85 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

// Method bodies; args[0] is the module.
Ref a2bBase64(const Value* args);
Ref b2aBase64(const Value* args);
Ref a2bBase32(const Value* args);
Ref b2aBase32(const Value* args);
Ref a2bAscii85(const Value* args);
Ref b2aAscii85(const Value* args);
Ref a2bBase85(const Value* args);
Ref b2aBase85(const Value* args);
Ref a2bQuoted(const Value* args);
Ref b2aQuoted(const Value* args);
Ref a2bUu(const Value* args);
Ref b2aUu(const Value* args);

} // namespace pyc::rt
