#include "runtime/objects/super.h"

#include "runtime/objects/arguments.h"
#include "runtime/objects/attr_dependents.h"
#include "runtime/objects/attribute.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/type_internal.h"

#include <cstddef>

namespace pyc::rt {

namespace {

SuperObject* asSuper(Value value) {
  return value.as<SuperObject>();
}

/// Whose MRO super(type, object) searches: that of object, if it is a subclass of type, else that
/// of its class, which may be what it says it is (__class__). TypeError when neither fits.
Ref checkSuper(TypeObject* type, Value object) {
  if (isType(object) && isSubtype(asType(object), type))
    return Ref::copy(object);
  if (isSubtype(typeOf(object), type))
    return Ref::copy(typeOf(object));
  Ref claimed;
  if (!findAttr(object, names::__class__, claimed))
    return {};
  if (claimed && isType(claimed) && isSubtype(asType(claimed), type))
    return claimed;
  bool isClass = isType(object);
  return raise(typeErrorType,
               "super(type, obj): obj (%s%s %s) is not an instance or subtype of type (%s).",
               isClass ? "type" : "instance", isClass ? "" : " of",
               isClass ? nameOf(asType(object)) : typeName(object), nameOf(type));
}

/// The attribute behind `type` in the MRO of `start`, borrowed; null when there is none.
Value findBehind(TypeObject* start, const TypeObject* type, StrObject* name) {
  TupleObject* mro = typeMro(start);
  int64_t i = 0;
  while (i < mro->count && asType(mro->items()[i]) != type)
    ++i;
  for (++i; i < mro->count; ++i)
    if (Value found = dictFindStr(typeDict(asType(mro->items()[i])), name))
      return found;
  return {};
}

/// Bound as for a look-up on `object`, unless that is the class itself.
Ref bindFound(Value found, Value object, TypeObject* start) {
  Ref keep = Ref::copy(found);
  if (auto get = typeOf(found)->slots.get)
    return get(found, object == Value(start) ? Value() : object, start);
  return keep;
}

Ref getAttrOf(Value self, StrObject* name) {
  SuperObject* super = asSuper(self);
  name = internedName(name);
  if (!name)
    return {};
  // super's own __class__, not that of the class behind.
  if (super->objectType && name != names::__class__)
    if (Value found = findBehind(asType(super->objectType), asType(super->type), name))
      return bindFound(found, super->object, asType(super->objectType));
  return genericGetAttr(self, name);
}

bool initSuper(Value self, Value type, Value object) {
  Ref objectType;
  if (object.isNone())
    object = Value();
  if (object) {
    objectType = checkSuper(asType(type), object);
    if (!objectType)
      return false;
  }
  setField(asSuper(self)->type, type);
  setField(asSuper(self)->object, object);
  setField(asSuper(self)->objectType, std::move(objectType));
  return true;
}

bool superInit(Value self, const Value* args, size_t argc, Value kwnames) {
  if (!checkNoKeywords("super", kwnames) || !checkArgumentCount("super()", argc, 0, 2))
    return false;
  if (argc == 0) {
    Ref type, object;
    if (!classHooks.superArguments)
      return raise(runtimeErrorType, "super(): no current frame");
    return classHooks.superArguments(type, object) && initSuper(self, type, object);
  }
  if (!isType(args[0]))
    return raise(typeErrorType, "super() argument 1 must be a type, not %T", args[0]);
  return initSuper(self, args[0], argc == 2 ? args[1] : Value());
}

Ref superCreate(TypeObject* type, const Value*, size_t, Value) {
  return Ref::steal(allocObject(type));
}

Ref superGet(Value descriptor, Value object, Value) {
  SuperObject* super = asSuper(descriptor);
  if (!object || object.isNone() || super->object || !super->type)
    return Ref::copy(descriptor);
  if (typeOf(descriptor) != &superType)
    return call(typeOf(descriptor), super->type, object);
  return makeSuper(super->type, object);
}

Ref superRepr(Value self) {
  SuperObject* super = asSuper(self);
  const char* name = super->type ? nameOf(asType(super->type)) : "NULL";
  std::string text = std::string("<super: <class '") + name + "'>, ";
  if (super->objectType)
    text += std::string("<") + nameOf(asType(super->objectType)) + " object>>";
  else
    text += "NULL>";
  return makeStr(text);
}

void superClear(Object* self) {
  auto* super = reinterpret_cast<SuperObject*>(self);
  clearField(super->type);
  clearField(super->object);
  clearField(super->objectType);
}

void superDealloc(Object* self) {
  superClear(self);
  freeObject(self);
}

void superTraverse(Object* self, Visitor& visitor) {
  auto* super = reinterpret_cast<SuperObject*>(self);
  for (Value field : {super->type, super->object, super->objectType})
    if (field)
      visitor.visit(field);
}

constexpr auto kReadOnly =
    static_cast<MemberDef::Flags>(MemberDef::ReadOnly | MemberDef::NullIsNone);
constexpr MemberDef kMembers[] = {
    {"__thisclass__", offsetof(SuperObject, type), kReadOnly, "the class invoking super()"},
    {"__self__", offsetof(SuperObject, object), kReadOnly,
     "the instance invoking super(); may be None"},
    {"__self_class__", offsetof(SuperObject, objectType), kReadOnly,
     "the type of the instance invoking super(); may be None"},
};

} // namespace

Ref makeSuper(Value type, Value object) {
  Ref super = Ref::steal(allocObject(&superType));
  return super && initSuper(super, type, object) ? std::move(super) : Ref();
}

bool superFindMethod(Value self, StrObject* name, Value out[2]) {
  SuperObject* super = asSuper(self);
  if (!super->objectType || super->object == super->objectType || name == names::__class__ ||
      !name->isInterned())
    return false;
  Value found = findBehind(asType(super->objectType), asType(super->type), name);
  if (!found || !hasTypeFlag(found, kTypeMethodDescriptor))
    return false;
  out[0] = Ref::copy(found).release();
  out[1] = Ref::copy(super->object).release();
  return true;
}

/// Refills of a place's ways before they are left as they are.
static constexpr uint8_t kMaxFills = 8;

static void rememberMethod(const SuperObject* super, StrObject* name, Value method,
                           SuperCache& cache) {
  Shape* shape = shapeOf(super->object.object());
  if (Value(shape->type) != super->objectType) // it only says that it is of that class
    return;
  SuperWay* way = &cache.ways[0];
  while (way->method.shape != 0 && way + 1 != cache.ways + kSuperWays)
    ++way;
  if (way->method.misses >= kMaxFills || !addDependent(shape->type, name, &way->method))
    return;
  ++way->method.misses;
  way->type = super->type;
  way->method.kind = AttrKind::Method;
  way->method.value = method;
  way->method.shape = refOf(shape);
}

bool loadSuperMethod(Value self, StrObject* name, SuperCache& cache, Value out[2]) {
  if (hasShape(self, kShapeSuper) && superFindMethod(self, name, out)) {
    rememberMethod(asSuper(self), name, out[0], cache);
    return true;
  }
  return loadMethod(self, name, out);
}

extern "C" constinit TypeObject superType = {
    .name = "super",
    .basicSize = sizeof(SuperObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected,
    .members = kMembers,
    .doc = "super() -> same as super(__class__, <first argument>)\n"
           "super(type) -> unbound super object\n"
           "super(type, obj) -> bound super object; requires isinstance(obj, type)\n"
           "super(type, type2) -> bound super object; requires issubclass(type2, type)\n"
           "Typical use to call a cooperative superclass method:\n"
           "class C(B):\n"
           "    def meth(self, arg):\n"
           "        super().meth(arg)\n"
           "This works for class methods too:\n"
           "class C(B):\n"
           "    @classmethod\n"
           "    def cmeth(cls, arg):\n"
           "        super().cmeth(arg)\n",
    .slots = {.dealloc = superDealloc,
              .traverse = superTraverse,
              .clear = superClear,
              .repr = superRepr,
              .getAttr = getAttrOf,
              .get = superGet,
              .create = superCreate,
              .init = superInit},
};

} // namespace pyc::rt
