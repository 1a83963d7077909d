#include "runtime/interp/frame_locals.h"

#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

bool isCellKind(uint8_t kind) {
  return (kind & (uop::kLocalCell | uop::kLocalFree)) != 0;
}

const uint8_t* localKinds(const CodeObject* code) {
  return code->image.array<uint8_t>(code->record->localKinds);
}

Value& localSlot(const Frame* frame, unsigned local) {
  return frame->registers[-1 - static_cast<int>(local)];
}

/// The local's value, borrowed; null: unbound. A cell that the code has not made yet is still the
/// plain parameter.
Value localValue(const Frame* frame, unsigned local, uint8_t kind) {
  Value value = localSlot(frame, local);
  if (value && isCellKind(kind) && hasShape(value, kShapeCell))
    return asCell(value)->content;
  return value;
}

/// Not shown: what no program names (hoisted constants, subjects of `match`), and what is beside a
/// namespace (a class body's cells). A comprehension's own variable is bound while that runs, and
/// stands for another of its name.
bool isShown(const Frame* frame, const uint8_t* kinds, unsigned local) {
  if (kinds[local] & uop::kLocalHidden)
    return frame->code->localNames[local]->data()[0] != '.';
  return !frame->locals;
}

/// The locals that are hidden, or the others.
bool collectLocals(const Frame* frame, bool areHidden, DictObject* into) {
  const CodeObject* code = frame->code;
  const uint8_t* kinds = localKinds(code);
  for (unsigned local = 0; local < code->localCount; ++local) {
    if (areHidden != ((kinds[local] & uop::kLocalHidden) != 0) || !isShown(frame, kinds, local))
      continue;
    Value value = localValue(frame, local, kinds[local]);
    if (value && !dictSetStr(into, code->localNames[local], value))
      return false;
  }
  return true;
}

/// Whether a key, with its hash, is a local's name. That of a class of its own may have an __eq__
/// of its own. Negative with the exception raised.
int isName(StrObject* name, Value key, int64_t keyHash) {
  if (hasShape(key, kShapeStr))
    return strEquals(name, asStr(key));
  int64_t nameHash;
  bool isEqual = false;
  if (!hash(Value(&name->header), nameHash))
    return -1;
  if (nameHash == keyHash && !equalItems(Value(&name->header), key, isEqual))
    return -1;
  return isEqual;
}

} // namespace

bool collectLocals(const Frame* frame, DictObject* into) {
  if (frame->flags & kFrameNative)
    return true;
  return collectLocals(frame, false, into) && collectLocals(frame, true, into);
}

bool hasShownLocals(const Frame* frame) {
  const CodeObject* code = frame->code;
  if (frame->flags & kFrameNative)
    return false;
  const uint8_t* kinds = localKinds(code);
  for (unsigned local = 0; local < code->localCount; ++local)
    if (isShown(frame, kinds, local) && localValue(frame, local, kinds[local]))
      return true;
  return false;
}

bool findLocal(const CodeObject* code, const Frame* frame, Value key, int& found) {
  found = -1;
  int64_t keyHash;
  if (!hash(key, keyHash))
    return false;
  const uint8_t* kinds = localKinds(code);
  bool isHiddenFound = false;
  for (unsigned local = 0; local < code->localCount; ++local) {
    bool isHidden = (kinds[local] & uop::kLocalHidden) != 0;
    if (isHidden ? !frame || !localSlot(frame, local) : isHiddenFound)
      continue;
    int matches = isName(code->localNames[local], key, keyHash);
    if (matches < 0)
      return false;
    if (!matches)
      continue;
    found = static_cast<int>(local);
    isHiddenFound = isHidden;
  }
  return true;
}

Value frameLocal(const Frame* frame, int local) {
  auto slot = static_cast<unsigned>(local);
  return localValue(frame, slot, localKinds(frame->code)[slot]);
}

void setFrameLocal(const Frame* frame, int local, Ref value, Ref& replaced) {
  auto slot = static_cast<unsigned>(local);
  Value& place = localSlot(frame, slot);
  bool isCell = isCellKind(localKinds(frame->code)[slot]) && place && hasShape(place, kShapeCell);
  Value& target = isCell ? asCell(place)->content : place;
  replaced = Ref::steal(std::exchange(target, value.release()));
}

} // namespace pyc::rt
