// Memory management of instances of classes: the slots of __slots__ come on top of what the
// built-in base does. The attribute store is everybody's: freeObject and the collector see to it.
#include "runtime/objects/heap_type.h"
#include "runtime/objects/instance_memory.h"

namespace pyc::rt {

namespace {

/// The nearest ancestor that is no class made at run time.
TypeObject* builtinBase(TypeObject* type) {
  while (isHeapType(type))
    type = type->base;
  return type;
}

/// Calls f(place) for every slot of __slots__ that the object has.
template <class F> void eachSlotPlace(Object* self, F f) {
  for (TypeObject* type = shapeOf(self)->type; isHeapType(type); type = type->base) {
    HeapTypeObject* heap = asHeapType(type);
    int64_t count = heap->slotNames ? heap->slotNames->count : 0;
    for (int64_t i = 0; i < count; ++i)
      f(slotPlace(self, heap->slotOffset) + i);
  }
}

void slotsClear(Object* self) {
  eachSlotPlace(self, [](Value* place) { clearField(*place); });
  if (auto clear = builtinBase(shapeOf(self)->type)->slots.clear)
    clear(self);
}

void slotsTraverse(Object* self, Visitor& visitor) {
  eachSlotPlace(self, [&](Value* place) {
    if (*place)
      visitor.visit(*place);
  });
  if (auto traverse = builtinBase(shapeOf(self)->type)->slots.traverse)
    traverse(self, visitor);
}

/// Of an object that is a header and slots, those of its class and of the classes' above it.
void deallocSlotsOnly(Object* self, const TypeObject* type) {
  auto* places = reinterpret_cast<Value*>(self + 1);
  auto* end = reinterpret_cast<Value*>(reinterpret_cast<char*>(self) + type->basicSize);
  for (Value* place = places; place != end; ++place)
    clearField(*place);
  keepInstance(self, type->instanceSize / kInstanceGrain);
}

void slotsDealloc(Object* self) {
  const Shape* shape = shapeOf(self);
  const TypeObject* base = builtinBase(shape->type);
  if (PYC_LIKELY(base == &objectType && shape->kind == ShapeKind::Plain)) {
    deallocSlotsOnly(self, shape->type);
    return;
  }
  eachSlotPlace(self, [](Value* place) { clearField(*place); });
  base->slots.dealloc(self);
}

} // namespace

void setMemorySlots(TypeObject* type) {
  const TypeSlots& base = type->base->slots;
  bool hasSlots = asHeapType(type)->slotNames != nullptr || base.dealloc == slotsDealloc;
  auto plain = base.dealloc == freeObject ? deallocInstance : base.dealloc;
  type->slots.dealloc = hasSlots ? slotsDealloc : plain;
  type->slots.traverse = hasSlots ? slotsTraverse : base.traverse;
  type->slots.clear = hasSlots ? slotsClear : base.clear;
}

} // namespace pyc::rt
