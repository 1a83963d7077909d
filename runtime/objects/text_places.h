// All places where a text occurs in another: the first step of replacing it.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/text_search.h"

#include <mimalloc.h>

namespace pyc::rt {

/// Places of a text's matches; the first ones without an allocation.
class Places {
public:
  Places() = default;
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;
  ~Places() {
    if (data_ != inline_)
      mi_free(data_);
  }
  bool push(int64_t place) {
    if (count_ == capacity_ && !grow())
      return false;
    data_[count_++] = place;
    return true;
  }
  int64_t count() const { return count_; }
  int64_t operator[](int64_t i) const { return data_[i]; }

private:
  bool grow() {
    auto bytes = static_cast<size_t>(capacity_) * sizeof(int64_t);
    auto* grown = static_cast<int64_t*>(data_ == inline_ ? mi_malloc(bytes * 2)
                                                         : mi_realloc(data_, bytes * 2));
    if (!grown)
      return raiseMemoryError();
    if (data_ == inline_)
      memcpy(grown, inline_, bytes);
    data_ = grown;
    capacity_ *= 2;
    return true;
  }

  int64_t inline_[64];
  int64_t* data_ = inline_;
  int64_t count_ = 0;
  int64_t capacity_ = 64;
};

/// Places of the needle (not empty) that do not overlap, at most `limit`. False with MemoryError.
template <class Char>
bool findPlaces(const Char* chars, int64_t length, const Char* needle, int64_t needleLength,
                int64_t limit, Places& places) {
  int64_t at = 0;
  while (places.count() < limit) {
    int64_t found = text::find(chars + at, length - at, needle, needleLength);
    if (found < 0)
      return true;
    if (!places.push(at + found))
      return false;
    at += found + needleLength;
  }
  return true;
}

} // namespace pyc::rt
