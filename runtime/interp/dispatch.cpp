#include "runtime/interp/dispatch.h"

#include "runtime/interp/call.h"
#include "runtime/interp/continuation.h"
#include "runtime/interp/frame_stack.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/namespaces.h"
#include "runtime/interp/unwind.h"
#include "runtime/interp/uops/vocabulary.h"
#include "runtime/objects/recursion.h"

namespace pyc::rt {

Handler dispatchTable[uop::kUopCount] = {
#define PYC_HANDLER_OF(name) uop##name,
    PYC_FOR_EACH_UOP(PYC_HANDLER_OF)
#undef PYC_HANDLER_OF
};

#define GO_ON_IN(target)                                                                           \
  do {                                                                                             \
    frame = (target);                                                                              \
    code = frame->code;                                                                            \
    regs = frame->registers;                                                                       \
    pc = frame->pc;                                                                                \
  } while (0)

PYC_HANDLER raiseHere(PYC_STATE) {
  SAVE_PC();
  Frame* target = unwind(frame, true);
  if (!target)
    return 0;
  GO_ON_IN(target);
  DISPATCH();
}

PYC_HANDLER reraiseHere(PYC_STATE) {
  SAVE_PC();
  Frame* target = unwind(frame, false);
  if (!target)
    return 0;
  GO_ON_IN(target);
  DISPATCH();
}

PYC_HANDLER releaseAndGo(PYC_STATE) {
  SAVE_PC();
  decrefMaybe(Value::fromBits(scratchA));
  decrefMaybe(Value::fromBits(scratchB));
  DISPATCH();
}

/// __init__ has returned: the call's value is the instance that the call's window holds.
static bool finishConstructor(Frame* caller, Value& result) {
  Value instance;
  unsigned window = 0;
  if (static_cast<uop::Opcode>(*reinterpret_cast<const uint16_t*>(caller->pc)) == uop::Opcode::Call)
    window = static_cast<unsigned>(reinterpret_cast<const uop::CallUop*>(caller->pc)->window);
  else
    window = static_cast<unsigned>(reinterpret_cast<const uop::CallMethodUop*>(caller->pc)->window);
  instance = std::exchange(caller->registers[window], Value());
  if (PYC_LIKELY(result.isNone())) {
    result = instance;
    return true;
  }
  raise(typeErrorType, "__init__() should return None, not '%T'", result);
  decref(result);
  decref(instance);
  for (unsigned reg = window; reg < temporaryDepth(caller); ++reg)
    caller->registers[reg] = Value(); // consumed by the call
  return false;
}

PYC_HANDLER returnSlow(PYC_STATE) {
  Value result = Value::fromBits(scratchA);
  uint32_t flags = frame->flags;
  Frame* back = frame->back;
  SAVE_PC();
  if (flags & kFrameGenerator) {
    GeneratorObject* generator = frame->generator;
    leaveGenerator(generator, GeneratorState::Finished);
    refundRecursion();
    finishGenerator(generator);
    if (flags & kFrameEntry)
      return result.bits();
    GO_ON_IN(back);
    TAIL(generatorReturned, result.bits(), anyBits());
  }
  thisThread().frame = back;
  popFrame(frame);
  if (flags & kFrameEntry)
    return result.bits();
  GO_ON_IN(back);
  if ((flags & kFrameConstructor) && !finishConstructor(frame, result))
    RAISE();
  setRegister(regs, reinterpret_cast<const int16_t*>(pc)[1], result);
  pc += flags & kFrameReturnWords;
  DISPATCH();
}

uint64_t runHandler(Handler handler, Frame* frame, uint64_t scratch) {
  ThreadState& thread = thisThread();
  const Activation activation{thread.activation, frame};
  thread.activation = &activation;
  uint64_t result = handler(frame->pc, frame->registers, frame, frame->code, scratch, 0);
  thread.activation = activation.back;
  if (PYC_UNLIKELY(result == kGoesOnNatively))
    return continueNatively(thread.frame, *findContinuation(thread.frame));
  return result;
}

PYC_HANDLER goOn(PYC_STATE) {
  DISPATCH();
}

Ref runFrame(Frame* frame) {
  ThreadState& thread = thisThread();
  frame->flags |= kFrameEntry;
  if (PYC_UNLIKELY(!checkRecursion(""))) {
    Ref error = takeRaised();
    popFrame(frame);
    restoreRaised(std::move(error));
    return {};
  }
  frame->back = thread.frame;
  thread.frame = frame;
  return Ref::steal(Value::fromBits(runHandler(goOn, frame)));
}

Ref runCode(CodeObject* code, DictObject* globals, Value locals, FunctionObject* function) {
  DictObject* builtins = function ? function->builtins : builtinsOf(globals);
  if (!builtins)
    return {};
  if (isGeneratorCode(code)) // top-level await
    return makeNamespaceGenerator(code, globals, locals ? locals : Value(&globals->header),
                                  function);
  if (code->native && !function && (!locals || locals == Value(&globals->header))) {
    PYC_TRY(body, makeFunction(code, globals, Value(), Value(), Value(), Value()));
    if (asFunction(body)->nativeEntry)
      return callNative(asFunction(body), nullptr);
  }
  Frame* frame = pushNamespaceFrame(code, globals, builtins,
                                    locals ? locals : Value(&globals->header), function);
  return frame ? runFrame(frame) : Ref();
}

} // namespace pyc::rt
