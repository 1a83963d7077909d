// Looking into sets and tuples, and the steps over sets: part of fast_entry.cpp.
#pragma once

#include "runtime/abi/fast_items.h"
#include "runtime/abi/fast_parts.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/set.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

/// Whether a set has a small int or a str, where the first place of its hash tells: a bool. Null
/// where the search goes on.
[[gnu::always_inline]] inline Value setFirstAnswer(const SetObject* set, Value item) {
  int64_t hash;
  if (item.isInt())
    hash = smallIntHash(item.asInt());
  else if (!hasShape(item, kShapeStr) ||
           (hash = __atomic_load_n(&asStr(item)->hashCode, __ATOMIC_RELAXED)) == 0)
    return {};
  const SetEntry& entry = set->table[hash & set->mask];
  if (entry.key == item)
    return Value::fromBool(true);
  return entry.key.isNull() && entry.hash == 0 ? Value::fromBool(false) : Value();
}

/// The step over a set or frozenset: null at the end, or with an error raised.
[[gnu::always_inline]] inline Value nextInSet(SetIterator* iterator) {
  SetObject* set = iterator->set;
  if (PYC_UNLIKELY(!set))
    return {};
  if (PYC_UNLIKELY(iterator->count != set->count))
    return pyc_slow_next(iterator);
  int64_t i = iterator->position;
  while (i <= set->mask && set->table[i].key.isNull())
    ++i;
  iterator->position = i + 1;
  if (i > set->mask) {
    iterator->set = nullptr;
    decrefObjectInline(&set->header);
    return {};
  }
  --iterator->remaining;
  return withCount(set->table[i].key);
}

extern "C" {

/// One copy a module.
[[gnu::noinline]] static Value tuple_contains(Value item, const TupleObject* tuple) {
  return pyc_contains_items(item, tuple->items(), static_cast<int32_t>(tuple->count));
}
PYC_FAST Value pyc_contains(Value item, Value container) {
  if (hasShape(container, kShapeSet) || hasShape(container, kShapeFrozenSet))
    if (Value answer = setFirstAnswer(asSet(container), item); PYC_LIKELY(answer))
      return answer;
  if (hasShape(container, kShapeTuple))
    return tuple_contains(item, asTuple(container));
  uint32_t hint = 0;
  return pyc_slow_contains_hinted(item, container, &hint);
}
PYC_FAST Value pyc_not_contains(Value item, Value container) {
  Value answer = pyc_contains(item, container);
  return PYC_LIKELY(answer) ? Value::fromBool(!answer.isTrue()) : Value();
}
}

} // namespace pyc::rt
