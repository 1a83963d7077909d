// Bound methods: a callable and the object that it is called with.
#include "runtime/objects/function.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/small_array.h"

#include <algorithm>

namespace pyc::rt {

namespace {

Ref callBoundMethod(Value callee, const Value* args, size_t argc, Value kwnames) {
  BoundMethodObject* method = asBoundMethod(callee);
  size_t given = argc + (kwnames ? static_cast<size_t>(asTuple(kwnames)->count) : 0);
  SmallArray<Value> all(given + 1);
  if (!all)
    return raiseMemoryError();
  all[0] = method->self;
  std::copy(args, args + given, all.data() + 1);
  // The callee may be dropped during the call, and function and object with it.
  Ref function = Ref::copy(method->function);
  Ref self = Ref::copy(method->self);
  return call(function, all.data(), argc + 1, kwnames);
}

Ref createBoundMethod(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("method(function, instance, /)");
  Value bound[2];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  if (!isCallable(bound[0]))
    return raise(typeErrorType, "first argument must be callable");
  if (bound[1].isNone())
    return raise(typeErrorType, "instance must not be None");
  return makeBoundMethod(bound[0], bound[1]);
}

/// Attributes that the method itself has not are those of its function.
Ref getAttrOfMethod(Value self, StrObject* name) {
  StrObject* interned = internStr(name);
  if (!interned)
    return {};
  TypeObject* type = typeOf(self);
  Value found = findInType(type, interned);
  if (!found)
    return getAttr(asBoundMethod(self)->function, name);
  if (auto get = typeOf(found)->slots.get)
    return get(found, self, Value(type));
  return Ref::copy(found);
}

Ref reprBoundMethod(Value self) {
  BoundMethodObject* method = asBoundMethod(self);
  Ref name;
  if (!findAttr(method->function, names::__qualname__, name))
    return {};
  if (!name && !findAttr(method->function, names::__name__, name))
    return {};
  if (name && !isStr(name))
    name = Ref();
  if (!name)
    return formatText("<bound method ? of %R>", method->self);
  return formatText("<bound method %S of %R>", name.get(), method->self);
}

Ref compareBoundMethods(Value self, Value other, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !hasShape(other, kShapeBoundMethod))
    return Ref::notImplemented();
  bool equal = isSame(asBoundMethod(self)->self, asBoundMethod(other)->self);
  if (equal && !compareBool(CompareOp::Eq, asBoundMethod(self)->function,
                            asBoundMethod(other)->function, equal))
    return {};
  return Ref::boolean(equal == (op == CompareOp::Eq));
}

bool hashBoundMethod(Value self, int64_t& result) {
  if (!hash(asBoundMethod(self)->function, result))
    return false;
  result ^= static_cast<int64_t>((asBoundMethod(self)->self.bits() * 0x9E3779B97F4A7C15u) >> 4);
  if (result == -1)
    result = -2;
  return true;
}

void traverseBoundMethod(Object* self, Visitor& visitor) {
  if (asBoundMethod(self)->function)
    visitor.visit(asBoundMethod(self)->function);
  if (asBoundMethod(self)->self)
    visitor.visit(asBoundMethod(self)->self);
}

void deallocBoundMethod(Object* self) {
  clearField(asBoundMethod(self)->function);
  clearField(asBoundMethod(self)->self);
  freeObject(self);
}

/// A method is bound already.
Ref getBoundMethod(Value descriptor, Value object, Value type) {
  return Ref::copy(descriptor);
}

/// The name under which a method is an attribute: a private one's has the class's before it.
Ref attributeName(Value self, Value name) {
  std::string storage, classStorage;
  std::string_view text = isStr(name) ? utf8View(name, storage) : std::string_view();
  if (!text.starts_with("__") || text.ends_with("__") || text.find('.') != text.npos)
    return Ref::copy(name);
  PYC_TRY(className, getAttr(isType(self) ? self : Value(&typeOf(self)->header), names::__name__));
  std::string_view owner = isStr(className) ? utf8View(className, classStorage) : "";
  size_t start = owner.find_first_not_of('_');
  if (start == owner.npos)
    return Ref::copy(name);
  return makeStr("_" + std::string(owner.substr(start)) + std::string(text));
}

Ref reduceBoundMethod(const Value* args) {
  BoundMethodObject* method = asBoundMethod(args[0]);
  PYC_TRY(ownName, getAttr(method->function, names::__name__));
  PYC_TRY(name, attributeName(method->self, ownName));
  PYC_TRY(getattr, getBuiltin(names::getattr));
  PYC_TRY(arguments, tupleOf(method->self, name.get()));
  return tupleOf(getattr.get(), arguments.get());
}

Ref docOfMethod(Value self) {
  Ref doc;
  if (!findAttr(asBoundMethod(self)->function, names::__doc__, doc))
    return {};
  return doc ? std::move(doc) : Ref::none();
}

const MethodDef kMethods[] = {{"__reduce__($self, /)", reduceBoundMethod}};
const GetSetDef kGetSets[] = {{"__doc__", docOfMethod}};
const MemberDef kMembers[] = {
    {"__func__", offsetof(BoundMethodObject, function), MemberDef::ReadOnly,
     "the function (or other callable) implementing a method"},
    {"__self__", offsetof(BoundMethodObject, self), MemberDef::ReadOnly,
     "the instance to which a method is bound"},
};

} // namespace

Ref makeBoundMethod(Value function, Value self) {
  Ref result = Ref::steal(allocObject(&boundMethodType));
  if (!result)
    return {};
  setField(asBoundMethod(result)->function, function);
  setField(asBoundMethod(result)->self, self);
  return result;
}

extern "C" constinit TypeObject boundMethodType = {
    .name = "method",
    .basicSize = sizeof(BoundMethodObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeWeakrefs,
    .methods = kMethods,
    .getSets = kGetSets,
    .members = kMembers,
    .doc = "Create a bound instance method object.",
    .slots = {.dealloc = deallocBoundMethod,
              .traverse = traverseBoundMethod,
              .repr = reprBoundMethod,
              .hash = hashBoundMethod,
              .call = callBoundMethod,
              .getAttr = getAttrOfMethod,
              .compare = compareBoundMethods,
              .get = getBoundMethod,
              .create = createBoundMethod},
};

} // namespace pyc::rt
