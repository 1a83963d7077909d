// The hash of frozensets: independent of the items' order, as CPython computes it.
#pragma once

#include <cstdint>

namespace pyc::rt {

class SetHash {
public:
  void add(int64_t hash) {
    auto bits = static_cast<uint64_t>(hash);
    state_ ^= ((bits ^ 89869747ull) ^ (bits << 16)) * 3644798167ull;
    ++count_;
  }
  int64_t finish() const {
    uint64_t hash = state_ ^ (count_ + 1) * 1927868237ull;
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash * 69069 + 907133923;
    return hash == ~0ull ? 590923713 : static_cast<int64_t>(hash);
  }

private:
  uint64_t state_ = 0;
  uint64_t count_ = 0;
};

} // namespace pyc::rt
