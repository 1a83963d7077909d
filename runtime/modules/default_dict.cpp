#include "runtime/modules/default_dict.h"

#include "runtime/objects/generic_alias.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

DefaultDictObject* asDefaultDict(Value value) {
  return value.as<DefaultDictObject>();
}

Value factoryOf(Value self) {
  Value factory = asDefaultDict(self)->factory;
  return factory ? factory : Value::none();
}

bool init(Value self, const Value* args, size_t argc, Value kwnames) {
  size_t taken = argc > 0;
  if (taken && !args[0].isNone() && !isCallable(args[0]))
    return raise(typeErrorType, "first argument must be callable or None");
  setField(asDefaultDict(self)->factory, taken ? args[0] : Value());
  return dictType.slots.init(self, args + taken, argc - taken, kwnames);
}

void dealloc(Object* self) {
  clearField(asDefaultDict(self)->factory);
  dictType.slots.dealloc(self);
}

void traverse(Object* self, Visitor& visitor) {
  if (asDefaultDict(self)->factory)
    visitor.visit(asDefaultDict(self)->factory);
  dictType.slots.traverse(self, visitor);
}

void clearSlot(Object* self) {
  clearField(asDefaultDict(self)->factory);
  if (dictType.slots.clear)
    dictType.slots.clear(self);
}

Ref missing(const Value* args) {
  Value factory = factoryOf(args[0]);
  if (factory.isNone())
    return raiseKeyError(args[1]);
  Ref keep = Ref::copy(factory);
  PYC_TRY(value, call(keep));
  // Another thread, or the factory itself, may have been there first.
  return dictSetDefault(asDict(args[0]), args[1], value);
}

/// A dict of self's class with self's factory and the items of `items`.
Ref likeWith(Value self, Value items) {
  return call(Value(&typeOf(self)->header), factoryOf(self), items);
}

Ref copy(const Value* args) {
  return likeWith(args[0], args[0]);
}

Ref reduce(const Value* args) {
  Value factory = factoryOf(args[0]);
  PYC_TRY(arguments, factory.isNone() ? newTuple(0) : tupleOf(factory));
  PYC_TRY(items, callMethod(args[0], names::items));
  PYC_TRY(iterator, getIter(items));
  return tupleOf(Value(&typeOf(args[0])->header), arguments.get(), Value::none(), Value::none(),
                 iterator.get());
}

Ref unite(Value left, Value right) {
  bool isLeft = isInstance(left, &defaultDictType);
  Value self = isLeft ? left : right;
  if (!isAnyDict(isLeft ? right : left))
    return Ref::notImplemented();
  PYC_TRY(result, likeWith(self, left));
  return dictUpdate(asDict(result), right) ? std::move(result) : Ref();
}

/// The factory's repr may be that of the dict.
Ref factoryText(Value self) {
  Value factory = factoryOf(self);
  if (factory.isNone())
    return makeStr("None");
  ReprGuard guard(factory);
  return guard.enter() ? repr(factory) : makeStr("...");
}

Ref reprSlot(Value self) {
  PYC_TRY(items, dictType.slots.repr(self));
  PYC_TRY(factory, factoryText(self));
  return formatText("%s(%S, %S)", typeName(self), factory.get(), items.get());
}

constexpr MethodDef kMethods[] = {
    {.signature = "__missing__($self, key, /)",
     .bound = missing,
     .doc =
         "What self[key] gives for a key that is not there: default_factory(), which is kept, or\n"
         "a KeyError when that is None."},
    {.signature = "copy($self, /)", .bound = copy, .doc = "A dict with the same items."},
    {.signature = "__copy__($self, /)", .bound = copy, .doc = "A dict with the same items."},
    {.signature = "__reduce__($self, /)",
     .bound = reduce,
     .doc = "Return state information for pickling."},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class,
     .doc = "See PEP 585"},
};

constexpr MemberDef kMembers[] = {
    {"default_factory", offsetof(DefaultDictObject, factory),
     static_cast<MemberDef::Flags>(MemberDef::NullIsNone),
     "What makes the values of missing keys; None: nothing does."},
};

constexpr TypeSlots makeSlots() {
  TypeSlots slots = {
      .dealloc = dealloc, .traverse = traverse, .clear = clearSlot, .repr = reprSlot, .init = init};
  slots.binary[static_cast<unsigned>(BinaryOp::Or)] = unite;
  return slots;
}

} // namespace

constinit TypeObject defaultDictType = {
    .name = "collections.defaultdict",
    .base = &dictType,
    .basicSize = sizeof(DefaultDictObject),
    .flags =
        kTypeBuiltin | kTypeBase | kTypeCollected | kTypeMapping | kTypeMatchSelf | kTypeIsDict,
    .methods = kMethods,
    .members = kMembers,
    .doc = "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\nA dict "
           "that calls default_factory() for the value of a key that is missing. The other\n"
           "arguments are dict()'s.",
    .slots = makeSlots(),
};

} // namespace pyc::rt
