// Looking for a tuple in a dict or set without making it: nobody but the search sees the tuple. It
// is of small ints, strs and such tuples, whose hashes and comparisons take no Python code.
#pragma once

#include "runtime/objects/dict.h"
#include "runtime/objects/set.h"
#include "runtime/objects/tuple.h"

#include <optional>

namespace pyc::rt {

/// A tuple in the caller's frame. Counts nothing.
class UnseenTuple {
public:
  static constexpr uint32_t kMost = 8;

  UnseenTuple(const Value* items, uint32_t count);
  UnseenTuple(const UnseenTuple&) = delete;
  UnseenTuple& operator=(const UnseenTuple&) = delete;

  /// Null for tuples that have to be made to be hashed.
  std::optional<int64_t> hash() const { return hash_; }
  Value value() { return &tuple_.header; }

private:
  TupleObject tuple_;
  Value items_[kMost];
  std::optional<int64_t> hash_;
};

/// The key's entry or kDictMissing; false where Python code would see the key.
bool dictFindUnseen(DictObject* dict, UnseenTuple& key, int64_t& number);
bool setFindUnseen(SetObject* set, UnseenTuple& key, bool& found);

} // namespace pyc::rt
