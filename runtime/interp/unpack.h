// Unpacking of iterables into a known number of values.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// The items of `source`, exactly `count`, into out[0..count), owned. False with CPython's errors
/// ("not enough values to unpack (expected 2, got 1)"); nothing is owned then.
bool unpackSequence(Value source, Value* out, size_t count);
/// a, *b, c = source: `before` items, a list of those in the middle, `after` items.
bool unpackEx(Value source, Value* out, size_t before, size_t after);
/// The same with the first item in the last place, as the uops want it: a window's end is the
/// stack's top.
bool unpackReversed(Value source, Value* window, size_t count);
bool unpackExReversed(Value source, Value* window, size_t before, size_t total);

/// Whether iter() knows the value's type.
bool isIterable(Value value);

} // namespace pyc::rt
