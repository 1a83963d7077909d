// list.sort(). Numbers that lie unboxed are sorted as they are; everything else by a merge sort
// with the cheapest comparison that all keys allow (as CPython does since 3.7).
#include "runtime/objects/list_storage.h"
#include "runtime/objects/merge_sort.h"
#include "runtime/objects/number_sort.h"

#include "runtime/memory/heap.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace pyc::rt {

namespace {

/// An item with the key that it is sorted by.
struct Keyed {
  Value key;
  Value item;
};
Value keyOf(Value item) {
  return item;
}
Value keyOf(const Keyed& keyed) {
  return keyed.key;
}

struct IntLess {
  template <class T> int operator()(const T& a, const T& b) const {
    return keyOf(a).asInt() < keyOf(b).asInt();
  }
};
struct DoubleLess {
  template <class T> int operator()(const T& a, const T& b) const {
    return keyOf(a).asDouble() < keyOf(b).asDouble();
  }
};
struct StrLess {
  template <class T> int operator()(const T& a, const T& b) const {
    return strCompare(asStr(keyOf(a)), asStr(keyOf(b))) < 0;
  }
};

int lessAny(Value a, Value b) {
  bool result;
  return compareBool(CompareOp::Lt, a, b, result) ? result : -1;
}
struct AnyLess {
  template <class T> int operator()(const T& a, const T& b) const {
    return lessAny(keyOf(a), keyOf(b));
  }
};

template <class Less, class T> bool mergeSorted(T* items, int64_t count) {
  using Sorter = MergeSort<T, Less>;
  Sorter sorter{Less()};
  auto result = sorter.sort(items, count);
  if (result == Sorter::Result::OutOfMemory)
    return raiseMemoryError();
  return result == Sorter::Result::Sorted;
}

enum class KeyKind { Ints, Doubles, Strs, Tuples, Any };

KeyKind kindOf(Value key) {
  if (key.isInt())
    return KeyKind::Ints;
  if (key.isDouble())
    return KeyKind::Doubles;
  return isExactStr(key) ? KeyKind::Strs : isExactTuple(key) ? KeyKind::Tuples : KeyKind::Any;
}

template <class T> KeyKind kindOfAll(const T* items, int64_t count) {
  KeyKind kind = kindOf(keyOf(items[0]));
  for (int64_t i = 1; i < count && kind != KeyKind::Any; ++i)
    if (kindOf(keyOf(items[i])) != kind)
      kind = KeyKind::Any;
  return kind;
}

/// An item beside a number that decides most comparisons, so that they need not look at the key.
template <class T> struct Prefixed {
  uint64_t prefix;
  T item;
};
/// From this many items on, prefixes pay.
constexpr int64_t kPrefixesFrom = 32;

/// A number in whose order the values of a kind are, as far as it goes: equal numbers say nothing.
/// False when there is none for this value.
bool prefixOf(KeyKind kind, Value value, uint64_t& prefix) {
  if (kindOf(value) != kind)
    return false;
  constexpr uint64_t kSign = uint64_t{1} << 63;
  if (kind == KeyKind::Ints) {
    prefix = static_cast<uint64_t>(value.asInt()) ^ kSign;
    return true;
  }
  if (kind == KeyKind::Doubles) {
    prefix = std::bit_cast<uint64_t>(value.asDouble() + 0.0); // both zeros are one
    prefix = prefix & kSign ? ~prefix : prefix | kSign;
    return !std::isnan(value.asDouble());
  }
  const StrObject* text = asStr(value);
  uint64_t bytes = 0;
  std::memcpy(&bytes, text->data(), text->isNarrow() ? std::min<size_t>(text->length, 8) : 0);
  prefix = __builtin_bswap64(bytes);
  return text->isNarrow();
}

/// What a str or tuple is compared by first; null for an empty tuple.
Value leadOf(Value key) {
  if (!isExactTuple(key))
    return key;
  return asTuple(key)->count == 0 ? Value() : asTuple(key)->items()[0];
}

template <class T> bool addPrefixes(const T* items, int64_t count, Prefixed<T>* out) {
  Value lead = leadOf(keyOf(items[0]));
  KeyKind kind = lead ? kindOf(lead) : KeyKind::Any;
  if (kind == KeyKind::Tuples || kind == KeyKind::Any)
    return false;
  for (int64_t i = 0; i < count; ++i) {
    lead = leadOf(keyOf(items[i]));
    if (!lead || !prefixOf(kind, lead, out[i].prefix))
      return false;
    out[i].item = items[i];
  }
  return true;
}

template <class Less> struct PrefixLess {
  template <class T> int operator()(const Prefixed<T>& a, const Prefixed<T>& b) const {
    return a.prefix != b.prefix ? a.prefix < b.prefix : Less()(a.item, b.item);
  }
};

/// Sorts strs, or tuples, by their prefixes if all have one.
template <class Less, class T> bool prefixSorted(T* items, int64_t count) {
  if (count < kPrefixesFrom)
    return mergeSorted<Less>(items, count);
  auto* prefixed =
      static_cast<Prefixed<T>*>(allocPlain(static_cast<size_t>(count) * sizeof(Prefixed<T>)));
  if (!prefixed || !addPrefixes(items, count, prefixed)) {
    freeMemory(prefixed);
    return mergeSorted<Less>(items, count);
  }
  bool ok = mergeSorted<PrefixLess<Less>>(prefixed, count);
  for (int64_t i = 0; i < count; ++i)
    items[i] = prefixed[i].item;
  freeMemory(prefixed);
  return ok;
}

template <class T> bool sortByKind(T* items, int64_t count) {
  switch (kindOfAll(items, count)) {
  case KeyKind::Ints:
    return mergeSorted<IntLess>(items, count);
  case KeyKind::Doubles:
    return mergeSorted<DoubleLess>(items, count);
  case KeyKind::Strs:
    return prefixSorted<StrLess>(items, count);
  case KeyKind::Tuples:
    return prefixSorted<AnyLess>(items, count);
  case KeyKind::Any:
    return mergeSorted<AnyLess>(items, count);
  }
  __builtin_unreachable();
}

/// Sorts in either direction; equal items keep their order.
template <class T> bool sortArray(T* items, int64_t count, bool reverse) {
  if (count < 2)
    return true;
  if (reverse)
    std::reverse(items, items + count);
  bool ok = sortByKind(items, count);
  if (reverse)
    std::reverse(items, items + count);
  return ok;
}

bool hasNan(const double* items, int64_t count) {
  bool found = false;
  for (int64_t i = 0; i < count; ++i)
    found |= std::isnan(items[i]);
  return found;
}

/// An array of numbers without boxes, in place. False when it must be sorted in another way.
bool sortNumbers(ListObject* list, bool reverse, bool& ok) {
  if (list->storage == ListStorage::Ints) {
    ok = sortInts(list->ints(), list->count);
  } else if (list->storage == ListStorage::Bools) {
    int64_t falses = std::count(list->bools(), list->bools() + list->count, 0);
    std::fill(list->bools(), list->bools() + falses, 0);
    std::fill(list->bools() + falses, list->bools() + list->count, 1);
  } else {
    if (hasNan(list->floats(), list->count))
      return false;
    if (reverse) // for the order of zeros
      std::reverse(list->floats(), list->floats() + list->count);
    ok = sortDoubles(list->floats(), list->count);
  }
  if (reverse)
    listReverse(list);
  if (!ok)
    raiseMemoryError();
  return true;
}

/// The list's array while it is sorted: the list itself is empty then, and notices changes.
class DetachedItems {
public:
  explicit DetachedItems(ListObject* list) : list_(list), saved_(*list) {
    list->data = nullptr;
    list->count = 0;
    list->capacity = kSorting;
    list->storage = ListStorage::Ints;
  }
  DetachedItems(const DetachedItems&) = delete;
  DetachedItems& operator=(const DetachedItems&) = delete;

