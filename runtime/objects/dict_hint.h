// Where a place found a key last: the number of its entry. Whether it is still there takes one
// comparison, so a hint may come from any dict, and may be stale.
#pragma once

#include "runtime/objects/dict.h"

namespace pyc::rt {

/// The entry if it still has this very key, else null. An equal key that is another object is not
/// found so. Other threads may share the hint.
[[gnu::always_inline]] inline DictEntry* dictEntryAt(const DictObject* dict, Value key,
                                                     const uint32_t* hint) {
  DictEntry* entries = dict->entries;
  uint32_t number = __atomic_load_n(hint, __ATOMIC_RELAXED);
  bool fits = number < tableOf(entries)->used && entries[number].key == key;
  return PYC_LIKELY(fits) ? &entries[number] : nullptr;
}

/// What the first place of a small int tells, as dictFirstPlace.
[[gnu::always_inline]] inline int64_t dictFirstInt(const DictObject* dict, int64_t key) {
  const DictTable* table = tableOf(dict);
  if (PYC_UNLIKELY(table->keys == DictKeys::General))
    return kDictFurther;
  return dictFirstPlace(table, smallIntHash(key), DictIntMatch{dict->entries, Value::fromInt(key)});
}

} // namespace pyc::rt
