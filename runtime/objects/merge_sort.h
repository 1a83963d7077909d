// A stable natural merge sort: runs that are there already are found (Peters' timsort), merged in
// an order that is close to the best one (Munro and Wild's powersort), and merges gallop where one
// run wins for long. With random input it is a merge sort of binary-inserted runs.
//
// The order is given by `Less`, whose call returns 1, 0, or -1 after an error; sorting then ends,
// and the array holds the same items in some order.
#pragma once

#include <cstdint>
#include <cstring>
#include <mimalloc.h>
#include <utility>

namespace pyc::rt {

/// T must be trivially copyable.
template <class T, class Less> class MergeSort {
public:
  explicit MergeSort(Less less) : less_(less) {}
  MergeSort(const MergeSort&) = delete;
  MergeSort& operator=(const MergeSort&) = delete;
  ~MergeSort() { mi_free(scratch_); }

  enum class Result { Sorted, Failed, OutOfMemory };

  Result sort(T* items, int64_t count) {
    items_ = items;
    count_ = count;
    if (count < 2)
      return Result::Sorted;
    int64_t shortest = shortestRun(count);
    for (int64_t start = 0; start < count;) {
      int64_t length = naturalRun(start);
      if (length > 0 && length < shortest) {
        int64_t wanted = shortest < count - start ? shortest : count - start;
        if (insertionSort(start, start + length, start + wanted))
          length = wanted;
      }
      if (failed_ || !pushRun(start, length))
        return result();
      start += length;
    }
    while (depth_ > 1)
      if (!mergeTop())
        return result();
    return Result::Sorted;
  }

private:
  struct Run {
    int64_t start, length;
    int power; // of the boundary to the run behind it
  };
  static constexpr int64_t kMinGallop = 7;
  static constexpr int kMaxRuns = 85;

  Result result() const {
    return failed_ ? Result::Failed : outOfMemory_ ? Result::OutOfMemory : Result::Sorted;
  }

  bool less(const T& a, const T& b) {
    int outcome = less_(a, b);
    if (outcome < 0)
      failed_ = true;
    return outcome > 0;
  }

  /// Such that count divided by it is a power of two or a little less.
  static int64_t shortestRun(int64_t count) {
    int64_t rest = 0;
    while (count >= 64) {
      rest |= count & 1;
      count >>= 1;
    }
    return count + rest;
  }

  /// Length of the run at `start`, reversed where it descends (strictly, so that equal items stay
  /// in order).
  int64_t naturalRun(int64_t start) {
    int64_t end = start + 1;
    if (end == count_)
      return 1;
    bool isDescending = less(items_[end], items_[end - 1]);
    for (++end; !failed_ && end < count_; ++end)
      if (less(items_[end], items_[end - 1]) != isDescending)
        break;
    if (failed_)
      return 0;
    if (isDescending)
      for (int64_t i = start, j = end - 1; i < j; ++i, --j)
        std::swap(items_[i], items_[j]);
    return end - start;
  }

  /// [start, sorted) is in order; takes in the items up to `end`.
  bool insertionSort(int64_t start, int64_t sorted, int64_t end) {
    for (; sorted < end; ++sorted) {
      T item = items_[sorted];
      int64_t low = start, high = sorted;
      while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (less(item, items_[middle]))
          high = middle;
        else
          low = middle + 1;
        if (failed_)
          return false;
      }
      std::memmove(items_ + low + 1, items_ + low, static_cast<size_t>(sorted - low) * sizeof(T));
      items_[low] = item;
    }
    return true;
  }

  /// Depth of the boundary between two neighbouring runs in the ideal merge tree: the first bit in
  /// which the runs' middles differ, as fractions of the whole.
  int powerOf(const Run& left, int64_t rightLength) const {
    int64_t a = 2 * left.start + left.length;
    int64_t b = a + left.length + rightLength;
    int power = 0;
    for (;;) {
      ++power;
      if (a >= count_) {
        a -= count_;
        b -= count_;
      } else if (b >= count_) {
        return power;
      }
      a *= 2;
      b *= 2;
    }
  }

  bool pushRun(int64_t start, int64_t length) {
    if (depth_ > 0) {
      int power = powerOf(runs_[depth_ - 1], length);
      while (depth_ > 1 && runs_[depth_ - 2].power > power)
        if (!mergeTop())
          return false;
      runs_[depth_ - 1].power = power;
    }
    runs_[depth_++] = {start, length, 0};
    return true;
  }

