#include "runtime/interp/unpack.h"

#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

#include <algorithm>

namespace pyc::rt {

bool isIterable(Value value) {
  const TypeSlots& slots = typeOf(value)->slots;
  return slots.iter || slots.getItem;
}

namespace {

bool tooManyValues(Value source, size_t expected) {
  // Only a length that is known without running code is told.
  if (!isExactList(source) && !isExactTuple(source) && !hasShape(source, kShapeDict))
    return raise(valueErrorType, "too many values to unpack (expected %zu)", expected);
  int64_t count = 0;
  if (!length(source, count))
    return false;
  return raise(valueErrorType, "too many values to unpack (expected %zu, got %lld)", expected,
               static_cast<long long>(count));
}

bool tooFewValues(size_t expected, size_t got, bool atLeast) {
  return raise(valueErrorType, "not enough values to unpack (expected %s%zu, got %zu)",
               atLeast ? "at least " : "", expected, got);
}

Ref unpackIterator(Value source) {
  Ref iterator = getIter(source);
  if (iterator || !isRaised(typeErrorType) || isIterable(source))
    return iterator;
  clearRaised();
  return raise(typeErrorType, "cannot unpack non-iterable %T object", source);
}

/// Items on their way to their places; released when unpacking fails.
class Taken {
public:
  explicit Taken(Value* out) : out_(out) {}
  Taken(const Taken&) = delete;
  Taken& operator=(const Taken&) = delete;
  ~Taken() {
    while (count_ > 0)
      decref(std::exchange(out_[--count_], Value()));
  }
  void push(Ref item) { out_[count_++] = item.release(); }
  size_t count() const { return count_; }
  void keep() { count_ = 0; }

private:
  Value* out_;
  size_t count_ = 0;
};

bool takeItems(Value iterator, Taken& taken, size_t count, size_t expected, bool atLeast) {
  for (size_t k = 0; k < count; ++k) {
    Ref item = iterNext(iterator);
    if (!item)
      return !isRaised() && tooFewValues(expected, taken.count(), atLeast);
    taken.push(std::move(item));
  }
  return true;
}

bool unpackList(ListObject* list, Value* out, size_t count) {
  if (static_cast<size_t>(list->count) != count)
    return static_cast<size_t>(list->count) > count ? tooManyValues(Value(&list->header), count)
                                                    : tooFewValues(count, list->count, false);
  for (size_t k = 0; k < count; ++k)
    out[k] = listGet(list, static_cast<int64_t>(k)).release();
  return true;
}

bool unpackTuple(TupleObject* tuple, Value* out, size_t count) {
  if (static_cast<size_t>(tuple->count) != count)
    return static_cast<size_t>(tuple->count) > count ? tooManyValues(Value(&tuple->header), count)
                                                     : tooFewValues(count, tuple->count, false);
  for (size_t k = 0; k < count; ++k)
    out[k] = Ref::copy(tuple->items()[k]).release();
  return true;
}

/// With the rest in a list; `out` gets nothing where there are too few.
bool unpackExList(ListObject* list, Value* out, size_t before, size_t after) {
  auto count = static_cast<size_t>(list->count);
  if (count < before + after)
    return tooFewValues(before + after, count, true);
  auto end = static_cast<int64_t>(count - after);
  PYC_TRY(rest, listSlice(list, static_cast<int64_t>(before), end));
  for (size_t k = 0; k < before; ++k)
    out[k] = listGet(list, static_cast<int64_t>(k)).release();
  for (size_t k = 0; k < after; ++k)
    out[before + 1 + k] = listGet(list, end + static_cast<int64_t>(k)).release();
  out[before] = rest.release();
  return true;
}

bool unpackExTuple(TupleObject* tuple, Value* out, size_t before, size_t after) {
  auto count = static_cast<size_t>(tuple->count);
  if (count < before + after)
    return tooFewValues(before + after, count, true);
  size_t end = count - after;
  PYC_TRY(rest, makeList(tuple->items() + before, end - before));
  for (size_t k = 0; k < before; ++k)
    out[k] = Ref::copy(tuple->items()[k]).release();
  for (size_t k = 0; k < after; ++k)
    out[before + 1 + k] = Ref::copy(tuple->items()[end + k]).release();
  out[before] = rest.release();
  return true;
}

bool isPlainTuple(Value source) {
  return isTuple(source) && typeOf(source)->slots.iter == tupleType.slots.iter;
}

} // namespace

bool unpackSequence(Value source, Value* out, size_t count) {
  if (isExactList(source))
    return unpackList(asList(source), out, count);
  if (isPlainTuple(source))
    return unpackTuple(asTuple(source), out, count);
  PYC_TRY(iterator, unpackIterator(source));
  Taken taken(out);
  if (!takeItems(iterator, taken, count, count, false))
    return false;
  if (Ref extra = iterNext(iterator))
    return tooManyValues(source, count);
  if (isRaised())
    return false;
  taken.keep();
  return true;
}

bool unpackEx(Value source, Value* out, size_t before, size_t after) {
  if (isExactList(source))
    return unpackExList(asList(source), out, before, after);
  if (isPlainTuple(source))
    return unpackExTuple(asTuple(source), out, before, after);
  PYC_TRY(iterator, unpackIterator(source));
  Taken taken(out);
  if (!takeItems(iterator, taken, before, before + after, true))
    return false;
  PYC_TRY(rest, sequenceList(iterator));
  ListObject* list = asList(rest);
  if (static_cast<size_t>(list->count) < after)
    return tooFewValues(before + after, before + static_cast<size_t>(list->count), true);
  int64_t middle = list->count - static_cast<int64_t>(after);
  for (size_t k = 0; k < after; ++k)
    out[before + 1 + k] = listGet(list, middle + static_cast<int64_t>(k)).release();
  while (list->count > middle)
    (void)listPop(list, list->count - 1);
  out[before] = rest.release();
  taken.keep();
  return true;
}

bool unpackReversed(Value source, Value* window, size_t count) {
  if (!unpackSequence(source, window, count))
    return false;
  std::reverse(window, window + count);
  return true;
}

bool unpackExReversed(Value source, Value* window, size_t before, size_t total) {
  if (!unpackEx(source, window, before, total - before - 1))
    return false;
  std::reverse(window, window + total);
  return true;
}

} // namespace pyc::rt
