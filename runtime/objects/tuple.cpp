#include "runtime/objects/tuple_memory.h"

#include "runtime/objects/fast_alloc.h"

#include <cstring>
#include <utility>

namespace pyc::rt {

namespace {

constinit TupleObject emptyTuple = {immortalObject(kShapeTuple), 0};

/// Dead tuples of each length below this wait here, one of each. They have shape 0, which the
/// collector passes over.
constexpr size_t kSpareLengths = 5;
constinit thread_local TupleObject* spareTuples[kSpareLengths] = {};

constexpr size_t bytesOf(size_t count) {
  return sizeof(TupleObject) + count * sizeof(Value);
}

[[gnu::noinline]] TupleObject* allocNewTuple(size_t count) {
  constexpr size_t kMaxCount = size_t(1) << 44;
  if (PYC_UNLIKELY(count > kMaxCount))
    return raiseMemoryError();
  auto* tuple = reinterpret_cast<TupleObject*>(allocFast<true>(&tupleType, bytesOf(count)));
  if (PYC_LIKELY(tuple != nullptr))
    tuple->count = static_cast<int64_t>(count);
  return tuple;
}

/// A tuple whose items are not there yet; null with MemoryError. At least one item.
[[gnu::always_inline]] inline TupleObject* allocTuple(size_t count) {
  if (count >= kSpareLengths || !spareTuples[count])
    return allocNewTuple(count);
  noteAllocation(kShapeTuple, bytesOf(count));
  TupleObject* spare = std::exchange(spareTuples[count], nullptr);
  initFast<true>(&tupleType, &spare->header);
  return spare;
}

} // namespace

void freeTuple(TupleObject* tuple) {
  auto length = static_cast<size_t>(tuple->count);
  if (length >= kSpareLengths || spareTuples[length] || tuple->header.owner != thisThread().id) {
    freeFast<true>(&tuple->header);
    return;
  }
  --thisThread().collectorDebt;
  tuple->header.shape = 0;
  spareTuples[length] = tuple;
}

Ref newTuple(size_t count) {
  if (count == 0)
    return Ref::number(&emptyTuple);
  TupleObject* tuple = allocTuple(count);
  if (!tuple)
    return {};
  std::memset(static_cast<void*>(tuple->items()), 0, count * sizeof(Value));
  return Ref::steal(tuple);
}

Ref makeTuple(const Value* items, size_t count) {
  if (count == 0)
    return Ref::number(&emptyTuple);
  TupleObject* tuple = allocTuple(count);
  if (!tuple)
    return {};
  Value* target = tuple->items();
  for (size_t i = 0; i < count; ++i) {
    incref(items[i]);
    target[i] = items[i];
  }
  return Ref::steal(tuple);
}

Ref makeTupleStealing(Value* items, size_t count) {
  if (count == 0)
    return Ref::number(&emptyTuple);
  TupleObject* tuple = allocTuple(count);
  if (!tuple) {
    for (size_t i = 0; i < count; ++i)
      decref(items[i]);
    return {};
  }
  std::memcpy(static_cast<void*>(tuple->items()), items, count * sizeof(Value));
  return Ref::steal(tuple);
}

} // namespace pyc::rt
