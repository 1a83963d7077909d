// Names: globals, class and module namespaces, closure cells, imports (uops_name.td).
#include "runtime/interp/import.h"
#include "runtime/interp/names.h"
#include "runtime/interp/uops/vocabulary.h"

namespace pyc::rt {

SLOW_PART(loadGlobalSlow) {
  OPERANDS(LoadGlobal);
  SAVE_PC();
  Value value = loadGlobal(frame, i.name).release();
  if (!value)
    RAISE();
  SET(dst, value);
  NEXT();
}

UOP(LoadGlobal) {
  OPERANDS(LoadGlobal);
  if (PYC_LIKELY(code->boundGlobals == frame->globals)) {
    GlobalSlot* slot = code->globalSlots[i.name];
    if (PYC_LIKELY(slot != nullptr)) {
      Value value = slot->value;
      if (PYC_LIKELY(value && increfFast(value)))
        SET_NEXT(dst, value);
    }
  }
  SLOW(loadGlobalSlow);
}

UOP(StoreGlobal) {
  OPERANDS(StoreGlobal);
  SAVE_PC();
  if (!storeGlobal(frame, i.name, IN(src)))
    RAISE();
  CONSUME(src);
  NEXT();
}

UOP(DeleteGlobal) {
  OPERANDS(DeleteGlobal);
  SAVE_PC();
  if (!deleteGlobal(frame, i.name))
    RAISE();
  NEXT();
}

SLOW_PART(loadNameSlow) {
  OPERANDS(LoadName);
  SAVE_PC();
  Value value = loadName(frame, i.name).release();
  if (!value)
    RAISE();
  SET(dst, value);
  NEXT();
}

UOP(LoadName) {
  OPERANDS(LoadName);
  if (PYC_LIKELY(code->boundGlobals == frame->globals &&
                 frame->locals == Value(&frame->globals->header))) {
    GlobalSlot* slot = code->globalSlots[i.name];
    if (PYC_LIKELY(slot != nullptr)) {
      Value value = slot->value;
      if (PYC_LIKELY(value && increfFast(value)))
        SET_NEXT(dst, value);
    }
  }
  SLOW(loadNameSlow);
}

UOP(StoreName) {
  OPERANDS(StoreName);
  SAVE_PC();
  if (!storeName(frame, i.name, IN(src)))
    RAISE();
  CONSUME(src);
  NEXT();
}

UOP(DeleteName) {
  OPERANDS(DeleteName);
  SAVE_PC();
  if (!deleteName(frame, i.name))
    RAISE();
  NEXT();
}

UOP(LoadLocals) {
  OPERANDS(LoadLocals);
  SAVE_PC();
  if (!frame->locals) {
    raise(systemErrorType, "no locals");
    RAISE();
  }
  incref(frame->locals);
  SET(dst, frame->locals);
  NEXT();
}

UOP(LoadFromDictOrGlobals) {
  OPERANDS(LoadFromDictOrGlobals);
  SAVE_PC();
  Value value;
  {
    Ref found;
    if (findInMapping(IN(mapping), code->names[i.name], found))
      value = found ? found.release() : loadGlobal(frame, i.name).release();
  }
  if (!value)
    RAISE();
  CONSUME(mapping);
  SET(dst, value);
  NEXT();
}

UOP(MakeCell) {
  OPERANDS(MakeCell);
  Value content = IN(local);
  Value cell = makeCell(content).release();
  if (!cell) {
    SAVE_PC();
    RAISE();
  }
  IN(local) = cell;
  decrefMaybe(content); // the cell has its own count
  NEXT();
}

SLOW_PART(loadDerefSlow) {
  OPERANDS(LoadDeref);
  SAVE_PC();
  Value value = asCell(IN(cell))->content;
  if (!value) {
    raiseUnboundCell(code, i.cell);
    RAISE();
  }
  incref(value);
  SET(dst, value);
  NEXT();
}

UOP(LoadDeref) {
  OPERANDS(LoadDeref);
  Value value = asCell(IN(cell))->content;
  if (PYC_LIKELY(value && increfFast(value)))
    SET_NEXT(dst, value);
  SLOW(loadDerefSlow);
}

UOP(StoreDeref) {
  OPERANDS(StoreDeref);
  Value value = IN(src);
  if (i.src < 0)
    incref(value);
  Value old = std::exchange(asCell(IN(cell))->content, value);
  SAVE_PC();
  decrefMaybe(old);
  NEXT();
}

UOP(DeleteDeref) {
  OPERANDS(DeleteDeref);
  SAVE_PC();
  Value old = std::exchange(asCell(IN(cell))->content, Value());
  if (!old) {
    raiseUnboundCell(code, i.cell);
    RAISE();
  }
  decref(old);
  NEXT();
}

UOP(LoadFromDictOrDeref) {
  OPERANDS(LoadFromDictOrDeref);
  SAVE_PC();
  Value value;
  {
    Ref found;
    if (findInMapping(IN(mapping), code->names[i.name], found)) {
      value = found ? found.release() : Ref::copy(asCell(IN(cell))->content).release();
      if (!value)
        raiseUnboundCell(code, i.cell);
    }
  }
  if (!value)
    RAISE();
  CONSUME(mapping);
  SET(dst, value);
  NEXT();
}

namespace {
bool setUpAnnotations(Frame* frame) {
  Ref found;
  if (!findInMapping(frame->locals, names::__annotations__, found))
    return false;
  if (found)
    return true;
  PYC_TRY(dict, newDict());
  return setItem(frame->locals, names::__annotations__, dict);
}
} // namespace

UOP(SetupAnnotations) {
  OPERANDS(SetupAnnotations);
  SAVE_PC();
  if (!setUpAnnotations(frame))
    RAISE();
  NEXT();
}

UOP(ImportName) {
  OPERANDS(ImportName);
  SAVE_PC();
  StrObject* name = code->names[i.name];
  bool eager = i.laziness == static_cast<uint16_t>(uop::ImportLaziness::Eager);
  Value value = (eager ? importName(frame, name, IN(fromlist), i.level)
                       : importNameLazily(frame, name, IN(fromlist), i.level, false))
                    .release();
  if (!value)
    RAISE();
  CONSUME(fromlist);
  SET(dst, value);
  NEXT();
}

UOP(LazyImportName) {
  OPERANDS(LazyImportName);
  SAVE_PC();
  Value value = importNameLazily(frame, code->names[i.name], IN(fromlist), i.level, true).release();
  if (!value)
    RAISE();
  CONSUME(fromlist);
  SET(dst, value);
  NEXT();
}

UOP(ImportFrom) {
  OPERANDS(ImportFrom);
  SAVE_PC();
  Value value = importFrom(frame, IN(module), code->names[i.name]).release();
  if (!value)
    RAISE();
  SET(dst, value);
  NEXT();
}

UOP(ImportStar) {
  OPERANDS(ImportStar);
  SAVE_PC();
  if (!importStar(frame, IN(module)))
    RAISE();
  CONSUME(module);
  NEXT();
}

} // namespace pyc::rt
