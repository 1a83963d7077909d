// weakref.ref.
#include "runtime/objects/weakref.h"

#include "runtime/objects/arguments.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/type_names.h"
#include "runtime/objects/weakref_object.h"
#include "runtime/objects/weakref_table.h"

#include <cstdio>

namespace pyc::rt {

namespace {

WeakReferenceObject* asReference(Value value) {
  return value.as<WeakReferenceObject>();
}

Ref refCreate(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  if (type == &weakReferenceType && !checkNoKeywords("ref", kwnames))
    return {};
  if (!checkArgumentCount("__new__", argc, 1, 2))
    return {};
  return makeReferenceOf(type, args[0], argc == 2 ? args[1] : Value());
}

bool refInit(Value, const Value*, size_t argc, Value) {
  return checkArgumentCount("__init__", argc, 1, 2);
}

Ref refCall(Value self, const Value*, size_t argc, Value kwnames) {
  if (!checkNoKeywords("weakref", kwnames) || !checkArgumentCount("weakref", argc, 0, 0))
    return {};
  return weakReferenceGet(asReference(self));
}

bool refHash(Value self, int64_t& result) {
  WeakReferenceObject* reference = asReference(self);
  if (reference->hashCode != kNoWeakrefHash) {
    result = reference->hashCode;
    return true;
  }
  Ref object = weakReferenceGet(reference);
  if (object.isNone())
    return raise(typeErrorType, "weak object has gone away");
  if (!hash(object, result))
    return false;
  reference->hashCode = result;
  return true;
}

/// Live references compare as their objects do, dead ones by identity.
Ref refCompare(Value self, Value other, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !isWeakReference(other))
    return Ref::notImplemented();
  Ref mine = weakReferenceGet(asReference(self));
  Ref theirs = weakReferenceGet(asReference(other));
  if (mine.isNone() || theirs.isNone())
    return Ref::boolean((self == other) == (op == CompareOp::Eq));
  return compare(op, mine, theirs);
}

Ref refCallback(Value self) {
  Value callback = asReference(self)->callback;
  return asReference(self)->object && callback ? Ref::copy(callback) : Ref::none();
}

constexpr GetSetDef kGetSets[] = {{"__callback__", refCallback}};
constexpr MethodDef kMethods[] = {
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class,
     .doc = "See PEP 585"},
};

std::string addressOf(Value value) {
  char text[32];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value.bits()));
  return text;
}

Ref refRepr(Value self) {
  Ref object = weakReferenceGet(asReference(self));
  std::string text = "<weakref at " + addressOf(self) + "; ";
  if (object.isNone())
    return makeStr(text + "dead>");
  text += std::string("to '") + typeOf(object)->name + "' at " + addressOf(object);
  Ref name;
  bool needsSelf = false;
  if (!findSpecial(object, names::__name__, name, needsSelf))
    return {};
  if (!name || !isStr(name))
    return makeStr(text + ">");
  std::string storage;
  text += " (";
  text += utf8View(name, storage);
  return makeStr(text + ")>");
}

} // namespace

Ref makeReferenceOf(TypeObject* type, Value object, Value callback) {
  if (callback && callback.isNone())
    callback = Value();
  if (!object.isObject() || !(typeOf(object)->flags & kTypeWeakrefs))
    return raise(typeErrorType, "cannot create weak reference to '%s' object",
                 typeOf(object)->name);
  bool isShared = !callback && !(type->flags & kTypeHeap);
  if (isShared)
    if (Ref found = findPlainWeakref(object.object(), type))
      return found;
  Ref made = Ref::steal(allocObject(type));
  if (!made)
    return {};
  asReference(made)->hashCode = kNoWeakrefHash;
  asReference(made)->callback = Ref::copy(callback).release();
  addWeakref(object.object(), asReference(made));
  return made;
}

void weakrefDealloc(Object* self) {
  auto* reference = reinterpret_cast<WeakReferenceObject*>(self);
  removeWeakref(reference);
  decrefMaybe(reference->callback);
  freeObject(self);
}

void weakrefTraverse(Object* self, Visitor& visitor) {
  if (Value callback = reinterpret_cast<WeakReferenceObject*>(self)->callback)
    visitor.visit(callback);
}

void weakrefClear(Object* self) {
  auto* reference = reinterpret_cast<WeakReferenceObject*>(self);
  removeWeakref(reference);
  clearField(reference->callback);
}

Ref makeWeakReference(Value object, Value callback) {
  return makeReferenceOf(&weakReferenceType, object, callback);
}

Ref makeWeakProxy(Value object, Value callback) {
  return makeReferenceOf(isCallable(object) ? &weakCallableProxyType : &weakProxyType, object,
                         callback);
}

bool isWeakReference(Value value) {
  return isInstance(value, &weakReferenceType);
}

int64_t weakReferenceCount(Value object) {
  return object.isObject() ? static_cast<int64_t>(weakrefsOf(object.object()).size()) : 0;
}

/// The reference and the proxy without a callback, which all who ask for such share, come first.
static int placeInList(Value reference) {
  if (reference.as<WeakReferenceObject>()->callback)
    return 2;
  return hasShape(reference, kShapeWeakReference) ? 0 : isWeakReference(reference) ? 2 : 1;
}

Ref weakReferences(Value object) {
  std::vector<Ref> found;
  if (object.isObject())
    found = weakrefsOf(object.object());
  std::vector<Value> ordered;
  for (int place = 0; place < 3; ++place)
    for (const Ref& reference : found)
      if (placeInList(reference) == place)
        ordered.push_back(reference);
  return makeList(ordered.data(), ordered.size());
}

extern "C" constinit TypeObject weakReferenceType = {
    .name = "weakref.ReferenceType",
    .basicSize = sizeof(WeakReferenceObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected,
    .methods = kMethods,
    .getSets = kGetSets,
    .slots = {.dealloc = weakrefDealloc,
              .traverse = weakrefTraverse,
              .clear = weakrefClear,
              .repr = refRepr,
              .hash = refHash,
              .call = refCall,
              .compare = refCompare,
              .create = refCreate,
              .init = refInit},
};

} // namespace pyc::rt
