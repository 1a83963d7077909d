#include "compiler/frontend/emit/big_digits.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace pyc {

std::string hexOfDecimal(std::string_view digits) {
  std::vector<uint32_t> limbs; // least significant first
  for (size_t at = 0; at < digits.size();) {
    size_t length = std::min<size_t>(9, digits.size() - at);
    uint64_t scale = 1, carry = 0;
    for (size_t i = 0; i < length; ++i) {
      scale *= 10;
      carry = carry * 10 + static_cast<uint64_t>(digits[at + i] - '0');
    }
    for (uint32_t& limb : limbs) {
      uint64_t value = limb * scale + carry;
      limb = static_cast<uint32_t>(value);
      carry = value >> 32;
    }
    if (carry)
      limbs.push_back(static_cast<uint32_t>(carry));
    at += length;
  }
  std::string hex;
  for (uint32_t limb : limbs)
    for (int nibble = 0; nibble < 8; ++nibble, limb >>= 4)
      hex += "0123456789abcdef"[limb & 15];
  while (hex.size() > 1 && hex.back() == '0')
    hex.pop_back();
  std::reverse(hex.begin(), hex.end());
  return hex;
}

std::optional<__int128> smallOfHex(std::string_view text) {
  bool isNegative = text.starts_with('-');
  if (isNegative)
    text.remove_prefix(1);
  if (text.size() > 31)
    return std::nullopt;
  __int128 value = 0;
  for (char digit : text)
    value = value * 16 + (digit <= '9' ? digit - '0' : digit - 'a' + 10);
  return isNegative ? -value : value;
}

std::string hexOf(__int128 value) {
  bool isNegative = value < 0;
  auto rest = static_cast<unsigned __int128>(value);
  if (isNegative)
    rest = -rest;
  std::string hex;
  do {
    hex += "0123456789abcdef"[static_cast<unsigned>(rest & 15)];
    rest >>= 4;
  } while (rest);
  if (isNegative)
    hex += '-';
  std::reverse(hex.begin(), hex.end());
  return hex;
}

} // namespace pyc
