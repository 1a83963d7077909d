// type: the class of classes. Its attributes are in type_getset.cpp.
#include "runtime/memory/heap.h"
#include "runtime/objects/allocation_count.h"
#include "runtime/objects/attr_dependents.h"
#include "runtime/objects/attribute.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/object_type.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/type_attributes.h"
#include "runtime/objects/type_call.h"
#include "runtime/objects/type_internal.h"
#include "runtime/objects/type_names.h"

namespace pyc::rt {

namespace {

// Attribute look-up: the metaclass's data descriptors, the class and its bases, the metaclass.

bool isDataDescriptor(Value attribute) {
  return typeOf(attribute)->slots.set != nullptr;
}

Ref bound(Value attribute, Value object, Value type) {
  Ref keep = Ref::copy(attribute);
  if (auto get = typeOf(attribute)->slots.get)
    return get(attribute, object, type);
  return keep;
}

} // namespace

bool findAttrOfType(TypeObject* type, StrObject* name, Ref& result) {
  name = findInterned(name);
  if (!name)
    return true;
  TypeObject* meta = typeOf(type);
  Value metaAttribute = findInType(meta, name);
  if (metaAttribute && isDataDescriptor(metaAttribute) && typeOf(metaAttribute)->slots.get) {
    result = bound(metaAttribute, type, meta);
    return static_cast<bool>(result);
  }
  if (Value attribute = findInType(type, name)) {
    result = bound(attribute, Value(), type);
    return static_cast<bool>(result);
  }
  result = metaAttribute ? bound(metaAttribute, type, meta) : Ref();
  return !metaAttribute || result;
}

namespace {

Raised raiseNoTypeAttribute(TypeObject* type, StrObject* name) {
  raise(attributeErrorType, "type object '%N' has no attribute '%S'", Value(type), Value(name));
  return addAttributeErrorFields(type, name);
}

/// Whether a change from one value to the other leaves methods and descriptors as they were.
bool isPlainData(Value value) {
  return value && !typeOf(value)->slots.get && !typeOf(value)->slots.set;
}

bool storeInDict(TypeObject* type, StrObject* name, Value value) {
  DictObject* dict = typeDict(type);
  Ref old = Ref::copy(dictFindStr(dict, name));
  bool removed = true;
  if (value ? !dictSetStr(dict, name, value) : !dictRemove(dict, name, removed))
    return false;
  if (!removed)
    return raiseNoTypeAttribute(type, name);
  if (isPlainData(old) && isPlainData(value) && !isSpecialName(name))
    typeDataReplaced(type, name);
  else
    typeModified(type, name);
  return true;
}

Ref typeGetAttr(Value self, StrObject* name) {
  Ref result;
  if (!findAttrOfType(asType(self), name, result) || result)
    return result;
  return raiseNoTypeAttribute(asType(self), name);
}

Ref typeRepr(Value self) {
  PYC_TRY(name, fullTypeName(asType(self)));
  StrBuilder text;
  text.append("<class '");
  text.append(Value(name));
  text.append("'>");
  return text.finish();
}

Ref typeOr(Value lhs, Value rhs) {
  return makeUnion(lhs, rhs);
}

bool checkCreateArguments(const Value* args, size_t argc) {
  if (argc != 3)
    return raise(typeErrorType, "type.__new__() takes exactly 3 arguments (%zu given)", argc);
  if (!isStr(args[0]))
    return raise(typeErrorType, "type.__new__() argument 1 must be str, not %T", args[0]);
  if (!isTuple(args[1]))
    return raise(typeErrorType, "type.__new__() argument 2 must be tuple, not %T", args[1]);
  if (!isDict(args[2]) && !isInstance(args[2], &frozenDictType))
    return raise(typeErrorType, "type.__new__() argument 3 must be dict or frozendict, not %T",
                 args[2]);
  return true;
}

bool checkBases(TupleObject* bases) {
  for (int64_t i = 0; i < bases->count; ++i) {
    if (isType(bases->items()[i]))
      continue;
    Ref entries;
    if (!findAttr(bases->items()[i], names::__mro_entries__, entries))
      return false;
    if (entries)
      return raise(typeErrorType,
                   "type() doesn't support MRO entry resolution; use types.new_class()");
  }
  return true;
}

Ref typeCreate(TypeObject* metatype, const Value* args, size_t argc, Value kwnames) {
  if (!checkCreateArguments(args, argc) || !checkBases(asTuple(args[1])))
    return {};
  TypeObject* winner = calculateMetaclass(metatype, asTuple(args[1]));
  if (!winner)
    return {};
  if (winner != metatype && winner->slots.create != typeCreate)
    return winner->slots.create(winner, args, argc, kwnames);
  return makeClass(winner, args[0], asTuple(args[1]), asDict(args[2]), args + argc, kwnames);
}

bool typeInit(Value, const Value*, size_t argc, Value kwnames) {
  if (kwnames && asTuple(kwnames)->count != 0 && argc == 1)
    return raise(typeErrorType, "type.__init__() takes no keyword arguments");
  return argc == 1 || argc == 3 || raise(typeErrorType, "type.__init__() takes 1 or 3 arguments");
}

// Memory. Only classes made at run time are in the collected heap.

void typeTraverse(Object* self, Visitor& visitor) {
  auto* type = reinterpret_cast<TypeObject*>(self);
  if (!isHeapType(type))
    return;
  for (Value field : {Value(type->dict), Value(type->bases), Value(type->mro), type->nameValue,
                      type->qualifiedName, Value(asHeapType(type)->slotNames)})
    if (field)
      visitor.visit(field);
  if (asHeapType(type)->keepsItself)
    visitor.visit(type);
}

void typeClear(Object* self) {
  auto* type = reinterpret_cast<TypeObject*>(self);
  if (!isHeapType(type) || !std::exchange(asHeapType(type)->keepsItself, false))
    return;
  typeModified(type, nullptr);
  dictClear(type->dict);
  Ref mro = Ref::steal(std::exchange(type->mro, nullptr));
  decref(type);
}

void typeDealloc(Object* self) {
  auto* type = reinterpret_cast<TypeObject*>(self);
  nameDyingType(type);
  if (type->bases)
    for (int64_t i = 0; i < type->bases->count; ++i)
      removeSubclass(asType(type->bases->items()[i]), type);
  freeDependents(type);
  freeSubclasses(type);
  for (Value field : {Value(type->dict), Value(type->mro), Value(type->bases), type->nameValue,
                      type->qualifiedName, Value(asHeapType(type)->slotNames)})
    decrefMaybe(field);
  freeMemory(asHeapType(type)->nameBytes);
  freeObject(self);
}

// Methods.

Ref typeMroMethod(const Value* args) {
  TypeObject* type = asType(args[0]);
  return linearise(type, typeBases(type));
}

Ref typeSubclasses(const Value* args) {
  return subclassList(asType(args[0]));
}

Ref typePrepare(const Value*, size_t, Value) {
  return newDict();
}

Ref typeInstanceCheckMethod(const Value* args) {
  bool result;
  return typeInstanceCheck(args[1], args[0], result) ? Ref::boolean(result) : Ref();
}

Ref typeSubclassCheckMethod(const Value* args) {
  bool result;
  return typeSubclassCheck(args[1], args[0], result) ? Ref::boolean(result) : Ref();
}

Ref typeDir(const Value* args) {
  PYC_TRY(names, newDict());
  if (!mergeClassDict(asDict(names), args[0]))
    return {};
  return sequenceList(names);
}

Ref typeSizeof(const Value* args) {
  bool isHeap = isHeapType(asType(args[0]));
  return Ref::number(Value::fromInt(isHeap ? sizeof(HeapTypeObject) : sizeof(TypeObject)));
}

constexpr MethodDef kMethods[] = {
    {.signature = "mro($self, /)",
     .bound = typeMroMethod,
     .doc = "Return a type's method resolution order."},
    {.signature = "__subclasses__($self, /)",
     .bound = typeSubclasses,
     .doc = "Return a list of immediate subclasses."},
    {.signature = "__prepare__($cls, name, bases, /, **kwds)",
     .raw = typePrepare,
     .kind = MethodDef::Class,
     .doc = "Create the namespace for the class statement"},
    {.signature = "__instancecheck__($self, instance, /)",
     .bound = typeInstanceCheckMethod,
     .doc = "Check if an object is an instance."},
    {.signature = "__subclasscheck__($self, subclass, /)",
     .bound = typeSubclassCheckMethod,
     .doc = "Check if a class is a subclass."},
    {.signature = "__dir__($self, /)",
     .bound = typeDir,
     .doc = "Specialized __dir__ implementation for types."},
    {.signature = "__sizeof__($self, /)",
     .bound = typeSizeof,
     .doc = "Return memory consumption of the type object."},
};

} // namespace

bool isSpecialName(const StrObject* name) {
  if (!name->isAscii() || name->length < 5)
    return false;
  std::string_view text = name->asciiView();
  return text.starts_with("__") && text.ends_with("__");
}

Raised raiseImmutable(TypeObject* type, StrObject* name) {
  return raise(typeErrorType, "cannot set '%S' attribute of immutable type '%N'", Value(name),
               Value(type));
}

bool typeSetAttr(Value self, StrObject* name, Value value) {
  TypeObject* type = asType(self);
  if (!isHeapType(type))
    return raiseImmutable(type, name);
  name = internedName(name);
  if (!name)
    return false;
  if (Value metaAttribute = findInType(typeOf(self), name))
    if (auto set = typeOf(metaAttribute)->slots.set) {
      Ref keep = Ref::copy(metaAttribute);
      return set(metaAttribute, self, value);
    }
  return storeInDict(type, name, value);
}

bool unhashable(Value self, int64_t&) {
  return raise(typeErrorType, "unhashable type: '%T'", self);
}

extern "C" constinit TypeObject typeType = {
    .name = "type",
    .basicSize = sizeof(HeapTypeObject),
    .flags =
        kTypeBuiltin | kTypeBase | kTypeCollected | kTypeIsType | kTypeWeakrefs | kTypeMatchSelf,
    .methods = kMethods,
    .getSets = typeGetSets,
    .doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
    .slots = {.dealloc = typeDealloc,
              .traverse = typeTraverse,
              .clear = typeClear,
              .repr = typeRepr,
              .call = typeCall,
              .getAttr = typeGetAttr,
              .setAttr = typeSetAttr,
              .create = typeCreate,
              .init = typeInit,
              .binary = {nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr,
                         nullptr, nullptr, nullptr, typeOr}},
};

} // namespace pyc::rt
