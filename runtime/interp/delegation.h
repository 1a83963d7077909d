// Generators that wait in `yield from` for another: a chain from the one that is asked for the next
// item to the innermost, which is resumed directly. Those between stay as they are until the
// innermost ends; a walk over a tree then costs the same for each item, however deep it lies.
//
//   outermost (innermost: c)  <-delegator-  b  <-delegator-  c
//
// A generator is in one chain at most. All have native code and handle no exception, except that
// the innermost may. The links are borrowed: each generator holds the one that it delegates to.
// Whoever else acts upon a generator of a chain takes the chain apart first.
#pragma once

#include "dialects/uop/uop_info.h"
#include "runtime/interp/generator.h"

namespace pyc::rt {

inline bool isInChain(const GeneratorObject* generator) {
  return generator->innermost || generator->delegator;
}

/// As Python sees it: Running as well while one runs that this one waits for.
inline GeneratorState stateOf(const GeneratorObject* generator) {
  const GeneratorObject* outermost = generator;
  while (outermost->delegator)
    outermost = outermost->delegator;
  bool running = outermost->state == GeneratorState::Running;
  return running ? GeneratorState::Running : generator->state;
}
inline bool isExecuting(const GeneratorObject* generator) {
  return stateOf(generator) == GeneratorState::Running;
}

/// Makes, or makes longer, the chain of `outermost`, whose `last` has yielded.
void extendChain(GeneratorObject* outermost, GeneratorObject* last);

/// The generator has yielded: if it delegates, a chain begins.
inline void linkDelegate(GeneratorObject* generator) {
  if (PYC_UNLIKELY(uop::opcodeAt(generator->frame.pc) == uop::Opcode::YieldFrom))
    extendChain(generator, generator);
}

/// Takes the generator's chain apart, if it is in one.
void dropChain(GeneratorObject* generator);

/// resumeGenerator() for the first of a chain, which is suspended. Takes over `sent`.
Resumed resumeInnermost(GeneratorObject* outermost, Ref sent, Ref& result);

} // namespace pyc::rt
