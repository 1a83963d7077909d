#include "runtime/objects/errors.h"
#include "runtime/objects/str_chars.h"

#include <mimalloc.h>

#include <algorithm>

namespace pyc::rt {

StrBuilder::~StrBuilder() {
  mi_free(str_);
}

bool StrBuilder::reserve(int64_t more, uint32_t maxCodePoint) {
  if (PYC_UNLIKELY(failed_))
    return false;
  StrKind kind = kindOf(std::max(maxCodePoint, limit_));
  uint32_t limit = maxCodePointOf(kind);
  int64_t needed;
  if (PYC_UNLIKELY(__builtin_add_overflow(used_, more, &needed))) {
    failed_ = true;
    return false;
  }
  if (needed <= capacity_ && limit <= limit_)
    return true;
  bool sameWidth = str_ && (limit < 256) == (limit_ < 256) && (limit < 65536) == (limit_ < 65536);
  if (needed <= capacity_ && sameWidth) {
    limit_ = limit;
    str_->header.flags = static_cast<uint8_t>(static_cast<unsigned>(kind) << kStrKindShift);
    return true;
  }
  int64_t capacity =
      needed <= capacity_ ? capacity_ : std::max({needed, capacity_ + capacity_ / 2, int64_t(15)});
  StrObject* grown = allocStr(capacity, kind);
  if (!grown) {
    clearRaised(); // finish() raises it again
    failed_ = true;
    return false;
  }
  if (str_) {
    copyIntoStr(grown, 0, str_, 0, used_);
    mi_free(str_);
  }
  str_ = grown;
  capacity_ = capacity;
  limit_ = limit;
  return true;
}

void StrBuilder::appendCharSlow(uint32_t codePoint) {
  if (reserve(1, codePoint))
    put(used_++, codePoint);
}

void StrBuilder::appendRepeated(uint32_t codePoint, int64_t count) {
  if (count <= 0 || !reserve(count, codePoint))
    return;
  for (int64_t i = 0; i < count; ++i)
    put(used_++, codePoint);
}

void StrBuilder::append(std::string_view utf8) {
  if (isAsciiText(utf8.data(), utf8.size())) {
    auto length = static_cast<int64_t>(utf8.size());
    if (length == 0 || !reserve(length))
      return;
    withChars(str_, [&](auto* out) {
      copyChars(out + used_, reinterpret_cast<const uint8_t*>(utf8.data()), length);
    });
    used_ += length;
    return;
  }
  Ref str = makeStr(utf8);
  if (!str) {
    clearRaised();
    failed_ = true;
    return;
  }
  append(str.as<StrObject>());
}

void StrBuilder::append(const StrObject* str, int64_t start, int64_t stop) {
  int64_t count = stop - start;
  if (count <= 0)
    return;
  uint32_t widest = maxCodePointOf(str);
  if (count != str->length && widest > std::max<uint32_t>(limit_, 127))
    widest = withChars(str, [&](auto* chars) { return unionOfChars(chars + start, count); });
  if (!reserve(count, widest))
    return;
  withChars(str_, [&](auto* out) {
    withChars(str, [&](auto* from) { copyChars(out + used_, from + start, count); });
  });
  used_ += count;
}

Ref StrBuilder::finish() {
  StrObject* str = std::exchange(str_, nullptr);
  int64_t length = std::exchange(used_, 0);
  int64_t capacity = std::exchange(capacity_, 0);
  limit_ = 0;
  if (std::exchange(failed_, false)) {
    mi_free(str);
    return raiseMemoryError();
  }
  if (length == 0 || (length == 1 && str->isNarrow())) {
    Ref shared = length == 0 ? Ref::copy(&names::empty->header) : makeStrChar(str->data()[0]);
    mi_free(str);
    return shared;
  }
  str->length = length;
  memset(str->data() + str->dataBytes(), 0, str->width());
  size_t bytes = sizeof(StrObject) + str->dataBytes() + str->width();
  if (capacity - length > 16) {
    if (void* shrunk = mi_realloc(str, bytes))
      str = static_cast<StrObject*>(shrunk);
  }
  return Ref::steal(&str->header);
}

} // namespace pyc::rt
