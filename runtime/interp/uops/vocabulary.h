// The words in which the bodies of uops are written. A body is one function per uop that knows
// nothing of its neighbours, so that it can be compiled into the interpreter and into a JIT stencil
// alike.
//
//   UOP(Name) { OPERANDS(Name); ... }   the body; `i` holds the operands
//   IN(x)                               value of the register operand x, borrowed
//   SET_NEXT(dst, value)                writes an Out operand and goes on: ends the body
//   NEXT() JUMP(label) RAISE()          the other ends; RERAISE() leaves the traceback as it is
//   SLOW(function)                      ends by going to a slow part: the fast part of a hot uop
//   makes
//                                       no C call, so it needs no stack frame
//   SAVE_PC()                           before anything that may raise, run code or look at the
//   frame CONSUME(x)                          releases an In operand that is a temporary (may run
//   code) SET(dst, value)                     writes an Out operand (may run code)
#pragma once

#include "runtime/interp/dispatch.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

/// A scratch argument that nobody reads: whatever the register holds.
inline uint64_t anyBits() {
  uint64_t bits;
  asm("" : "=r"(bits));
  return bits;
}

/// Drops a count in place. True: nothing was done, because it needs the slow path (last one, or
/// another thread's object).
inline bool needsRelease(Value value) {
  if (!value.isObject())
    return false;
  Object* object = value.object();
  uint32_t count = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED);
  if (count == kImmortalCount)
    return false;
  if (PYC_UNLIKELY(count == 1 || object->owner != thisThread().id))
    return true;
  __atomic_store_n(&object->localCount, count - 1, __ATOMIC_RELAXED);
  return false;
}
inline bool needsReleaseMaybe(Value value) {
  return value && needsRelease(value);
}

/// Takes a count in place. False: nothing was done, because the object is another thread's.
inline bool increfFast(Value value) {
  if (!value.isObject())
    return true;
  Object* object = value.object();
  uint32_t count = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED) + 1;
  if (count == 0)
    return true;
  if (PYC_UNLIKELY(object->owner != thisThread().id))
    return false;
  __atomic_store_n(&object->localCount, count, __ATOMIC_RELAXED);
  return true;
}

/// Writes a register as an Out operand; the result is a local's old value, which the caller
/// releases.
inline Value exchangeRegister(Value* regs, int16_t reg, Value value) {
  Value old;
  if (reg < 0)
    old = regs[reg];
  regs[reg] = value;
  return old;
}
inline void setRegister(Value* regs, int16_t reg, Value value) {
  decrefMaybe(exchangeRegister(regs, reg, value));
}

inline void consumeRegister(int16_t reg, Value value) {
  if (reg >= 0)
    decref(value);
}

} // namespace pyc::rt

#define UOP(name) PYC_HANDLER uop##name(PYC_STATE)
#define SLOW_PART(name) [[gnu::noinline]] static PYC_HANDLER name(PYC_STATE)
#define OPERANDS(name) const auto& i = *reinterpret_cast<const ::pyc::uop::name##Uop*>(pc)

#define IN(operand) (regs[i.operand])
#define SAVE_PC() (frame->pc = pc)

#define TAIL(handler, a, b) [[clang::musttail]] return handler(pc, regs, frame, code, (a), (b))
#define SLOW(handler)                                                                              \
  do {                                                                                             \
    uint64_t pycAnyA, pycAnyB; /* two at once, or the compiler takes one for both */               \
    asm("" : "=r"(pycAnyA), "=r"(pycAnyB));                                                        \
    TAIL(handler, pycAnyA, pycAnyB);                                                               \
  } while (0)
#define RAISE() SLOW(raiseHere)
#define RERAISE() SLOW(reraiseHere)
#define DISPATCH() SLOW(::pyc::rt::dispatchTable[*reinterpret_cast<const uint16_t*>(pc)])
#define NEXT()                                                                                     \
  do {                                                                                             \
    pc += i.kWords;                                                                                \
    DISPATCH();                                                                                    \
  } while (0)
#define JUMP(label)                                                                                \
  do {                                                                                             \
    pc += i.label;                                                                                 \
    DISPATCH();                                                                                    \
  } while (0)

/// Goes on at pc once two values (null: none) are released; they were tested with needsRelease.
#define RELEASE_AND_GO(first, second) TAIL(releaseAndGo, (first).bits(), (second).bits())

/// Writes an Out operand and goes on.
#define SET_NEXT(operand, value)                                                                   \
  do {                                                                                             \
    Value pycNew = (value);                                                                        \
    if (i.operand < 0) {                                                                           \
      Value pycOld = regs[i.operand];                                                              \
      regs[i.operand] = pycNew;                                                                    \
      if (PYC_UNLIKELY(needsReleaseMaybe(pycOld))) {                                               \
        pc += i.kWords;                                                                            \
        RELEASE_AND_GO(pycOld, Value());                                                           \
      }                                                                                            \
      NEXT();                                                                                      \
    }                                                                                              \
    regs[i.operand] = pycNew;                                                                      \
    NEXT();                                                                                        \
  } while (0)

/// The same, and releases an In operand that was read.
#define SET_CONSUME_NEXT(operand, value, in, inValue)                                              \
  do {                                                                                             \
    Value pycOld = exchangeRegister(regs, i.operand, (value));                                     \
    if (!needsReleaseMaybe(pycOld))                                                                \
      pycOld = Value();                                                                            \
    Value pycIn = i.in >= 0 && needsRelease(inValue) ? (inValue) : Value();                        \
    pc += i.kWords;                                                                                \
    if (PYC_UNLIKELY((pycOld.bits() | pycIn.bits()) != 0))                                         \
      RELEASE_AND_GO(pycOld, pycIn);                                                               \
    DISPATCH();                                                                                    \
  } while (0)

#define CONSUME(operand) consumeRegister(i.operand, IN(operand))
#define SET(operand, value) setRegister(regs, i.operand, (value))
