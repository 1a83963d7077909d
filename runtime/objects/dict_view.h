// The views dict.keys(), dict.values() and dict.items().
#pragma once

#include "runtime/objects/dict.h"

namespace pyc::rt {

struct DictView {
  Object header;
  DictObject* dict; // owned
};

inline DictView* asDictView(Value value) {
  return value.as<DictView>();
}
inline bool isDictKeys(Value value) {
  return isInstance(value, &dictKeysType);
}
inline bool isDictItems(Value value) {
  return isInstance(value, &dictItemsType);
}

/// `type` is dictKeysType, dictValuesType or dictItemsType, or made of one of them.
Ref makeDictView(TypeObject* type, Value dict);

} // namespace pyc::rt
