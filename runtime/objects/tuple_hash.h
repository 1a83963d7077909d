// The hash of tuples: xxHash's 64-bit round over the items' hashes, as in CPython since 3.8, so
// that sets of tuples come out in the same order.
#pragma once

#include <bit>
#include <cstdint>

namespace pyc::rt {

class TupleHash {
public:
  void add(int64_t hash) {
    state_ += static_cast<uint64_t>(hash) * kPrime2;
    state_ = std::rotl(state_, 31) * kPrime1;
    ++count_;
  }
  int64_t finish() const { return valid(state_ + (count_ ^ (kPrime5 ^ 3527539ull))); }
  /// As slices end it: without the length.
  int64_t finishUnsized() const { return valid(state_); }

private:
  static constexpr uint64_t kPrime1 = 11400714785074694791ull;
  static constexpr uint64_t kPrime2 = 14029467366897019727ull;
  static constexpr uint64_t kPrime5 = 2870177450012600261ull;

  static int64_t valid(uint64_t hash) {
    return hash == ~0ull ? 1546275796 : static_cast<int64_t>(hash);
  }

  uint64_t state_ = kPrime5;
  uint64_t count_ = 0;
};

} // namespace pyc::rt