  bool mergeTop() {
    Run& left = runs_[depth_ - 2];
    Run right = runs_[depth_ - 1];
    --depth_;
    int64_t leftStart = left.start, leftLength = left.length;
    left.length += right.length;
    // What stands at its place already needs no merging.
    int64_t skipped = gallopRight(items_[right.start], items_ + leftStart, leftLength, 0);
    leftStart += skipped;
    leftLength -= skipped;
    if (failed_ || leftLength == 0)
      return !failed_;
    int64_t rightLength = gallopLeft(items_[leftStart + leftLength - 1], items_ + right.start,
                                     right.length, right.length - 1);
    if (failed_ || rightLength == 0)
      return !failed_;
    if (!reserveScratch(leftLength < rightLength ? leftLength : rightLength))
      return false;
    if (leftLength <= rightLength)
      mergeUpwards(items_ + leftStart, leftLength, rightLength);
    else
      mergeDownwards(items_ + leftStart, leftLength, rightLength);
    return !failed_;
  }

  bool reserveScratch(int64_t count) {
    if (count <= scratchCount_)
      return true;
    mi_free(scratch_);
    scratch_ = static_cast<T*>(mi_mallocn(static_cast<size_t>(count), sizeof(T)));
    scratchCount_ = scratch_ ? count : 0;
    outOfMemory_ = !scratch_;
    return scratch_ != nullptr;
  }

  /// First place in items[0, count) where key could go (before equal items); the search starts near
  /// `hint`.
  int64_t gallopLeft(const T& key, const T* items, int64_t count, int64_t hint) {
    int64_t low, high; // items[low] < key <= items[high]
    if (less(items[hint], key)) {
      int64_t step = 1;
      low = hint;
      for (high = hint + 1; high < count && less(items[high], key) && !failed_;
           high = hint + step) {
        low = high;
        step = step * 2 + 1;
      }
      if (high > count)
        high = count;
    } else {
      int64_t step = 1;
      high = hint;
      for (low = hint - 1; low >= 0 && !less(items[low], key) && !failed_; low = hint - step) {
        high = low;
        step = step * 2 + 1;
      }
      if (low < -1)
        low = -1;
    }
    while (low + 1 < high && !failed_) {
      int64_t middle = low + (high - low) / 2;
      if (less(items[middle], key))
        low = middle;
      else
        high = middle;
    }
    return high;
  }

  /// As gallopLeft, behind equal items.
  int64_t gallopRight(const T& key, const T* items, int64_t count, int64_t hint) {
    int64_t low, high; // items[low] <= key < items[high]
    if (less(key, items[hint])) {
      int64_t step = 1;
      high = hint;
      for (low = hint - 1; low >= 0 && less(key, items[low]) && !failed_; low = hint - step) {
        high = low;
        step = step * 2 + 1;
      }
      if (low < -1)
        low = -1;
    } else {
      int64_t step = 1;
      low = hint;
      for (high = hint + 1; high < count && !less(key, items[high]) && !failed_;
           high = hint + step) {
        low = high;
        step = step * 2 + 1;
      }
      if (high > count)
        high = count;
    }
    while (low + 1 < high && !failed_) {
      int64_t middle = low + (high - low) / 2;
      if (less(key, items[middle]))
        high = middle;
      else
        low = middle;
    }
    return high;
  }

  static void copy(T* to, const T* from, int64_t count) {
    std::memmove(to, from, static_cast<size_t>(count) * sizeof(T));
  }

  /// Merges base[0, leftLength) and the rightLength items behind; the left run is the shorter one.
  void mergeUpwards(T* base, int64_t leftLength, int64_t rightLength) {
    copy(scratch_, base, leftLength);
    const T *left = scratch_, *leftEnd = scratch_ + leftLength;
    const T *right = base + leftLength, *rightEnd = right + rightLength;
    T* out = base;
    *out++ = *right++; // the trimmed right run begins with the smallest item
    while (left < leftEnd && right < rightEnd && !failed_) {
      int64_t leftWins = 0, rightWins = 0;
      while (leftWins < minGallop_ && rightWins < minGallop_) {
        bool takesRight = less(*right, *left);
        if (failed_)
          break;
        if (takesRight) {
          *out++ = *right++;
          ++rightWins;
          leftWins = 0;
          if (right == rightEnd)
            break;
        } else {
          *out++ = *left++;
          ++leftWins;
          rightWins = 0;
          if (left == leftEnd)
            break;
        }
      }
      if (left < leftEnd && right < rightEnd && !failed_)
        gallopUpwards(left, leftEnd, right, rightEnd, out);
    }
    copy(out, left, leftEnd - left); // the rest of the right run is in place
  }

