// Iterators over __getitem__ (iter() of a class without __iter__) and over a callable (iter(f,
// end)).
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

struct SequenceIteratorObject {
  Object header;
  int64_t index;
  Value sequence; // null: exhausted
};

struct CallableIteratorObject {
  Object header;
  Value callable; // null: exhausted
  Value sentinel;
};

Ref makeSequenceIterator(Value sequence);
Ref makeCallableIterator(Value callable, Value sentinel);

} // namespace pyc::rt