  ListObject* items() { return &saved_; }

  /// Puts the array back; ValueError when the list was changed meanwhile and nothing was raised
  /// yet.
  bool restore(bool ok) {
    bool changed = list_->capacity != kSorting;
    void* data = std::exchange(list_->data, saved_.data);
    int64_t count = std::exchange(list_->count, saved_.count);
    ListStorage storage = std::exchange(list_->storage, saved_.storage);
    list_->capacity = saved_.capacity;
    if (changed && ok)
      ok = raise(valueErrorType, "list modified during sort");
    if (storage == ListStorage::Values)
      for (int64_t i = 0; i < count; ++i)
        decref(static_cast<Value*>(data)[i]);
    freeMemory(data);
    return ok;
  }

private:
  static constexpr int64_t kSorting = -1;
  ListObject* list_;
  ListObject saved_; // only its fields behind the header count
};

/// Sorts values that are boxed for it; takes them back unboxed.
bool sortBoxed(ListObject* items, bool reverse) {
  int64_t count = items->count;
  auto* values = static_cast<Value*>(allocPlain(static_cast<size_t>(count) * sizeof(Value)));
  if (!values)
    return raiseMemoryError();
  for (int64_t i = 0; i < count; ++i)
    values[i] = Value::fromDouble(items->floats()[i]);
  bool ok = sortArray(values, count, reverse);
  for (int64_t i = 0; i < count; ++i)
    items->floats()[i] = values[i].asDouble();
  freeMemory(values);
  return ok;
}

bool makeKeys(ListObject* items, Value keyFunction, Keyed* keyed, int64_t& made) {
  for (; made < items->count; ++made) {
    Ref item = listGet(items, made);
    Ref key = item ? call(keyFunction, item) : Ref();
    if (!key)
      return false;
    keyed[made] = {key.release(), item.release()};
  }
  return true;
}

void takeBack(ListObject* items, const Keyed* keyed, int64_t count) {
  for (int64_t i = 0; i < count; ++i)
    listPut(items, i, keyed[i].item);
}

bool sortByKey(ListObject* items, Value keyFunction, bool reverse) {
  int64_t count = items->count, made = 0;
  if (count == 0)
    return true;
  auto* keyed = static_cast<Keyed*>(allocPlain(static_cast<size_t>(count) * sizeof(Keyed)));
  if (!keyed)
    return raiseMemoryError();
  bool ok = makeKeys(items, keyFunction, keyed, made) && sortArray(keyed, count, reverse);
  if (made == count)
    takeBack(items, keyed, count);
  // The items' references: the array's own and those in `keyed`, where items are counted.
  for (int64_t i = 0; i < made; ++i) {
    decref(keyed[i].key);
    decref(keyed[i].item);
  }
  freeMemory(keyed);
  return ok;
}

} // namespace

bool listSort(ListObject* list, Value key, bool reverse) {
  if (list->exports != 0 && !key.isNull() && !key.isNone())
    return listMayResize(list);
  bool ok = true;
  bool hasKey = key && !key.isNone();
  if (!hasKey && list->count < 2)
    return true;
  if (!hasKey && list->storage != ListStorage::Values && sortNumbers(list, reverse, ok))
    return ok;
  DetachedItems detached(list);
  ListObject* items = detached.items();
  if (hasKey)
    ok = sortByKey(items, key, reverse);
  else if (isCounted(items))
    ok = sortArray(items->values(), items->count, reverse);
  else
    ok = sortBoxed(items, reverse);
  return detached.restore(ok);
}

} // namespace pyc::rt
