// What an array.array and its iterator look like, for native code and profiles too. The class is
// in runtime/modules/array.h.
#pragma once

#include "runtime/base/item_storage.h"
#include "runtime/objects/type.h"

#include <string_view>

namespace pyc::rt {

struct ArrayKind {
  const char* code;   // "i", "Zd"
  const char* format; // of buffers, as struct has it
  uint8_t itemSize;
  char letter; // names the conversion: that of the code, 'F' and 'D' for Zf and Zd
  bool isInteger;
  bool isSigned;
  uint8_t machine;     // the machine format code (array_pickle.cpp)
  ItemStorage storage; // None: items that native code does not look at
};

struct ArrayObject {
  Object header;
  uint8_t* data; // null while the capacity is 0
  int64_t count;
  int64_t capacity; // items
  const ArrayKind* kind;
  int32_t exports;     // buffers lent out: the size must not change
  ItemStorage storage; // that of the kind

  uint8_t* at(int64_t index) { return data + index * kind->itemSize; }
  int64_t byteCount() const { return count * kind->itemSize; }
  std::string_view view() const {
    return {reinterpret_cast<const char*>(data), static_cast<size_t>(byteCount())};
  }
};
inline ArrayObject* asArray(Value value) {
  return value.as<ArrayObject>();
}

struct ArrayIteratorObject {
  Object header;
  ArrayObject* array; // owned; null at the end
  int64_t index;
};

/// The shapes of exact arrays and of their iterators: no object's before the module is imported.
extern "C" ShapeRef pycArrayShape, pycArrayIteratorShape;
inline bool isExactArray(Value value) {
  return hasShape(value, pycArrayShape);
}

} // namespace pyc::rt
