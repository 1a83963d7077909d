#include "runtime/objects/layout_cell.h"

#include "runtime/abi/native_cells.h"
#include "runtime/objects/attr_dependents.h"
#include "runtime/objects/borrowed_functions.h"
#include "runtime/objects/descriptors.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/property.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/slot_functions.h"

#include <span>

namespace pyc::rt {

/// Changes of a cell's shape before it is left as it is: its guard sees several classes.
static constexpr uint8_t kMaxAdoptions = 16;

/// Whether the class's attribute is the descriptor of a slot of __slots__ at this place.
static bool isSlotAt(uint32_t offset, TypeObject* type, Value attribute) {
  if (!hasShape(attribute, kShapeMemberDescriptor))
    return false;
  auto* member = attribute.as<MemberDescriptorObject>();
  return member->offset == offset && member->flags == MemberDef::Writable &&
         isHeapType(member->type) && isSubtype(type, member->type);
}

static bool isTrue(const LayoutFact& fact, Shape* shape, StrObject* name) {
  TypeObject* type = shape->type;
  Value attribute = findInType(type, name);
  if (shape->kind == ShapeKind::Plain)
    return attribute && isSlotAt(fact.offset, type, attribute);
  if (attribute && typeOf(attribute)->slots.set)
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

static_assert(kCellSetMask + 2 * sizeof(AttrCache) == kHashedCells * sizeof(AttrCache));

/// The cell that holds the shape, else one to fill: a free one where native code looks for it, any
/// other free one (the guard then comes here each time), else where native code looks last.
static AttrCache* cellFor(ShapeRef shape, AttrCache* cells, uint32_t count) {
  if (count == 1)
    return cells;
  AttrCache* set = cells + (shape & kCellSetMask) / sizeof(AttrCache);
  AttrCache* free = !set[0].shape ? &set[0] : !set[1].shape ? &set[1] : nullptr;
  for (AttrCache& cell : std::span(cells, count)) {
    if (cell.shape == shape)
      return &cell;
    if (!free && !cell.shape)
      free = &cell;
  }
  return free ? free : &set[1];
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
  bool hasPlaces =
      shape->kind == ShapeKind::Slots ? type->storeOffset != 0 : shape->kind == ShapeKind::Plain;
  if (!hasPlaces || !isHeapType(type) || !looksUpPlainly(type) || type->slots.setAttr ||
      cell->misses >= kMaxAdoptions || !areKnown(guard, names))
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

/// `find` gives the function for a shape, or null.
template <class Find>
static const AttrCache* adoptFunction(Value object, StrObject* name, AttrCache* cells,
                                      uint32_t count, Find find) {
  ShapeRef ref = object.object()->shape;
  Shape* shape = shapeAt(ref);
  TypeObject* type = shape->type;
  AttrCache* cell = cellFor(ref, cells, count);
  if (cell->shape == ref)
    return cell;
  if (!isHeapType(type) || cell->misses >= kMaxAdoptions)
    return nullptr;
  Value function = find(shape);
  if (!function || !hasShape(function, kShapeFunction) || !addDependent(type, name, cell))
    return nullptr;
  ++cell->misses;
  noteBorrowed(function);
  cell->kind = AttrKind::Method;
  cell->value = function;
  cell->shape = ref;
  return cell;
}

const AttrCache* adoptMethod(Value object, StrObject* name, AttrCache* cells, uint32_t count) {
  return adoptFunction(object, name, cells, count, [&](Shape* shape) {
    bool isHidden = shape->kind == ShapeKind::Dictionary || !looksUpPlainly(shape->type) ||
                    (shape->kind == ShapeKind::Slots && findSlot(shape, name) >= 0);
    return isHidden ? Value() : findInType(shape->type, name);
  });
}

const AttrCache* adoptSpecial(Value object, StrObject* name, AttrCache* cells, uint32_t count) {
  return adoptFunction(object, name, cells, count,
                       [&](Shape* shape) { return findInType(shape->type, name); });
}

/// A property comes before what the object itself has.
static PropertyObject* propertyOf(Shape* shape, StrObject* name) {
  Value attribute = findInType(shape->type, name);
  return attribute && hasShape(attribute, kShapeProperty) ? attribute.as<PropertyObject>()
                                                          : nullptr;
}

const AttrCache* adoptGetter(Value object, StrObject* name, AttrCache* cells, uint32_t count) {
  return adoptFunction(object, name, cells, count, [&](Shape* shape) {
    PropertyObject* property = shape->type->slots.getAttr ? nullptr : propertyOf(shape, name);
    return property ? property->getter : Value();
  });
}

const AttrCache* adoptSetter(Value object, StrObject* name, AttrCache* cells, uint32_t count) {
  return adoptFunction(object, name, cells, count, [&](Shape* shape) {
    PropertyObject* property = shape->type->slots.setAttr ? nullptr : propertyOf(shape, name);
    return property ? property->setter : Value();
  });
}

} // namespace pyc::rt
