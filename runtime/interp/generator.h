// Generators, coroutines and asynchronous generators: a frame that outlives its calls.
#pragma once

#include "runtime/interp/frame.h"

namespace pyc::rt {

enum class GeneratorState : uint8_t { Created, Suspended, Running, Finished };

/// Instances of generatorType, coroutineType and asyncGeneratorType. The frame's registers follow.
struct GeneratorObject {
  Object header;
  int64_t count; // words behind the fields, for the frame's registers
  Value name, qualifiedName;
  HandledException handled;
  GeneratorState state;
  bool hooksCalled;  // asynchronous: firstiter was called
  bool closed;       // asynchronous: aclose() has begun or the generator has ended
  bool stepping;     // asynchronous: an asend(), athrow() or aclose() is under way
  Value finalizer;   // asynchronous: of sys.set_asyncgen_hooks, or null
  void* nativeEntry; // abi/native.h; null: interpreted
  GeneratorObject *innermost, *delegator; // delegation.h; borrowed
  Value returned;                         // finished: what its delegator still has to take, or null
  Frame frame;
};
inline GeneratorObject* asGenerator(Value value) {
  return value.as<GeneratorObject>();
}

inline bool isGeneratorCode(const CodeObject* code) {
  return (code->flags() & uop::kCodeSuspends) != 0;
}

/// The generator object of a call of a generator function.
Ref makeGenerator(FunctionObject* function, const Value* args, size_t argc, Value kwnames);
/// A generator whose code ran inlined, with no registers yet. `resumption`: 0 at its start, n > 0
/// suspended at the yield at word n - 1, -1 finished, n < -1 about to run word -2 - n.
Ref rebuildGenerator(FunctionObject* function, int64_t resumption);
/// The coroutine of code that was compiled to allow top-level await, over a namespace. `function`
/// has its closure, or is null.
Ref makeNamespaceGenerator(CodeObject* code, DictObject* globals, Value locals,
                           FunctionObject* function);

enum class Resumed : uint8_t {
  Yielded,  // result: the value
  Returned, // result: the value
  Raised,   // the exception is raised
};
/// Runs a suspended or created generator with a value sent (borrowed).
Resumed resumeGenerator(GeneratorObject* generator, Value sent, Ref& result);
/// The next item, owned; null at the end, or with the exception raised.
Value nextOfGenerator(GeneratorObject* generator);
/// Throws what is raised into a generator, or into what it delegates to (PEP 380).
Resumed throwIntoGenerator(GeneratorObject* generator, Ref& result);
/// The same by the throw() of any object. One that has none leaves the exception raised.
Resumed throwIntoDelegate(Value delegate, Ref& result);
/// generator.close(): false with the exception raised. `returned` gets close()'s value.
bool closeGenerator(GeneratorObject* generator, Ref& returned);
/// Goes on behind the yield of a suspended generator that has native code; nothing is checked.
/// Takes over `sent`.
Resumed resumeNative(GeneratorObject* generator, Ref sent, Ref& result);
/// Raises what is raised where the generator stands, which is not in a delegate.
Resumed throwHere(GeneratorObject* generator, Ref& result);

/// A type whose instances `yield from` and await step without a StopIteration on the way. The
/// module _asyncio has one; it says so at its first import.
struct DirectAwaiter {
  TypeObject* type; // null: none
  Resumed (*send)(Value iterator, Value sent, Ref& result);
};
extern DirectAwaiter directAwaiter;
/// send() to any iterator, as `yield from` and await do.
Resumed sendTo(Value iterator, Value sent, Ref& result);
/// What a method that resumes returns: the value, or null with StopIteration (or the error) raised.
Ref resumedValue(Resumed outcome, Ref result);

/// Linking and unlinking the frame as the running one; uops that resume a generator do the same.
inline void linkGenerator(GeneratorObject* generator, Frame* back, uint32_t flags) {
  ThreadState& thread = thisThread();
  generator->state = GeneratorState::Running;
  generator->handled.previous = thread.handled;
  thread.handled = &generator->handled;
  generator->frame.back = back;
  generator->frame.flags = (generator->frame.flags & kFrameObserved) | kFrameGenerator | flags;
}
inline void enterGenerator(GeneratorObject* generator, Frame* back, uint32_t flags) {
  linkGenerator(generator, back, flags);
  thisThread().frame = &generator->frame;
}
/// For native code, which has no frames: the thread's stays the one that resumes it.
inline void enterNative(GeneratorObject* generator) {
  linkGenerator(generator, thisThread().frame, kFrameEntry);
}

inline void leaveGenerator(GeneratorObject* generator, GeneratorState state) {
  ThreadState& thread = thisThread();
  thread.handled = generator->handled.previous;
  generator->handled.previous = nullptr;
  thread.frame = generator->frame.back;
  generator->frame.back = nullptr;
  generator->state = state;
}
/// The frame's end: releases everything it holds. The generator is Finished.
void finishGenerator(GeneratorObject* generator);

/// The iterator that `await value` runs; TypeError by context (uop::AwaitContext).
Ref awaitIterator(Value value, unsigned context);
/// The iterator of `yield from value` in the code.
Ref yieldFromIterator(const CodeObject* code, Value value);
/// aiter(value) and the awaitable's iterator of its anext, with the errors of `async for`.
Ref asyncIterator(Value value);
Ref asyncNext(Value iterator);
Ref wrapAsyncValue(Value value);
/// send() to what asend() or __anext__() of an asynchronous generator made (asyncGenSendType),
/// without a StopIteration on the way.
Resumed sendToStep(Value step, Value sent, Ref& result);
/// anext(iterator, fallback): awaits and gives the fallback at the end of the iteration.
Ref makeAnextAwaitable(Value awaitable, Value fallback);
/// Raises what throw(type, value, traceback) says (null: left out). False with TypeError.
bool raiseThrown(Value type, Value value, Value traceback);
/// "generator", "coroutine" or "async generator".
const char* generatorKind(const GeneratorObject* generator);
/// The delegate of a generator suspended in `yield from` or `await` (borrowed), or null.
Value delegateOf(const GeneratorObject* generator);

} // namespace pyc::rt
