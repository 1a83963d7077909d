// array.array: numbers or characters of one C type, side by side. Parts of the module array:
//
//   array_items.cpp   the type codes and the conversion of items
//   array.cpp         storage: making, growing, copying; the module
//   array_type.cpp    the class: constructor and slots
//   array_methods.cpp its methods
//   array_pickle.cpp  pickling
//
// What the objects look like is in runtime/objects/array_object.h.
#pragma once

#include "runtime/objects/array_object.h"

#include <span>
#include <string_view>

namespace pyc::rt {

extern constinit TypeObject arrayType, arrayIteratorType;
inline bool isArray(Value value) {
  return value.isObject() && isInstance(value, &arrayType);
}

/// Makes the class ready, and its shapes known.
void readyArrayType();
std::span<const ArrayKind> arrayKinds();
/// Null when there is none.
const ArrayKind* findArrayKind(std::string_view code);
/// Whether items are characters.
inline bool holdsText(const ArrayKind* kind) {
  return kind->letter == 'u' || kind->letter == 'w';
}

Ref loadItem(const ArrayKind& kind, const uint8_t* from);
/// Converts and writes an item; `to` may be null: only checks. TypeError, OverflowError.
bool storeItem(const ArrayKind& kind, uint8_t* to, Value value);
/// As storeItem for the place `index`, which must still be there after the conversion.
bool storeItemAt(ArrayObject* array, int64_t index, Value value);

/// An array of zeros.
Ref newArray(TypeObject* type, const ArrayKind* kind, int64_t count);
Ref arrayFromBytes(const ArrayKind* kind, std::string_view bytes);
/// BufferError while buffers are lent out.
bool mayResize(ArrayObject* array);
/// New items at the end are not initialised. BufferError, MemoryError.
bool arrayResize(ArrayObject* array, int64_t count);
bool arrayAppend(ArrayObject* array, Value item);
/// Inserts before an index as list.insert() means it.
bool arrayInsert(ArrayObject* array, int64_t index, Value item);
/// Appends the items of any iterable; an array must be of the same kind.
bool arrayExtend(ArrayObject* array, Value source);
bool arrayAppendBytes(ArrayObject* array, std::string_view bytes);
bool arrayAppendText(ArrayObject* array, Value text);
/// array[start:stop] = bytes; in range. Bytes may not lie in the array.
bool arrayReplace(ArrayObject* array, int64_t start, int64_t stop, std::string_view bytes);
Ref arrayToList(ArrayObject* array);
Ref arrayToText(ArrayObject* array);
bool arrayRepeat(ArrayObject* array, int64_t times);

Ref nextOf(ArrayIteratorObject* iterator);

inline constexpr size_t kArrayMethodCount = 24;
extern const MethodDef kArrayMethods[kArrayMethodCount];
Ref reduceArray(const Value* args);
/// _array_reconstructor(arraytype, typecode, mformat_code, items)
Ref reconstructArray(const Value* args);

} // namespace pyc::rt
