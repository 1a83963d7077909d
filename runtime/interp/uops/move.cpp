// Moving values between registers and constants (uops_move.td).
#include "runtime/interp/names.h"
#include "runtime/interp/uops/vocabulary.h"

namespace pyc::rt {

SLOW_PART(loadConstSlow) {
  OPERANDS(LoadConst);
  SAVE_PC();
  Value value = code->constants[i.value];
  incref(value);
  SET(dst, value);
  NEXT();
}

UOP(LoadConst) {
  OPERANDS(LoadConst);
  Value value = code->constants[i.value];
  if (PYC_UNLIKELY(!increfFast(value)))
    SLOW(loadConstSlow);
  SET_NEXT(dst, value);
}

SLOW_PART(moveSlow) {
  OPERANDS(Move);
  SAVE_PC();
  Value value = IN(src);
  if (i.src < 0)
    incref(value);
  SET(dst, value);
  NEXT();
}

UOP(Move) {
  OPERANDS(Move);
  Value value = IN(src);
  if (i.src < 0 && PYC_UNLIKELY(!increfFast(value)))
    SLOW(moveSlow);
  SET_NEXT(dst, value);
}

SLOW_PART(dupSlow) {
  OPERANDS(Dup);
  incref(IN(src));
  SET(dst, IN(src));
  NEXT();
}

UOP(Dup) {
  OPERANDS(Dup);
  Value value = IN(src);
  if (PYC_UNLIKELY(!increfFast(value)))
    SLOW(dupSlow);
  SET_NEXT(dst, value);
}

UOP(Swap) {
  OPERANDS(Swap);
  std::swap(regs[i.a], regs[i.b]);
  NEXT();
}

UOP(Drop) {
  OPERANDS(Drop);
  Value value = IN(src);
  if (PYC_UNLIKELY(needsReleaseMaybe(value))) {
    SAVE_PC();
    pc += i.kWords;
    RELEASE_AND_GO(value, Value());
  }
  NEXT();
}

SLOW_PART(localUnbound) {
  OPERANDS(CheckLocal);
  SAVE_PC();
  raiseUnboundLocal(code, i.local);
  RAISE();
}

UOP(CheckLocal) {
  OPERANDS(CheckLocal);
  if (PYC_UNLIKELY(!IN(local)))
    SLOW(localUnbound);
  NEXT();
}

UOP(DeleteLocal) {
  OPERANDS(DeleteLocal);
  Value value = IN(local);
  if (PYC_UNLIKELY(!value))
    SLOW(localUnbound);
  IN(local) = Value();
  SAVE_PC();
  decref(value);
  NEXT();
}

UOP(ClearLocal) {
  OPERANDS(ClearLocal);
  Value value = IN(local);
  IN(local) = Value();
  if (PYC_UNLIKELY(needsReleaseMaybe(value))) {
    SAVE_PC();
    pc += i.kWords;
    RELEASE_AND_GO(value, Value());
  }
  NEXT();
}

UOP(Nop) {
  OPERANDS(Nop);
  NEXT();
}

} // namespace pyc::rt
