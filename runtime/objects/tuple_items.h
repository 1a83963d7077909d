// What tuples do with their items. Native code has it done with items of tuples that it does not
// make.
#pragma once

#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

#include <span>

namespace pyc::rt {

using Items = std::span<const Value>;

inline Items itemsOf(const TupleObject* tuple) {
  return {tuple->items(), static_cast<size_t>(tuple->count)};
}

/// tuple[index], borrowed, of a tuple whose class has no __getitem__ of its own, such as a named
/// tuple; null of anything else, and out of range.
inline Value plainTupleItem(Value object, int64_t index) {
  if (!object.isObject())
    return {};
  const TypeObject* type = typeOf(object);
  if (!(type->flags & kTypeIsTuple) || type->slots.getItem != tupleType.slots.getItem)
    return {};
  auto* tuple = object.as<TupleObject>();
  int64_t place = index < 0 ? index + tuple->count : index;
  return static_cast<uint64_t>(place) < static_cast<uint64_t>(tuple->count) ? tuple->items()[place]
                                                                            : Value();
}

/// The first items that differ decide, or the lengths.
Ref compareItems(CompareOp op, Items lhs, Items rhs);
/// False with the exception raised.
bool containsItem(Items items, Value item, bool& result);

} // namespace pyc::rt
