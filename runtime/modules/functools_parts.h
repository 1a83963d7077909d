// What the files of the module _functools share.
#pragma once

#include "runtime/modules/registry.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

extern constinit TypeObject partialType, lruCacheType, lruLinkType, placeholderType, keyWrapperType;

/// functools.Placeholder: the only instance of its type. Null with MemoryError.
Value placeholder();

/// The object's __dict__ if it has ever had an attribute; else null. Borrowed; false on errors.
bool attributesOf(Value self, Value& result);

/// `__dict__` of types where it can't be deleted.
Ref getAttributes(Value self);
bool setAttributes(Value self, Value value);

inline size_t keywordsOf(Value kwnames) {
  return kwnames ? static_cast<size_t>(asTuple(kwnames)->count) : 0;
}

} // namespace pyc::rt
