#include "runtime/interp/delegation.h"

#include <utility>

namespace pyc::rt {

/// The generator that `from` delegates to, if it can be resumed without `from` taking part.
static GeneratorObject* nextInChain(const GeneratorObject* from) {
  if (from->handled.exception)
    return nullptr;
  Value delegate = delegateOf(from);
  if (!delegate || !(hasShape(delegate, kShapeGenerator) || hasShape(delegate, kShapeCoroutine)))
    return nullptr;
  GeneratorObject* next = asGenerator(delegate);
  bool fits = next->nativeEntry && next->state == GeneratorState::Suspended && !next->delegator;
  return fits ? next : nullptr;
}

void extendChain(GeneratorObject* outermost, GeneratorObject* last) {
  while (GeneratorObject* next = nextInChain(last)) {
    next->delegator = last;
    GeneratorObject* innermost = std::exchange(next->innermost, nullptr);
    last = innermost ? innermost : next;
    outermost->innermost = last;
  }
}

void dropChain(GeneratorObject* generator) {
  if (!isInChain(generator))
    return;
  GeneratorObject* outermost = generator;
  while (outermost->delegator)
    outermost = outermost->delegator;
  GeneratorObject* member = std::exchange(outermost->innermost, nullptr);
  while (member != outermost)
    member = std::exchange(member->delegator, nullptr);
}

/// The last of a chain has ended, with a value or an exception: the one before it goes on.
static Resumed resumeDelegator(GeneratorObject* ended, GeneratorObject* delegator, Resumed outcome,
                               Ref& result) {
  if (outcome == Resumed::Raised)
    return throwHere(delegator, result);
  ended->returned = result.release(); // its `yield from` asks the ended generator once more
  return resumeNative(delegator, Ref::none(), result);
}

Resumed resumeInnermost(GeneratorObject* outermost, Ref sent, Ref& result) {
  outermost->state = GeneratorState::Running;
  GeneratorObject* last = outermost->innermost;
  Resumed outcome = resumeNative(last, std::move(sent), result);
  while (last != outermost && last->state == GeneratorState::Finished) {
    GeneratorObject* delegator = std::exchange(last->delegator, nullptr);
    outermost->innermost = delegator == outermost ? nullptr : delegator;
    outcome = resumeDelegator(last, delegator, outcome, result);
    last = delegator;
  }
  if (last != outermost)
    outermost->state = GeneratorState::Suspended;
  if (outcome == Resumed::Yielded)
    extendChain(outermost, last);
  return outcome;
}

} // namespace pyc::rt
