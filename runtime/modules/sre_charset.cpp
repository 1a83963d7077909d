#include "runtime/modules/sre_charset.h"

#include "runtime/base/unicode/unicode.h"

#include <cctype>
#include <cstring>

namespace pyc::rt::sre {

namespace {

constexpr size_t kBitmapCodes = 256 / 32; // of 256 characters
constexpr size_t kBlockCodes = 256 / 4;   // 256 bytes: the block of each 256 characters

bool isAsciiSpace(uint32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool isAsciiDigit(uint32_t c) {
  return c - '0' < 10;
}
bool isAsciiWord(uint32_t c) {
  return isAsciiDigit(c) || (c | 32) - 'a' < 26 || c == '_';
}
bool isLocaleWord(uint32_t c) {
  return c < 256 && (isalnum(static_cast<int>(c)) || c == '_');
}
bool isUnicodeWord(uint32_t c) {
  return c == '_' ||
         hasUnicodeFlag(c, kUnicodeAlpha | kUnicodeDecimal | kUnicodeDigit | kUnicodeNumeric);
}

uint32_t simpleUpper(uint32_t c) {
  CaseMapping upper = unicodeUpper(c);
  return upper.count == 1 ? upper.codes[0] : c;
}

bool testBit(const uint32_t* bits, uint32_t i) {
  return (bits[i / 32] >> (i % 32) & 1) != 0;
}

/// `code` is behind the opcode: the number of blocks, which block each 256 characters have, blocks.
bool inBigSet(const uint32_t* code, uint32_t c) {
  if (c >= 65536)
    return false;
  uint8_t block;
  memcpy(&block, reinterpret_cast<const uint8_t*>(code + 1) + (c >> 8), 1);
  return testBit(code + 1 + kBlockCodes + block * kBitmapCodes, c & 255);
}

/// Whether an item, whose arguments are at `code`, has a character.
bool itemHas(Code op, const uint32_t* code, uint32_t c) {
  switch (op) {
  case Code::Literal:
    return code[0] == c;
  case Code::Category:
    return inCategory(static_cast<Category>(code[0]), c);
  case Code::Range:
    return code[0] <= c && c <= code[1];
  case Code::RangeUniIgnore:
    return (code[0] <= c && c <= code[1]) ||
           (code[0] <= simpleUpper(c) && simpleUpper(c) <= code[1]);
  case Code::CharSet:
    return c < 256 && testBit(code, c);
  case Code::BigCharSet:
    return inBigSet(code, c);
  default:
    return false;
  }
}

/// The codes of an item's arguments.
size_t itemSize(Code op, const uint32_t* code) {
  switch (op) {
  case Code::Literal:
  case Code::Category:
    return 1;
  case Code::Range:
  case Code::RangeUniIgnore:
    return 2;
  case Code::CharSet:
    return kBitmapCodes;
  case Code::BigCharSet:
    return 1 + kBlockCodes + code[0] * kBitmapCodes;
  default:
    return 0;
  }
}

/// Membership of a folded character; `other` is its other case, or the same.
bool inItems(const uint32_t* code, uint32_t c, uint32_t other) {
  bool found = true;
  for (;;) {
    Code op = static_cast<Code>(*code++);
    if (op == Code::Failure)
      return !found;
    if (op == Code::Negate) {
      found = !found;
      continue;
    }
    if (itemHas(op, code, c) || (other != c && itemHas(op, code, other)))
      return found;
    code += itemSize(op, code);
  }
}

/// Whether the items say the same of all characters from 256 up, by their form alone.
bool isNarrowOnly(const uint32_t* code, bool& negated) {
  negated = false;
  for (;;) {
    switch (static_cast<Code>(*code++)) {
    case Code::Negate:
      negated = !negated;
      break;
    case Code::Literal:
      if (*code++ >= 256)
        return false;
      break;
    case Code::Category: {
      auto category = static_cast<Category>(*code++);
      if (category != Category::Digit && category != Category::Space &&
          category != Category::Word && category != Category::LineBreak)
        return false;
      break;
    }
    case Code::Range:
      if (code[1] >= 256)
        return false;
      code += 2;
      break;
    case Code::CharSet:
      code += kBitmapCodes;
      break;
    case Code::Failure:
      return true;
    default:
      return false;
    }
  }
}

bool dependsOnLocale(const uint32_t* code) {
  for (;;) {
    Code op = static_cast<Code>(*code++);
    if (op == Code::Failure)
      return false;
    auto category = static_cast<Category>(code[0]);
    if (op == Code::Category && (category == Category::LocWord || category == Category::LocNotWord))
      return true;
    code += itemSize(op, code);
  }
}

/// Codes of one item behind its opcode; -1: not valid.
int64_t measureItem(Code op, const uint32_t* code, size_t count) {
  switch (op) {
  case Code::Negate:
  case Code::Failure:
    return 0;
  case Code::Literal:
    return 1;
  case Code::Category:
    return count > 0 && code[0] < kCategoryCount ? 1 : -1;
  case Code::Range:
  case Code::RangeUniIgnore:
    return 2;
  case Code::CharSet:
    return kBitmapCodes;
  case Code::BigCharSet: {
    if (count < 1 + kBlockCodes || code[0] > 256)
      return -1;
    auto* blocks = reinterpret_cast<const uint8_t*>(code + 1);
    for (unsigned i = 0; i < 256; ++i)
      if (blocks[i] >= code[0])
        return -1;
    return static_cast<int64_t>(1 + kBlockCodes + code[0] * kBitmapCodes);
  }
  default:
    return -1;
  }
}

} // namespace

uint32_t foldChar(Fold fold, uint32_t c) {
  switch (fold) {
  case Fold::None:
    return c;
  case Fold::Ascii:
    return c - 'A' < 26 ? c + 32 : c;
  case Fold::Unicode:
    return unicodeSimpleLower(c);
  case Fold::Locale:
    return c < 256 ? static_cast<uint32_t>(tolower(static_cast<int>(c))) : c;
  }
  __builtin_unreachable();
}

bool inCategory(Category category, uint32_t c) {
  switch (category) {
  case Category::Digit:
    return isAsciiDigit(c);
  case Category::NotDigit:
    return !isAsciiDigit(c);
  case Category::Space:
    return isAsciiSpace(c);
  case Category::NotSpace:
    return !isAsciiSpace(c);
  case Category::Word:
    return isAsciiWord(c);
  case Category::NotWord:
    return !isAsciiWord(c);
  case Category::LineBreak:
    return c == '\n';
  case Category::NotLineBreak:
    return c != '\n';
  case Category::LocWord:
    return isLocaleWord(c);
  case Category::LocNotWord:
    return !isLocaleWord(c);
  case Category::UniDigit:
    return unicodeDecimal(c) >= 0;
  case Category::UniNotDigit:
    return unicodeDecimal(c) < 0;
  case Category::UniSpace:
    return isUnicodeSpace(c);
  case Category::UniNotSpace:
    return !isUnicodeSpace(c);
  case Category::UniWord:
    return isUnicodeWord(c);
  case Category::UniNotWord:
    return !isUnicodeWord(c);
  case Category::UniLineBreak:
    return hasUnicodeFlag(c, kUnicodeLineBreak);
  case Category::UniNotLineBreak:
    return !hasUnicodeFlag(c, kUnicodeLineBreak);
  }
  __builtin_unreachable();
}

bool CharSet::containsSlow(uint32_t c) const {
  uint32_t folded = foldChar(fold, c), other = folded;
  if (fold == Fold::Locale && c < 256) // either case may be in the set
    other = static_cast<uint32_t>(toupper(static_cast<int>(c)));
  return inItems(items.data(), folded, other) != isComplement;
}

void CharSet::finish() {
  isLocale = fold == Fold::Locale || dependsOnLocale(items.data());
  for (uint32_t c = 0; c < 256; ++c)
    table[c] = !isLocale && containsSlow(c);
  bool negated;
  // The Kelvin sign and its like have narrow lower-case letters.
  if (fold != Fold::Unicode && !isLocale && isNarrowOnly(items.data(), negated)) {
    allWide = hasWide = negated != isComplement;
  }
}

size_t measureCharSet(const uint32_t* code, size_t count) {
  size_t at = 0;
  while (at < count) {
    auto op = static_cast<Code>(code[at++]);
    int64_t size = measureItem(op, code + at, count - at);
    if (size < 0 || static_cast<size_t>(size) > count - at)
      return 0;
    at += static_cast<size_t>(size);
    if (op == Code::Failure)
      return at;
  }
  return 0;
}

} // namespace pyc::rt::sre
