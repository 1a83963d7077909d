// Values that only hold data. Working with them runs no C++ function that the program has chosen,
// as the items of map(eval, ...) do: where nothing else is seen, nobody asks for the current frame.
// Special methods of what a list or dict holds may run; Python code has frames of its own.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

static_assert(kShapeNone < kShapeInt && kShapeInt < kShapeStr && kShapeStr < kShapeSlice,
              "builtin_types.def has the types of plain data in a row");

/// A number, None, or an object of exactly one of the types from NoneType to slice.
inline bool isPlainData(Value value) {
  return !value.isObject() ||
         (value.object()->shape >= kShapeNone && value.object()->shape <= kShapeSlice);
}

/// The same for the objects of a type.
inline bool isPlainDataType(const TypeObject* type) {
  return type->rootShape >= kShapeNone && type->rootShape <= kShapeSlice;
}

} // namespace pyc::rt
