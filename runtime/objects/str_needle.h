// Searching one str in another: brings the needle to the width of the text.
#pragma once

#include "runtime/objects/str_chars.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/text_search.h"

#include <mimalloc.h>

namespace pyc::rt {

namespace text {
enum Direction : bool { kForward, kBackward };
} // namespace text

/// A str's code points as an array of wider ones.
template <class Char> class WideNeedle {
public:
  explicit WideNeedle(const StrObject* needle) {
    constexpr int64_t kInline = sizeof(inline_) / sizeof(Char);
    if (needle->length > kInline) {
      chars_ = static_cast<Char*>(mi_malloc(static_cast<size_t>(needle->length) * sizeof(Char)));
      PYC_CHECK(chars_ != nullptr);
    }
    withChars(needle, [&](auto* from) {
      if constexpr (sizeof(*from) <= sizeof(Char))
        copyChars(chars_, from, needle->length);
    });
  }
  WideNeedle(const WideNeedle&) = delete;
  WideNeedle& operator=(const WideNeedle&) = delete;
  ~WideNeedle() {
    if (chars_ != inline_)
      mi_free(chars_);
  }
  const Char* chars() const { return chars_; }

private:
  Char inline_[64 / sizeof(Char)];
  Char* chars_ = inline_;
};

/// f(text's code points, needle's code points of the same width), or `otherwise` when the needle
/// has code points that the text can't have.
template <class Result, class F>
Result withNeedle(const StrObject* str, const StrObject* needle, Result otherwise, F&& f) {
  if (needle->kind() > str->kind())
    return otherwise;
  return withChars(str, [&](auto* chars) -> Result {
    using Char = std::remove_const_t<std::remove_pointer_t<decltype(chars)>>;
    if (PYC_LIKELY(needle->width() == sizeof(Char)))
      return f(chars, needle->data<Char>());
    WideNeedle<Char> wide(needle);
    return f(chars, wide.chars());
  });
}

/// Place of the needle in the (clipped) range of str, or -1.
inline int64_t findInStr(const StrObject* str, const StrObject* needle, const TextRange& range,
                         text::Direction direction) {
  int64_t length = range.stop - range.start;
  if (length < needle->length)
    return -1;
  int64_t found = withNeedle(str, needle, int64_t(-1), [&](auto* chars, auto* wanted) {
    return direction == text::kForward
               ? text::find(chars + range.start, length, wanted, needle->length)
               : text::rfind(chars + range.start, length, wanted, needle->length);
  });
  return found < 0 ? -1 : range.start + found;
}

/// needle in str
[[gnu::always_inline]] inline bool isInStr(const StrObject* str, const StrObject* needle) {
  if (needle->length == 1 && needle->isNarrow() && str->isNarrow())
    return memchr(str->data(), *needle->data(), static_cast<size_t>(str->length)) != nullptr;
  return findInStr(str, needle, {0, str->length}, text::kForward) >= 0;
}

} // namespace pyc::rt
