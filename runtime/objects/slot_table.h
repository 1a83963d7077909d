// The one table that relates slots to special methods, in both directions: how a built-in type's
// slot shows as a method in its dict, and which function a slot of a class gets when the class
// defines the method in Python.
#pragma once

#include "runtime/objects/descriptors.h"

#include <cstddef>
#include <span>

namespace pyc::rt {

/// A slot's place in TypeSlots, counted in pointers.
using SlotIndex = uint16_t;
#define PYC_SLOT(field)                                                                            \
  static_cast<::pyc::rt::SlotIndex>(offsetof(::pyc::rt::TypeSlots, field) / sizeof(void*))
inline constexpr SlotIndex kSlotCount = sizeof(TypeSlots) / sizeof(void*);

constexpr SlotIndex binarySlot(BinaryOp op) {
  return static_cast<SlotIndex>(PYC_SLOT(binary) + static_cast<unsigned>(op));
}
constexpr SlotIndex inplaceSlot(BinaryOp op) {
  return static_cast<SlotIndex>(PYC_SLOT(inplace) + static_cast<unsigned>(op));
}
constexpr SlotIndex unarySlot(UnaryOp op) {
  return static_cast<SlotIndex>(PYC_SLOT(unary) + static_cast<unsigned>(op));
}

using SlotFn = void (*)();
inline SlotFn& slotAt(TypeObject* type, SlotIndex index) {
  return reinterpret_cast<SlotFn*>(&type->slots)[index];
}

/// Slots may have several methods (__add__ and __radd__), each a row; rows of one slot are
/// neighbours.
struct SlotRow {
  StrObject* name;
  SlotIndex slot;
  SlotFn generic;         // calls the Python method
  SlotWrapperDef wrapper; // wrapper.call null: built-in types do not show it
};
std::span<const SlotRow> slotRows();

/// Adds the wrappers of a built-in type's own slots to its dict.
void addSlotWrappers(TypeObject* type, DictObject* dict);

/// Sets a class's slots after its dict changed: those that `name` stands for (null: all).
void updateSlots(TypeObject* type, StrObject* name);

} // namespace pyc::rt
