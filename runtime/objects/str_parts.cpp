// Texts of parts: what f-strings make.
#include "runtime/base/decimal.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/str_chars.h"

#include <algorithm>

namespace pyc::rt {

namespace {

int64_t lengthOf(Value part) {
  return part.isInt() ? signedWidth(part.asInt()) : asStr(part)->length;
}

/// Parts of one byte a character.
void writeNarrow(uint8_t* out, const Value* parts, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    if (parts[i].isInt()) {
      auto* text = reinterpret_cast<char*>(out);
      out += writeSigned(text, parts[i].asInt()) - text;
      continue;
    }
    const StrObject* part = asStr(parts[i]);
    copyShort(out, part->data(), static_cast<size_t>(part->length));
    out += part->length;
  }
}

void writeWide(StrObject* to, const Value* parts, size_t count) {
  int64_t at = 0;
  for (size_t i = 0; i < count; ++i) {
    if (parts[i].isInt()) {
      char digits[kMostDecimalChars];
      int64_t size = writeSigned(digits, parts[i].asInt()) - digits;
      withChars(to, [&](auto* target) { std::copy_n(digits, size, target + at); });
      at += size;
      continue;
    }
    const StrObject* part = asStr(parts[i]);
    copyIntoStr(to, at, part, 0, part->length);
    at += part->length;
  }
}

} // namespace

Ref strJoinParts(const Value* parts, size_t count) {
  StrKind kind = StrKind::Ascii;
  int64_t length = 0;
  bool overflow = false;
  for (size_t i = 0; i < count; ++i) {
    overflow |= __builtin_add_overflow(length, lengthOf(parts[i]), &length);
    if (!parts[i].isInt())
      kind = widerKind(kind, asStr(parts[i])->kind());
  }
  if (PYC_UNLIKELY(overflow))
    return raise(overflowErrorType, "join() result is too long for a Python string");
  if (PYC_UNLIKELY(length <= 1)) // one of the shared objects, where it is one of these
    for (size_t i = 0; i < count; ++i)
      if (lengthOf(parts[i]) == length)
        return parts[i].isInt() ? makeStrChar(static_cast<uint32_t>('0' + parts[i].asInt()))
                                : exactStr(asStr(parts[i]));
  StrObject* result = allocStr(length, kind);
  if (PYC_UNLIKELY(!result))
    return {};
  if (PYC_LIKELY(result->isNarrow()))
    writeNarrow(result->data(), parts, count);
  else
    writeWide(result, parts, count);
  return Ref::steal(result);
}

} // namespace pyc::rt
