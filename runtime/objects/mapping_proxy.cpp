#include "runtime/objects/mapping_proxy.h"

#include "runtime/objects/arguments.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/function.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

Value mappingOf(Value self) {
  return self.as<MappingProxyObject>()->mapping;
}
bool isProxy(Value value) {
  return hasShape(value, kShapeMappingProxy);
}

void dealloc(Object* self) {
  decrefMaybe(mappingOf(self));
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  if (Value mapping = mappingOf(self))
    visitor.visit(mapping);
}

Ref proxyRepr(Value self) {
  return formatText("mappingproxy(%R)", mappingOf(self));
}
Ref proxyStr(Value self) {
  return str(mappingOf(self));
}
bool proxyHash(Value self, int64_t& result) {
  return hash(mappingOf(self), result);
}
Ref proxyIter(Value self) {
  return getIter(mappingOf(self));
}
bool proxyLength(Value self, int64_t& result) {
  return length(mappingOf(self), result);
}
Ref proxyGetItem(Value self, Value key) {
  return getItem(mappingOf(self), key);
}
bool proxyContains(Value self, Value key, bool& result) {
  return contains(mappingOf(self), key, result);
}

Ref proxyCompare(Value self, Value other, CompareOp op) {
  if (op != CompareOp::Eq && op != CompareOp::Ne)
    return Ref::notImplemented();
  Value mapping = mappingOf(self);
  if (!hasShape(mapping, kShapeDict) || hasShape(other, kShapeDict) || isProxy(other))
    return compare(op, mapping, other);
  // The other's __eq__ could keep the dict and change it.
  PYC_TRY(copy, dictCopy(asDict(mapping)));
  return compare(op, copy, other);
}

Ref unite(Value lhs, Value rhs) {
  return binaryOp(BinaryOp::Or, isProxy(lhs) ? mappingOf(lhs) : lhs,
                  isProxy(rhs) ? mappingOf(rhs) : rhs);
}

Ref refuseUpdate(Value lhs, Value) {
  return raise(typeErrorType, "'|=' is not supported by %T; use '|' instead", lhs);
}

Ref create(TypeObject*, const Value* args, size_t argc, Value kwnames) {
  static const Signature* signature = parseSignature("mappingproxy(mapping)");
  Value mapping;
  Ref keep[2];
  if (!bindSignature(*signature, args, argc, kwnames, &mapping, keep))
    return {};
  const TypeSlots& slots = typeOf(mapping)->slots;
  if (!slots.getItem || isList(mapping) || isTuple(mapping))
    return raise(typeErrorType, "mappingproxy() argument must be a mapping, not %T", mapping);
  return makeMappingProxy(mapping);
}

Ref get(const Value* args) {
  const Value passed[] = {args[1], args[2] ? args[2] : Value::none()};
  return callMethod(mappingOf(args[0]), names::get, passed, 2);
}
Ref keys(const Value* args) {
  return callMethod(mappingOf(args[0]), names::keys);
}
Ref values(const Value* args) {
  return callMethod(mappingOf(args[0]), names::values);
}
Ref items(const Value* args) {
  return callMethod(mappingOf(args[0]), names::items);
}
Ref copy(const Value* args) {
  return callMethod(mappingOf(args[0]), names::copy);
}
Ref reversed(const Value* args) {
  return callMethod(mappingOf(args[0]), names::__reversed__);
}

constexpr MethodDef kMethods[] = {
    {.signature = "get($self, key, default=None, /)", .bound = get},
    {.signature = "keys($self, /)", .bound = keys},
    {.signature = "values($self, /)", .bound = values},
    {.signature = "items($self, /)", .bound = items},
    {.signature = "copy($self, /)", .bound = copy},
    {.signature = "__reversed__($self, /)", .bound = reversed},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class},
};

constexpr TypeSlots makeSlots() {
  TypeSlots slots = {.dealloc = dealloc,
                     .traverse = traverse,
                     .repr = proxyRepr,
                     .str = proxyStr,
                     .hash = proxyHash,
                     .compare = proxyCompare,
                     .iter = proxyIter,
                     .create = create,
                     .length = proxyLength,
                     .getItem = proxyGetItem,
                     .contains = proxyContains};
  slots.binary[static_cast<unsigned>(BinaryOp::Or)] = unite;
  slots.inplace[static_cast<unsigned>(BinaryOp::Or)] = refuseUpdate;
  return slots;
}

} // namespace

Ref makeMappingProxy(Value mapping) {
  auto* proxy = reinterpret_cast<MappingProxyObject*>(allocObject(&mappingProxyType));
  if (!proxy)
    return {};
  proxy->mapping = Ref::copy(mapping).release();
  return Ref::steal(proxy);
}

constinit TypeObject mappingProxyType = {
    .name = "mappingproxy",
    .base = &objectType,
    .basicSize = sizeof(MappingProxyObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeMapping,
    .methods = kMethods,
    .doc = "mappingproxy(mapping)\n--\n\nA read-only view of a mapping.",
    .slots = makeSlots(),
};

} // namespace pyc::rt
