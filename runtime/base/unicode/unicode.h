// Unicode properties of code points, as CPython 3.15's str uses them (Unicode 17). The tables are
// made at build time from properties.txt.
#pragma once

#include <cstdint>

namespace pyc {

enum UnicodeFlag : uint16_t {
  kUnicodeAlpha = 1 << 0,
  kUnicodeDecimal = 1 << 1,
  kUnicodeDigit = 1 << 2,
  kUnicodeNumeric = 1 << 3,
  kUnicodeLower = 1 << 4,
  kUnicodeUpper = 1 << 5,
  kUnicodeTitle = 1 << 6,
  kUnicodeSpace = 1 << 7,
  kUnicodePrintable = 1 << 8,
  kUnicodeIdStart = 1 << 9, // XID_Start and the underscore
  kUnicodeIdContinue = 1 << 10,
  kUnicodeLineBreak = 1 << 11,
  kUnicodeCased = 1 << 12,
  kUnicodeCaseIgnorable = 1 << 13,
};

struct UnicodeRecord {
  uint16_t flags;
  uint8_t decimal;                   // 255: none
  uint8_t digit;                     // 255: none
  int32_t lower, upper, title, fold; // difference, or a place in the table of longer mappings
};

/// The record of any code point below 0x110000.
const UnicodeRecord& unicodeRecord(uint32_t codePoint);

/// Flags of the code points below 256.
extern const uint16_t kUnicodeLatin1Flags[256];

inline bool hasUnicodeFlag(uint32_t codePoint, unsigned flags) {
  unsigned own = codePoint < 256 ? kUnicodeLatin1Flags[codePoint] : unicodeRecord(codePoint).flags;
  return (own & flags) != 0;
}

/// What a mapping gives: up to three code points.
struct CaseMapping {
  unsigned count;
  uint32_t codes[3];
};
/// Full mappings (SpecialCasing.txt without its conditions).
CaseMapping unicodeLower(uint32_t codePoint);
CaseMapping unicodeUpper(uint32_t codePoint);
CaseMapping unicodeTitle(uint32_t codePoint);
CaseMapping unicodeFold(uint32_t codePoint);
/// The simple mapping, always one code point, which regular expressions use.
uint32_t unicodeSimpleLower(uint32_t codePoint);

/// Value of a decimal digit of any script, -1 for others.
inline int unicodeDecimal(uint32_t codePoint) {
  if (codePoint < 128)
    return codePoint - '0' < 10 ? static_cast<int>(codePoint - '0') : -1;
  uint8_t value = unicodeRecord(codePoint).decimal;
  return value == 255 ? -1 : value;
}

inline bool isUnicodeSpace(uint32_t codePoint) {
  return hasUnicodeFlag(codePoint, kUnicodeSpace);
}
inline bool isUnicodePrintable(uint32_t codePoint) {
  return hasUnicodeFlag(codePoint, kUnicodePrintable);
}

} // namespace pyc
