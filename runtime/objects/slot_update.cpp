// Keeping the slots of types and their special methods in step, after CPython's slot dispatchers.
#include "runtime/objects/heap_type.h"
#include "runtime/objects/object_type.h"
#include "runtime/objects/slot_table.h"
#include "runtime/objects/type_internal.h"

namespace pyc::rt {

namespace {

/// Whether a built-in type's slot is its own rather than inherited.
bool ownsSlot(TypeObject* type, SlotIndex slot) {
  SlotFn own = slotAt(type, slot);
  return own && (!type->base || own != slotAt(type->base, slot));
}

/// object answers for the null slots that mean the generic look-up.
bool isGenericOfObject(const TypeObject* type, SlotIndex slot) {
  return type == &objectType && (slot == PYC_SLOT(getAttr) || slot == PYC_SLOT(setAttr));
}

bool shows(TypeObject* type, const SlotRow& row) {
  if (!row.wrapper.call || !(ownsSlot(type, row.slot) || isGenericOfObject(type, row.slot)))
    return false;
  if (row.slot == PYC_SLOT(hash) && type->slots.hash == unhashable)
    return false;
  return !(row.name == names::__radd__ && (type->flags & kTypeConcat));
}

/// The function behind what a class's dict or bases say for one method; null `fn` when the built-in
/// slot is empty because it means the generic look-up.
struct Resolved {
  enum Kind { Absent, Specific, Generic } kind = Absent;
  SlotFn fn = nullptr;
};

Resolved resolve(TypeObject* type, const SlotRow& row) {
  Value method = findInType(type, row.name);
  if (!method)
    return {};
  if (hasShape(method, kShapeSlotWrapper)) {
    auto* wrapper = method.as<SlotWrapperObject>();
    bool isSameMethod =
        wrapper->def == &row.wrapper || (row.slot == PYC_SLOT(power) && wrapper->name == row.name);
    if (isSameMethod && isSubtype(type, wrapper->type))
      return {Resolved::Specific, slotAt(wrapper->type, row.slot)};
  }
  if (row.slot == PYC_SLOT(create))
    if (TypeObject* builtin = ownerOfNewFunction(method); builtin && isMadeBy(type, builtin))
      return {Resolved::Specific, reinterpret_cast<SlotFn>(builtin->slots.create)};
  if (row.slot == PYC_SLOT(hash) && method.isNone())
    return {Resolved::Specific, reinterpret_cast<SlotFn>(unhashable)};
  return {Resolved::Generic, row.generic};
}

/// One slot from its rows: the built-in function when all methods that there are agree on it, else
/// the one that calls the Python methods.
void updateSlot(TypeObject* type, std::span<const SlotRow> rows) {
  Resolved result;
  for (const SlotRow& row : rows) {
    Resolved found = resolve(type, row);
    if (found.kind == Resolved::Absent)
      continue;
    if (found.kind == Resolved::Generic ||
        (result.kind == Resolved::Specific && result.fn != found.fn)) {
      result = {Resolved::Generic, row.generic};
      break;
    }
    result = found;
  }
  slotAt(type, rows.front().slot) = result.fn;
}

std::span<const SlotRow> rowsOfSlot(std::span<const SlotRow> rows, size_t start) {
  size_t end = start + 1;
  while (end < rows.size() && rows[end].slot == rows[start].slot)
    ++end;
  return rows.subspan(start, end - start);
}

bool namesAny(std::span<const SlotRow> rows, const StrObject* name) {
  for (const SlotRow& row : rows)
    if (row.name == name)
      return true;
  return false;
}

void setAttrFlag(TypeObject* type) {
  if (type->slots.getAttr)
    type->flags |= kTypeCustomGetAttr;
  else
    type->flags &= ~uint32_t(kTypeCustomGetAttr);
}

} // namespace

void addSlotWrappers(TypeObject* type, DictObject* dict) {
  for (const SlotRow& row : slotRows()) {
    if (!shows(type, row))
      continue;
    Ref wrapper = makeSlotWrapper(type, &row.wrapper);
    PYC_CHECK(wrapper && dictSetStr(dict, row.name, wrapper));
  }
}

void updateSlots(TypeObject* type, StrObject* name) {
  std::span<const SlotRow> rows = slotRows();
  for (size_t i = 0; i < rows.size();) {
    std::span<const SlotRow> ofSlot = rowsOfSlot(rows, i);
    if (!name || namesAny(ofSlot, name))
      updateSlot(type, ofSlot);
    i += ofSlot.size();
  }
  setAttrFlag(type);
}

} // namespace pyc::rt
