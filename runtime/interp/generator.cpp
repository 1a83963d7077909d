// Making, resuming, closing generators of the three kinds.
#include "runtime/interp/generator.h"

#include "runtime/interp/call.h"
#include "runtime/interp/delegation.h"
#include "runtime/interp/dispatch.h"
#include "runtime/interp/frame_stack.h"
#include "runtime/interp/resume.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/instance_memory.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/traceback.h"

#include <cstring>

namespace pyc::rt {

namespace {

TypeObject* typeFor(const CodeObject* code) {
  if (code->flags() & uop::kCodeAsyncGenerator)
    return &asyncGeneratorType;
  return code->flags() & uop::kCodeCoroutine ? &coroutineType : &generatorType;
}

bool isFinished(const GeneratorObject* generator) {
  return generator->state == GeneratorState::Finished;
}
bool isCoroutine(const GeneratorObject* generator) {
  return hasShape(Value(&generator->header), kShapeCoroutine);
}

/// The iterable of a generator expression's outermost `for` is the parameter ".0" of its code.
bool isGeneratorExpression(const CodeObject* code) {
  return code->positionalCount() == 1 && code->localNames[0]->length == 2 &&
         code->localNames[0]->data()[0] == '.' && !(code->flags() & uop::kCodeAsyncGenerator);
}

/// A generator expression's code that a program calls by itself gets an iterable; what is written
/// down as an expression has made the iterator already.
bool iterateArgument(Frame* frame) {
  Value& argument = frame->registers[-1];
  if (typeOf(argument)->slots.next)
    return true;
  Ref iterator = getIter(argument);
  if (!iterator)
    return false;
  decref(std::exchange(argument, iterator.release()));
  return true;
}

} // namespace

const char* generatorKind(const GeneratorObject* generator) {
  if (isCoroutine(generator))
    return "coroutine";
  return hasShape(Value(&generator->header), kShapeAsyncGenerator) ? "async generator"
                                                                   : "generator";
}

/// Memory for a frame of so many words behind the fields, all null, from dead generators if there
/// is some.
static Object* allocWithWords(TypeObject* type, size_t words) {
  readyType(type);
  size_t size = sizeof(GeneratorObject) + words * sizeof(Value);
  size_t grains = size / kInstanceGrain;
  Object* object =
      grains < kSpareSizes ? reuseBlock(type->rootShape, static_cast<uint32_t>(grains)) : nullptr;
  if (PYC_UNLIKELY(!object))
    return allocObject(type, words);
  std::memset(static_cast<void*>(object + 1), 0, size - sizeof(Object));
  return object;
}

/// Created, at its first instruction, without arguments.
static Ref allocGenerator(FunctionObject* function, CodeObject* code) {
  constexpr size_t kGrainWords = kInstanceGrain / sizeof(Value);
  static_assert(sizeof(GeneratorObject) % kInstanceGrain == 0);
  size_t words = (code->registerCount + kGrainWords - 1) / kGrainWords * kGrainWords;
  Object* object = allocWithWords(typeFor(code), words);
  if (!object)
    return {};
  Ref result = Ref::steal(object);
  GeneratorObject* generator = asGenerator(result);
  generator->count = static_cast<int64_t>(words);
  generator->state = GeneratorState::Created;
  generator->name = Ref::copy(function->name).release();
  generator->qualifiedName = Ref::copy(function->qualifiedName).release();
  Frame* frame = &generator->frame;
  initFunctionFrame(frame, function, code);
  incref(Value(&code->header)); // gi_code outlives the function
  frame->flags = kFrameGenerator;
  frame->generator = generator;
  generator->nativeEntry =
      function->nativeCode == code ? nativeEntryFor(code, function->globals) : nullptr;
  return result;
}

Ref makeGenerator(FunctionObject* function, const Value* args, size_t argc, Value kwnames) {
  CodeObject* code = function->code;
  PYC_TRY(result, allocGenerator(function, code));
  GeneratorObject* generator = asGenerator(result);
  Frame* frame = &generator->frame;
  if (bindFrame(frame, args, argc, kwnames) &&
      (!isGeneratorExpression(code) || iterateArgument(frame)))
    return result;
  finishGenerator(generator);
  return {};
}

Ref rebuildGenerator(FunctionObject* function, int64_t resumption) {
  PYC_TRY(result, allocGenerator(function, function->nativeCode));
  GeneratorObject* generator = asGenerator(result);
  if (resumption == -1)
    finishGenerator(generator);
  if (resumption > 0) {
    generator->state = GeneratorState::Suspended;
    generator->frame.pc = generator->frame.code->entry + (resumption - 1);
  }
  if (resumption < -1) { // it stays Created: the interpreter goes on wherever pc is
    generator->nativeEntry = nullptr;
    generator->frame.pc = generator->frame.code->entry + (-2 - resumption);
  }
  return result;
}

Ref makeNamespaceGenerator(CodeObject* code, DictObject* globals, Value locals,
                           FunctionObject* function) {
  if (!code->prepared && !prepareCode(code))
    return {};
  PYC_TRY(body, function ? Ref::copy(Value(&function->header))
                         : makeFunction(code, globals, Value(), Value(), Value(), Value()));
  PYC_TRY(result, makeGenerator(asFunction(body), nullptr, 0, Value()));
  Value copy = Ref::copy(locals).release();
  decrefMaybe(std::exchange(asGenerator(result)->frame.locals, copy));
  return result;
}

void finishGenerator(GeneratorObject* generator) {
  generator->state = GeneratorState::Finished;
  generator->header.flags |= kObjectFinalized; // there is nothing left to close
  decrefMaybe(std::exchange(generator->handled.exception, Value()));
  clearFrame(&generator->frame);
}

void leaveForGood(GeneratorObject* generator) {
  leaveGenerator(generator, GeneratorState::Finished);
  refundRecursion();
  if (PYC_LIKELY(!isRaised()))
    return finishGenerator(generator);
  Ref raised = takeRaised(); // releasing values may run code
  finishGenerator(generator);
  restoreRaised(std::move(raised));
}

namespace {

/// Enters the frame at a handler and says how it was left. Takes over `scratch`.
Resumed run(GeneratorObject* generator, Handler handler, Ref scratch, Ref& result) {
  if (!checkRecursion("") || !chargeRecursion())
    return Resumed::Raised;
  enterGenerator(generator, thisThread().frame, kFrameEntry);
  result =
      Ref::steal(Value::fromBits(runHandler(handler, &generator->frame, scratch.release().bits())));
  if (!result)
    return Resumed::Raised;
  return isFinished(generator) ? Resumed::Returned : Resumed::Yielded;
}

Resumed failRunning(const GeneratorObject* generator) {
  raise(valueErrorType, "%s already executing", generatorKind(generator));
  return Resumed::Raised;
}

Resumed failReused() {
  raise(runtimeErrorType, "cannot reuse already awaited coroutine");
  return Resumed::Raised;
}

Resumed linked(GeneratorObject* generator, Resumed outcome) {
  if (outcome == Resumed::Yielded)
    linkDelegate(generator);
  return outcome;
}

} // namespace

Resumed resumeNative(GeneratorObject* generator, Ref sent, Ref& result) {
  if (!checkRecursion("") || !chargeRecursion())
    return Resumed::Raised;
  result = Ref::steal(runNative(generator, sent.release()));
  if (!result)
    return Resumed::Raised;
  return isFinished(generator) ? Resumed::Returned : Resumed::Yielded;
}

Resumed resumeGenerator(GeneratorObject* generator, Value sent, Ref& result) {
  if (PYC_UNLIKELY(isInChain(generator))) {
    if (isExecuting(generator))
      return failRunning(generator);
    if (generator->innermost)
      return resumeInnermost(generator, Ref::copy(sent), result);
    dropChain(generator);
  }
  switch (generator->state) {
  case GeneratorState::Created:
    if (!sent.isNone()) {
      raise(typeErrorType, "can't send non-None value to a just-started %s",
            generatorKind(generator));
      return Resumed::Raised;
    }
    if (!generator->nativeEntry)
      return run(generator, goOn, Ref(), result);
    return linked(generator, resumeNative(generator, Ref(), result));
  case GeneratorState::Suspended:
    if (!generator->nativeEntry)
      return run(generator, resumeAtYield, Ref::copy(sent), result);
    return linked(generator, resumeNative(generator, Ref::copy(sent), result));
  case GeneratorState::Running:
    return failRunning(generator);
  case GeneratorState::Finished:
    break;
  }
  Value returned = std::exchange(generator->returned, Value());
  if (!returned && isCoroutine(generator))
    return failReused();
  result = returned ? Ref::steal(returned) : Ref::none();
  return Resumed::Returned;
}

Value nextOfGenerator(GeneratorObject* generator) {
  if (PYC_LIKELY(isPlainlyResumable(generator))) {
    Value item;
    if (PYC_LIKELY(stepNative(generator, item)))
      return item;
    decrefMaybe(item);
    return {};
  }
  Ref result;
  Resumed outcome = resumeGenerator(generator, Value::none(), result);
  return outcome == Resumed::Yielded ? result.release() : Value();
}

Value delegateOf(const GeneratorObject* generator) {
  if (generator->state != GeneratorState::Suspended)
    return {};
  const uint64_t* pc = generator->frame.pc;
  if (static_cast<uop::Opcode>(*reinterpret_cast<const uint16_t*>(pc)) != uop::Opcode::YieldFrom)
    return {};
  return generator->frame.registers[reinterpret_cast<const uop::YieldFromUop*>(pc)->iterator];
}

namespace {

/// Closes any iterator that a generator delegates to.
bool closeDelegate(Value delegate) {
  if (hasShape(delegate, kShapeGenerator) || hasShape(delegate, kShapeCoroutine)) {
    Ref ignored;
    return closeGenerator(asGenerator(delegate), ignored);
  }
  Ref method;
  if (!findAttr(delegate, names::close, method)) {
    writeUnraisable("Exception ignored while closing a delegate", delegate);
    return true;
  }
  return !method || static_cast<bool>(call(method));
}

} // namespace

Resumed throwIntoDelegate(Value delegate, Ref& result) {
  if (hasShape(delegate, kShapeGenerator) || hasShape(delegate, kShapeCoroutine))
    return throwIntoGenerator(asGenerator(delegate), result);
  Ref exception = takeRaised();
  Ref method;
  if (!findAttr(delegate, names::throw_, method))
    return Resumed::Raised;
  if (!method) {
    restoreRaised(std::move(exception));
    return Resumed::Raised;
  }
  result = call(method, exception);
  if (result)
    return Resumed::Yielded;
  if (!isRaised(stopIterationType))
    return Resumed::Raised;
  Ref stop = takeRaised();
  result = stopIterationValue(stop);
  return result ? Resumed::Returned : Resumed::Raised;
}

Resumed throwHere(GeneratorObject* generator, Ref& result) {
  if (isFinished(generator))
    return isCoroutine(generator) ? (clearRaised(), failReused()) : Resumed::Raised;
  if (generator->handled.exception)
    chainContext(thisThread().raised, generator->handled.exception);
  return run(generator, raiseHere, Ref(), result);
}

namespace {

/// While a delegate's throw() runs, the generator is running and its frame is the caller.
class Delegating {
public:
  explicit Delegating(GeneratorObject* generator) : generator_(generator) {
    generator->frame.back = thisThread().frame;
    generator->frame.flags |= kFrameDelegating;
    thisThread().frame = &generator->frame;
  }
  ~Delegating() {
    generator_->frame.flags &= ~kFrameDelegating;
    thisThread().frame = std::exchange(generator_->frame.back, nullptr);
  }
  Delegating(const Delegating&) = delete;
  Delegating& operator=(const Delegating&) = delete;

private:
  GeneratorObject* generator_;
};

/// Throws what is raised into what a generator delegates to; GeneratorExit closes that first.
Resumed delegateThrow(GeneratorObject* generator, Value delegate, Ref& result) {
  if (!isRaised(generatorExitType)) {
    Delegating running(generator);
    return throwIntoDelegate(delegate, result);
  }
  Ref exit = takeRaised();
  if (closeDelegate(delegate))
    restoreRaised(std::move(exit));
  return Resumed::Raised;
}

} // namespace

Resumed throwIntoGenerator(GeneratorObject* generator, Ref& result) {
  if (isExecuting(generator)) {
    clearRaised();
    return failRunning(generator);
  }
  dropChain(generator);
  Ref delegate = Ref::copy(delegateOf(generator));
  if (!delegate)
    return throwHere(generator, result);
  generator->state = GeneratorState::Running;
  Resumed outcome = delegateThrow(generator, delegate, result);
  generator->state = GeneratorState::Suspended;
  if (outcome == Resumed::Yielded)
    return outcome;
  if (outcome == Resumed::Returned)
    return run(generator, generatorReturned, std::move(result), result);
  return throwHere(generator, result);
}

namespace {

/// Whether GeneratorExit raised where the generator stands would run any of its code: only the
/// handler that all generators have, which turns StopIteration into RuntimeError, does not count.
bool hasHandler(const GeneratorObject* generator) {
  const CodeObject* code = generator->frame.code;
  const uop::ExceptionEntry* entry =
      uop::findHandler(code->image, *code->record, wordOf(&generator->frame));
  if (!entry)
    return false;
  const uint64_t* handler = code->entry + entry->handler;
  if (static_cast<uop::Opcode>(*reinterpret_cast<const uint16_t*>(handler)) !=
      uop::Opcode::Intrinsic1)
    return true;
  return reinterpret_cast<const uop::Intrinsic1Uop*>(handler)->which !=
         static_cast<uint16_t>(uop::Intrinsic1Kind::StopiterationError);
}

/// Ends a generator whose code has nothing to say to that.
void endSilently(GeneratorObject* generator) {
  unsigned depth =
      generator->state == GeneratorState::Suspended ? temporaryDepth(&generator->frame) : 0;
  generator->state = GeneratorState::Finished;
  clearTemporaries(&generator->frame, depth);
  finishGenerator(generator);
}

} // namespace

bool closeGenerator(GeneratorObject* generator, Ref& returned) {
  returned = Ref::none();
  if (isFinished(generator))
    return true;
  if (isExecuting(generator))
    return failRunning(generator) != Resumed::Raised;
  dropChain(generator);
  Ref delegate = Ref::copy(delegateOf(generator));
  if (generator->state == GeneratorState::Created || (!delegate && !hasHandler(generator))) {
    endSilently(generator);
    return true;
  }
  bool closed = true;
  if (delegate) {
    generator->state = GeneratorState::Running;
    closed = closeDelegate(delegate);
    generator->state = GeneratorState::Suspended;
  }
  if (closed)
    (void)raiseWith(generatorExitType, Value());
  Ref result;
  switch (throwHere(generator, result)) {
  case Resumed::Yielded:
    return raise(runtimeErrorType, "%s ignored GeneratorExit", generatorKind(generator));
  case Resumed::Returned:
    returned = std::move(result);
    return true;
  case Resumed::Raised:
    return catchRaised(generatorExitType) || catchRaised(stopIterationType);
  }
  __builtin_unreachable();
}

Ref resumedValue(Resumed outcome, Ref result) {
  if (outcome == Resumed::Yielded)
    return result;
  if (outcome == Resumed::Returned)
    return raiseStopIteration(result.isNone() ? Value() : result.get());
  return {};
}

DirectAwaiter directAwaiter;

Resumed sendTo(Value iterator, Value sent, Ref& result) {
  if (hasShape(iterator, kShapeGenerator) || hasShape(iterator, kShapeCoroutine))
    return resumeGenerator(asGenerator(iterator), sent, result);
  if (hasShape(iterator, kShapeAsyncGenSend))
    return sendToStep(iterator, sent, result);
  if (typeOf(iterator) == directAwaiter.type)
    return directAwaiter.send(iterator, sent, result);
  if (sent.isNone() && typeOf(iterator)->slots.next)
    result = typeOf(iterator)->slots.next(iterator);
  else
    result = callMethod(iterator, names::send, sent);
  if (result)
    return Resumed::Yielded;
  if (isRaised() && !isRaised(stopIterationType))
    return Resumed::Raised;
  if (!isRaised()) {
    result = Ref::none();
    return Resumed::Returned;
  }
  Ref stop = takeRaised();
  result = stopIterationValue(stop);
  return result ? Resumed::Returned : Resumed::Raised;
}

bool raiseThrown(Value type, Value value, Value traceback) {
  if (traceback && traceback.isNone())
    traceback = Value();
  if (traceback && !hasShape(traceback, kShapeTraceback))
    return raise(typeErrorType, "throw() third argument must be a traceback object");
  Ref exception;
  if (isException(type)) {
    if (value && !value.isNone())
      return raise(typeErrorType, "instance exception may not have a separate value");
    exception = Ref::copy(type);
  } else if (isType(type) && (asType(type)->flags & kTypeIsException)) {
    if (value && isInstance(value, asType(type)))
      exception = Ref::copy(value);
    else if (!value || value.isNone())
      exception = call(type);
    else
      exception = isTuple(value) ? callEx(type, value, Value()) : call(type, value);
  } else {
    return raise(typeErrorType,
                 "exceptions must be classes or instances deriving from BaseException, not %T",
                 type);
  }
  if (!exception)
    return true; // what the class raises is thrown instead
  if (!isException(exception)) {
    raise(typeErrorType, "calling %R should have returned an instance of BaseException, not %T",
          type, exception.get());
    return true;
  }
  if (traceback)
    decrefMaybe(std::exchange(asException(exception)->traceback, Ref::copy(traceback).release()));
  raiseAsIs(std::move(exception)); // its context is what the generator is handling
  return true;
}

} // namespace pyc::rt
