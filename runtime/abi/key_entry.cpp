// Items of dicts, and membership, where the key is a tuple that native code does not make. Other
// containers, and keys that Python code would see, get one.

#include "runtime/objects/dict_table.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/unseen_keys.h"

namespace pyc::rt {

namespace {

/// The dict, if this operation is the one of dict.
template <class Slot> DictObject* asPlainDict(Value object, Slot TypeSlots::* slot) {
  bool isPlain = isDict(object) && typeOf(object)->slots.*slot == dictType.slots.*slot;
  return isPlain ? asDict(object) : nullptr;
}

} // namespace

extern "C" uint64_t pyc_load_item_of(Value object, const Value* items, uint32_t count) {
  if (DictObject* dict = asPlainDict(object, &TypeSlots::getItem)) {
    UnseenTuple key(items, count);
    int64_t number;
    if (PYC_LIKELY(dictFindUnseen(dict, key, number) && number >= 0))
      return Ref::copy(dict->entries[number].value).release().bits();
  }
  Ref key = makeTuple(items, count);
  return key ? getItem(object, key).release().bits() : 0;
}

extern "C" bool pyc_store_item_of(Value object, const Value* items, uint32_t count, Value value) {
  DictObject* dict = asPlainDict(object, &TypeSlots::setItem);
  int64_t number = kDictError;
  std::optional<int64_t> hash;
  if (dict) {
    UnseenTuple key(items, count);
    if (dictFindUnseen(dict, key, number))
      hash = key.hash();
  }
  if (hash && number >= 0) {
    dictReplace(dict, static_cast<uint32_t>(number), Ref::copy(value).release());
    return true;
  }
  Ref key = makeTuple(items, count);
  if (!key)
    return false;
  return hash ? dictInsert(dict, key, *hash, Ref::copy(value).release())
              : setItem(object, key, value);
}

/// As a bool; null with an exception.
extern "C" uint64_t pyc_contains_of(const Value* items, uint32_t count, Value container) {
  DictObject* dict = asPlainDict(container, &TypeSlots::contains);
  if (dict || isExactSet(container)) {
    UnseenTuple key(items, count);
    int64_t number = 0;
    bool found = false;
    if (dict ? dictFindUnseen(dict, key, number) : setFindUnseen(asSet(container), key, found))
      return Value::fromBool(dict ? number >= 0 : found).bits();
  }
  Ref key = makeTuple(items, count);
  bool result;
  return key && contains(container, key, result) ? Value::fromBool(result).bits() : 0;
}

} // namespace pyc::rt
