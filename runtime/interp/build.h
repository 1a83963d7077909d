// Meanings of the building uops that protocol.h has no function for: displays, {**x}, f(**x).
#pragma once

#include "runtime/objects/dict.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/type.h"

namespace pyc::rt {

Ref buildSet(const Value* items, size_t count);
/// From key, value, key, value ...
Ref buildMap(const Value* items, size_t pairs);
/// [*iterable]: TypeError "Value after * must be an iterable, not X".
bool extendByUnpacking(Value list, Value iterable);
/// {**mapping}
bool updateByUnpacking(DictObject* map, Value mapping);
/// f(**mapping): TypeErrors name the callee.
bool mergeKeywords(DictObject* map, Value mapping, Value callee);

/// !s, !r, !a: `conversion` is a uop::Conversion.
Ref convertValue(Value value, uint16_t conversion);
/// A part of an f-string without a conversion or format: what strJoinParts() makes a text of.
inline Ref formatPart(Value value) {
  return value.isInt() || hasShape(value, kShapeStr) ? Ref::copy(value) : format(value, Value());
}
/// The letter of a conversion as a str, or None. Borrowed.
Value conversionName(uint16_t conversion);

} // namespace pyc::rt
