// Layout of instances: which base fixes it, and when two classes share it.
#include "runtime/objects/heap_type.h"
#include "runtime/objects/type_internal.h"

namespace pyc::rt {

namespace {

constexpr uint32_t kLayoutFlags = kTypeHasStore | kTypeWeakrefs | kTypeVarSized;

/// Whether the class adds nothing to its base's layout.
bool addsNothing(const TypeObject* type) {
  const TypeObject* base = type->base;
  return isHeapType(type) && base && type->basicSize == base->basicSize &&
         type->itemSize == base->itemSize && ((type->flags ^ base->flags) & kLayoutFlags) == 0 &&
         !asHeapType(const_cast<TypeObject*>(type))->slotNames;
}

TypeObject* layoutOwner(TypeObject* type) {
  while (addsNothing(type))
    type = type->base;
  return type;
}

bool sameNames(const TupleObject* a, const TupleObject* b) {
  if (!a || !b)
    return a == b;
  if (a->count != b->count)
    return false;
  for (int64_t i = 0; i < a->count; ++i)
    if (!(a->items()[i] == b->items()[i])) // interned
      return false;
  return true;
}

bool addTheSame(TypeObject* a, TypeObject* b) {
  return isHeapType(a) && isHeapType(b) && layoutOwner(a->base) == layoutOwner(b->base) &&
         a->basicSize == b->basicSize && ((a->flags ^ b->flags) & kLayoutFlags) == 0 &&
         sameNames(asHeapType(a)->slotNames, asHeapType(b)->slotNames);
}

} // namespace

bool sameLayout(TypeObject* a, TypeObject* b) {
  a = layoutOwner(a);
  b = layoutOwner(b);
  return a == b || addTheSame(a, b);
}

} // namespace pyc::rt
