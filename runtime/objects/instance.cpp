#include "runtime/objects/instance.h"

#include "runtime/memory/heap.h"
#include "runtime/objects/errors.h"

#include <cstring>

namespace pyc::rt {

namespace {

/// Values in the overflow array of an object that needs `count` there.
uint32_t overflowCapacity(uint32_t count) {
  uint32_t capacity = 4;
  while (capacity < count)
    capacity *= 2;
  return capacity;
}

uint32_t overflowCount(const Shape* shape) {
  return shape->slotCount > shape->inlineSlots ? shape->slotCount - shape->inlineSlots : 0;
}

void takeShape(Object* object, const Shape* shape) {
  __atomic_store_n(&object->shape, refOf(shape), __ATOMIC_RELEASE);
}

/// Makes room for one more value behind `count` of them.
bool growOverflow(Value* word, uint32_t count) {
  if (count != 0 && count < overflowCapacity(count))
    return true;
  void* array = reallocPlain(word->as<void>(), overflowCapacity(count + 1) * sizeof(Value));
  if (!array) {
    raiseMemoryError();
    return false;
  }
  *word = Value::fromBits(reinterpret_cast<uint64_t>(array));
  return true;
}

/// Calls f(index, value) for the attributes in slots, in order.
template <class F> void eachSlot(Object* object, const Shape* shape, F f) {
  for (uint32_t i = 0; i < shape->slotCount; ++i)
    f(i, *attrSlot(object, shape, i));
}

void fillNames(const Shape* shape, StrObject** names) {
  for (; shape->parent; shape = shape->parent)
    names[shape->slotCount - 1] = shape->lastName;
}

/// A dict of the attributes in slots.
Ref slotsToDict(Object* object, const Shape* shape) {
  PYC_TRY(dict, newDict(shape->slotCount));
  auto** names = static_cast<StrObject**>(allocPlain((shape->slotCount + 1) * sizeof(StrObject*)));
  if (!names)
    return raiseMemoryError();
  fillNames(shape, names);
  bool ok = true;
  eachSlot(object, shape,
           [&](uint32_t i, Value value) { ok = ok && dictSetStr(asDict(dict), names[i], value); });
  freeMemory(names);
  return ok ? std::move(dict) : Ref();
}

/// Drops what an object of kind Slots holds, leaving slots and array without a meaning.
void releaseSlots(Object* object, const Shape* shape) {
  Value* word = storeWord(object, shape->type);
  eachSlot(object, shape, [](uint32_t, Value value) { decref(value); });
  freeMemory(word->as<void>());
  *word = Value();
}

/// Moves an object of kind Slots over to `dict` (consumed; null: empty).
bool becomeDictionary(Object* object, Ref dict) {
  Shape* shape = shapeOf(object);
  ShapeRef target = dictionaryShapeOf(shape->type);
  if (target == 0) {
    raiseMemoryError();
    return false;
  }
  // The object is whole before old values are dropped: that may run code that looks at it.
  uint32_t count = shape->slotCount;
  Value* word = storeWord(object, shape->type);
  Value* overflow = word->as<Value>();
  object->shape = target;
  *word = dict.release();
  for (uint32_t i = 0; i < count && i < shape->inlineSlots; ++i)
    decref(std::exchange(word[1 + i], Value()));
  for (uint32_t i = 0; i < overflowCount(shape); ++i)
    decref(overflow[i]);
  freeMemory(overflow);
  return true;
}

/// The dict of an object of kind Dictionary, made when there is none yet.
DictObject* dictionaryOf(Object* object, const TypeObject* type) {
  Value* word = storeWord(object, type);
  if (word->isNull()) {
    Ref dict = newDict();
    if (!dict)
      return nullptr;
    *word = dict.release();
  }
  return asDict(*word);
}

/// Attributes behind one that goes away may be this many; else the object becomes a dictionary.
constexpr uint32_t kMaxMoved = 8;

/// The shape with the same attributes, in the same order, but the one in `slot`. Null when there is
/// none to have.
Shape* shapeWithout(Shape* shape, uint32_t slot) {
  StrObject* behind[kMaxMoved];
  uint32_t count = 0;
  for (; shape->slotCount > slot + 1; shape = shape->parent) {
    if (count == kMaxMoved)
      return nullptr;
    behind[count++] = shape->lastName;
  }
  shape = shape->parent;
  while (shape && count != 0)
    shape = shapeWith(shape, behind[--count]);
  return shape;
}

/// Takes an attribute out of its slot; those behind it move. False, with nothing done, when the
/// object has to become a dictionary.
bool removeSlot(Object* object, Shape* shape, uint32_t slot) {
  Shape* target = shapeWithout(shape, slot);
  if (!target)
    return false;
  Value old = *attrSlot(object, shape, slot);
  uint32_t last = shape->slotCount - 1;
  for (uint32_t i = slot; i < last; ++i)
    *attrSlot(object, shape, i) = *attrSlot(object, shape, i + 1);
  *attrSlot(object, shape, last) = Value();
  if (overflowCount(shape) == 1) {
    Value* word = storeWord(object, shape->type);
    freeMemory(word->as<void>());
    *word = Value();
  }
  takeShape(object, target);
  decref(old);
  return true;
}

} // namespace

ShapeRef dictionaryShapeOf(TypeObject* type) {
  if (type->dictionaryShape == 0)
    if (Shape* shape = newRootShape(type, ShapeKind::Dictionary))
      type->dictionaryShape = refOf(shape);
  return type->dictionaryShape;
}

Value* storeBehindItems(Object* object, const TypeObject* type) {
  int64_t count;
  std::memcpy(&count, object + 1, sizeof count);
  auto items = static_cast<size_t>(count < 0 ? -count : count);
  size_t itemSize = (type->flags & kTypeIsStr) ? asStr(object)->width() : type->itemSize;
  size_t size = type->basicSize + sizeBehindItems(items, itemSize);
  return reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + size);
}

