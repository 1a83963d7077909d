#include "runtime/objects/layout_cell.h"

#include "runtime/objects/attr_dependents.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

/// Changes of a cell's shape before it is left as it is: its guard sees several classes.
static constexpr uint8_t kMaxAdoptions = 16;

static bool isTrue(const LayoutFact& fact, Shape* shape, StrObject* name) {
  TypeObject* type = shape->type;
  if (Value attribute = findInType(type, name); attribute && typeOf(attribute)->slots.set)
    return false;
  int slot = findSlot(shape, name);
  return slot >= 0 && slot < shape->inlineSlots &&
         type->storeOffset + sizeof(Value) * (1 + static_cast<uint32_t>(slot)) == fact.offset;
}

/// A cell to fill: a free one, else the last.
static AttrCache* cellFor(ShapeRef shape, const LayoutGuard* guard) {
  for (uint32_t i = 0; i < guard->cellCount; ++i)
    if (guard->cells[i].shape == 0 || guard->cells[i].shape == shape)
      return &guard->cells[i];
  return &guard->cells[guard->cellCount - 1];
}

bool adoptLayout(Value object, const LayoutGuard* guard, StrObject* const* names) {
  if (!object.isObject())
    return false;
  ShapeRef ref = object.object()->shape;
  Shape* shape = shapeAt(ref);
  TypeObject* type = shape->type;
  AttrCache* cell = cellFor(ref, guard);
  if (cell->shape == ref)
    return true;
  if (shape->kind != ShapeKind::Slots || type->storeOffset == 0 || type->slots.getAttr ||
      type->slots.setAttr || cell->misses >= kMaxAdoptions)
    return false;
  for (uint32_t i = 0; i < guard->factCount; ++i)
    if (!isTrue(guard->facts[i], shape, names[guard->facts[i].nameIndex]))
      return false;
  removeLayoutDependent(cell);
  if (!addLayoutDependent(type, cell))
    return false;
  ++cell->misses;
  cell->shape = ref;
  return true;
}

} // namespace pyc::rt
