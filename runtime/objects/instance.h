// The attribute store of instances (layout: shape.h): what obj.__dict__ shows.
//
// None of these looks at the type's attributes, so none runs Python code, save by dropping old
// values. Names are interned. The object's type must have kTypeHasStore.
#pragma once

#include "runtime/objects/dict.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

/// Room that an instance with a store gives its items: one more than there are, so that types whose
/// items end with a zero need no rule of their own; aligned.
constexpr size_t sizeBehindItems(size_t items, size_t itemSize) {
  return ((items + 1) * itemSize + 7) & ~size_t(7);
}
/// The store word of an instance of a type with items (kTypeVarSized): behind them.
Value* storeBehindItems(Object* object, const TypeObject* type);

inline Value* storeWord(Object* object, const TypeObject* type) {
  if (PYC_LIKELY(type->storeOffset != 0))
    return reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + type->storeOffset);
  return storeBehindItems(object, type);
}

/// Place of slot `index` of an instance whose shape is of kind Slots.
inline Value* attrSlot(Object* object, const Shape* shape, uint32_t index) {
  Value* word = storeWord(object, shape->type);
  return index < shape->inlineSlots ? word + 1 + index
                                    : word->as<Value>() + (index - shape->inlineSlots);
}

/// The object's own attribute, borrowed, or null.
Value ownAttr(Object* object, StrObject* name);
/// Adds or replaces; false with MemoryError.
bool setOwnAttr(Object* object, StrObject* name, Value value);
/// Adds an attribute that the object, of kind Slots, does not have and `shape` (its shape with the
/// name) does. False with MemoryError.
bool addSlot(Object* object, Shape* shape, Value value);
/// Removes; `removed` says whether it was there. False with MemoryError.
bool removeOwnAttr(Object* object, StrObject* name, bool& removed);

/// The object's __dict__, borrowed; the attributes move there on first use. Null with MemoryError.
DictObject* instanceDict(Object* object);
/// Makes `dict` (a dict, or null for an empty one) the object's __dict__.
bool setInstanceDict(Object* object, Value dict);

/// Shape of the type's instances of kind Dictionary; 0 when memory is out.
ShapeRef dictionaryShapeOf(TypeObject* type);

/// For traverse, clear and dealloc; freeObject does the last by itself.
void traverseStore(Object* object, Visitor& visitor);
void clearStore(Object* object);

} // namespace pyc::rt
