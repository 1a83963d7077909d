#include "runtime/objects/number_sort.h"

#include "runtime/objects/merge_sort.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace pyc::rt {

namespace {

constexpr int kDigitBits = 11, kBuckets = 1 << kDigitBits;
constexpr int64_t kRadixCount = 1024; // below, comparing is faster than counting
constexpr int64_t kTypicalRun = 32;   // natural runs at least so long on average: merge them

struct Less {
  template <class T> int operator()(T a, T b) const { return a < b; }
};

template <class T> bool mergeSorted(T* items, int64_t count) {
  MergeSort<T, Less> sorter{Less()};
  return sorter.sort(items, count) == MergeSort<T, Less>::Result::Sorted;
}

/// Number of places where an item is smaller than the one before.
template <class T> int64_t countDescents(const T* items, int64_t count) {
  int64_t descents = 0;
  for (int64_t i = 1; i < count; ++i)
    descents += items[i] < items[i - 1];
  return descents;
}

/// Least significant digit first, on the low `bits` bits. `scratch` is as long; the result is in
/// either, and returned.
uint64_t* radixSort(uint64_t* keys, uint64_t* scratch, int64_t count, int bits) {
  for (int shift = 0; shift < bits; shift += kDigitBits) {
    int64_t starts[kBuckets] = {};
    for (int64_t i = 0; i < count; ++i)
      ++starts[(keys[i] >> shift) & (kBuckets - 1)];
    if (starts[(keys[0] >> shift) & (kBuckets - 1)] == count)
      continue; // all alike in this digit
    int64_t sum = 0;
    for (int64_t& start : starts)
      sum += std::exchange(start, sum);
    for (int64_t i = 0; i < count; ++i)
      scratch[starts[(keys[i] >> shift) & (kBuckets - 1)]++] = keys[i];
    std::swap(keys, scratch);
  }
  return keys;
}

/// Sorts by keys of 64 bits that `toKey` makes and `fromKey` takes back.
template <class T, class ToKey, class FromKey>
bool radixSorted(T* items, int64_t count, int bits, ToKey toKey, FromKey fromKey) {
  auto* memory = mi_mallocn_tp(uint64_t, static_cast<size_t>(count) * 2);
  if (!memory)
    return mergeSorted(items, count);
  for (int64_t i = 0; i < count; ++i)
    memory[i] = toKey(items[i]);
  const uint64_t* sorted = radixSort(memory, memory + count, count, bits);
  for (int64_t i = 0; i < count; ++i)
    items[i] = fromKey(sorted[i]);
  mi_free(memory);
  return true;
}

uint64_t keyOfDouble(double value) {
  auto bits = std::bit_cast<uint64_t>(value);
  return bits >> 63 ? ~bits : bits | 1ull << 63;
}
double doubleOfKey(uint64_t key) {
  return std::bit_cast<double>(key >> 63 ? key & ~(1ull << 63) : ~key);
}

bool hasBothZeros(const double* items, int64_t count) {
  bool isThere[2] = {};
  for (int64_t i = 0; i < count; ++i)
    if (items[i] == 0)
      isThere[std::signbit(items[i])] = true;
  return isThere[0] && isThere[1];
}

} // namespace

bool sortInts(int64_t* items, int64_t count) {
  int64_t descents = countDescents(items, count);
  if (descents == 0)
    return true;
  if (descents < count / kTypicalRun || descents > count - count / kTypicalRun)
    return mergeSorted(items, count);
  if (count < kRadixCount) {
    std::sort(items, items + count);
    return true;
  }
  auto [least, most] = std::minmax_element(items, items + count);
  auto base = static_cast<uint64_t>(*least);
  int bits = 64 - std::countl_zero(static_cast<uint64_t>(*most) - base);
  return radixSorted(
      items, count, bits, [=](int64_t item) { return static_cast<uint64_t>(item) - base; },
      [=](uint64_t key) { return static_cast<int64_t>(key + base); });
}

bool sortDoubles(double* items, int64_t count) {
  int64_t descents = countDescents(items, count);
  if (descents == 0)
    return true;
  bool hasRuns = descents < count / kTypicalRun || descents > count - count / kTypicalRun;
  if (count < kRadixCount || hasRuns || hasBothZeros(items, count))
    return mergeSorted(items, count);
  return radixSorted(items, count, 64, keyOfDouble, doubleOfKey);
}

} // namespace pyc::rt
