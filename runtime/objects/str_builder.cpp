#include "runtime/objects/errors.h"
#include "runtime/objects/str_chars.h"

#include <mimalloc.h>

#include <algorithm>

namespace pyc::rt {

StrBuilder::~StrBuilder() {
  drop();
}

/// Frees the text.
void StrBuilder::drop() {
  if (str_ != small())
    mi_free(str_);
  str_ = nullptr;
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
  if (!str_ && limit < 256 && needed <= kSmall) {
    str_ = small();
    str_->header.flags = static_cast<uint8_t>(static_cast<unsigned>(kind) << kStrKindShift);
    capacity_ = kSmall;
    limit_ = limit;
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
    drop();
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
  int64_t length = std::exchange(used_, 0);
  int64_t capacity = std::exchange(capacity_, 0);
  limit_ = 0;
  if (std::exchange(failed_, false)) {
    drop();
    return raiseMemoryError();
  }
  if (length == 0 || (length == 1 && str_->isNarrow())) {
    Ref shared = length == 0 ? Ref::copy(&names::empty->header) : makeStrChar(str_->data()[0]);
    drop();
    return shared;
  }
  if (str_ == small()) {
    StrObject* text = allocStr(length, str_->kind());
    if (text)
      memcpy(text->data(), str_->data(), static_cast<size_t>(length));
    str_ = nullptr;
    return text ? Ref::steal(&text->header) : Ref();
  }
  StrObject* str = std::exchange(str_, nullptr);
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
