// Searching in arrays of code points or bytes. Short and ordinary cases look for the needle's first
// and last character sixteen bytes at a time; when that goes badly the two-way algorithm
// (Crochemore, Perrin 1991) takes over, so that no input takes more than linear time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace pyc::rt::text {

template <class Char> struct Lanes {
  static constexpr int64_t kCount = 16 / sizeof(Char);
  typedef Char Vector __attribute__((vector_size(16)));

  static Vector load(const Char* from) {
    Vector v;
    memcpy(&v, from, 16);
    return v;
  }
  static Vector splat(Char c) { return Vector{} + c; }
  static bool any(auto mask) {
    typedef uint64_t Halves __attribute__((vector_size(16)));
    auto halves = (Halves)mask;
    return (halves[0] | halves[1]) != 0;
  }
  /// The first lane that is set; kCount: none. Lanes lie in the order of memory, lowest bits first.
  static int64_t first(auto mask) {
    typedef uint64_t Halves __attribute__((vector_size(16)));
    auto halves = (Halves)mask;
    constexpr int kBits = 8 * sizeof(Char);
    if (halves[0] != 0)
      return __builtin_ctzll(halves[0]) / kBits;
    return kCount / 2 + (halves[1] != 0 ? __builtin_ctzll(halves[1]) / kBits : kCount / 2);
  }
};

/// Index of the first `c`, or -1.
template <class Char> int64_t findChar(const Char* chars, int64_t count, Char c) {
  if constexpr (sizeof(Char) == 1) {
    if (count == 0)
      return -1;
    auto* found = static_cast<const Char*>(
        memchr(chars, static_cast<uint8_t>(c), static_cast<size_t>(count)));
    return found ? found - chars : -1;
  } else {
    using L = Lanes<Char>;
    auto wanted = L::splat(c);
    int64_t i = 0;
    for (; i + L::kCount <= count; i += L::kCount) {
      if (L::any(L::load(chars + i) == wanted))
        break;
    }
    for (; i < count; ++i) {
      if (chars[i] == c)
        return i;
    }
    return -1;
  }
}

template <class Char> int64_t rfindChar(const Char* chars, int64_t count, Char c) {
  if constexpr (sizeof(Char) == 1) {
    if (count == 0)
      return -1;
    auto* found = static_cast<const Char*>(
        memrchr(chars, static_cast<uint8_t>(c), static_cast<size_t>(count)));
    return found ? found - chars : -1;
  } else {
    for (int64_t i = count - 1; i >= 0; --i) {
      if (chars[i] == c)
        return i;
    }
    return -1;
  }
}

template <class Char> int64_t countChar(const Char* chars, int64_t count, Char c) {
  int64_t total = 0;
  for (int64_t i = 0; i < count; ++i)
    total += chars[i] == c;
  return total;
}

template <class Char> bool sameChars(const Char* a, const Char* b, int64_t count) {
  return memcmp(a, b, static_cast<size_t>(count) * sizeof(Char)) == 0;
}

/// The two-way algorithm's view of a needle: split at a critical factorisation.
template <class Char> class TwoWay {
public:
  TwoWay(const Char* needle, int64_t length) : needle_(needle), length_(length) {
    int64_t period1, period2;
    int64_t cut1 = maximalSuffix(period1, false);
    int64_t cut2 = maximalSuffix(period2, true);
    cut_ = cut1 > cut2 ? cut1 : cut2;
    period_ = cut1 > cut2 ? period1 : period2;
    periodic_ = sameChars(needle, needle + period_, cut_);
    if (!periodic_)
      period_ = (cut_ > length_ - cut_ ? cut_ : length_ - cut_) + 1;
    for (int64_t& gap : gaps_)
      gap = length_;
    for (int64_t i = 0; i < length_ - 1; ++i)
      gaps_[static_cast<uint64_t>(needle[i]) % kGaps] = length_ - 1 - i;
    gaps_[static_cast<uint64_t>(needle[length_ - 1]) % kGaps] = 0;
  }

  int64_t find(const Char* text, int64_t count) const {
    int64_t memory = 0; // this many characters of the needle are known to match
    for (int64_t at = 0; at + length_ <= count;) {
      int64_t gap = gaps_[static_cast<uint64_t>(text[at + length_ - 1]) % kGaps];
      if (gap != 0) {
        // The part that is known to match forbids shorter shifts.
        at += gap > memory ? gap : memory;
        memory = 0;
        continue;
      }
      int64_t i = cut_ > memory ? cut_ : memory;
      while (i < length_ && needle_[i] == text[at + i])
        ++i;
      if (i < length_) {
        at += i - cut_ + 1;
        memory = 0;
        continue;
      }
      i = cut_;
      while (i > memory && needle_[i - 1] == text[at + i - 1])
        --i;
      if (i <= memory)
        return at;
      at += period_;
      memory = periodic_ ? length_ - period_ : 0;
    }
    return -1;
  }

private:
  static constexpr uint64_t kGaps = 64;

  /// Start of the lexicographically greatest suffix (by reversed order when `reversed`), and its
  /// period.
  int64_t maximalSuffix(int64_t& period, bool reversed) const {
    int64_t suffix = 0, candidate = 1, matched = 0;
    period = 1;
    while (candidate + matched < length_) {
      Char a = needle_[candidate + matched];
      Char b = needle_[suffix + matched];
      if (reversed ? b < a : a < b) {
        candidate += matched + 1;
        matched = 0;
        period = candidate - suffix;
      } else if (a == b) {
        if (matched + 1 != period) {
          ++matched;
        } else {
          candidate += period;
          matched = 0;
        }
      } else {
        suffix = candidate++;
        matched = 0;
        period = 1;
      }
    }
    return suffix;
  }

  const Char* needle_;
  int64_t length_;
  int64_t cut_ = 0;
  int64_t period_ = 0;
  bool periodic_ = false;
  int64_t gaps_[kGaps]; // by the window's last character: how far the window can move
};

