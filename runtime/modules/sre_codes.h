// The instruction set of the code lists that the Python package `re` compiles patterns to. The
// numbers are those of re/_constants.py; re checks kSreMagic against its own.
#pragma once

#include <cstdint>

namespace pyc::rt::sre {

inline constexpr int64_t kMagic = 20230612;
inline constexpr int64_t kMaxRepeat = 0xFFFFFFFF; // as a bound: none
inline constexpr int64_t kMaxGroups = 0x3FFFFFFF;

enum class Code : uint32_t {
  Failure,
  Success,
  Any,
  AnyAll,
  Assert,
  AssertNot,
  At,
  Branch,
  Category,
  CharSet,
  BigCharSet,
  GroupRef,
  GroupRefExists,
  In,
  Info,
  Jump,
  Literal,
  Mark,
  MaxUntil,
  MinUntil,
  NotLiteral,
  Negate,
  Range,
  Repeat,
  RepeatOne,
  Subpattern,
  MinRepeatOne,
  AtomicGroup,
  PossessiveRepeat,
  PossessiveRepeatOne,
  GroupRefIgnore,
  InIgnore,
  LiteralIgnore,
  NotLiteralIgnore,
  GroupRefLocIgnore,
  InLocIgnore,
  LiteralLocIgnore,
  NotLiteralLocIgnore,
  GroupRefUniIgnore,
  InUniIgnore,
  LiteralUniIgnore,
  NotLiteralUniIgnore,
  RangeUniIgnore,
};

enum class Place : uint8_t {
  Beginning,
  BeginningLine,
  BeginningString,
  Boundary,
  NonBoundary,
  End,
  EndLine,
  EndString,
  LocBoundary,
  LocNonBoundary,
  UniBoundary,
  UniNonBoundary,
};
inline constexpr uint32_t kPlaceCount = 12;

enum class Category : uint8_t {
  Digit,
  NotDigit,
  Space,
  NotSpace,
  Word,
  NotWord,
  LineBreak,
  NotLineBreak,
  LocWord,
  LocNotWord,
  UniDigit,
  UniNotDigit,
  UniSpace,
  UniNotSpace,
  UniWord,
  UniNotWord,
  UniLineBreak,
  UniNotLineBreak,
};
inline constexpr uint32_t kCategoryCount = 18;

enum Flag : uint32_t {
  kIgnoreCase = 2,
  kLocale = 4,
  kMultiline = 8,
  kDotAll = 16,
  kUnicode = 32,
  kVerbose = 64,
  kDebug = 128,
  kAscii = 256,
};

enum InfoFlag : uint32_t { kInfoPrefix = 1, kInfoLiteral = 2, kInfoCharSet = 4 };

} // namespace pyc::rt::sre
