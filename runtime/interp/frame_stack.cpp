#include "runtime/interp/frame_stack.h"

#include "runtime/interp/frame_object.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/recursion.h"

#include <algorithm>
#include <sys/mman.h>

namespace pyc::rt {

namespace {

constexpr size_t kFrameStackBytes = size_t{4} << 30;       // address space only
constexpr size_t kSmallFrameStackBytes = size_t{64} << 20; // where address space is limited

int currentLimit = 1000;

/// Reserves the thread's frame stack. False with MemoryError.
bool reserveFrameStack(ThreadState& thread) {
  size_t bytes = kFrameStackBytes;
  void* memory = MAP_FAILED;
  for (; memory == MAP_FAILED && bytes >= kSmallFrameStackBytes; bytes /= 2)
    memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED)
    return raiseMemoryError();
  thread.frameTop = static_cast<char*>(memory);
  thread.frameLimit = thread.frameTop + bytes;
  return true;
}

/// Room for a frame; null with the exception raised.
Frame* reserveFrame(const CodeObject* code) {
  ThreadState& thread = thisThread();
  size_t bytes = frameBytes(code);
  if (PYC_UNLIKELY(!thread.frameTop) && !reserveFrameStack(thread))
    return nullptr;
  if (PYC_UNLIKELY(bytes > static_cast<size_t>(thread.frameLimit - thread.frameTop))) {
    raise(recursionErrorType, "maximum recursion depth exceeded");
    return nullptr;
  }
  if (!chargeRecursion())
    return nullptr;
  Frame* frame = reinterpret_cast<Frame*>(thread.frameTop);
  thread.frameTop += bytes;
  return frame;
}

void initFrame(Frame* frame, CodeObject* code) {
  *frame = Frame{};
  frame->code = code;
  frame->pc = code->entry;
  frame->registers = registersOf(frame, code);
  std::fill_n(reinterpret_cast<Value*>(frame + 1), code->localCount, Value());
}

/// The last freeCount locals are the closure's cells.
void copyClosure(Frame* frame, FunctionObject* function) {
  const CodeObject* code = frame->code;
  if (!code->freeCount)
    return;
  const Value* cells = asTuple(function->closure)->items();
  unsigned first = code->localCount - code->freeCount;
  for (unsigned k = 0; k < code->freeCount; ++k)
    frame->registers[-1 - static_cast<int>(first + k)] = Ref::copy(cells[k]).release();
}

} // namespace

int recursionLimit() {
  return currentLimit;
}

bool setRecursionLimit(int limit) {
  ThreadState& thread = thisThread();
  int depth = currentLimit - thread.recursionRemaining;
  if (depth >= limit)
    return false;
  thread.recursionRemaining = limit - depth;
  currentLimit = limit;
  limitStackDepth(limit);
  return true;
}

static void attachFunction(Frame* frame, FunctionObject* function) {
  frame->function = Ref::copy(Value(&function->header)).release().as<FunctionObject>();
  frame->globals = function->globals;
  frame->builtins = function->builtins;
  copyClosure(frame, function);
  // A function made of a module's or a class body's code has its globals for a namespace.
  constexpr uint32_t kNamespaceCode = uop::kCodeModule | uop::kCodeClassBody;
  if (PYC_UNLIKELY((frame->code->flags() & kNamespaceCode) && !frame->locals))
    frame->locals = Ref::copy(Value(&frame->globals->header)).release();
}

void initFunctionFrame(Frame* frame, FunctionObject* function, CodeObject* code) {
  initFrame(frame, code);
  attachFunction(frame, function);
}

uint32_t directArgumentCount(const CodeObject* code) {
  constexpr uint32_t kNeedsBinding = uop::kCodeVarargs | uop::kCodeVarKeywords |
                                     uop::kCodeSuspends | uop::kCodeModule | uop::kCodeClassBody;
  if ((code->flags() & kNeedsBinding) || code->record->keywordOnlyCount || code->freeCount)
    return kNoDirectCall;
  return code->positionalCount();
}

bool readyFunction(FunctionObject* function) {
  CodeObject* code = function->code;
  if (PYC_UNLIKELY(!code->prepared) && !prepareCode(code))
    return false;
  if (!function->nativeEntry)
    function->directArgs = directArgumentCount(code);
  return true;
}

Frame* pushFrame(FunctionObject* function) {
  return readyFunction(function) ? pushFrame(function, function->code) : nullptr;
}

Frame* pushFrame(FunctionObject* function, CodeObject* code) {
  Frame* frame = reserveFrame(code);
  if (frame)
    initFunctionFrame(frame, function, code);
  return frame;
}

Frame* pushNamespaceFrame(CodeObject* code, DictObject* globals, DictObject* builtins, Value locals,
                          FunctionObject* function) {
  if (!code->prepared && !prepareCode(code))
    return nullptr;
  Frame* frame = reserveFrame(code);
  if (!frame)
    return nullptr;
  initFrame(frame, code);
  frame->flags = kFrameNamespace;
  frame->locals = Ref::copy(locals).release();
  frame->globals = globals;
  frame->builtins = builtins;
  if (function) {
    attachFunction(frame, function);
  } else {
    incref(Value(&code->header));
    incref(Value(&globals->header));
  }
  return frame;
}

unsigned temporaryDepth(const Frame* frame) {
  const uop::PositionEntry* position =
      uop::findPosition(frame->code->image, *frame->code->record, wordOf(frame));
  return position ? position->depth : 0;
}

void clearTemporaries(Frame* frame, unsigned depth) {
  while (depth > 0)
    decrefMaybe(std::exchange(frame->registers[--depth], Value()));
}

void clearFrame(Frame* frame) {
  if (PYC_UNLIKELY(frame->flags & kFrameObserved))
    detachFrameObject(frame);
  CodeObject* code = frame->code;
  for (unsigned local = code->localCount; local-- > 0;)
    decrefMaybe(std::exchange(frame->registers[-1 - static_cast<int>(local)], Value()));
  decrefMaybe(std::exchange(frame->locals, Value()));
  if (frame->function) {
    decref(Value(&std::exchange(frame->function, nullptr)->header));
  } else {
    decref(Value(&frame->globals->header));
    decref(Value(&code->header));
  }
}

void popFrame(Frame* frame) {
  clearFrame(frame);
  ThreadState& thread = thisThread();
  thread.frameTop = reinterpret_cast<char*>(frame);
  refundRecursion();
}

} // namespace pyc::rt
