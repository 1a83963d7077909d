#include "runtime/objects/unseen_keys.h"

#include "runtime/objects/local_iterator.h"
#include "runtime/objects/plain_keys.h"

#include <algorithm>
#include <cstddef>

namespace pyc::rt {

UnseenTuple::UnseenTuple(const Value* items, uint32_t count) {
  static_assert(offsetof(UnseenTuple, items_) == sizeof(TupleObject)); // as TupleObject::items()
  if (PYC_UNLIKELY(count > kMost))
    return;
  initLocal(&tuple_.header, kShapeTuple);
  tuple_.count = count;
  std::copy(items, items + count, items_);
  if (int64_t hash; hashPlainItems(&tuple_, kPlainDepth, hash))
    hash_ = hash;
}

} // namespace pyc::rt
