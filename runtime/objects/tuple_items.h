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

/// The first items that differ decide, or the lengths.
Ref compareItems(CompareOp op, Items lhs, Items rhs);
/// False with the exception raised.
bool containsItem(Items items, Value item, bool& result);

} // namespace pyc::rt