  void gallopUpwards(const T*& left, const T* leftEnd, const T*& right, const T* rightEnd,
                     T*& out) {
    for (;;) {
      int64_t leftWins = gallopRight(*right, left, leftEnd - left, 0);
      if (failed_)
        return;
      copy(out, left, leftWins);
      out += leftWins;
      left += leftWins;
      if (left == leftEnd)
        return;
      *out++ = *right++;
      if (right == rightEnd)
        return;
      int64_t rightWins = gallopLeft(*left, right, rightEnd - right, 0);
      if (failed_)
        return;
      copy(out, right, rightWins);
      out += rightWins;
      right += rightWins;
      if (right == rightEnd)
        return;
      *out++ = *left++;
      if (left == leftEnd)
        return;
      if (leftWins < kMinGallop && rightWins < kMinGallop) {
        minGallop_ += 2; // it did not pay
        return;
      }
      minGallop_ -= minGallop_ > 1;
    }
  }

  /// As mergeUpwards from the end; the right run is the shorter one.
  void mergeDownwards(T* base, int64_t leftLength, int64_t rightLength) {
    copy(scratch_, base + leftLength, rightLength);
    const T *leftStart = base, *left = base + leftLength - 1;
    const T *rightStart = scratch_, *right = scratch_ + rightLength - 1;
    T* out = base + leftLength + rightLength - 1;
    *out-- = *left--; // the trimmed left run ends with the largest item
    while (left >= leftStart && right >= rightStart && !failed_) {
      int64_t leftWins = 0, rightWins = 0;
      while (leftWins < minGallop_ && rightWins < minGallop_) {
        bool takesLeft = less(*right, *left);
        if (failed_)
          break;
        if (takesLeft) {
          *out-- = *left--;
          ++leftWins;
          rightWins = 0;
          if (left < leftStart)
            break;
        } else {
          *out-- = *right--;
          ++rightWins;
          leftWins = 0;
          if (right < rightStart)
            break;
        }
      }
      if (left >= leftStart && right >= rightStart && !failed_)
        gallopDownwards(leftStart, left, rightStart, right, out);
    }
    int64_t rest = right - rightStart + 1;
    copy(out - rest + 1, rightStart, rest); // the rest of the left run is in place
  }

  void gallopDownwards(const T* leftStart, const T*& left, const T* rightStart, const T*& right,
                       T*& out) {
    for (;;) {
      int64_t leftCount = left - leftStart + 1;
      int64_t leftWins = leftCount - gallopRight(*right, leftStart, leftCount, leftCount - 1);
      if (failed_)
        return;
      out -= leftWins;
      left -= leftWins;
      copy(out + 1, left + 1, leftWins);
      if (left < leftStart)
        return;
      *out-- = *right--;
      if (right < rightStart)
        return;
      int64_t rightCount = right - rightStart + 1;
      int64_t rightWins = rightCount - gallopLeft(*left, rightStart, rightCount, rightCount - 1);
      if (failed_)
        return;
      out -= rightWins;
      right -= rightWins;
      copy(out + 1, right + 1, rightWins);
      if (right < rightStart)
        return;
      *out-- = *left--;
      if (left < leftStart)
        return;
      if (leftWins < kMinGallop && rightWins < kMinGallop) {
        minGallop_ += 2;
        return;
      }
      minGallop_ -= minGallop_ > 1;
    }
  }

  Less less_;
  T* items_ = nullptr;
  int64_t count_ = 0;
  T* scratch_ = nullptr;
  int64_t scratchCount_ = 0;
  int64_t minGallop_ = kMinGallop;
  Run runs_[kMaxRuns];
  int depth_ = 0;
  bool failed_ = false;
  bool outOfMemory_ = false;
};

} // namespace pyc::rt
