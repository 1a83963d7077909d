#include "runtime/objects/slot_wrappers.h"

#include "runtime/objects/buffer.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/shared_attrs.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

/// For methods with a fixed number of arguments: CPython's messages have two forms.
bool checkCount(const WrapperCall& call, size_t wanted) {
  if (PYC_LIKELY(call.argc == wanted))
    return true;
  return raise(typeErrorType, "expected %zu argument%s, got %zu", wanted, wanted == 1 ? "" : "s",
               call.argc);
}
bool checkRange(const WrapperCall& call, const char* name, size_t least, size_t most) {
  if (PYC_LIKELY(call.argc >= least && call.argc <= most))
    return true;
  if (least == most)
    return raise(typeErrorType, "%s expected %zu arguments, got %zu", name, least, call.argc);
  bool isTooFew = call.argc < least;
  size_t bound = isTooFew ? least : most;
  return raise(typeErrorType, "%s expected %s %zu argument%s, got %zu", name,
               isTooFew ? "at least" : "at most", bound, bound == 1 ? "" : "s", call.argc);
}

bool isNotImplemented(const Ref& result) {
  return result.get() == Value::notImplemented();
}

/// list.__add__ and the like refuse at once what `+` may leave to the other operand.
Ref refuseAsSequence(const WrapperCall& call, SlotIndex slot, Ref result) {
  if (!isNotImplemented(result) || !(call.owner->flags & kTypeConcat))
    return result;
  if (slot == binarySlot(BinaryOp::Add))
    return raiseUnsupportedBinary(BinaryOp::Add, call.self, call.args[0]);
  if (slot == binarySlot(BinaryOp::Mul) || slot == inplaceSlot(BinaryOp::Mul))
    return raise(typeErrorType, "'%T' object cannot be interpreted as an integer", call.args[0]);
  return result;
}

/// object.__setattr__ on a class or another object whose type has rules of its own would get around
/// them: the function must be that of the most derived built-in base.
bool checkSetAttr(const WrapperCall& call, SlotIndex slot, const char* name) {
  TypeObject* type = typeOf(call.self);
  while (type && (type->flags & kTypeHeap))
    type = type->base;
  if (!type || slotAt(type, slot) == slotAt(call.owner, slot))
    return true;
  return raise(typeErrorType, "can't apply this %s to %s object", name, type->name);
}

bool checkAttrName(Value name) {
  return isStr(name) || raise(typeErrorType, "attribute name must be string, not '%T'", name);
}

using SetFn = bool (*)(Value, Value, Value);
using SetAttrFn = bool (*)(Value, StrObject*, Value);
using PowerFn = Ref (*)(Value, Value, Value);

/// `general`: where the type has no rules of its own.
bool setAttrOf(const WrapperCall& call, SlotIndex slot, Value value, SetAttrFn general) {
  auto set = slotOf<SetAttrFn>(call, slot);
  return (set ? set : general)(call.self, asStr(call.args[0]), value);
}

Ref noneIf(bool ok) {
  return ok ? Ref::none() : Ref();
}

} // namespace

bool checkWrapperKeywords(const WrapperCall& call, const char* name) {
  if (PYC_LIKELY(!call.kwnames || asTuple(call.kwnames)->count == 0))
    return true;
  return raise(typeErrorType, "wrapper %s() takes no keyword arguments", name);
}

Ref wrapUnary(const WrapperCall& call, SlotIndex slot) {
  return checkCount(call, 0) ? slotOf<UnaryFn>(call, slot)(call.self) : Ref();
}

Ref wrapBinary(const WrapperCall& call, SlotIndex slot) {
  if (!checkCount(call, 1))
    return {};
  return refuseAsSequence(call, slot, slotOf<BinaryFn>(call, slot)(call.self, call.args[0]));
}

Ref wrapReflected(const WrapperCall& call, SlotIndex slot) {
  if (!checkCount(call, 1))
    return {};
  return refuseAsSequence(call, slot, slotOf<BinaryFn>(call, slot)(call.args[0], call.self));
}

static bool checkPowerCount(const WrapperCall& call) {
  if (call.argc == 1 || call.argc == 2)
    return true;
  return raise(typeErrorType, "expected 1 or 2 arguments, got %zu", call.argc);
}

static Ref powerOf(const WrapperCall& call, SlotIndex slot, Value base, Value exponent) {
  if (call.argc == 1 || call.args[1].isNone())
    return slotOf<BinaryFn>(call, slot)(base, exponent);
  auto power = slotOf<PowerFn>(call, PYC_SLOT(power));
  return power ? power(base, exponent, call.args[1]) : Ref::notImplemented();
}

Ref wrapPower(const WrapperCall& call, SlotIndex slot) {
  return checkPowerCount(call) ? powerOf(call, slot, call.self, call.args[0]) : Ref();
}

Ref wrapReflectedPower(const WrapperCall& call, SlotIndex slot) {
  return checkPowerCount(call) ? powerOf(call, slot, call.args[0], call.self) : Ref();
}

template <CompareOp op> Ref wrapCompare(const WrapperCall& call, SlotIndex slot) {
  if (!checkCount(call, 1))
    return {};
  return slotOf<Ref (*)(Value, Value, CompareOp)>(call, slot)(call.self, call.args[0], op);
}
template Ref wrapCompare<CompareOp::Lt>(const WrapperCall&, SlotIndex);
template Ref wrapCompare<CompareOp::Le>(const WrapperCall&, SlotIndex);
template Ref wrapCompare<CompareOp::Eq>(const WrapperCall&, SlotIndex);
template Ref wrapCompare<CompareOp::Ne>(const WrapperCall&, SlotIndex);
template Ref wrapCompare<CompareOp::Gt>(const WrapperCall&, SlotIndex);
template Ref wrapCompare<CompareOp::Ge>(const WrapperCall&, SlotIndex);

