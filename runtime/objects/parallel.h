// What zip and map share: several iterators that step together, in `strict` mode all of one length.
#pragma once

#include "runtime/objects/arguments.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

/// Takes the keyword argument `strict` of zip() and map(), the only one there is.
bool takeStrict(const char* name, const Value* values, Value kwnames, bool& strict);
/// A tuple of the iterators of `count` iterables.
Ref makeIterators(const Value* iterables, size_t count);
/// Iterator number `ended` is exhausted: in strict mode all must be. ValueError otherwise; null.
Ref checkAllEnded(const char* name, TupleObject* iterators, int64_t ended);

} // namespace pyc::rt
