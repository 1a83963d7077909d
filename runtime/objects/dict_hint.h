// Where a place found a key last: the number of its entry. Whether it is still there takes one
// comparison, so a hint may come from any dict, and may be stale.
#pragma once

#include "runtime/objects/dict.h"

namespace pyc::rt {

/// Whether the entry has this very key. An equal one that is another object is not found so.
[[gnu::always_inline]] inline bool dictHintFits(const DictObject* dict, Value key, uint32_t hint) {
  return hint < tableOf(dict)->used && dict->entries[hint].key == key;
}

/// dictFindFast that remembers the entry.
inline bool dictFindHinted(const DictObject* dict, Value key, uint32_t* hint, Value& result) {
  if (PYC_UNLIKELY(tableOf(dict)->keys == DictKeys::General))
    return false;
  int64_t number;
  if (key.isInt())
    number = dictFindIntEntry(dict->entries, key);
  else if (isExactStr(key))
    number = dictFindStrEntry(dict->entries, asStr(key));
  else
    return false;
  result = Value();
  if (number >= 0) {
    result = dict->entries[number].value;
    *hint = static_cast<uint32_t>(number);
  }
  return true;
}

} // namespace pyc::rt
