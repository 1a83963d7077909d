// object.__dir__, assignment to __class__.
#include "runtime/objects/heap_type.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/list.h"
#include "runtime/objects/object_type.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/type_internal.h"

namespace pyc::rt {

namespace {

/// The object's __dict__ by attribute access; null with nothing raised when it has none.
bool findDict(Value object, Ref& dict) {
  return findAttr(object, names::__dict__, dict);
}

Ref dictKeysList(DictObject* dict) {
  PYC_TRY(keys, newList(static_cast<size_t>(dict->count)));
  Value key, value;
  for (int64_t position = 0; dictNext(dict, position, key, value);)
    if (!listAppend(asList(keys), key))
      return {};
  return keys;
}

Raised raiseLayoutDiffers(TypeObject* to, TypeObject* from) {
  return raise(typeErrorType, "__class__ assignment: '%N' object layout differs from '%N'",
               Value(to), Value(from));
}

bool mayChangeClass(TypeObject* from, TypeObject* to) {
  if (isSubtype(from, &moduleType) && isSubtype(to, &moduleType))
    return true;
  return isHeapType(from) && isHeapType(to);
}

/// Names of a shape's attributes under another root of the same layout; null when there is no room.
Shape* reroot(const Shape* shape, Shape* root) {
  if (!shape->parent)
    return root;
  Shape* parent = reroot(shape->parent, root);
  return parent ? shapeWith(parent, shape->lastName) : nullptr;
}

bool moveToType(Object* object, TypeObject* to) {
  Shape* shape = shapeOf(object);
  if (shape->kind == ShapeKind::Plain) {
    object->shape = to->rootShape;
    return true;
  }
  if (shape->kind == ShapeKind::Slots && shapeAt(to->rootShape)->inlineSlots == shape->inlineSlots)
    if (Shape* same = reroot(shape, shapeAt(to->rootShape))) {
      object->shape = refOf(same);
      return true;
    }
  ShapeRef target = dictionaryShapeOf(to);
  if (target == 0 || !instanceDict(object))
    return false;
  object->shape = target;
  return true;
}

} // namespace

Ref objectDir(const Value* args) {
  Value self = args[0];
  Ref own;
  if (!findDict(self, own))
    return {};
  PYC_TRY(names, own && isDict(own) ? dictCopy(asDict(own)) : newDict());
  Ref type;
  if (!findAttr(self, names::__class__, type))
    return {};
  if (type && !mergeClassDict(asDict(names), type))
    return {};
  return dictKeysList(asDict(names));
}

bool mergeClassDict(DictObject* into, Value type) {
  Ref dict, bases;
  if (!findDict(type, dict) || (dict && !dictUpdate(into, dict)) ||
      !findAttr(type, names::__bases__, bases))
    return false;
  if (!bases || !isTuple(bases))
    return true;
  for (int64_t i = 0; i < asTuple(bases)->count; ++i)
    if (!mergeClassDict(into, asTuple(bases)->items()[i]))
      return false;
  return true;
}

bool setObjectClass(Value self, Value value) {
  if (!value)
    return raise(typeErrorType, "can't delete __class__ attribute");
  if (!isType(value))
    return raise(typeErrorType, "__class__ must be set to a class, not '%T' object", value);
  TypeObject* from = typeOf(self);
  TypeObject* to = asType(value);
  readyType(to);
  if (!mayChangeClass(from, to))
    return raise(typeErrorType,
                 "__class__ assignment only supported for mutable types or ModuleType subclasses");
  if (!sameLayout(from, to))
    return raiseLayoutDiffers(to, from);
  return moveToType(self.object(), to);
}

} // namespace pyc::rt
