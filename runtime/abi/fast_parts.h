// What the inlined entry points share: counting references, items of lists.
#pragma once

#include "runtime/abi/entry.h"
#include "runtime/objects/list.h"

#define PYC_FAST [[gnu::always_inline, gnu::used]]

/// One copy a module.
#define PYC_OUTLINED [[gnu::noinline, gnu::used]]

namespace pyc::rt {

/// What a thread owns is not immortal (makeImmortal).
[[gnu::always_inline]] inline void increfObjectInline(Object* object) {
  uint32_t count = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED);
  if (PYC_LIKELY(object->owner == thisThread().id))
    __atomic_store_n(&object->localCount, count + 1, __ATOMIC_RELAXED);
  else if (PYC_UNLIKELY(count != kImmortalCount))
    pyc_slow_incref(object);
}

[[gnu::always_inline]] inline void decrefObjectInline(Object* object) {
  uint32_t count = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED);
  if (PYC_LIKELY(object->owner == thisThread().id)) {
    __atomic_store_n(&object->localCount, count - 1, __ATOMIC_RELAXED);
    if (PYC_UNLIKELY(count == 1))
      pyc_slow_decref_zero(object);
  } else if (PYC_UNLIKELY(count != kImmortalCount)) {
    pyc_slow_decref(object);
  }
}

[[gnu::always_inline]] inline void increfInline(Value value) {
  if (value.isObject())
    increfObjectInline(value.object());
}

[[gnu::always_inline]] inline void decrefInline(Value value) {
  if (value.isObject())
    decrefObjectInline(value.object());
}

/// Whether the release of a value (not null) may end it.
[[gnu::always_inline]] inline bool isLast(Value value) {
  if (!value.isObject())
    return false;
  Object* object = value.object();
  uint32_t count = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED);
  return count != kImmortalCount && (count == 1 || object->owner != thisThread().id);
}

[[gnu::always_inline]] inline Value withCount(Value value) {
  increfInline(value);
  return value;
}

/// Appends where there is room and the storage fits; false, with nothing done, otherwise.
[[gnu::always_inline]] inline bool appendInPlace(ListObject* list, Value item) {
  int64_t count = list->count;
  if (PYC_UNLIKELY(count >= list->capacity))
    return false;
  if (list->storage == ListStorage::Values) {
    increfInline(item);
    list->values()[count] = item;
  } else if (list->storage == ListStorage::Ints && item.isInt()) {
    list->ints()[count] = item.asInt();
  } else if (list->storage == ListStorage::Floats && item.isDouble()) {
    list->floats()[count] = item.asDouble();
  } else if (list->storage == ListStorage::Bools && item.isBool()) {
    list->bools()[count] = item.isTrue();
  } else {
    return false;
  }
  list->count = count + 1;
  return true;
}

/// The same of a number in a register.
[[gnu::always_inline]] inline bool appendInt(ListObject* list, int64_t item) {
  int64_t count = list->count;
  if (PYC_UNLIKELY(list->storage != ListStorage::Ints || count >= list->capacity ||
                   !Value::fitsInt(item)))
    return false;
  list->ints()[count] = item;
  list->count = count + 1;
  return true;
}
[[gnu::always_inline]] inline bool appendFloat(ListObject* list, double item) {
  int64_t count = list->count;
  if (PYC_UNLIKELY(list->storage != ListStorage::Floats || count >= list->capacity))
    return false;
  list->floats()[count] = item;
  list->count = count + 1;
  return true;
}

/// A new reference to an item in range.
[[gnu::always_inline]] inline Value itemOf(ListObject* list, int64_t index) {
  if (list->storage == ListStorage::Values)
    return withCount(list->values()[index]);
  if (list->storage == ListStorage::Ints)
    return Value::fromInt(list->ints()[index]);
  if (list->storage == ListStorage::Floats)
    return Value::fromDouble(list->floats()[index]);
  return Value::fromBool(list->bools()[index] != 0);
}

} // namespace pyc::rt
