// Work on arrays of code points of 1, 2 or 4 bytes: what the files of str (and bytes, for the
// widths that are the same) share. Loops are plain, so that the compiler vectorises them.
#pragma once

#include "runtime/memory/heap.h"
#include "runtime/objects/allocation_count.h"
#include "runtime/objects/str.h"

#include <cstring>

namespace pyc::rt {

/// Calls f with the data as an array of the right type.
template <class F> inline decltype(auto) withChars(const StrObject* str, F&& f) {
  if (PYC_LIKELY(str->isNarrow()))
    return f(str->data<uint8_t>());
  if (str->kind() == StrKind::Ucs2)
    return f(str->data<uint16_t>());
  return f(str->data<uint32_t>());
}
template <class F> inline decltype(auto) withChars(StrObject* str, F&& f) {
  if (PYC_LIKELY(str->isNarrow()))
    return f(str->data<uint8_t>());
  if (str->kind() == StrKind::Ucs2)
    return f(str->data<uint16_t>());
  return f(str->data<uint32_t>());
}

/// Copies code points between arrays; they must fit.
template <class To, class From> inline void copyChars(To* to, const From* from, int64_t count) {
  if constexpr (sizeof(To) == sizeof(From)) {
    memcpy(to, from, static_cast<size_t>(count) * sizeof(To));
  } else {
    for (int64_t i = 0; i < count; ++i)
      to[i] = static_cast<To>(from[i]);
  }
}

/// Copies str[start, start + count) to index `at` of a str at least as wide.
void copyIntoStr(StrObject* to, int64_t at, const StrObject* from, int64_t start, int64_t count);

/// The bits that occur in any of the code points; tells the kind that they need.
template <class Char> inline uint32_t unionOfChars(const Char* chars, int64_t count) {
  uint32_t bits = 0;
  int64_t i = 0;
  // In blocks, to leave early once the widest kind is certain.
  constexpr uint32_t kDecided = sizeof(Char) == 1 ? 0x80 : sizeof(Char) == 2 ? 0xFF00 : 0xFFFF0000;
  for (; i + 64 <= count; i += 64) {
    Char block = 0;
    for (int64_t j = 0; j < 64; ++j)
      block |= chars[i + j];
    bits |= block;
    if (bits & kDecided)
      return bits;
  }
  for (; i < count; ++i)
    bits |= chars[i];
  return bits;
}

inline bool isAsciiText(const void* text, size_t size) {
  auto* bytes = static_cast<const uint8_t*>(text);
  if (size >= 8 && size <= 16) {
    uint64_t head, tail;
    memcpy(&head, bytes, 8);
    memcpy(&tail, bytes + size - 8, 8);
    return ((head | tail) & 0x8080808080808080u) == 0;
  }
  return unionOfChars(bytes, static_cast<int64_t>(size)) < 0x80;
}

inline StrKind kindOf(uint32_t maxCodePoint) {
  return maxCodePoint < 0x80      ? StrKind::Ascii
         : maxCodePoint < 0x100   ? StrKind::Latin1
         : maxCodePoint < 0x10000 ? StrKind::Ucs2
                                  : StrKind::Ucs4;
}
/// A code point that needs the kind: for newStr.
inline uint32_t maxCodePointOf(StrKind kind) {
  constexpr uint32_t kLimits[] = {0x7F, 0xFF, 0xFFFF, 0x10FFFF};
  return kLimits[static_cast<unsigned>(kind)];
}
inline uint32_t maxCodePointOf(const StrObject* str) {
  return maxCodePointOf(str->kind());
}
inline StrKind widerKind(StrKind a, StrKind b) {
  return a > b ? a : b;
}

/// Memory for an exact str; header, length and the zero are set. Null with MemoryError.
StrObject* allocStrSlow(int64_t length, StrKind kind);
inline StrObject* allocStr(int64_t length, StrKind kind) {
  constexpr int64_t kShort = 400; // bytes, so that the object is a small block of the allocator
  if (PYC_UNLIKELY(static_cast<uint64_t>(length) >= kShort || kind > StrKind::Latin1))
    return allocStrSlow(length, kind);
  auto* str =
      static_cast<StrObject*>(allocPlain(sizeof(StrObject) + static_cast<size_t>(length) + 1));
  if (PYC_UNLIKELY(!str))
    return allocStrSlow(length, kind);
  noteAllocation(kShapeStr, sizeof(StrObject) + static_cast<size_t>(length) + 1);
  auto flags = static_cast<uint8_t>(static_cast<unsigned>(kind) << kStrKindShift);
  str->header = {kShapeStr, thisThread().id, 0, flags, 1, 0};
  str->length = length;
  str->hashCode = 0;
  str->data()[length] = 0;
  return str;
}

/// memcpy for texts that are mostly short: no call for up to 32 bytes.
inline void copyShort(uint8_t* to, const uint8_t* from, size_t size) {
  typedef uint8_t Half __attribute__((vector_size(16)));
  if (size > 32) {
    memcpy(to, from, size);
  } else if (size >= 16) {
    Half head, tail;
    memcpy(&head, from, 16);
    memcpy(&tail, from + size - 16, 16);
    memcpy(to, &head, 16);
    memcpy(to + size - 16, &tail, 16);
  } else if (size >= 8) {
    uint64_t head, tail;
    memcpy(&head, from, 8);
    memcpy(&tail, from + size - 8, 8);
    memcpy(to, &head, 8);
    memcpy(to + size - 8, &tail, 8);
  } else if (size >= 4) {
    uint32_t head, tail;
    memcpy(&head, from, 4);
    memcpy(&tail, from + size - 4, 4);
    memcpy(to, &head, 4);
    memcpy(to + size - 4, &tail, 4);
  } else {
    for (size_t i = 0; i < size; ++i)
      to[i] = from[i];
  }
}

/// An ASCII or Latin-1 str of bytes whose kind is known; shared objects for 0 and 1 characters.
inline Ref makeNarrow(const uint8_t* text, int64_t length, StrKind kind) {
  if (PYC_UNLIKELY(length <= 1))
    return Ref::number(length == 0 ? names::empty : latin1Char(text[0]));
  StrObject* str = allocStr(length, kind);
  if (PYC_UNLIKELY(!str))
    return {};
  copyShort(str->data(), text, static_cast<size_t>(length));
  return Ref::steal(str);
}

} // namespace pyc::rt