Ref wrapHash(const WrapperCall& call, SlotIndex slot) {
  int64_t hash;
  if (!checkCount(call, 0) || !slotOf<bool (*)(Value, int64_t&)>(call, slot)(call.self, hash))
    return {};
  return makeInt(hash);
}

Ref wrapTruth(const WrapperCall& call, SlotIndex slot) {
  bool result;
  if (!checkCount(call, 0) || !slotOf<bool (*)(Value, bool&)>(call, slot)(call.self, result))
    return {};
  return Ref::boolean(result);
}

Ref wrapLength(const WrapperCall& call, SlotIndex slot) {
  int64_t length;
  if (!checkCount(call, 0) || !slotOf<bool (*)(Value, int64_t&)>(call, slot)(call.self, length))
    return {};
  return makeInt(length);
}

Ref wrapBuffer(const WrapperCall& call, SlotIndex) {
  return checkCount(call, 1) ? bufferAsMemoryView(call.self, call.args[0]) : Ref();
}

Ref wrapReleaseBuffer(const WrapperCall& call, SlotIndex) {
  return noneIf(checkCount(call, 1) && releaseMemoryViewOf(call.self, call.args[0]));
}

Ref wrapContains(const WrapperCall& call, SlotIndex slot) {
  bool result;
  if (!checkCount(call, 1) ||
      !slotOf<bool (*)(Value, Value, bool&)>(call, slot)(call.self, call.args[0], result))
    return {};
  return Ref::boolean(result);
}

Ref wrapGetItem(const WrapperCall& call, SlotIndex slot) {
  return checkCount(call, 1) ? slotOf<BinaryFn>(call, slot)(call.self, call.args[0]) : Ref();
}

Ref wrapSetItem(const WrapperCall& call, SlotIndex slot) {
  return noneIf(checkRange(call, "__setitem__", 2, 2) &&
                slotOf<SetFn>(call, slot)(call.self, call.args[0], call.args[1]));
}

Ref wrapDeleteItem(const WrapperCall& call, SlotIndex slot) {
  return noneIf(checkCount(call, 1) && slotOf<SetFn>(call, slot)(call.self, call.args[0], Value()));
}

Ref wrapNext(const WrapperCall& call, SlotIndex slot) {
  if (!checkCount(call, 0))
    return {};
  Ref item = slotOf<UnaryFn>(call, slot)(call.self);
  if (!item && !isRaised())
    raiseWith(stopIterationType, Value());
  return item;
}

Ref wrapCall(const WrapperCall& call, SlotIndex slot) {
  return slotOf<CallFn>(call, slot)(call.self, call.args, call.argc, call.kwnames);
}

Ref wrapInit(const WrapperCall& call, SlotIndex slot) {
  auto init = slotOf<bool (*)(Value, const Value*, size_t, Value)>(call, slot);
  return noneIf(init(call.self, call.args, call.argc, call.kwnames));
}

Ref wrapFinalize(const WrapperCall& call, SlotIndex slot) {
  if (!checkCount(call, 0))
    return {};
  slotOf<void (*)(Value)>(call, slot)(call.self);
  return Ref::none();
}

Ref wrapGetAttr(const WrapperCall& call, SlotIndex slot) {
  if (!checkCount(call, 1) || !checkAttrName(call.args[0]))
    return {};
  auto get = slotOf<Ref (*)(Value, StrObject*)>(call, slot);
  return (get ? get : genericGetAttr)(call.self, asStr(call.args[0]));
}

Ref wrapSetAttr(const WrapperCall& call, SlotIndex slot) {
  return noneIf(checkRange(call, "__setattr__", 2, 2) && checkSetAttr(call, slot, "__setattr__") &&
                checkAttrName(call.args[0]) &&
                setAttrOf(call, slot, call.args[1], genericSetAttrShared));
}

Ref wrapDeleteAttr(const WrapperCall& call, SlotIndex slot) {
  return noneIf(checkCount(call, 1) && checkSetAttr(call, slot, "__delattr__") &&
                checkAttrName(call.args[0]) && setAttrOf(call, slot, Value(), genericSetAttr));
}

Ref wrapGet(const WrapperCall& call, SlotIndex slot) {
  if (!checkRange(call, "__get__", 1, 2))
    return {};
  Value object = call.args[0].isNone() ? Value() : call.args[0];
  Value type = call.argc == 1 || call.args[1].isNone() ? Value() : call.args[1];
  if (!object && !type)
    return raise(typeErrorType, "__get__(None, None) is invalid");
  return slotOf<Ref (*)(Value, Value, Value)>(call, slot)(call.self, object, type);
}

Ref wrapSet(const WrapperCall& call, SlotIndex slot) {
  return noneIf(checkRange(call, "__set__", 2, 2) &&
                slotOf<SetFn>(call, slot)(call.self, call.args[0], call.args[1]));
}

Ref wrapDelete(const WrapperCall& call, SlotIndex slot) {
  return noneIf(checkCount(call, 1) && slotOf<SetFn>(call, slot)(call.self, call.args[0], Value()));
}

} // namespace pyc::rt
