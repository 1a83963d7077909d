// An array of a size known at run time: on the stack when it is short.
#pragma once

#include <mimalloc.h>

#include <cstddef>

namespace pyc::rt {

/// Not initialised. Tests false when memory was short; the caller raises then.
template <class T, size_t kInline = 12> class SmallArray {
public:
  explicit SmallArray(size_t count)
      : data_(count <= kInline ? reinterpret_cast<T*>(inline_)
                               : static_cast<T*>(mi_mallocn(count, sizeof(T)))) {}
  SmallArray(const SmallArray&) = delete;
  SmallArray& operator=(const SmallArray&) = delete;
  ~SmallArray() {
    if (data_ != reinterpret_cast<T*>(inline_))
      mi_free(data_);
  }
  explicit operator bool() const { return data_ != nullptr; }
  T* data() { return data_; }
  T& operator[](size_t i) { return data_[i]; }

private:
  T* data_;
  alignas(T) char inline_[kInline * sizeof(T)];
};

} // namespace pyc::rt
