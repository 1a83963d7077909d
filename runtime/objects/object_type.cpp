// object: what every type inherits when it says nothing of its own.
#include "runtime/objects/object_type.h"

#include "runtime/objects/attribute.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/type_internal.h"
#include "runtime/objects/type_names.h"

#include <cstdio>

namespace pyc::rt {

namespace {

bool objectHash(Value self, int64_t& hash) {
  // Objects are 16-byte aligned: without the rotation they would share low bits.
  uint64_t bits = self.bits();
  hash = static_cast<int64_t>((bits >> 4) | (bits << 60));
  return true;
}

Ref invert(Ref equal) {
  if (!equal || Value(equal) == Value::notImplemented())
    return equal;
  bool isEqual;
  if (!truth(equal, isEqual))
    return {};
  return Ref::boolean(!isEqual);
}

Ref objectCompare(Value self, Value other, CompareOp op) {
  if (op == CompareOp::Eq)
    return isSame(self, other) ? Ref::boolean(true) : Ref::notImplemented();
  if (op == CompareOp::Ne)
    return invert(typeOf(self)->slots.compare(self, other, CompareOp::Eq));
  return Ref::notImplemented();
}

Ref objectStr(Value self) {
  return repr(self);
}

/// "'f', 'g'" and their number, sorted.
bool describeAbstractMethods(TypeObject* type, Ref& list, size_t& count) {
  Value methods = dictFindStr(typeDict(type), names::__abstractmethods__);
  Ref sorted = methods ? sequenceList(methods) : newList(0);
  if (!sorted || !listSort(asList(sorted), Value(), false))
    return false;
  count = static_cast<size_t>(asList(sorted)->count);
  StrBuilder text;
  for (size_t i = 0; i < count; ++i) {
    Ref name = listGet(asList(sorted), static_cast<int64_t>(i));
    Ref shown = str(name);
    if (!shown)
      return false;
    text.append(i == 0 ? "'" : ", '");
    text.append(Value(shown));
    text.append("'");
  }
  list = text.finish();
  return static_cast<bool>(list);
}

Raised raiseAbstract(TypeObject* type) {
  Ref methods;
  size_t count;
  if (!describeAbstractMethods(type, methods, count))
    return {};
  return raise(
      typeErrorType,
      "Can't instantiate abstract class %s without an implementation for abstract method%s %S",
      nameOf(type), count == 1 ? "" : "s", Value(methods));
}

// Methods.

Ref objectFormat(const Value* args) {
  if (!isStr(args[1]))
    return raise(typeErrorType, "__format__() argument must be str, not %T", args[1]);
  if (asStr(args[1])->length != 0)
    return raise(typeErrorType, "unsupported format string passed to %T.__format__", args[0]);
  return str(args[0]);
}

Ref objectSizeof(const Value* args) {
  if (!args[0].isObject())
    return Ref::number(Value::fromInt(sizeof(Object)));
  TypeObject* type = typeOf(args[0]);
  int64_t size = type->basicSize;
  if (type->flags & kTypeVarSized) {
    int64_t count = *reinterpret_cast<int64_t*>(args[0].object() + 1);
    size += (count < 0 ? -count : count) * type->itemSize;
  }
  return Ref::number(Value::fromInt(size));
}

Ref objectInitSubclass(const Value*) {
  return Ref::none();
}
Ref objectSubclassHook(const Value*) {
  return Ref::notImplemented();
}

Ref getClass(Value self) {
  return Ref::copy(typeOf(self));
}

constexpr MethodDef kMethods[] = {
    {.signature = "__subclasshook__($type, object, /)",
     .bound = objectSubclassHook,
     .kind = MethodDef::Class,
     .doc =
         "Abstract classes can override this to customize issubclass().\n\nThis is invoked early "
         "on by abc.ABCMeta.__subclasscheck__().\nIt should return True, False or NotImplemented. "
         " If it returns\nNotImplemented, the normal algorithm is used.  Otherwise, it\n"
         "overrides the normal algorithm (and the outcome is cached)."},
    {.signature = "__init_subclass__($type, /)",
     .bound = objectInitSubclass,
     .kind = MethodDef::Class,
     .doc = "This method is called when a class is subclassed.\n\nThe default implementation does "
            "nothing. It may be\noverridden to extend subclasses."},
    {.signature = "__format__($self, format_spec, /)",
     .bound = objectFormat,
     .doc =
         "Default object formatter.\n\nReturn str(self) if format_spec is empty. Raise TypeError "
         "otherwise."},
    {.signature = "__sizeof__($self, /)",
     .bound = objectSizeof,
     .doc = "Size of object in memory, in bytes."},
    {.signature = "__dir__($self, /)", .bound = objectDir, .doc = "Default dir() implementation."},
    {.signature = "__reduce_ex__($self, protocol, /)",
     .bound = objectReduceEx,
     .doc = "Helper for pickle."},
    {.signature = "__reduce__($self, /)", .bound = objectReduce, .doc = "Helper for pickle."},
    {.signature = "__getstate__($self, /)", .bound = objectGetState, .doc = "Helper for pickle."},
};

constexpr GetSetDef kGetSets[] = {
    {"__class__", getClass, setObjectClass, "the object's class"},
};

} // namespace

Ref objectRepr(Value self) {
  TypeObject* type = typeOf(self);
  PYC_TRY(name, fullTypeName(type));
  char address[32];
  std::snprintf(address, sizeof address, " object at 0x%llx>",
                static_cast<unsigned long long>(self.bits()));
  StrBuilder text;
  text.append("<");
  text.append(Value(name));
  text.append(address);
  return text.finish();
}

Ref objectCreate(TypeObject* type, const Value*, size_t argc, Value kwnames) {
  if (PYC_UNLIKELY(argc != 0 || kwnames)) {
    if (type->slots.create != objectCreate)
      return raise(typeErrorType,
                   "object.__new__() takes exactly one argument (the type to instantiate)");
    if (type->slots.init == objectInit)
      return raise(typeErrorType, "%s() takes no arguments", nameOf(type));
  }
  if (PYC_UNLIKELY(type->flags & kTypeAbstract))
    return raiseAbstract(type);
  return Ref::steal(allocObject(type));
}

bool objectInit(Value self, const Value*, size_t argc, Value kwnames) {
  if (PYC_LIKELY(argc == 0 && !kwnames))
    return true;
  TypeObject* type = typeOf(self);
  if (type->slots.init != objectInit)
    return raise(typeErrorType,
                 "object.__init__() takes exactly one argument (the instance to initialize)");
  if (type->slots.create == objectCreate)
    return raise(typeErrorType,
                 "%s.__init__() takes exactly one argument (the instance to initialize)",
                 nameOf(type));
  return true;
}

extern "C" constinit TypeObject objectType = {
    .name = "object",
    .flags = kTypeBuiltin | kTypeBase,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc =
        "object()\n--\n\nThe base class of the class hierarchy.\n\nWhen called, it accepts no "
        "arguments and "
        "returns a new featureless\ninstance that has no instance attributes and cannot be given "
        "any.\n",
    .slots = {.dealloc = freeObject,
              .repr = objectRepr,
              .str = objectStr,
              .hash = objectHash,
              .compare = objectCompare,
              .create = objectCreate,
              .init = objectInit},
};

} // namespace pyc::rt
