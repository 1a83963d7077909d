// Collects new references into a list whose length is not known before.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/list.h"

#include <mimalloc.h>

#include <algorithm>
#include <cstring>

namespace pyc::rt {

class PieceList {
public:
  PieceList() = default;
  PieceList(const PieceList&) = delete;
  PieceList& operator=(const PieceList&) = delete;
  ~PieceList() {
    for (size_t i = 0; i < count_; ++i)
      decref(items_[i]);
    if (items_ != inline_)
      mi_free(items_);
  }

  /// False when the piece is null (an error is raised) or memory is out.
  bool push(Ref piece) {
    if (PYC_UNLIKELY(!piece) || (PYC_UNLIKELY(count_ == capacity_) && !grow()))
      return false;
    items_[count_++] = piece.release();
    return true;
  }
  void reverse() { std::reverse(items_, items_ + count_); }
  /// The list; nothing is left here.
  Ref finish() {
    size_t count = count_;
    count_ = 0;
    return makeListStealing(items_, count);
  }

private:
  bool grow() {
    size_t bytes = capacity_ * sizeof(Value);
    auto* grown = static_cast<Value*>(items_ == inline_ ? mi_malloc(bytes * 2)
                                                        : mi_realloc(items_, bytes * 2));
    if (!grown)
      return raiseMemoryError();
    if (items_ == inline_)
      memcpy(static_cast<void*>(grown), inline_, bytes);
    items_ = grown;
    capacity_ *= 2;
    return true;
  }

  Value inline_[32];
  Value* items_ = inline_;
  size_t count_ = 0;
  size_t capacity_ = 32;
};

} // namespace pyc::rt
