// `for a, b in pairs` without the pairs: one step of enumerate, zip or dict.items() gives out both
// items at once, and no tuple is made that would be unpacked right away.
#pragma once

#include "runtime/objects/iterators.h"

namespace pyc::rt {

struct EnumerateObject {
  Object header;
  Value iterator; // owned
  Value index;    // of the next item: an int, owned
  TupleObject* result;
};

extern "C" {
/// What nextPair returns when it has given out the items. No Python code ever sees it.
extern Object pycPair;
}

/// The next item of an iterator as iterNext, or pycPair with what unpacking it would give: the
/// first item in out[1], the second in out[0]. Null at the end, or with an error raised.
Value nextPair(Value iterator, Value* out);

/// The steps of the types that have one: enumerate's is true when both items are there, zip's
/// returns what nextPair does.
bool enumerateStep(Value enumerate, Ref& index, Ref& item);
Value nextPairOfZip(Value zip, Value* out);

} // namespace pyc::rt
