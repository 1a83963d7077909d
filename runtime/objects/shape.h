// Shapes (hidden classes; Chambers, Ungar, Lee, OOPSLA 1989). An object's shape says its type and,
// for instances with attributes, which attribute lies in which slot: one 32-bit compare guards
// both.
//
// Shapes live in one reserved region of address space; a ShapeRef is a byte offset in it. The root
// shapes of the built-in types have fixed places, so their references are constants.
//
// An instance with attributes looks like this (T: its type):
//   [header and the built-in base's fields: T.basicSize bytes]
//   [AttributeStore word, at T.storeOffset]  null, or the overflow array, or the __dict__
//   [inline slots: as many values as the shape's inlineSlots says]
// Attribute i of the shape lies in inline slot i, or in overflow[i - inlineSlots]. When a program
// asks for obj.__dict__, or adds too many attributes, or deletes one with many behind it, the
// attributes move to a real dict and the object takes the type's dictionary shape (the store word
// is then the DictObject*, or null for an empty one). Instances of built-in types that have a store
// (functions, exceptions, modules) are of kind Dictionary from the start, so their shape never
// changes.
#pragma once

#include "runtime/memory/refcount.h"

namespace pyc::rt {

struct TypeObject;
struct StrObject;
struct DictObject;
struct ShapeTable;

enum class ShapeKind : uint8_t {
  Plain,      // no attribute store
  Slots,      // attributes in slots
  Dictionary, // attributes in a dict
};

struct Shape {
  TypeObject* type;
  Shape* parent;        // shape without the last attribute, null for a root
  StrObject* lastName;  // attribute that this shape adds (immortal, interned)
  ShapeTable* table;    // name -> slot, made on demand
  ShapeTable* children; // name -> shape with that attribute added
  uint32_t slotCount;
  ShapeKind kind;
  uint16_t descendants; // of a root: shapes made from it, to stop runaway programs
  uint16_t inlineSlots; // in the object itself; instances made earlier may have fewer
  uint8_t padding[64 - 5 * 8 - 10];
};
static_assert(sizeof(Shape) == 64);

/// Root shapes of the built-in types: index in the region is position in builtin_types.def + 1.
enum ShapeIndex : uint32_t {
  kShapeIndexUnused = 0,
#define PYC_TYPE(id, variable) kShapeIndex##id,
#include "runtime/objects/builtin_types.def"
  kBuiltinShapeCount
};
#define PYC_TYPE(id, variable)                                                                     \
  inline constexpr ShapeRef kShape##id = kShapeIndex##id * sizeof(Shape);
#include "runtime/objects/builtin_types.def"

/// Start of the region; set once at start-up, before any object exists.
extern "C" char* pycShapeBase;

inline Shape* shapeAt(ShapeRef ref) {
  return reinterpret_cast<Shape*>(pycShapeBase + ref);
}
inline ShapeRef refOf(const Shape* shape) {
  return static_cast<ShapeRef>(reinterpret_cast<const char*>(shape) - pycShapeBase);
}

/// Reserves the region and fills in the built-in types' root shapes. Once, at start-up.
void initShapes();

/// A new root shape for a class. Never freed: references to it may stand in native code.
Shape* newRootShape(TypeObject* type, ShapeKind kind, uint32_t inlineSlots = 0);
/// Slot of the attribute, or -1. `name` must be interned.
int findSlot(Shape* shape, StrObject* name);
/// The shape with one more attribute (made on first use); null when the shape is full and the
/// object must go over to a dictionary. Thread-safe.
Shape* shapeWith(Shape* shape, StrObject* name);

} // namespace pyc::rt
