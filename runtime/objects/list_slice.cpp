// Whole parts of lists: slices, extending, repeating.
#include "runtime/objects/list_storage.h"

#include "runtime/memory/heap.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/range.h"
#include "runtime/objects/slice.h"
#include "runtime/objects/str.h"

#include <algorithm>

namespace pyc::rt {

namespace {

size_t bytesOf(const ListObject* list, int64_t count) {
  return static_cast<size_t>(count) * itemSizeOf(list);
}

/// Copies items of a list over uninitialised memory of another one whose storage suits them.
void copyItems(ListObject* target, int64_t at, ListObject* source, int64_t from, int64_t count) {
  if (target->storage == source->storage) {
    std::memcpy(listBytes(target, at), listBytes(source, from), bytesOf(target, count));
    if (isCounted(target))
      listIncref(target->values() + at, count);
    return;
  }
  for (int64_t i = 0; i < count; ++i)
    target->values()[at + i] = listGet(source, from + i).release();
}

template <class T> void copyStrided(T* to, const T* from, int64_t step, int64_t count) {
  for (int64_t i = 0; i < count; ++i)
    to[i] = from[i * step];
}

/// Before items of `source` come in to stay beside `kept` items of the list.
bool adaptTo(ListObject* list, ListObject* source, int64_t kept) {
  if (list->storage == source->storage)
    return true;
  if (kept == 0 && !isCounted(list) && list->exports == 0) {
    list->count = 0; // what is there gets overwritten, and is not copied when the list grows
    listChangeStorage(list, source->storage);
    return true;
  }
  return listGeneralise(list);
}

bool extendByTuple(ListObject* list, TupleObject* tuple) {
  if (!listReserve(list, list->count + tuple->count))
    return false;
  for (int64_t i = 0; i < tuple->count; ++i)
    if (!listAppend(list, tuple->items()[i]))
      return false;
  return true;
}

bool extendByRange(ListObject* list, RangeObject* range) {
  int64_t start = range->start.asInt(), step = range->step.asInt(), more = range->length.asInt();
  if (more == 0)
    return true;
  if (!listAdapt(list, ListStorage::Ints) || !listReserve(list, list->count + more))
    return false;
  int64_t count = list->count;
  if (list->storage == ListStorage::Ints)
    for (int64_t i = 0; i < more; ++i)
      list->ints()[count + i] = start + i * step;
  else
    for (int64_t i = 0; i < more; ++i)
      list->values()[count + i] = Value::fromInt(start + i * step);
  list->count = count + more;
  return true;
}

bool extendByChars(ListObject* list, const StrObject* text) {
  int64_t more = text->length;
  if (more == 0)
    return true;
  if (!listAdapt(list, ListStorage::Values) || !listReserve(list, list->count + more))
    return false;
  for (int64_t i = 0; i < more; ++i) {
    Ref character = makeStrChar(text->at(i));
    if (!character)
      return false;
    list->values()[list->count++] = character.release();
  }
  return true;
}

bool extendByIterator(ListObject* list, Value iterable) {
  constexpr int64_t kGuess = 8, kMaxTrusted = int64_t(1) << 40;
  PYC_TRY(iterator, getIter(iterable));
  int64_t more;
  if (!lengthHint(iterable, kGuess, more))
    return false;
  int64_t total;
  if (__builtin_add_overflow(list->count, more, &total))
    more = kGuess; // it can't be true
  if (more > kMaxTrusted)
    return raiseMemoryError();
  if (!listReserve(list, list->count + more))
    return false;
  return forEach(iterator, [&](Value item) { return listAppend(list, item); });
}

/// Takes items [start, stop) out; their counts are the caller's. The array shrinks.
void closeGap(ListObject* list, int64_t start, int64_t stop) {
  listMove(list, start, stop, list->count - stop);
  list->count -= stop - start;
}

/// Room for values that were taken out of a list, to be released when the list is whole again.
class Removed {
public:
  explicit Removed(int64_t count)
      : values_(count <= kInPlace
                    ? room_
                    : static_cast<Value*>(allocPlain(static_cast<size_t>(count) * sizeof(Value)))) {
  }
  Removed(const Removed&) = delete;
  Removed& operator=(const Removed&) = delete;
  ~Removed() {
    if (values_ != room_)
      freeMemory(values_);
  }
  Value* values() { return values_; }

private:
  static constexpr int64_t kInPlace = 16;
  Value room_[kInPlace];
  Value* values_;
};

} // namespace

bool listExtendByList(ListObject* list, ListObject* source) {
  int64_t more = source->count, count = list->count;
  if (more == 0)
    return true;
  if (!adaptTo(list, source, count) || !listReserve(list, count + more))
    return false;
  copyItems(list, count, source, 0, more);
  list->count = count + more;
  return true;
}

bool listExtend(ListObject* list, Value iterable) {
  if (!listMayResize(list))
    return false;
  if (isExactList(iterable))
    return listExtendByList(list, asList(iterable));
  if (isExactTuple(iterable))
    return extendByTuple(list, asTuple(iterable));
  if (isRange(iterable) && isSmallRange(asRange(iterable)))
    return extendByRange(list, asRange(iterable));
  if (isExactStr(iterable))
    return extendByChars(list, asStr(iterable));
  return extendByIterator(list, iterable);
}

Ref listSlice(ListObject* list, int64_t start, int64_t stop) {
  PYC_TRY(result, newListOf(list->storage, start < stop ? stop - start : 0));
  ListObject* slice = asList(result);
  if (start < stop) {
    copyItems(slice, 0, list, start, stop - start);
    slice->count = stop - start;
  }
  return result;
}

Ref listStridedSlice(ListObject* list, int64_t start, int64_t step, int64_t count) {
  PYC_TRY(result, newListOf(list->storage, count));
  ListObject* slice = asList(result);
  if (slice->storage == ListStorage::Values) {
    Value *to = slice->values(), *items = list->values();
    for (int64_t i = 0, from = start; i < count; ++i, from += step)
      to[i] = Ref::copy(items[from]).release();
  } else if (slice->storage == ListStorage::Bools) {
    copyStrided(slice->bools(), list->bools() + start, step, count);
  } else {
    copyStrided(slice->ints(), list->ints() + start, step, count); // doubles have 8 bytes as well
  }
  slice->count = count;
  return result;
}

bool listReplace(ListObject* list, int64_t start, int64_t stop, ListObject* source) {
  if (list == source) {
    PYC_TRY(copy, listSlice(source, 0, source->count));
    return listReplace(list, start, stop, asList(copy));
  }
  int64_t removedCount = stop - start, added = source->count, kept = list->count - removedCount;
  if (PYC_LIKELY(added == removedCount && list->storage == source->storage && !isCounted(list))) {
    copyItems(list, start, source, 0, added);
    return true;
  }
  int64_t behind = list->count - stop;
  bool counted = isCounted(list); // as to what goes; what was raw numbers may be boxed meanwhile
  if ((added != removedCount && !listMayResize(list)) ||
      (added != 0 && !adaptTo(list, source, kept)) || !listReserve(list, kept + added))
    return false;
  Removed removed(counted ? removedCount : 0);
  if (counted && removedCount != 0) {
    if (!removed.values())
      return raiseMemoryError();
    std::memcpy(removed.values(), listBytes(list, start), bytesOf(list, removedCount));
  }
  if (added != removedCount)
    listMove(list, start + added, stop, behind);
  list->count = kept + added;
  if (added != 0)
    copyItems(list, start, source, 0, added);
  if (counted)
    for (int64_t i = removedCount; i-- > 0;)
      decref(removed.values()[i]);
  if (added < removedCount)
    listTrim(list);
  return true;
}

bool listRemoveRange(ListObject* list, int64_t start, int64_t stop) {
  if (start >= stop)
    return true;
  if (!listMayResize(list))
    return false;
  if (start == 0 && stop == list->count) {
    listClear(list);
    return true;
  }
  bool counted = isCounted(list);
  Removed removed(counted ? stop - start : 0);
  if (counted) {
    if (!removed.values())
      return raiseMemoryError();
    std::memcpy(removed.values(), listBytes(list, start), bytesOf(list, stop - start));
  }
  closeGap(list, start, stop);
  listTrim(list);
  if (counted)
    for (int64_t i = stop - start; i-- > 0;)
      decref(removed.values()[i]);
  return true;
}

bool listRemoveStrided(ListObject* list, int64_t start, int64_t step, int64_t count) {
  if (count == 0)
    return true;
  if (!listMayResize(list))
    return false;
  if (step < 0) {
    start += (count - 1) * step;
    step = -step;
  }
  bool counted = isCounted(list);
  Removed removed(counted ? count : 0);
  if (counted && !removed.values())
    return raiseMemoryError();
  for (int64_t i = 0; i < count; ++i) {
    int64_t at = start + i * step, next = i + 1 < count ? at + step : list->count;
    if (counted)
      removed.values()[i] = list->values()[at];
    listMove(list, at - i, at + 1, next - at - 1);
  }
  list->count -= count;
  listTrim(list);
  if (counted)
    for (int64_t i = 0; i < count; ++i)
      decref(removed.values()[i]);
  return true;
}

bool listReplaceStrided(ListObject* list, int64_t start, int64_t step, int64_t count,
                        ListObject* source) {
  if (source->count != count)
    return raise(valueErrorType,
                 "attempt to assign sequence of size %lld to extended slice of size %lld",
                 static_cast<long long>(source->count), static_cast<long long>(count));
  if (list == source) {
    PYC_TRY(copy, listSlice(source, 0, source->count));
    return listReplaceStrided(list, start, step, count, asList(copy));
  }
  for (int64_t i = 0; i < count; ++i) {
    // What an item's end runs may have changed the lists.
    int64_t at = start + i * step;
    if (at >= list->count || i >= source->count)
      break;
    PYC_TRY(item, listGet(source, i));
    if (!listSet(list, at, item))
      return false;
  }
  return true;
}

namespace {

constexpr int64_t kFewItems = 64;

/// Whether a range, read backwards, is copied to where it lies.
template <class T> bool isReversal(const T* to, const T* from, int64_t step, int64_t count) {
  return step == -1 && to == from - (count - 1);
}

/// By way of the stack, so that the two may overlap.
template <class T> bool copyFew(T* to, const T* from, int64_t step, int64_t count) {
  if (isReversal(to, from, step, count)) {
    std::reverse(to, to + count);
    return true;
  }
  if (count > kFewItems)
    return false;
  T items[kFewItems];
  copyStrided(items, from, step, count);
  std::copy_n(items, count, to);
  return true;
}

/// The old items end when the new ones are in their places.
bool exchangeFew(Value* to, const Value* from, int64_t step, int64_t count) {
  if (isReversal(to, from, step, count)) {
    std::reverse(to, to + count);
    return true;
  }
  if (count > kFewItems)
    return false;
  Value items[kFewItems];
  for (int64_t i = 0; i < count; ++i)
    items[i] = Ref::copy(from[i * step]).release();
  std::swap_ranges(items, items + count, to);
  for (int64_t i = count; i-- > 0;)
    decref(items[i]);
  return true;
}

} // namespace

bool listCopyItems(ListObject* to, int64_t at, ListObject* source, const SliceRange& from) {
  if (from.count == 0)
    return true;
  if (to->storage != source->storage)
    return false;
  if (to->storage == ListStorage::Values)
    return exchangeFew(to->values() + at, source->values() + from.start, from.step, from.count);
  if (to->storage == ListStorage::Bools)
    return copyFew(to->bools() + at, source->bools() + from.start, from.step, from.count);
  return copyFew(to->ints() + at, source->ints() + from.start, from.step, from.count);
}

namespace {

/// Repeats the first `unit` items up to `count` items.
void repeatBytes(ListObject* list, int64_t unit, int64_t count) {
  if (unit == 1 && list->storage == ListStorage::Bools) {
    std::memset(list->bools() + 1, list->bools()[0], static_cast<size_t>(count - 1));
    return;
  }
  if (unit == 1) {
    auto* items = static_cast<uint64_t*>(list->data);
    std::fill(items + 1, items + count, items[0]);
    return;
  }
  for (int64_t done = unit; done < count;) {
    int64_t more = std::min(done, count - done);
    std::memcpy(listBytes(list, done), listBytes(list, 0), bytesOf(list, more));
    done += more;
  }
}

} // namespace

Ref listRepeat(ListObject* list, int64_t times) {
  int64_t unit = list->count, count;
  if (times <= 0 || unit == 0)
    return newList(0);
  if (__builtin_mul_overflow(unit, times, &count) || count > kMaxListCount)
    return raiseMemoryError();
  PYC_TRY(result, newListOf(list->storage, count));
  ListObject* product = asList(result);
  copyItems(product, 0, list, 0, unit);
  if (isCounted(product))
    for (int64_t i = 0; i < unit; ++i)
      increfTimes(product->values()[i], times - 1);
  repeatBytes(product, unit, count);
  product->count = count;
  return result;
}

bool listRepeatInPlace(ListObject* list, int64_t times) {
  int64_t unit = list->count, count;
  if (times == 1 || unit == 0)
    return true;
  if (!listMayResize(list))
    return false;
  if (times <= 0) {
    listClear(list);
    return true;
  }
  if (__builtin_mul_overflow(unit, times, &count) || count > kMaxListCount)
    return raiseMemoryError();
  if (!listReserve(list, count))
    return false;
  if (isCounted(list))
    for (int64_t i = 0; i < unit; ++i)
      increfTimes(list->values()[i], times - 1);
  repeatBytes(list, unit, count);
  list->count = count;
  return true;
}

void listReverse(ListObject* list) {
  if (list->storage == ListStorage::Bools)
    std::reverse(list->bools(), list->bools() + list->count);
  else
    std::reverse(list->ints(), list->ints() + list->count); // 8 bytes, whatever they are
}

} // namespace pyc::rt
