#include "runtime/objects/shape.h"

#include "runtime/memory/heap.h"
#include "runtime/objects/shape_table.h"
#include "runtime/objects/type.h"
#include "runtime/threads/spin_lock.h"

#include <sys/mman.h>

namespace pyc::rt {

extern "C" {
char* pycShapeBase = nullptr;
}

namespace {

constexpr size_t kRegionSizes[] = {size_t(1) << 32, size_t(1) << 30, size_t(1) << 26};
/// Attributes in slots; objects with more go over to a dict.
constexpr uint32_t kMaxSlots = 200;
/// Shapes made from one root. Beyond that a program uses objects as dictionaries.
constexpr uint16_t kMaxDescendants = 1000;
/// Up to this many attributes a walk along the parents beats a table.
constexpr uint32_t kWalkLimit = 6;

constinit SpinLock shapeLock; // guards everything below, and all tables' growth
size_t regionSize = 0;
size_t regionUsed = 0;

void reserveRegion() {
  for (size_t size : kRegionSizes) {
    void* region = mmap(nullptr, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (region == MAP_FAILED)
      continue;
    pycShapeBase = static_cast<char*>(region);
    regionSize = size;
    return;
  }
  PYC_CHECK(pycShapeBase != nullptr);
}

/// With the lock held; null when the region is used up.
Shape* allocShape() {
  if (regionUsed + sizeof(Shape) > regionSize)
    return nullptr;
  Shape* shape = shapeAt(static_cast<ShapeRef>(regionUsed));
  regionUsed += sizeof(Shape);
  return shape;
}

Shape* rootOf(Shape* shape) {
  while (shape->parent)
    shape = shape->parent;
  return shape;
}

int walkParents(const Shape* shape, const StrObject* name) {
  for (; shape->parent; shape = shape->parent)
    if (shape->lastName == name)
      return static_cast<int>(shape->slotCount) - 1;
  return -1;
}

/// Adds the shape's last name to the table that it will share with its parent, as long as the
/// parent is the end of the table's line; a shape of another branch gets a table when asked.
bool extendTable(Shape* parent, Shape* child) {
  ShapeTable* table = parent->table;
  if (!table || table->used != parent->slotCount)
    return true;
  return putInTable(child->table = table, child->lastName, child->slotCount - 1);
}

ShapeTable* buildTable(const Shape* shape) {
  ShapeTable* table = newShapeTable(shape->slotCount);
  for (; table && shape->parent; shape = shape->parent)
    if (!putInTable(table, shape->lastName, shape->slotCount - 1))
      return nullptr;
  return table;
}

ShapeTable* tableOf(Shape* shape) {
  if (ShapeTable* table = __atomic_load_n(&shape->table, __ATOMIC_ACQUIRE))
    return table;
  SpinGuard guard(shapeLock);
  if (!shape->table)
    __atomic_store_n(&shape->table, buildTable(shape), __ATOMIC_RELEASE);
  return shape->table;
}

Shape* makeChild(Shape* shape, StrObject* name) {
  Shape* root = rootOf(shape);
  if (shape->slotCount >= kMaxSlots || root->descendants >= kMaxDescendants)
    return nullptr;
  Shape* child = allocShape();
  if (!child)
    return nullptr;
  child->type = shape->type;
  child->parent = shape;
  child->lastName = name;
  child->slotCount = shape->slotCount + 1;
  child->kind = ShapeKind::Slots;
  child->inlineSlots = shape->inlineSlots;
  ++root->descendants;
  if (!extendTable(shape, child))
    return nullptr;
  ShapeTable* children = shape->children ? shape->children : newShapeTable(1);
  if (!children || !putInTable(children, name, reinterpret_cast<uint64_t>(child)))
    return nullptr;
  __atomic_store_n(&shape->children, children, __ATOMIC_RELEASE);
  return child;
}

} // namespace

void initShapes() {
  if (pycShapeBase)
    return;
  reserveRegion();
  regionUsed = kBuiltinShapeCount * sizeof(Shape);
#define PYC_TYPE(id, variable) shapeAt(kShape##id)->type = &variable;
#include "runtime/objects/builtin_types.def"
}

Shape* newRootShape(TypeObject* type, ShapeKind kind, uint32_t inlineSlots) {
  SpinGuard guard(shapeLock);
  Shape* shape = allocShape();
  if (!shape)
    return nullptr;
  shape->type = type;
  shape->kind = kind;
  shape->inlineSlots = static_cast<uint16_t>(inlineSlots);
  return shape;
}

int findSlot(Shape* shape, StrObject* name) {
  if (shape->slotCount <= kWalkLimit)
    return walkParents(shape, name);
  ShapeTable* table = tableOf(shape);
  if (!table)
    return walkParents(shape, name);
  uint64_t slot;
  // A table shared with descendants knows names that this shape does not have yet.
  return findInTable(table, name, slot) && slot < shape->slotCount ? static_cast<int>(slot) : -1;
}

Shape* shapeWith(Shape* shape, StrObject* name) {
  uint64_t found;
  ShapeTable* children = __atomic_load_n(&shape->children, __ATOMIC_ACQUIRE);
  if (children && findInTable(children, name, found))
    return reinterpret_cast<Shape*>(found);
  SpinGuard guard(shapeLock);
  if (shape->children && findInTable(shape->children, name, found))
    return reinterpret_cast<Shape*>(found);
  return makeChild(shape, name);
}

} // namespace pyc::rt
