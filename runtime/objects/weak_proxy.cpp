// weakref.proxy: every operation is done on the object that the proxy stands for.
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/type_names.h"
#include "runtime/objects/weakref_object.h"

#include <cstdio>

namespace pyc::rt {

namespace {

bool isProxy(Value value) {
  return hasShape(value, kShapeWeakProxy) || hasShape(value, kShapeWeakCallableProxy);
}

/// The object itself, or what a proxy stands for; ReferenceError when that is gone.
Ref unwrap(Value value) {
  if (!isProxy(value))
    return Ref::copy(value);
  Ref object = weakReferenceGet(value.as<WeakReferenceObject>());
  if (object.isNone())
    return raise(referenceErrorType, "weakly-referenced object no longer exists");
  return object;
}

Ref proxyRepr(Value self) {
  Ref object = weakReferenceGet(self.as<WeakReferenceObject>());
  char text[160];
  auto at = static_cast<unsigned long long>(self.bits());
  if (object.isNone())
    std::snprintf(text, sizeof text, "<weakproxy at 0x%llx; dead>", at);
  else
    std::snprintf(text, sizeof text, "<weakproxy at 0x%llx; to '%.80s' at 0x%llx>", at,
                  typeOf(object)->name, static_cast<unsigned long long>(object.get().bits()));
  return makeStr(text);
}

template <Ref (*operation)(Value)> Ref forward(Value self) {
  PYC_TRY(object, unwrap(self));
  return operation(object);
}

template <BinaryOp op> Ref forwardBinary(Value lhs, Value rhs) {
  PYC_TRY(left, unwrap(lhs));
  PYC_TRY(right, unwrap(rhs));
  return binaryOp(op, left, right);
}

template <BinaryOp op> Ref forwardInplace(Value lhs, Value rhs) {
  PYC_TRY(left, unwrap(lhs));
  PYC_TRY(right, unwrap(rhs));
  return inplaceOp(op, left, right);
}

template <UnaryOp op> Ref forwardUnary(Value self) {
  PYC_TRY(object, unwrap(self));
  return unaryOp(op, object);
}

Ref proxyPower(Value base, Value exponent, Value modulus) {
  PYC_TRY(first, unwrap(base));
  PYC_TRY(second, unwrap(exponent));
  PYC_TRY(third, unwrap(modulus));
  return power(first, second, third);
}

Ref proxyGetAttr(Value self, StrObject* name) {
  PYC_TRY(object, unwrap(self));
  return getAttr(object, name);
}

bool proxySetAttr(Value self, StrObject* name, Value value) {
  Ref object = unwrap(self);
  return object && setAttr(object, name, value);
}

Ref proxyCompare(Value self, Value other, CompareOp op) {
  PYC_TRY(left, unwrap(self));
  PYC_TRY(right, unwrap(other));
  return compare(op, left, right);
}

Ref proxyCall(Value self, const Value* args, size_t argc, Value kwnames) {
  PYC_TRY(object, unwrap(self));
  return call(object, args, argc, kwnames);
}

Ref proxyNext(Value self) {
  PYC_TRY(object, unwrap(self));
  if (!typeOf(object)->slots.next)
    return raise(typeErrorType, "Weakref proxy referenced a non-iterator '%.200T' object",
                 Value(object));
  return iterNext(object);
}

bool proxyTruth(Value self, bool& result) {
  Ref object = unwrap(self);
  return object && truth(object, result);
}

bool proxyLength(Value self, int64_t& result) {
  Ref object = unwrap(self);
  return object && length(object, result);
}

Ref proxyGetItem(Value self, Value key) {
  PYC_TRY(object, unwrap(self));
  return getItem(object, key);
}

bool proxySetItem(Value self, Value key, Value value) {
  Ref object = unwrap(self);
  return object && setItem(object, key, value);
}

bool proxyContains(Value self, Value item, bool& result) {
  Ref object = unwrap(self);
  return object && contains(object, item, result);
}

Ref proxyBytes(const Value* args) {
  PYC_TRY(object, unwrap(args[0]));
  return callMethod(object, names::__bytes__);
}

Ref proxyReversed(const Value* args) {
  PYC_TRY(object, unwrap(args[0]));
  return callMethod(object, names::__reversed__);
}

template <bool reflected> Ref proxyDivmod(const Value* args) {
  PYC_TRY(self, unwrap(args[0]));
  PYC_TRY(other, unwrap(args[1]));
  return reflected ? divmod(other, self) : divmod(self, other);
}

constexpr MethodDef kMethods[] = {
    {.signature = "__bytes__($self, /)", .bound = proxyBytes},
    {.signature = "__reversed__($self, /)", .bound = proxyReversed},
    {.signature = "__divmod__($self, value, /)", .bound = proxyDivmod<false>},
    {.signature = "__rdivmod__($self, value, /)", .bound = proxyDivmod<true>},
};

#define PYC_EACH(f)                                                                                \
  f(Add), f(Sub), f(Mul), f(MatMul), f(TrueDiv), f(FloorDiv), f(Mod), f(Pow), f(LShift),           \
      f(RShift), f(And), f(Or), f(Xor)
#define PYC_BINARY(op) forwardBinary<BinaryOp::op>
#define PYC_INPLACE(op) forwardInplace<BinaryOp::op>

constexpr TypeSlots kSlots = {
    .dealloc = weakrefDealloc,
    .traverse = weakrefTraverse,
    .clear = weakrefClear,
    .repr = proxyRepr,
    .str = forward<str>,
    .hash = unhashable,
    .getAttr = proxyGetAttr,
    .setAttr = proxySetAttr,
    .compare = proxyCompare,
    .iter = forward<getIter>,
    .next = proxyNext,
    .binary = {PYC_EACH(PYC_BINARY)},
    .inplace = {PYC_EACH(PYC_INPLACE)},
    .power = proxyPower,
    .unary = {forwardUnary<UnaryOp::Neg>, forwardUnary<UnaryOp::Pos>, forwardUnary<UnaryOp::Invert>,
              forwardUnary<UnaryOp::Abs>},
    .truth = proxyTruth,
    .toInt = forward<toInt>,
    .toFloat = forward<toFloat>,
    .index = forward<toIndex>,
    .length = proxyLength,
    .getItem = proxyGetItem,
    .setItem = proxySetItem,
    .contains = proxyContains,
};
#undef PYC_EACH
#undef PYC_BINARY
#undef PYC_INPLACE

constexpr TypeSlots withCall() {
  TypeSlots slots = kSlots;
  slots.call = proxyCall;
  return slots;
}

} // namespace

extern "C" constinit TypeObject weakProxyType = {
    .name = "weakref.ProxyType",
    .basicSize = sizeof(WeakReferenceObject),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kMethods,
    .slots = kSlots,
};

extern "C" constinit TypeObject weakCallableProxyType = {
    .name = "weakref.CallableProxyType",
    .basicSize = sizeof(WeakReferenceObject),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kMethods,
    .slots = withCall(),
};

} // namespace pyc::rt
