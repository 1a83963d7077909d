// Jumps and loops (uops_control.td).
#include "runtime/interp/continuation.h"
#include "runtime/interp/frame_stack.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/poll.h"
#include "runtime/interp/uops/vocabulary.h"
#include "runtime/objects/fast.h"
#include "runtime/objects/iterators.h"

namespace pyc::rt {

UOP(Jump) {
  OPERANDS(Jump);
  JUMP(target);
}

SLOW_PART(jumpBackSlow) {
  OPERANDS(JumpBack);
  SAVE_PC();
  if (isPollRequested(thisThread()) && !poll())
    RAISE();
  pc += i.target;
  SAVE_PC();
  if ((frame->flags & kFrameLeft) && findContinuation(frame))
    return kGoesOnNatively;
  DISPATCH();
}

UOP(JumpBack) {
  OPERANDS(JumpBack);
  if (PYC_UNLIKELY(isPollRequested(thisThread()) || (frame->flags & kFrameLeft)))
    SLOW(jumpBackSlow);
  JUMP(target);
}

template <bool wanted> SLOW_PART(jumpTruthSlow) {
  OPERANDS(JumpIfTrue);
  Value condition = IN(condition);
  SAVE_PC();
  bool result;
  if (!truth(condition, result))
    RAISE();
  consumeRegister(i.condition, condition);
  if (result == wanted)
    JUMP(target);
  NEXT();
}

template <bool wanted> SLOW_PART(jumpTruthKeepSlow) {
  OPERANDS(JumpIfTrueKeep);
  SAVE_PC();
  bool result;
  if (!truth(IN(condition), result))
    RAISE();
  if (result == wanted)
    JUMP(target);
  NEXT();
}

// What truthFast knows needs no release: numbers and immortal objects.
#define JUMP_TRUTH(name, slow, wanted)                                                             \
  UOP(name) {                                                                                      \
    OPERANDS(name);                                                                                \
    bool result;                                                                                   \
    if (PYC_UNLIKELY(!truthFast(IN(condition), result)))                                           \
      SLOW(slow<wanted>);                                                                          \
    if (result == (wanted))                                                                        \
      JUMP(target);                                                                                \
    NEXT();                                                                                        \
  }
JUMP_TRUTH(JumpIfTrue, jumpTruthSlow, true)
JUMP_TRUTH(JumpIfFalse, jumpTruthSlow, false)
JUMP_TRUTH(JumpIfTrueKeep, jumpTruthKeepSlow, true)
JUMP_TRUTH(JumpIfFalseKeep, jumpTruthKeepSlow, false)

#define JUMP_NONE(name, wanted)                                                                    \
  UOP(name) {                                                                                      \
    OPERANDS(name);                                                                                \
    Value value = IN(value);                                                                       \
    pc += value.isNone() == (wanted) ? i.target : static_cast<int32_t>(i.kWords);                  \
    if (i.value >= 0 && PYC_UNLIKELY(needsRelease(value)))                                         \
      RELEASE_AND_GO(value, Value());                                                              \
    DISPATCH();                                                                                    \
  }
JUMP_NONE(JumpIfNone, true)
JUMP_NONE(JumpIfNotNone, false)

// Iteration.

UOP(GetIter) {
  OPERANDS(GetIter);
  SAVE_PC();
  Value iterable = IN(iterable);
  Value result = getIter(iterable).release();
  if (!result)
    RAISE();
  consumeRegister(i.iterable, iterable);
  SET(dst, result);
  NEXT();
}

SLOW_PART(forIterSlow) {
  OPERANDS(ForIter);
  SAVE_PC();
  Value iterator = IN(iterator);
  Value result;
  switch (iterator.object()->shape) {
  case kShapeListIterator:
    result = nextOf(iterator.as<ListIterator>()).release();
    break;
  case kShapeTupleIterator:
    result = nextOf(iterator.as<TupleIterator>()).release();
    break;
  case kShapeStrIterator:
    result = nextOf(iterator.as<StrIterator>()).release();
    break;
  case kShapeDictKeyIterator:
    result = nextKeyOf(iterator.as<DictIterator>()).release();
    break;
  case kShapeDictValueIterator:
    result = nextValueOf(iterator.as<DictIterator>()).release();
    break;
  case kShapeDictItemIterator:
    result = nextItemOf(iterator.as<DictIterator>()).release();
    break;
  default:
    result = iterNext(iterator).release();
    break;
  }
  if (!result) {
    if (PYC_UNLIKELY(isRaised()))
      RAISE();
    JUMP(exhausted);
  }
  SET(dst, result);
  NEXT();
}

/// Goes on in a generator's frame, which the instruction at pc resumes with None.
SLOW_PART(forIterGenerator) {
  OPERANDS(ForIter);
  GeneratorObject* generator = asGenerator(IN(iterator));
  SAVE_PC();
  bool created = generator->state == GeneratorState::Created;
  if (PYC_UNLIKELY(!chargeRecursion()))
    RAISE();
  enterGenerator(generator, frame, 0);
  frame = &generator->frame;
  code = frame->code;
  regs = frame->registers;
  pc = frame->pc;
  if (created)
    DISPATCH();
  TAIL(resumeAtYield, Value::none().bits(), anyBits());
}

UOP(ForIter) {
  OPERANDS(ForIter);
  Value iterator = IN(iterator);
  ShapeRef shape = iterator.object()->shape;
  if (shape == kShapeRangeIterator) {
    auto* range = iterator.as<RangeIterator>();
    if (PYC_UNLIKELY(range->remaining == 0))
      JUMP(exhausted);
    int64_t value = range->next;
    range->next = value + range->step;
    --range->remaining;
    SET_NEXT(dst, Value::fromInt(value));
  }
  if (shape == kShapeListIterator) {
    auto* position = iterator.as<ListIterator>();
    ListObject* list = position->list;
    if (PYC_LIKELY(list != nullptr && position->index < list->count &&
                   list->storage <= ListStorage::Bools)) {
      int64_t index = position->index;
      Value value;
      if (PYC_LIKELY(list->storage == ListStorage::Values))
        value = list->values()[index];
      else
        value = list->storage == ListStorage::Ints     ? Value::fromInt(list->ints()[index])
                : list->storage == ListStorage::Floats ? Value::fromDouble(list->floats()[index])
                                                       : Value::fromBool(list->bools()[index] != 0);
      if (PYC_LIKELY(increfFast(value))) {
        position->index = index + 1;
        SET_NEXT(dst, value);
      }
    }
  }
  if (shape == kShapeGenerator && asGenerator(iterator)->state <= GeneratorState::Suspended &&
      !asGenerator(iterator)->nativeEntry)
    SLOW(forIterGenerator);
  SLOW(forIterSlow);
}

} // namespace pyc::rt