/// Index of the first occurrence of needle (length at least 2), or -1.
template <class Char>
int64_t findLong(const Char* chars, int64_t count, const Char* needle, int64_t length) {
  using L = Lanes<Char>;
  auto first = L::splat(needle[0]);
  auto last = L::splat(needle[length - 1]);
  int64_t starts = count - length + 1;
  int64_t i = 0;
  int64_t budget = 64 + count / 4; // characters compared in vain before two-way takes over
  while (i < starts) {
    if (i + L::kCount <= starts) {
      int64_t lane =
          L::first((L::load(chars + i) == first) & (L::load(chars + i + length - 1) == last));
      i += lane;
      if (lane == L::kCount)
        continue;
    } else if (chars[i] != needle[0] || chars[i + length - 1] != needle[length - 1]) {
      ++i;
      continue;
    }
    int64_t j = 1;
    while (j < length - 1 && chars[i + j] == needle[j])
      ++j;
    if (j >= length - 1)
      return i;
    budget -= j;
    ++i;
    if (budget < 0) {
      int64_t found = TwoWay<Char>(needle, length).find(chars + i, count - i);
      return found < 0 ? -1 : i + found;
    }
  }
  return -1;
}

/// Index of the first occurrence, or -1. An empty needle is found at 0.
template <class Char>
int64_t find(const Char* chars, int64_t count, const Char* needle, int64_t length) {
  if (length > count)
    return -1;
  if (length <= 1)
    return length == 0 ? 0 : findChar(chars, count, needle[0]);
  return findLong(chars, count, needle, length);
}

/// rfind in linear time, through reversed copies. False when there is no memory for them.
template <class Char>
bool rfindReversed(const Char* chars, int64_t count, const Char* needle, int64_t length,
                   int64_t& result) {
  auto* copy = static_cast<Char*>(malloc(static_cast<size_t>(count + length) * sizeof(Char)));
  if (!copy)
    return false;
  std::reverse_copy(chars, chars + count, copy);
  std::reverse_copy(needle, needle + length, copy + count);
  int64_t found = TwoWay<Char>(copy + count, length).find(copy, count);
  free(copy);
  result = found < 0 ? -1 : count - length - found;
  return true;
}

/// Index of the last occurrence, or -1. An empty needle is found at the end.
template <class Char>
int64_t rfind(const Char* chars, int64_t count, const Char* needle, int64_t length) {
  if (length > count)
    return -1;
  if (length <= 1)
    return length == 0 ? count : rfindChar(chars, count, needle[0]);
  int64_t stop = count - length + 1; // the last place, plus 1
  int64_t budget = 64 + count / 4;
  while (stop > 0) {
    int64_t i = rfindChar(chars, stop, needle[0]);
    if (i < 0)
      return -1;
    int64_t j = 1;
    while (j < length && chars[i + j] == needle[j])
      ++j;
    if (j == length)
      return i;
    stop = i;
    budget -= j;
    int64_t result;
    if (budget < 0 && rfindReversed(chars, stop + length - 1, needle, length, result))
      return result;
  }
  return -1;
}

/// Number of occurrences that do not overlap, at most `limit`; count + 1 for an empty needle.
template <class Char>
int64_t count(const Char* chars, int64_t length, const Char* needle, int64_t needleLength,
              int64_t limit = INT64_MAX) {
  if (needleLength == 0)
    return length + 1 < limit ? length + 1 : limit;
  if (needleLength == 1) {
    int64_t total = countChar(chars, length, needle[0]);
    return total < limit ? total : limit;
  }
  int64_t total = 0;
  for (int64_t at = 0; total < limit; ++total) {
    int64_t found = find(chars + at, length - at, needle, needleLength);
    if (found < 0)
      break;
    at += found + needleLength;
  }
  return total;
}

} // namespace pyc::rt::text
