// The fields of named tuples: descriptors that give an item of a tuple (_collections._tuplegetter).
#pragma once

#include "runtime/objects/tuple.h"

namespace pyc::rt {

struct TupleGetterObject {
  Object header;
  int64_t index;
  Value doc;
};
extern TypeObject tupleGetterType;

/// Caches of attribute sites (kind Property) have the item's place in tuples, in bytes, as `offset`
/// where the getter is one of these; else 0.
inline constexpr uint16_t tupleOffset(int64_t index) {
  constexpr int64_t kMost = (UINT16_MAX - sizeof(TupleObject)) / sizeof(Value);
  return index >= 0 && index < kMost
             ? static_cast<uint16_t>(sizeof(TupleObject) +
                                     sizeof(Value) * static_cast<size_t>(index))
             : 0;
}
/// The item at such a place, borrowed; null when the tuple is shorter.
inline Value itemAtOffset(const TupleObject* tuple, uint16_t offset) {
  size_t index = (offset - sizeof(TupleObject)) / sizeof(Value);
  return index < static_cast<size_t>(tuple->count) ? tuple->items()[index] : Value();
}

} // namespace pyc::rt
