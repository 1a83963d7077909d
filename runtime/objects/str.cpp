// Making strs: allocation, UTF-8 in and out, slices, concatenation.
#include "runtime/objects/str_append.h"

#include "runtime/objects/allocation_count.h"
#include "runtime/objects/codecs.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/str_chars.h"

#include <mimalloc.h>

#include <algorithm>

namespace pyc::rt {

namespace {
constexpr size_t kLargestBytes = (size_t(1) << 47);

size_t strBytes(int64_t length, unsigned width) {
  return sizeof(StrObject) + (static_cast<size_t>(length) + 1) * width;
}

void writeZero(StrObject* str) {
  memset(str->data() + str->dataBytes(), 0, str->width());
}

void setKind(StrObject* str, StrKind kind) {
  str->header.flags = static_cast<uint8_t>((str->header.flags & ~(3u << kStrKindShift)) |
                                           (static_cast<unsigned>(kind) << kStrKindShift));
}

unsigned widthOf(StrKind kind) {
  return kind == StrKind::Ucs4 ? 4 : kind == StrKind::Ucs2 ? 2 : 1;
}
} // namespace

StrObject* allocStrSlow(int64_t length, StrKind kind) {
  unsigned width = widthOf(kind);
  if (PYC_UNLIKELY(static_cast<uint64_t>(length) > kLargestBytes)) {
    raiseMemoryError();
    return nullptr;
  }
  auto* str = static_cast<StrObject*>(allocPlain(strBytes(length, width)));
  if (PYC_UNLIKELY(!str)) {
    raiseMemoryError();
    return nullptr;
  }
  noteAllocation(kShapeStr, strBytes(length, width));
  auto flags = static_cast<uint8_t>(static_cast<unsigned>(kind) << kStrKindShift);
  str->header = {kShapeStr, thisThread().id, 0, flags, 1, 0};
  str->length = length;
  str->hashCode = 0;
  uint8_t* end = str->data() + static_cast<size_t>(length) * width;
  if (PYC_LIKELY(width == 1)) // most are, and a call for a byte takes as long as the rest
    *end = 0;
  else
    memset(end, 0, width);
  return str;
}

StrObject* newStr(int64_t length, uint32_t maxCodePoint) {
  return allocStr(length, kindOf(maxCodePoint));
}

void copyIntoStr(StrObject* to, int64_t at, const StrObject* from, int64_t start, int64_t count) {
  withChars(to, [&](auto* target) {
    withChars(from, [&](auto* source) {
      if constexpr (sizeof(*target) >= sizeof(*source))
        copyChars(target + at, source + start, count);
      else
        PYC_UNREACHABLE("copying code points into a narrower str");
    });
  });
}

Ref makeStrAscii(std::string_view ascii) {
  return makeNarrow(reinterpret_cast<const uint8_t*>(ascii.data()),
                    static_cast<int64_t>(ascii.size()), StrKind::Ascii);
}

Ref makeStrLatin1(const uint8_t* text, int64_t length) {
  StrKind kind = isAsciiText(text, static_cast<size_t>(length)) ? StrKind::Ascii : StrKind::Latin1;
  return makeNarrow(text, length, kind);
}

Ref makeStrChar(uint32_t codePoint) {
  if (PYC_LIKELY(codePoint < 256))
    return Ref::copy(&latin1Char(codePoint)->header);
  return makeStrWide(&codePoint, 1, 4);
}

namespace {
template <class Char> Ref makeFromChars(const Char* text, int64_t length) {
  StrKind kind = kindOf(unionOfChars(text, length));
  if (length <= 1 && kind <= StrKind::Latin1)
    return Ref::copy(length == 0 ? &names::empty->header : &latin1Char(text[0])->header);
  StrObject* str = allocStr(length, kind);
  if (!str)
    return {};
  withChars(str, [&](auto* target) { copyChars(target, text, length); });
  return Ref::steal(&str->header);
}
} // namespace

Ref makeStrWide(const void* text, int64_t length, unsigned width) {
  if (width == 1)
    return makeStrLatin1(static_cast<const uint8_t*>(text), length);
  if (width == 2)
    return makeFromChars(static_cast<const uint16_t*>(text), length);
  return makeFromChars(static_cast<const uint32_t*>(text), length);
}

Ref exactStr(StrObject* str) {
  if (PYC_LIKELY(str->header.shape == kShapeStr))
    return Ref::copy(&str->header);
  if (str->isNarrow())
    return makeNarrow(str->data(), str->length, str->kind());
  StrObject* copy = allocStr(str->length, str->kind());
  if (!copy)
    return {};
  memcpy(copy->data(), str->data(), str->dataBytes());
  return Ref::steal(&copy->header);
}

// UTF-8.

namespace {
struct Utf8Shape {
  int64_t codePoints;
  uint8_t widestLead; // the largest lead byte tells the kind
};

Utf8Shape measureUtf8(const uint8_t* text, size_t size) {
  int64_t codePoints = 0;
  uint8_t widest = 0;
  for (size_t i = 0; i < size; ++i) {
    codePoints += (text[i] & 0xC0) != 0x80;
    widest = std::max(widest, text[i]);
  }
  return {codePoints, widest};
}

StrKind kindOfLead(uint8_t lead) {
  return lead < 0x80   ? StrKind::Ascii
         : lead < 0xC4 ? StrKind::Latin1
         : lead < 0xF0 ? StrKind::Ucs2
                       : StrKind::Ucs4;
}

/// Decodes one well-formed sequence.
uint32_t decodeUtf8(const uint8_t*& p) {
  uint32_t lead = *p++;
  if (lead < 0x80)
    return lead;
  uint32_t next = *p++ & 0x3F;
  if (lead < 0xE0)
    return (lead & 0x1F) << 6 | next;
  uint32_t third = *p++ & 0x3F;
  if (lead < 0xF0)
    return (lead & 0x0F) << 12 | next << 6 | third;
  uint32_t fourth = *p++ & 0x3F;
  return (lead & 0x07) << 18 | next << 12 | third << 6 | fourth;
}

template <class Char> void decodeInto(Char* out, const uint8_t* p, const uint8_t* end) {
  while (p < end) {
    uint64_t word;
    while (end - p >= 8 && (memcpy(&word, p, 8), (word & 0x8080808080808080u) == 0)) {
      copyChars(out, p, 8);
      out += 8;
      p += 8;
    }
    if (p < end)
      *out++ = static_cast<Char>(decodeUtf8(p));
  }
}
} // namespace

Ref makeStr(std::string_view utf8) {
  auto* text = reinterpret_cast<const uint8_t*>(utf8.data());
  if (PYC_LIKELY(isAsciiText(text, utf8.size())))
    return makeStrAscii(utf8);
  Utf8Shape shape = measureUtf8(text, utf8.size());
  StrKind kind = kindOfLead(shape.widestLead);
  if (shape.codePoints == 1 && kind == StrKind::Latin1)
    return makeStrChar(decodeUtf8(text));
  StrObject* str = allocStr(shape.codePoints, kind);
  if (!str)
    return {};
  withChars(str, [&](auto* out) { decodeInto(out, text, text + utf8.size()); });
  return Ref::steal(&str->header);
}

void appendUtf8(std::string& out, uint32_t codePoint) {
  char bytes[4];
  unsigned count;
  if (codePoint < 0x80) {
    out += static_cast<char>(codePoint);
    return;
  }
  if (codePoint < 0x800) {
    bytes[0] = static_cast<char>(0xC0 | codePoint >> 6);
    count = 2;
  } else if (codePoint < 0x10000) {
    bytes[0] = static_cast<char>(0xE0 | codePoint >> 12);
    count = 3;
  } else {
    bytes[0] = static_cast<char>(0xF0 | codePoint >> 18);
    count = 4;
  }
  for (unsigned i = 1; i < count; ++i)
    bytes[i] = static_cast<char>(0x80 | (codePoint >> 6 * (count - 1 - i) & 0x3F));
  out.append(bytes, count);
}

namespace {
void appendWtf8(std::string& out, const StrObject* str) {
  if (str->isAscii()) {
    out.append(str->asciiView());
    return;
  }
  for (int64_t i = 0; i < str->length; ++i)
    appendUtf8(out, str->at(i));
}
} // namespace

std::string_view utf8View(Value str, std::string& storage) {
  StrObject* object = asStr(str);
  if (PYC_LIKELY(object->isAscii()))
    return object->asciiView();
  storage.clear();
  appendWtf8(storage, object);
  return storage;
}

bool toUtf8(Value str, std::string& out) {
  StrObject* object = asStr(str);
  if (object->kind() >= StrKind::Ucs2) {
    for (int64_t i = 0; i < object->length; ++i) {
      if (!isSurrogate(object->at(i)))
        continue;
      int64_t end = i + 1;
      while (end < object->length && isSurrogate(object->at(end)))
        ++end;
      raiseEncodeError("utf-8", str, i, end, "surrogates not allowed");
      return false;
    }
  }
  appendWtf8(out, object);
  return true;
}

// Concatenation and slices.

Ref strConcat(Value a, Value b) {
  if (PYC_UNLIKELY(!isStr(b)))
    return raise(typeErrorType, "can only concatenate str (not \"%T\") to str", b);
  StrObject* left = asStr(a);
  StrObject* right = asStr(b);
  if (left->length == 0)
    return exactStr(right);
  if (right->length == 0)
    return exactStr(left);
  StrObject* result =
      allocStr(left->length + right->length, widerKind(left->kind(), right->kind()));
  if (!result)
    return {};
  if (PYC_LIKELY(result->isNarrow())) {
    copyShort(result->data(), left->data(), static_cast<size_t>(left->length));
    copyShort(result->data() + left->length, right->data(), static_cast<size_t>(right->length));
  } else {
    copyIntoStr(result, 0, left, 0, left->length);
    copyIntoStr(result, left->length, right, 0, right->length);
  }
  return Ref::steal(&result->header);
}

/// strConcat, and the end of the left operand's count.
static Ref concatTaking(Value a, Value b) {
  Ref result = strConcat(a, b);
  if (result)
    decref(a);
  return result;
}

Ref strAppendTaking(Value a, Value b) {
  StrObject* left = asStr(a);
  if (PYC_UNLIKELY(!isStr(b)) || !isUnshared(&left->header) || left->header.shape != kShapeStr)
    return concatTaking(a, b);
  StrObject* right = asStr(b);
  unsigned width = left->width();
  if (right->length == 0)
    return Ref::steal(a);
  if (right->width() > width || left == right)
    return concatTaking(a, b);
  int64_t length = left->length + right->length;
  size_t needed = strBytes(length, width);
  if (needed > mi_usable_size(left)) {
    // A quarter more than asked for: a loop of appends copies each code point a few times only.
    void* grown = needed > kLargestBytes ? nullptr : reallocPlain(left, needed + needed / 4);
    if (!grown)
      return raiseMemoryError();
    left = static_cast<StrObject*>(grown);
  }
  copyIntoStr(left, left->length, right, 0, right->length);
  left->length = length;
  left->hashCode = 0;
  setKind(left, widerKind(left->kind(), right->kind()));
  writeZero(left);
  return Ref::steal(left);
}

Ref strAppend(Ref a, Value b) {
  Ref result = strAppendTaking(a, b);
  if (result)
    (void)a.release();
  return result;
}

Ref strSlice(StrObject* str, int64_t start, int64_t stop) {
  start = std::max<int64_t>(start, 0);
  stop = std::min(stop, str->length);
  int64_t length = stop - start;
  if (length <= 0)
    return Ref::copy(&names::empty->header);
  if (length == str->length)
    return exactStr(str);
  if (PYC_LIKELY(str->isAscii()))
    return makeNarrow(str->data() + start, length, StrKind::Ascii);
  return withChars(str,
                   [&](auto* chars) { return makeStrWide(chars + start, length, sizeof(*chars)); });
}

Ref strRepeat(StrObject* str, int64_t count) {
  if (count <= 0 || str->length == 0)
    return Ref::copy(&names::empty->header);
  if (count == 1)
    return exactStr(str);
  int64_t length;
  if (__builtin_mul_overflow(str->length, count, &length))
    return raise(overflowErrorType, "repeated string is too long");
  StrObject* result = allocStr(length, str->kind());
  if (!result)
    return {};
  size_t total = result->dataBytes();
  size_t done = str->dataBytes();
  if (done == 1) {
    memset(result->data(), str->data()[0], total);
    return Ref::steal(&result->header);
  }
  memcpy(result->data(), str->data(), done);
  while (done < total) {
    size_t step = std::min(done, total - done);
    memcpy(result->data() + done, result->data(), step);
    done += step;
  }
  return Ref::steal(&result->header);
}

namespace {
/// Joins parts of one byte a character.
void joinNarrow(uint8_t* out, const StrObject* separator, const Value* parts, size_t count) {
  auto separatorLength = static_cast<size_t>(separator->length);
  for (size_t i = 0; i < count; ++i) {
    const StrObject* part = asStr(parts[i]);
    copyShort(out, part->data(), static_cast<size_t>(part->length));
    out += part->length;
    if (i + 1 != count) {
      copyShort(out, separator->data(), separatorLength);
      out += separatorLength;
    }
  }
}
} // namespace

Ref strJoinArray(StrObject* separator, const Value* parts, size_t count) {
  if (count == 0)
    return Ref::copy(&names::empty->header);
  if (count == 1)
    return exactStr(asStr(parts[0]));
  StrKind kind = separator->length ? separator->kind() : StrKind::Ascii;
  int64_t length = 0;
  bool overflow =
      __builtin_mul_overflow(separator->length, static_cast<int64_t>(count - 1), &length);
  for (size_t i = 0; i < count; ++i) {
    const StrObject* part = asStr(parts[i]);
    kind = widerKind(kind, part->kind());
    overflow |= __builtin_add_overflow(length, part->length, &length);
  }
  if (overflow)
    return raise(overflowErrorType, "join() result is too long for a Python string");
  if (length == 0)
    return Ref::copy(&names::empty->header);
  StrObject* result = allocStr(length, kind);
  if (!result)
    return {};
  if (PYC_LIKELY(result->isNarrow()) && length > 1) {
    joinNarrow(result->data(), separator, parts, count);
    return Ref::steal(result);
  }
  int64_t at = 0;
  for (size_t i = 0; i < count; ++i) {
    if (i != 0 && separator->length != 0) {
      copyIntoStr(result, at, separator, 0, separator->length);
      at += separator->length;
    }
    const StrObject* part = asStr(parts[i]);
    copyIntoStr(result, at, part, 0, part->length);
    at += part->length;
  }
  // A result of one narrow character is one of the shared objects.
  if (PYC_UNLIKELY(length == 1) && result->isNarrow()) {
    uint8_t character = result->data()[0];
    freeMemory(result);
    return makeStrChar(character);
  }
  return Ref::steal(&result->header);
}

} // namespace pyc::rt
