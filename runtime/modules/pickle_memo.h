// The memo of a pickler: which objects have been written, and under which number.
#pragma once

#include "runtime/memory/refcount.h"

namespace pyc::rt::pickle {

/// A hash table by identity that keeps its objects alive.
class PickleMemo {
public:
  struct Entry {
    Value object; // owned; null: free
    int64_t index;
  };

  PickleMemo() = default;
  PickleMemo(const PickleMemo&) = delete;
  PickleMemo& operator=(const PickleMemo&) = delete;
  ~PickleMemo() { clear(); }

  /// The object's number, or -1.
  int64_t find(Value object) const {
    if (count_ == 0)
      return -1;
    for (size_t place = placeOf(object);; place = (place + 1) & mask_) {
      if (entries_[place].object == object)
        return entries_[place].index;
      if (!entries_[place].object)
        return -1;
    }
  }
  /// The number of a new object: how many there were. -1 with MemoryError.
  int64_t add(Value object) {
    int64_t index = next_;
    return put(object, index) ? index : -1;
  }
  /// A number that no object has.
  int64_t skip() { return next_++; }
  /// Gives an object, which may be there already, a number. False with MemoryError.
  bool put(Value object, int64_t index);
  /// Drops all. May run Python code.
  void clear();
  void swap(PickleMemo& other);
  void each(auto use) const {
    for (size_t i = 0; entries_ && i <= mask_; ++i)
      if (entries_[i].object)
        use(entries_[i]);
  }

private:
  size_t placeOf(Value object) const {
    return static_cast<size_t>((object.bits() >> 4) * 0x9E3779B97F4A7C15u >> 32) & mask_;
  }
  bool grow();

  Entry* entries_ = nullptr;
  size_t mask_ = 0;
  size_t count_ = 0;
  int64_t next_ = 0;
};

} // namespace pyc::rt::pickle