Value ownAttr(Object* object, StrObject* name) {
  Shape* shape = shapeOf(object);
  if (shape->kind == ShapeKind::Slots) {
    int slot = findSlot(shape, name);
    return slot < 0 ? Value() : *attrSlot(object, shape, static_cast<uint32_t>(slot));
  }
  Value dict = *storeWord(object, shape->type);
  return dict ? dictFindStr(asDict(dict), name) : Value();
}

bool addSlot(Object* object, Shape* shape, Value value) {
  TypeObject* type = shape->type;
  uint32_t index = shape->slotCount - 1;
  if (index >= shape->inlineSlots &&
      !growOverflow(storeWord(object, type), index - shape->inlineSlots))
    return false;
  incref(value);
  *attrSlot(object, shape, index) = value;
  takeShape(object, shape);
  if (shape->slotCount > type->widestInstance) {
    type->widestInstance = static_cast<uint16_t>(shape->slotCount);
    if (shape->slotCount > shape->inlineSlots)
      type->version = 0; // so that ConstructionCache hears of it
  }
  return true;
}

bool setOwnAttr(Object* object, StrObject* name, Value value) {
  Shape* shape = shapeOf(object);
  if (shape->kind == ShapeKind::Slots) {
    int slot = findSlot(shape, name);
    if (slot >= 0) {
      incref(value);
      decref(std::exchange(*attrSlot(object, shape, static_cast<uint32_t>(slot)), value));
      return true;
    }
    if (Shape* next = shapeWith(shape, name))
      return addSlot(object, next, value);
  }
  DictObject* dict = instanceDict(object);
  return dict && dictSetStr(dict, name, value);
}

bool removeOwnAttr(Object* object, StrObject* name, bool& removed) {
  Shape* shape = shapeOf(object);
  removed = false;
  if (shape->kind == ShapeKind::Slots) {
    int slot = findSlot(shape, name);
    if (slot < 0)
      return true;
    removed = true;
    if (removeSlot(object, shape, static_cast<uint32_t>(slot)))
      return true;
  } else if (storeWord(object, shape->type)->isNull()) {
    return true;
  }
  DictObject* dict = instanceDict(object);
  return dict && dictRemove(dict, name, removed);
}

DictObject* instanceDict(Object* object) {
  Shape* shape = shapeOf(object);
  if (shape->kind == ShapeKind::Slots) {
    Ref dict = slotsToDict(object, shape);
    if (!dict || !becomeDictionary(object, std::move(dict)))
      return nullptr;
  }
  return dictionaryOf(object, shape->type);
}

bool setInstanceDict(Object* object, Value dict) {
  Shape* shape = shapeOf(object);
  if (shape->kind == ShapeKind::Slots)
    return becomeDictionary(object, Ref::copy(dict));
  Value* word = storeWord(object, shape->type);
  Value copy = Ref::copy(dict).release();
  decrefMaybe(std::exchange(*word, copy));
  return true;
}

void traverseStore(Object* object, Visitor& visitor) {
  Shape* shape = shapeOf(object);
  if (shape->kind == ShapeKind::Slots)
    eachSlot(object, shape, [&](uint32_t, Value value) { visitor.visit(value); });
  else if (Value dict = *storeWord(object, shape->type))
    visitor.visit(dict);
}

void clearStore(Object* object) {
  if (shapeOf(object)->kind == ShapeKind::Slots)
    becomeDictionary(object, Ref());
  else
    setInstanceDict(object, Value());
}

/// freeObject's part: nobody looks at the object any more.
void releaseStore(Object* object, const Shape* shape) {
  if (shape->kind == ShapeKind::Slots)
    releaseSlots(object, shape);
  else
    decrefMaybe(*storeWord(object, shape->type));
}

} // namespace pyc::rt
