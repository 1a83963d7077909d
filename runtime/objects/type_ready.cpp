// Making a built-in type ready: layout of instances, inherited flags and slots. Its MRO and dict
// come later still, when asked for (type_lookup.cpp, type_dict.cpp).
#include "runtime/objects/type_internal.h"

#include <cstring>

namespace pyc::rt {

namespace {

constexpr uint32_t kInheritedFlags = kTypeCollected | kTypeHasStore | kTypeVarSized |
                                     kTypeWeakrefs | kTypeMatchSelf | kTypeConcat | kTypeIsInt |
                                     kTypeIsFloat | kTypeIsStr | kTypeIsBytes | kTypeIsTuple |
                                     kTypeIsList | kTypeIsDict | kTypeIsType | kTypeIsException;
constexpr uint32_t kPatternFlags = kTypeSequence | kTypeMapping;

/// The fixed root shape of a type in builtin_types.def, or a new one for a module's type.
ShapeRef findRootShape(TypeObject* type) {
  for (uint32_t i = 1; i < kBuiltinShapeCount; ++i)
    if (shapeAt(i * sizeof(Shape))->type == type)
      return i * sizeof(Shape);
  Shape* shape = newRootShape(type, ShapeKind::Plain);
  PYC_CHECK(shape != nullptr);
  return refOf(shape);
}

void layOut(TypeObject* type) {
  if (type->base && type->basicSize < type->base->basicSize)
    type->basicSize = type->base->basicSize;
  if (type->itemSize == 0 && type->base)
    type->itemSize = type->base->itemSize;
  type->rootShape = findRootShape(type);
  type->instanceSize = type->basicSize;
  if (type->flags & kTypeHasStore) {
    type->dictionaryShape = type->rootShape;
    shapeAt(type->rootShape)->kind = ShapeKind::Dictionary;
    if (!(type->flags & kTypeVarSized)) {
      type->storeOffset = (type->basicSize + 7) & ~7u;
      type->instanceSize = type->storeOffset + sizeof(Value);
    }
  }
}

} // namespace

void inheritFlags(TypeObject* type, const TypeObject* base) {
  type->flags |= base->flags & kInheritedFlags;
  if (!(type->flags & kPatternFlags))
    type->flags |= base->flags & kPatternFlags;
}

void inheritSlots(TypeObject* type, const TypeObject* base) {
  // Equality and hash go together: who redefines one must say what becomes of the other.
  if (type->slots.compare && !type->slots.hash)
    type->slots.hash = unhashable;
  bool isDisallowed = base == &objectType && !type->slots.create && (type->flags & kTypeBuiltin);
  auto* own = reinterpret_cast<void**>(&type->slots);
  auto* inherited = reinterpret_cast<void* const*>(&base->slots);
  static_assert(sizeof(TypeSlots) % sizeof(void*) == 0);
  for (size_t i = 0; i < sizeof(TypeSlots) / sizeof(void*); ++i)
    if (!own[i])
      own[i] = inherited[i];
  if (isDisallowed) {
    type->slots.create = nullptr;
    type->flags |= kTypeDisallowNew;
  }
}

void readyTypeSlow(TypeObject* type) {
  if (!type->base && type != &objectType)
    type->base = &objectType;
  if (type->base) {
    readyType(type->base);
    inheritFlags(type, type->base);
    inheritSlots(type, type->base);
  }
  if (type->slots.getAttr)
    type->flags |= kTypeCustomGetAttr;
  layOut(type);
  type->flags |= kTypeReady;
}

} // namespace pyc::rt
