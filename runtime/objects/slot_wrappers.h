// Special methods of built-in types: what (3).__add__(4) does with int's slot. Each is the `call`
// of a SlotWrapperDef; the template parameter is the slot.
#pragma once

#include "runtime/objects/slot_table.h"

namespace pyc::rt {

/// The arguments of a wrapper's call. `name` is for messages.
struct WrapperCall {
  TypeObject* owner;
  Value self;
  const Value* args;
  size_t argc;
  Value kwnames;
};

template <class Fn> Fn slotOf(const WrapperCall& call, SlotIndex slot) {
  return reinterpret_cast<Fn>(slotAt(call.owner, slot));
}

using WrapperFn = Ref (*)(const WrapperCall& call, SlotIndex slot);

Ref wrapUnary(const WrapperCall& call, SlotIndex slot);
Ref wrapBinary(const WrapperCall& call, SlotIndex slot);
Ref wrapReflected(const WrapperCall& call, SlotIndex slot);
Ref wrapPower(const WrapperCall& call, SlotIndex slot);
Ref wrapReflectedPower(const WrapperCall& call, SlotIndex slot);
template <CompareOp op> Ref wrapCompare(const WrapperCall& call, SlotIndex slot);
Ref wrapHash(const WrapperCall& call, SlotIndex slot);
Ref wrapTruth(const WrapperCall& call, SlotIndex slot);
Ref wrapLength(const WrapperCall& call, SlotIndex slot);
Ref wrapBuffer(const WrapperCall& call, SlotIndex slot);
Ref wrapReleaseBuffer(const WrapperCall& call, SlotIndex slot);
Ref wrapContains(const WrapperCall& call, SlotIndex slot);
Ref wrapGetItem(const WrapperCall& call, SlotIndex slot);
Ref wrapSetItem(const WrapperCall& call, SlotIndex slot);
Ref wrapDeleteItem(const WrapperCall& call, SlotIndex slot);
Ref wrapNext(const WrapperCall& call, SlotIndex slot);
Ref wrapCall(const WrapperCall& call, SlotIndex slot);
Ref wrapInit(const WrapperCall& call, SlotIndex slot);
Ref wrapFinalize(const WrapperCall& call, SlotIndex slot);
Ref wrapGetAttr(const WrapperCall& call, SlotIndex slot);
Ref wrapSetAttr(const WrapperCall& call, SlotIndex slot);
Ref wrapDeleteAttr(const WrapperCall& call, SlotIndex slot);
Ref wrapGet(const WrapperCall& call, SlotIndex slot);
Ref wrapSet(const WrapperCall& call, SlotIndex slot);
Ref wrapDelete(const WrapperCall& call, SlotIndex slot);

/// TypeError "wrapper __add__() takes no keyword arguments".
bool checkWrapperKeywords(const WrapperCall& call, const char* name);

} // namespace pyc::rt
