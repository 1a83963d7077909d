// Calls, functions, classes (uops_call.td). A call of a Python function pushes a frame and goes on
// in it; its return goes on behind the call. Only calls of other callables use the native stack.
#include "runtime/interp/call.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/intrinsics.h"
#include "runtime/interp/poll.h"
#include "runtime/interp/start_call.h"
#include "runtime/interp/uops/vocabulary.h"

namespace pyc::rt {

/// Goes on in a frame that was pushed by the instruction at pc.
#define ENTER(pushed)                                                                              \
  do {                                                                                             \
    Frame* pycPushed = (pushed);                                                                   \
    frame->pc = pc;                                                                                \
    pycPushed->back = frame;                                                                       \
    thisThread().frame = pycPushed;                                                                \
    frame = pycPushed;                                                                             \
    code = frame->code;                                                                            \
    regs = frame->registers;                                                                       \
    pc = code->entry;                                                                              \
    DISPATCH();                                                                                    \
  } while (0)

namespace {

/// A frame for a function that takes exactly these arguments, which move into it along with the
/// reference to the function. Null when it needs a closer look; nothing has changed then.
[[gnu::always_inline]] inline Frame* pushDirect(FunctionObject* function, const Value* args,
                                                unsigned argc, unsigned words) {
  CodeObject* code = function->code;
  ThreadState& thread = thisThread();
  char* memory = thread.frameTop;
  size_t bytes = frameBytes(code);
  if (PYC_UNLIKELY(bytes > static_cast<size_t>(thread.frameLimit - memory) ||
                   thread.recursionRemaining <= 0 || isPollRequested(thread)))
    return nullptr;
  --thread.recursionRemaining;
  thread.frameTop = memory + bytes;
  Frame* frame = reinterpret_cast<Frame*>(memory);
  frame->code = code;
  frame->function = function;
  frame->globals = function->globals;
  frame->builtins = function->builtins;
  frame->locals = Value();
  frame->generator = nullptr;
  frame->object = Value();
  frame->flags = words;
  Value* local = reinterpret_cast<Value*>(frame + 1) + code->localCount;
  frame->registers = local;
  Value* last = reinterpret_cast<Value*>(frame + 1);
  for (unsigned k = 0; k < argc; ++k)
    *--local = args[k];
  while (local != last)
    *--local = Value();
  return frame;
}

} // namespace

/// Any callable: a frame that was pushed, a value, or an error.
#define FINISH_CALL(start)                                                                         \
  do {                                                                                             \
    SAVE_PC();                                                                                     \
    Value pycResult;                                                                               \
    Frame* pycFrame;                                                                               \
    if (!(start))                                                                                  \
      RAISE();                                                                                     \
    if (pycFrame)                                                                                  \
      ENTER(pycFrame);                                                                             \
    SET(dst, pycResult);                                                                           \
    NEXT();                                                                                        \
  } while (0)

SLOW_PART(callAny) {
  OPERANDS(Call);
  FINISH_CALL(startCall({regs + i.window, 1, i.argc, Value(), i.kWords}, pycResult, pycFrame));
}

SLOW_PART(callNativeDirect) {
  OPERANDS(Call);
  SAVE_PC();
  Value* window = regs + i.window;
  Value result = callNative(asFunction(window[0]), window + 1).release();
  if (!result)
    RAISE();
  for (unsigned k = i.argc + 1u; k-- > 0;)
    decref(window[k]);
  SET(dst, result);
  NEXT();
}

UOP(Call) {
  OPERANDS(Call);
  Value* window = regs + i.window;
  Value callee = window[0];
  if (PYC_LIKELY(hasShape(callee, kShapeFunction) && asFunction(callee)->directArgs == i.argc)) {
    if (asFunction(callee)->nativeEntry)
      SLOW(callNativeDirect);
    Frame* pushed = pushDirect(asFunction(callee), window + 1, i.argc, i.kWords);
    if (PYC_LIKELY(pushed != nullptr))
      ENTER(pushed);
  }
  SLOW(callAny);
}

SLOW_PART(callMethodAny) {
  OPERANDS(CallMethod);
  FINISH_CALL(startCall({regs + i.window, 2, i.argc, Value(), i.kWords}, pycResult, pycFrame));
}

UOP(CallMethod) {
  OPERANDS(CallMethod);
  Value* window = regs + i.window;
  Value callee = window[0];
  if (PYC_LIKELY(hasShape(callee, kShapeFunction))) {
    unsigned isMethod = window[1] ? 1 : 0;
    FunctionObject* function = asFunction(callee);
    if (PYC_LIKELY(function->directArgs == i.argc + isMethod && !function->nativeEntry)) {
      Frame* pushed = pushDirect(function, window + 2 - isMethod, i.argc + isMethod, i.kWords);
      if (PYC_LIKELY(pushed != nullptr))
        ENTER(pushed);
    }
  }
  SLOW(callMethodAny);
}

UOP(CallKw) {
  OPERANDS(CallKw);
  FINISH_CALL(startCall({regs + i.window, 1, i.argc, code->constants[i.names], i.kWords}, pycResult,
                        pycFrame));
}

UOP(CallMethodKw) {
  OPERANDS(CallMethodKw);
  FINISH_CALL(startCall({regs + i.window, 2, i.argc, code->constants[i.names], i.kWords}, pycResult,
                        pycFrame));
}

UOP(CallEx) {
  OPERANDS(CallEx);
  FINISH_CALL(startCallEx(regs + i.window, i.kWords, pycResult, pycFrame));
}

// Returning.

UOP(ReturnValue) {
  OPERANDS(ReturnValue);
  Value result = IN(src);
  if (i.src < 0)
    IN(src) = Value(); // the local's reference is the result's
  if (PYC_UNLIKELY(frame->flags > kFrameReturnWords))
    TAIL(returnSlow, result.bits(), anyBits());
  for (Value* local = regs - code->localCount; local != regs; ++local) {
    Value value = *local;
    if (PYC_UNLIKELY(needsReleaseMaybe(value)))
      TAIL(returnSlow, result.bits(), anyBits());
    *local = Value();
  }
  if (PYC_UNLIKELY(needsRelease(Value(&frame->function->header))))
    TAIL(returnSlow, result.bits(), anyBits());
  ThreadState& thread = thisThread();
  thread.frameTop = reinterpret_cast<char*>(frame);
  ++thread.recursionRemaining;
  uint32_t words = frame->flags;
  frame = frame->back;
  thread.frame = frame;
  pc = frame->pc;
  regs = frame->registers;
  code = frame->code;
  int16_t dst = reinterpret_cast<const int16_t*>(pc)[1];
  pc += words;
  Value old = exchangeRegister(regs, dst, result);
  if (PYC_UNLIKELY(needsReleaseMaybe(old)))
    RELEASE_AND_GO(old, Value());
  DISPATCH();
}

// Functions and classes.

UOP(MakeFunction) {
  OPERANDS(MakeFunction);
  SAVE_PC();
  Value* parts = regs + i.parts;
  Value result = makeFunction(asCode(code->constants[i.code]), frame->globals, parts[0], parts[1],
                              parts[2], parts[3])
                     .release();
  if (!result)
    RAISE();
  for (unsigned k = 0; k < 4; ++k)
    decref(parts[k]);
  SET(dst, result);
  NEXT();
}

UOP(LoadBuildClass) {
  OPERANDS(LoadBuildClass);
  SAVE_PC();
  Value result = loadBuildClass(frame).release();
  if (!result)
    RAISE();
  SET(dst, result);
  NEXT();
}

UOP(LoadCommon) {
  OPERANDS(LoadCommon);
  Value value = commonConstant(static_cast<uop::CommonConstant>(i.which));
  incref(value);
  SET(dst, value);
  NEXT();
}

UOP(Intrinsic1) {
  OPERANDS(Intrinsic1);
  SAVE_PC();
  Value operand = IN(operand);
  Value result = intrinsic1(frame, static_cast<uop::Intrinsic1Kind>(i.which), operand).release();
  if (!result)
    RAISE();
  consumeRegister(i.operand, operand);
  SET(dst, result);
  NEXT();
}

UOP(Intrinsic2) {
  OPERANDS(Intrinsic2);
  SAVE_PC();
  Value lhs = IN(lhs), rhs = IN(rhs);
  Value result = intrinsic2(static_cast<uop::Intrinsic2Kind>(i.which), lhs, rhs).release();
  if (!result)
    RAISE();
  consumeRegister(i.lhs, lhs);
  consumeRegister(i.rhs, rhs);
  SET(dst, result);
  NEXT();
}

} // namespace pyc::rt
