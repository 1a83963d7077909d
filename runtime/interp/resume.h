// One step of a generator that has native code: what loops of native code (abi/fast_iteration.h)
// and everything else that resumes generators have in common.
#pragma once

#include "runtime/interp/delegation.h"
#include "runtime/interp/frame_stack.h"
#include "runtime/objects/recursion.h"

namespace pyc::rt {

/// Whether the next item is one call of native code away: not running or finished, and no chain to
/// go to the end of.
[[gnu::always_inline]] inline bool isPlainlyResumable(const GeneratorObject* generator) {
  return generator->nativeEntry && generator->state <= GeneratorState::Suspended &&
         !isInChain(generator);
}

/// Whether a call of the function with so many positional arguments makes a generator, without
/// running code of anybody's.
inline bool makesPlainGenerator(const FunctionObject* function, size_t argc) {
  constexpr uint32_t kKinds = uop::kCodeSuspends | uop::kCodeVarargs | uop::kCodeVarKeywords;
  const CodeObject* code = function->code;
  const uop::CodeRecord& record = *code->record;
  return (code->flags() & kKinds) == uop::kCodeGenerator && code->prepared &&
         argc == record.argumentCount && record.keywordOnlyCount == 0 &&
         (argc != 1 || code->localNames[0]->data()[0] != '.'); // not a generator expression
}

/// The end of a generator whose native code has returned or raised.
void leaveForGood(GeneratorObject* generator);

/// Runs native code from where the generator is suspended; recursion is charged already. Takes over
/// `sent`. The generator's frame is not the thread's while native code runs: that has no frames.
/// The result is owned; generator->state says what it is.
[[gnu::always_inline]] inline Value runNative(GeneratorObject* generator, Value sent) {
  using Entry = Value (*)(FunctionObject*, Value*, uint64_t, Value);
  Frame* frame = &generator->frame;
  uint64_t resumption = generator->state == GeneratorState::Created ? 0 : wordOf(frame) + 1;
  enterNative(generator);
  Value result = reinterpret_cast<Entry>(generator->nativeEntry)(frame->function, frame->registers,
                                                                 resumption, sent);
  if (PYC_UNLIKELY(generator->state == GeneratorState::Running))
    leaveForGood(generator);
  return result;
}

/// The next step of a plainly resumable generator, without a value sent. True with an item, owned;
/// otherwise the generator has ended, and `result` is what it returned, or null with the exception
/// raised.
[[gnu::always_inline]] inline bool stepNative(GeneratorObject* generator, Value& result) {
  result = Value();
  if (PYC_UNLIKELY(!checkRecursion("") || !chargeRecursion()))
    return false;
  result =
      runNative(generator, generator->state == GeneratorState::Created ? Value() : Value::none());
  if (PYC_UNLIKELY(generator->state != GeneratorState::Suspended))
    return false;
  linkDelegate(generator);
  return true;
}

} // namespace pyc::rt
