// Suspending and resuming: generators, coroutines, asynchronous iteration (uops_control.td).
#include "runtime/interp/generator.h"
#include "runtime/interp/frame_stack.h"
#include "runtime/interp/uops/vocabulary.h"
#include "runtime/objects/exception.h"

namespace pyc::rt {

/// The frame (a generator's) goes on behind the uop that suspended it, with an owned value sent to
/// it.
PYC_HANDLER resumeAtYield(PYC_STATE) {
  Value sent = Value::fromBits(scratchA);
  if (static_cast<uop::Opcode>(*reinterpret_cast<const uint16_t*>(pc)) == uop::Opcode::YieldValue) {
    OPERANDS(YieldValue);
    SET_NEXT(dst, sent);
  }
  OPERANDS(YieldFrom);
  IN(value) = sent; // null since it was sent the last time
  DISPATCH();
}

/// Suspends the frame at pc with an owned value. Delegating generators above it pass the value on.
static PYC_HANDLER yieldUp(PYC_STATE) {
  frame->pc = pc;
  GeneratorObject* generator = frame->generator;
  bool entry = (frame->flags & kFrameEntry) != 0;
  Frame* back = frame->back;
  leaveGenerator(generator, GeneratorState::Suspended);
  refundRecursion();
  if (entry)
    return scratchA;
  frame = back;
  code = frame->code;
  regs = frame->registers;
  pc = frame->pc;
  Value value = Value::fromBits(scratchA);
  if (static_cast<uop::Opcode>(*reinterpret_cast<const uint16_t*>(pc)) == uop::Opcode::ForIter) {
    OPERANDS(ForIter);
    SET_NEXT(dst, value);
  }
  TAIL(yieldUp, value.bits(), anyBits());
}

UOP(YieldValue) {
  OPERANDS(YieldValue);
  Value value = IN(src);
  if (i.src < 0)
    incref(value);
  else
    IN(src) = Value();
  TAIL(yieldUp, value.bits(), anyBits());
}

/// A generator that was resumed from the uop at back->pc has returned: its value is that of the
/// `yield from`, or the end of the loop.
PYC_HANDLER generatorReturned(PYC_STATE) {
  Value value = Value::fromBits(scratchA);
  if (static_cast<uop::Opcode>(*reinterpret_cast<const uint16_t*>(pc)) == uop::Opcode::ForIter) {
    OPERANDS(ForIter);
    decref(value);
    JUMP(exhausted);
  }
  OPERANDS(YieldFrom);
  SET(value, value);
  NEXT();
}

UOP(YieldFrom) {
  OPERANDS(YieldFrom);
  SAVE_PC();
  Value sent = IN(value), iterator = IN(iterator);
  // A generator, or a coroutine, that was made for this: its frame is entered without a call.
  if ((hasShape(iterator, kShapeGenerator) || hasShape(iterator, kShapeCoroutine)) &&
      asGenerator(iterator)->state <= GeneratorState::Suspended &&
      !asGenerator(iterator)->nativeEntry) {
    GeneratorObject* inner = asGenerator(iterator);
    bool created = inner->state == GeneratorState::Created;
    if (!created || sent.isNone()) {
      if (!chargeRecursion())
        RAISE();
      IN(value) = Value();
      enterGenerator(inner, frame, 0);
      frame = &inner->frame;
      code = frame->code;
      regs = frame->registers;
      pc = frame->pc;
      if (created)
        DISPATCH();
      TAIL(resumeAtYield, sent.bits(), anyBits());
    }
  }
  Value result;
  Resumed outcome;
  {
    Ref out;
    outcome = sendTo(iterator, sent, out);
    result = out.release();
  }
  if (outcome == Resumed::Raised)
    RAISE();
  decref(sent);
  IN(value) = Value();
  if (outcome == Resumed::Yielded)
    TAIL(yieldUp, result.bits(), anyBits());
  IN(value) = result;
  NEXT();
}

UOP(GetYieldFromIter) {
  OPERANDS(GetYieldFromIter);
  SAVE_PC();
  Value iterable = IN(iterable);
  Value result = yieldFromIterator(code, iterable).release();
  if (!result)
    RAISE();
  consumeRegister(i.iterable, iterable);
  SET(dst, result);
  NEXT();
}

UOP(GetAwaitable) {
  OPERANDS(GetAwaitable);
  SAVE_PC();
  Value object = IN(object);
  Value result = awaitIterator(object, i.context).release();
  if (!result)
    RAISE();
  consumeRegister(i.object, object);
  SET(dst, result);
  NEXT();
}

UOP(GetAiter) {
  OPERANDS(GetAiter);
  SAVE_PC();
  Value iterable = IN(iterable);
  Value result = asyncIterator(iterable).release();
  if (!result)
    RAISE();
  consumeRegister(i.iterable, iterable);
  SET(dst, result);
  NEXT();
}

UOP(GetAnext) {
  OPERANDS(GetAnext);
  SAVE_PC();
  Value result = asyncNext(IN(iterator)).release();
  if (!result)
    RAISE();
  SET(dst, result);
  NEXT();
}

UOP(EndAsyncFor) {
  OPERANDS(EndAsyncFor);
  SAVE_PC();
  Value exception = IN(exception);
  if (!isInstance(exception, &stopAsyncIterationType)) {
    incref(exception);
    thisThread().raised = exception;
    RERAISE();
  }
  consumeRegister(i.exception, exception);
  JUMP(exhausted);
}

UOP(AsyncGenWrap) {
  OPERANDS(AsyncGenWrap);
  SAVE_PC();
  Value src = IN(src);
  Value result = wrapAsyncValue(src).release();
  if (!result)
    RAISE();
  consumeRegister(i.src, src);
  SET(dst, result);
  NEXT();
}

} // namespace pyc::rt
