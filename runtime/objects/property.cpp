#include "runtime/objects/property.h"

#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

namespace {

PropertyObject* asProperty(Value value) {
  return value.as<PropertyObject>();
}

Value orNull(Value value) {
  return value && !value.isNone() ? value : Value();
}

/// The getter's docstring, for a property that was given none.
bool takeDocFromGetter(Value self) {
  PropertyObject* property = asProperty(self);
  Ref doc;
  if (property->getter && !findAttr(property->getter, names::__doc__, doc))
    return false;
  property->docFromGetter = doc && !doc.isNone();
  setField(property->doc, property->docFromGetter ? doc.get() : Value());
  return true;
}

bool initProperty(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("property(fget=None, fset=None, fdel=None, doc=None)");
  Value bound[4];
  if (!signature.bind(args, argc, kwnames, bound))
    return false;
  PropertyObject* property = asProperty(self);
  setField(property->getter, orNull(bound[0]));
  setField(property->setter, orNull(bound[1]));
  setField(property->deleter, orNull(bound[2]));
  setField(property->doc, bound[3]);
  property->docFromGetter = false;
  if (!orNull(bound[3]) && !takeDocFromGetter(self))
    return false;
  if (hasShape(self, kShapeProperty))
    return true;
  // Instances of a subclass have __doc__ as an attribute of their own, which the class's own
  // docstring would hide otherwise.
  Value doc = property->doc ? property->doc : Value::none();
  if (setAttr(self, names::__doc__, doc))
    return true;
  return !property->docFromGetter && catchRaised(attributeErrorType);
}

Ref createProperty(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  return Ref::steal(allocObject(type));
}

/// The property's name: as set by the class, or the getter's. A null Ref when it has none.
bool nameOfProperty(PropertyObject* property, Ref& name) {
  name = Ref::copy(property->name);
  return name || !property->getter || findAttr(property->getter, names::__name__, name);
}

Raised raiseMissing(PropertyObject* property, Value object, const char* what) {
  Ref name;
  if (!nameOfProperty(property, name))
    return {};
  Ref typeQualifiedName = getAttr(Value(typeOf(object)), names::__qualname__);
  if (!typeQualifiedName)
    return {};
  if (name)
    return raise(attributeErrorType, "property %R of %R object has no %s", name.get(),
                 typeQualifiedName.get(), what);
  return raise(attributeErrorType, "property of %R object has no %s", typeQualifiedName.get(),
               what);
}

Ref getProperty(Value descriptor, Value object, Value type) {
  if (!object || object.isNone())
    return Ref::copy(descriptor);
  PropertyObject* property = asProperty(descriptor);
  if (!property->getter)
    return raiseMissing(property, object, "getter");
  Ref getter = Ref::copy(property->getter);
  return call(getter, object);
}

bool setProperty(Value descriptor, Value object, Value value) {
  PropertyObject* property = asProperty(descriptor);
  Ref function = Ref::copy(value ? property->setter : property->deleter);
  if (!function)
    return raiseMissing(property, object, value ? "setter" : "deleter");
  Ref result = value ? call(function, object, value) : call(function, object);
  return static_cast<bool>(result);
}

/// A property of the same type with one function replaced.
Ref copyProperty(Value self, Value getter, Value setter, Value deleter) {
  PropertyObject* property = asProperty(self);
  auto orOwn = [](Value given, Value own) {
    return given && !given.isNone() ? given : own ? own : Value::none();
  };
  Value newGetter = orOwn(getter, property->getter);
  bool newDoc = property->docFromGetter && !newGetter.isNone();
  Value args[] = {newGetter, orOwn(setter, property->setter), orOwn(deleter, property->deleter),
                  newDoc || !property->doc ? Value::none() : property->doc};
  Ref result = call(Value(typeOf(self)), args, 4);
  if (result && isInstance(result, &propertyType))
    setField(asProperty(result)->name, property->name);
  return result;
}

Ref withGetter(const Value* args) {
  return copyProperty(args[0], args[1], {}, {});
}
Ref withSetter(const Value* args) {
  return copyProperty(args[0], {}, args[1], {});
}
Ref withDeleter(const Value* args) {
  return copyProperty(args[0], {}, {}, args[1]);
}

Ref setName(const Value* args, size_t argc, Value kwnames) {
  if (argc != 3)
    return raise(typeErrorType, "__set_name__() takes 2 positional arguments but %zu were given",
                 argc - 1);
  setField(asProperty(args[0])->name, args[2]);
  return Ref::none();
}

Ref getName(Value self) {
  Ref name;
  if (!nameOfProperty(asProperty(self), name))
    return {};
  if (!name)
    return raise(attributeErrorType, "'property' object has no attribute '__name__'");
  return name;
}

bool setNameAttr(Value self, Value value) {
  setField(asProperty(self)->name, value);
  return true;
}

/// Abstract when any of the three functions is.
Ref getIsAbstract(Value self) {
  PropertyObject* property = asProperty(self);
  for (Value function : {property->getter, property->setter, property->deleter}) {
    Ref flag;
    bool result = false;
    if (function && !findAttr(function, names::__isabstractmethod__, flag))
      return {};
    if (flag && !truth(flag, result))
      return {};
    if (result)
      return Ref::boolean(true);
  }
  return Ref::boolean(false);
}

void traverseProperty(Object* self, Visitor& visitor) {
  PropertyObject* property = asProperty(self);
  for (Value field :
       {property->getter, property->setter, property->deleter, property->doc, property->name})
    if (field)
      visitor.visit(field);
}

void clearProperty(Object* self) {
  PropertyObject* property = asProperty(self);
  for (Value* field :
       {&property->getter, &property->setter, &property->deleter, &property->doc, &property->name})
    clearField(*field);
}

void deallocProperty(Object* self) {
  clearProperty(self);
  freeObject(self);
}

constexpr auto kReadOnlyOrNone =
    static_cast<MemberDef::Flags>(MemberDef::ReadOnly | MemberDef::NullIsNone);

const MethodDef kMethods[] = {
    {"getter($self, object, /)", withGetter, nullptr, MethodDef::Instance,
     "Descriptor to obtain a copy of the property with a different getter."},
    {"setter($self, object, /)", withSetter, nullptr, MethodDef::Instance,
     "Descriptor to obtain a copy of the property with a different setter."},
    {"deleter($self, object, /)", withDeleter, nullptr, MethodDef::Instance,
     "Descriptor to obtain a copy of the property with a different deleter."},
    {"__set_name__($self, owner, name, /)", nullptr, setName, MethodDef::Instance,
     "__set_name__($self, owner, name, /)\n--\n\nMethod to set name of a property."},
};
const MemberDef kMembers[] = {
    {"fget", offsetof(PropertyObject, getter), kReadOnlyOrNone},
    {"fset", offsetof(PropertyObject, setter), kReadOnlyOrNone},
    {"fdel", offsetof(PropertyObject, deleter), kReadOnlyOrNone},
    {"__doc__", offsetof(PropertyObject, doc), MemberDef::NullIsNone},
};
const GetSetDef kGetSets[] = {
    {"__name__", getName, setNameAttr},
    {"__isabstractmethod__", getIsAbstract},
};

} // namespace

