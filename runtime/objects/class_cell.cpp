#include "runtime/objects/class_cell.h"

#include "runtime/objects/function.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/slot_functions.h"
#include "runtime/objects/type_call.h"

namespace pyc::rt {

namespace {

/// Whether nothing in the class comes before an instance's own attribute.
bool isPlainAttribute(TypeObject* type, StrObject* name) {
  Value attribute = findInType(type, name);
  return !attribute || !typeOf(attribute)->slots.set;
}

bool remember(ClassCell& cell, TypeObject* type, Value function) {
  cell = {.type = type,
          .right = nullptr,
          .version = typeVersion(type),
          .rightVersion = 0,
          .function = function};
  return true;
}

} // namespace

bool adoptConstruction(Value callee, const void* entry, StrObject* const* names, size_t count,
                       ClassCell& cell) {
  if (!isPlainClass(callee))
    return false;
  TypeObject* type = asType(callee);
  Value init = plainInit(type);
  if (!init || asFunction(init)->nativeEntry != entry)
    return false;
  const Shape* root = shapeAt(type->rootShape);
  if (root->kind != ShapeKind::Slots || type->storeOffset == 0 || type->slots.getAttr ||
      type->slots.setAttr || type->slots.finalize)
    return false;
  for (size_t i = 0; i < count; ++i)
    if (!isPlainAttribute(type, names[i]))
      return false;
  return remember(cell, type, init);
}

bool adoptClassMethod(TypeObject* type, StrObject* name, ClassCell& cell) {
  if (!isHeapType(type) || type->slots.getAttr)
    return false;
  Value method = findInType(type, name);
  return method && hasShape(method, kShapeFunction) && remember(cell, type, method);
}

bool adoptClassOperator(BinaryOp op, TypeObject* left, TypeObject* right, const void* entry,
                        ClassCell& cell) {
  if (left->slots.binary[static_cast<unsigned>(op)] != slotBinary(op) ||
      (left != right && isSubtype(right, left)))
    return false;
  Value method = findInType(left, binaryNames(op).forward);
  if (!method || !hasShape(method, kShapeFunction) || asFunction(method)->nativeEntry != entry)
    return false;
  remember(cell, left, method);
  cell.right = right;
  cell.rightVersion = typeVersion(right);
  return true;
}

Ref rebuildInstance(TypeObject* type, const uint64_t* names, const Value* values, size_t count) {
  PYC_TRY(instance, newPlainInstance(type));
  for (size_t i = 0; i < count; ++i)
    if (!setOwnAttr(instance.get().object(), Value::fromBits(names[i]).as<StrObject>(), values[i]))
      return {};
  return instance;
}

} // namespace pyc::rt
