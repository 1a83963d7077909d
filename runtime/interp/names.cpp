#include "runtime/interp/names.h"

#include "runtime/interp/bind_globals.h"
#include "runtime/interp/import.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

StrObject* localName(CodeObject* code, int reg) {
  return code->localNames[uop::localOfRegister(reg)];
}

bool isLazyImport(Value value) {
  return hasShape(value, kShapeLazyImport);
}

/// A value found in a namespace; a lazy import is resolved and replaced by what it stands for.
bool takeFound(DictObject* dict, StrObject* name, Value found, Ref& result) {
  result = Ref::copy(found);
  if (PYC_LIKELY(!isLazyImport(found)))
    return true;
  Ref lazy = std::move(result);
  result = resolveLazyImport(lazy);
  if (!result)
    return false;
  // Another thread, or the import itself, may have bound the name meanwhile.
  return dictFindStr(dict, name) != lazy.get() || dictSetStr(dict, name, result);
}

Raised raiseUndefined(StrObject* name) {
  return raiseNameError(nameErrorType, "name '%S' is not defined", name);
}

/// Binding code that runs once in its namespace does not pay.
constexpr uint16_t kMissesBeforeBinding = 40;

/// A subclass of dict may have its own __getitem__, __missing__ and __setitem__.
bool isPlainDict(DictObject* dict) {
  return hasShape(Value(&dict->header), kShapeDict);
}

/// The slot of a name, when the code is bound to the frame's globals.
GlobalSlot* slotFor(Frame* frame, uint32_t name) {
  CodeObject* code = frame->code;
  bool mayBind = (!code->nativeGlobals || code->nativeGlobals == frame->globals) &&
                 isPlainDict(frame->globals) && isPlainDict(frame->builtins);
  if (!code->boundGlobals && mayBind &&
      (frame->function || ++code->globalMisses > kMissesBeforeBinding))
    bindGlobals(code, frame->globals);
  if (code->boundGlobals != frame->globals || !isPlainDict(frame->builtins))
    return nullptr;
  GlobalSlot*& slot = code->globalSlots[name];
  if (!slot)
    slot = globalSlot(frame->globals, frame->builtins, code->names[name]);
  return slot;
}

/// A frozendict, which exec() and eval() take for globals: its items never change.
bool isFrozen(DictObject* globals) {
  return !isPlainDict(globals) && isInstance(Value(&globals->header), &frozenDictType);
}

bool isModuleFrame(const Frame* frame) {
  return frame->locals == Value(&frame->globals->header) && isPlainDict(frame->globals);
}

/// Looks a name up as the dict's own class does; `result` null where it has none.
bool findInNamespace(DictObject* dict, StrObject* name, Ref& result) {
  if (PYC_UNLIKELY(!isPlainDict(dict))) {
    Ref found;
    return findInMapping(Value(&dict->header), name, found) &&
           (!found || takeFound(dict, name, found, result));
  }
  Value found = dictFindStr(dict, name);
  return !found || takeFound(dict, name, found, result);
}

} // namespace

Raised raiseUnboundLocal(CodeObject* code, int reg) {
  return raiseNameError(unboundLocalErrorType,
                        "cannot access local variable '%S' where it is not associated with a value",
                        localName(code, reg));
}

Raised raiseUnboundCell(CodeObject* code, int reg) {
  unsigned local = uop::localOfRegister(reg);
  if (local < code->localCount - code->freeCount)
    return raiseUnboundLocal(code, reg);
  return raiseNameError(
      nameErrorType,
      "cannot access free variable '%S' where it is not associated with a value in "
      "enclosing scope",
      localName(code, reg));
}

bool findInMapping(Value mapping, StrObject* name, Ref& result) {
  if (hasShape(mapping, kShapeDict)) {
    result = Ref::copy(dictFindStr(asDict(mapping), name));
    return true;
  }
  result = getItem(mapping, name);
  return result || catchRaised(keyErrorType);
}

bool findGlobal(Frame* frame, StrObject* name, Ref& result) {
  result = Ref();
  return findInNamespace(frame->globals, name, result) &&
         (result || findInNamespace(frame->builtins, name, result));
}

Ref loadGlobal(Frame* frame, uint32_t name) {
  if (GlobalSlot* slot = slotFor(frame, name); slot && slot->value)
    return Ref::copy(slot->value);
  StrObject* text = frame->code->names[name];
  Ref result;
  if (!findGlobal(frame, text, result))
    return {};
  return result ? std::move(result) : Ref(raiseUndefined(text));
}

Ref loadName(Frame* frame, uint32_t name) {
  if (isModuleFrame(frame))
    return loadGlobal(frame, name);
  StrObject* text = frame->code->names[name];
  Ref result;
  if (!findInMapping(frame->locals, text, result))
    return {};
  if (result && PYC_UNLIKELY(isLazyImport(result))) {
    Ref resolved = resolveLazyImport(result);
    if (!resolved || !setItem(frame->locals, text, resolved))
      return {};
    return resolved;
  }
  return result ? std::move(result) : loadGlobal(frame, name);
}

bool storeGlobal(Frame* frame, uint32_t name, Value value) {
  if (GlobalSlot* slot = slotFor(frame, name))
    return dictSetSlot(frame->globals, slot, value);
  if (PYC_UNLIKELY(isFrozen(frame->globals)))
    return raise(typeErrorType, "frozendict object does not support item assignment");
  return dictSetStr(frame->globals, frame->code->names[name], value);
}

bool storeName(Frame* frame, uint32_t name, Value value) {
  if (isModuleFrame(frame))
    return storeGlobal(frame, name, value);
  StrObject* text = frame->code->names[name];
  if (hasShape(frame->locals, kShapeDict))
    return dictSetStr(asDict(frame->locals), text, value);
  return setItem(frame->locals, text, value);
}

bool deleteGlobal(Frame* frame, uint32_t name) {
  StrObject* text = frame->code->names[name];
  bool removed = false;
  if (PYC_UNLIKELY(isFrozen(frame->globals)))
    return raise(typeErrorType, "frozendict object does not support item deletion");
  if (!dictRemove(frame->globals, text, removed))
    return false;
  return removed || static_cast<bool>(raiseUndefined(text));
}

bool deleteName(Frame* frame, uint32_t name) {
  if (hasShape(frame->locals, kShapeDict)) {
    bool removed = false;
    if (!dictRemove(asDict(frame->locals), frame->code->names[name], removed))
      return false;
    return removed || static_cast<bool>(raiseUndefined(frame->code->names[name]));
  }
  if (setItem(frame->locals, frame->code->names[name], Value()))
    return true;
  clearRaised(); // whatever the mapping has said
  return raiseUndefined(frame->code->names[name]);
}

} // namespace pyc::rt