Ref makeProperty(Value getter, Value setter, Value deleter, Value doc) {
  Ref result = Ref::steal(allocObject(&propertyType));
  Value args[] = {getter ? getter : Value::none(), setter ? setter : Value::none(),
                  deleter ? deleter : Value::none(), doc ? doc : Value::none()};
  return result && initProperty(result, args, 4, {}) ? std::move(result) : Ref();
}

extern "C" constinit TypeObject propertyType = {
    .name = "property",
    .basicSize = sizeof(PropertyObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected,
    .methods = kMethods,
    .getSets = kGetSets,
    .members = kMembers,
    .doc = "property(fget=None, fset=None, fdel=None, doc=None)\n--\n\nProperty attribute.\n\n"
           "  fget\n"
           "    function to be used for getting an attribute value\n"
           "  fset\n"
           "    function to be used for setting an attribute value\n"
           "  fdel\n"
           "    function to be used for del'ing an attribute\n"
           "  doc\n"
           "    docstring\n\n"
           "Typical use is to define a managed attribute x:\n\n"
           "class C(object):\n"
           "    def getx(self): return self._x\n"
           "    def setx(self, value): self._x = value\n"
           "    def delx(self): del self._x\n"
           "    x = property(getx, setx, delx, \"I'm the 'x' property.\")\n\n"
           "Decorators make defining new properties or modifying existing ones easy:\n\n"
           "class C(object):\n"
           "    @property\n"
           "    def x(self):\n"
           "        \"I am the 'x' property.\"\n"
           "        return self._x\n"
           "    @x.setter\n"
           "    def x(self, value):\n"
           "        self._x = value\n"
           "    @x.deleter\n"
           "    def x(self):\n"
           "        del self._x",
    .slots = {.dealloc = deallocProperty,
              .traverse = traverseProperty,
              .clear = clearProperty,
              .get = getProperty,
              .set = setProperty,
              .create = createProperty,
              .init = initProperty},
};

} // namespace pyc::rt
