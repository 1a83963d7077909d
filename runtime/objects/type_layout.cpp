// Layout of instances: which base fixes it, and when two classes share it.
#include "runtime/objects/heap_type.h"
#include "runtime/objects/type_internal.h"

#include <algorithm>

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

/// Whether instances have fields that the base's don't. A built-in type's store counts: what it
/// keeps there (a module's namespace) it relies on.
bool addsFields(TypeObject* type) {
  const TypeObject* base = type->base;
  if (isHeapType(type))
    return asHeapType(type)->slotNames != nullptr;
  return type->basicSize != base->basicSize || type->itemSize != base->itemSize ||
         ((type->flags & ~base->flags) & kTypeHasStore) != 0;
}

constexpr uint32_t kMostInlineSlots = 24;

/// Counts the attributes that methods of the class and its bases assign to `self`.
uint32_t predictAttributes(TypeObject* type) {
  uint32_t count = 0;
  TupleObject* mro = typeMro(type);
  for (int64_t i = 0; i < mro->count; ++i) {
    TypeObject* ancestor = asType(mro->items()[i]);
    if (!isHeapType(ancestor))
      continue;
    count = std::max<uint32_t>(count, ancestor->widestInstance);
    Value assigned = dictFindStr(ancestor->dict, names::__static_attributes__);
    if (assigned && isTuple(assigned))
      count += static_cast<uint32_t>(asTuple(assigned)->count);
  }
  return std::min(count, kMostInlineSlots);
}

} // namespace

bool sameLayout(TypeObject* a, TypeObject* b) {
  a = layoutOwner(a);
  b = layoutOwner(b);
  return a == b || addTheSame(a, b);
}

TypeObject* solidBase(TypeObject* type) {
  while (type->base && !addsFields(type))
    type = type->base;
  return type;
}

TypeObject* bestBase(TupleObject* bases) {
  TypeObject* best = nullptr;
  TypeObject* winner = nullptr; // solid base of the best one
  for (int64_t i = 0; i < bases->count; ++i) {
    if (!isType(bases->items()[i]))
      return raise(typeErrorType, "bases must be types");
    TypeObject* base = asType(bases->items()[i]);
    readyType(base);
    if (!(base->flags & kTypeBase))
      return raise(typeErrorType, "type '%.100s' is not an acceptable base type", base->name);
    TypeObject* candidate = solidBase(base);
    if (!winner || (winner != candidate && isSubtype(candidate, winner))) {
      winner = candidate;
      best = base;
    } else if (!isSubtype(winner, candidate)) {
      return raise(typeErrorType, "multiple bases have instance lay-out conflict");
    }
  }
  return best;
}

bool setInlineSlots(TypeObject* type, uint32_t count) {
  // Sizes are multiples of 16 bytes anyway.
  uint32_t size = type->storeOffset + sizeof(Value) + count * sizeof(Value);
  count += size % 16 != 0;
  Shape* root = newRootShape(type, ShapeKind::Slots, count);
  if (!root)
    return raiseMemoryError();
  type->rootShape = refOf(root);
  type->instanceSize = type->storeOffset + static_cast<uint32_t>((1 + count) * sizeof(Value));
  return true;
}

bool layOutInstances(TypeObject* type, const SlotRequest& request) {
  const TypeObject* base = type->base;
  auto slotBytes =
      static_cast<uint32_t>(request.names ? asTuple(request.names)->count * sizeof(Value) : 0);
  type->basicSize = (base->basicSize + 7) & ~7u;
  type->itemSize = base->itemSize;
  if (request.names)
    asHeapType(type)->slotNames = asTuple(Ref::copy(request.names).release());
  bool hasStore = (type->flags & kTypeHasStore) != 0;
  if (type->flags & kTypeVarSized) {
    uint32_t behind = base->instanceSize - base->basicSize;
    if (behind == 0 && (hasStore || slotBytes != 0))
      behind = sizeof(Value); // the store's place
    asHeapType(type)->slotOffset = kOffsetBehindItems | behind;
    type->instanceSize = type->basicSize + behind + slotBytes;
  } else {
    asHeapType(type)->slotOffset = type->basicSize;
    type->basicSize += slotBytes;
    type->instanceSize = (type->basicSize + 15) & ~15u; // allocated in multiples of it anyway
    if (hasStore) {
      type->storeOffset = type->basicSize;
      return setInlineSlots(type, predictAttributes(type));
    }
  }
  Shape* root = newRootShape(type, hasStore ? ShapeKind::Slots : ShapeKind::Plain);
  if (!root)
    return raiseMemoryError();
  type->rootShape = refOf(root);
  return true;
}

} // namespace pyc::rt
