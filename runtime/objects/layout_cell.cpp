#include "runtime/objects/layout_cell.h"

#include "runtime/objects/attr_dependents.h"
#include "runtime/objects/heap_type.h"
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

/// Fills in the shapes of an object that gets the attributes one after the other.
static bool addAll(const LayoutGuard* guard, Shape* shape, StrObject* const* names) {
  for (uint32_t i = 0; i < guard->factCount; ++i) {
    StrObject* name = names[guard->facts[i].nameIndex];
    Shape* next = findSlot(shape, name) < 0 ? shapeWith(shape, name) : nullptr;
    if (!next || !isTrue(guard->facts[i], next, name))
      return false;
    guard->added[i] = refOf(next);
    shape = next;
  }
  return true;
}

/// Not so when a guard that stands for one in inlined code runs before that code's function exists.
static bool areKnown(const LayoutGuard* guard, StrObject* const* names) {
  for (uint32_t i = 0; i < guard->factCount; ++i)
    if (!names[guard->facts[i].nameIndex])
      return false;
  return true;
}

static bool areTrue(const LayoutGuard* guard, Shape* shape, StrObject* const* names) {
  for (uint32_t i = 0; i < guard->factCount; ++i)
    if (!isTrue(guard->facts[i], shape, names[guard->facts[i].nameIndex]))
      return false;
  return true;
}

/// A cell to fill: a free one, else the last.
static AttrCache* cellFor(ShapeRef shape, AttrCache* cells, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i)
    if (cells[i].shape == 0 || cells[i].shape == shape)
      return &cells[i];
  return &cells[count - 1];
}

bool adoptLayout(Value object, const LayoutGuard* guard, StrObject* const* names) {
  if (!object.isObject())
    return false;
  ShapeRef ref = object.object()->shape;
  Shape* shape = shapeAt(ref);
  TypeObject* type = shape->type;
  AttrCache* cell = cellFor(ref, guard->cells, guard->cellCount);
  if (cell->shape == ref)
    return true;
  if (shape->kind != ShapeKind::Slots || type->storeOffset == 0 || type->slots.getAttr ||
      type->slots.setAttr || cell->misses >= kMaxAdoptions || !areKnown(guard, names))
    return false;
  if (!guard->added && !areTrue(guard, shape, names))
    return false;
  removeLayoutDependent(cell); // empties it, for the shapes beside it are about to change
  if ((guard->added && !addAll(guard, shape, names)) || !addLayoutDependent(type, cell))
    return false;
  ++cell->misses;
  cell->shape = ref;
  return true;
}

const AttrCache* adoptMethod(Value object, StrObject* name, AttrCache* cells, uint32_t count) {
  ShapeRef ref = object.object()->shape;
  Shape* shape = shapeAt(ref);
  TypeObject* type = shape->type;
  AttrCache* cell = cellFor(ref, cells, count);
  if (cell->shape == ref)
    return cell;
  if (shape->kind == ShapeKind::Dictionary || !isHeapType(type) || type->slots.getAttr ||
      cell->misses >= kMaxAdoptions)
    return nullptr;
  Value method = findInType(type, name);
  if (!method || !hasShape(method, kShapeFunction) ||
      (shape->kind == ShapeKind::Slots && findSlot(shape, name) >= 0) ||
      !addDependent(type, name, cell))
    return nullptr;
  ++cell->misses;
  cell->kind = AttrKind::Method;
  cell->value = method;
  cell->shape = ref;
  return cell;
}

} // namespace pyc::rt
