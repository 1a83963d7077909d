#include "runtime/interp/continuation.h"

#include "runtime/interp/frame_stack.h"

#include <algorithm>
#include <atomic>

namespace pyc::rt {

namespace {

std::atomic_ref<uint32_t> generalExits(CodeObject* code) {
  return std::atomic_ref(code->generalExits);
}

/// Back-edges to interpret: none at first, then twice as many with each exit from general code.
uint32_t patienceAfter(uint32_t exits) {
  constexpr uint32_t kFirst = 16, kMostDoublings = 20;
  return exits == 0 ? 0 : kFirst << std::min(exits, kMostDoublings);
}

} // namespace

GeneralExit::GeneralExit(CodeObject* code, bool isGeneral) : code_(isGeneral ? code : nullptr) {
  if (code_)
    generalExits(code_).fetch_add(1, std::memory_order_relaxed);
}

GeneralExit::~GeneralExit() {
  if (code_)
    generalExits(code_).fetch_sub(1, std::memory_order_relaxed);
}

void allowContinuation(Frame* frame) {
  if (frame->code->native->continuationCount == 0)
    return;
  frame->flags |= kFrameLeft;
  frame->backEdgesToGo = patienceAfter(generalExits(frame->code).load(std::memory_order_relaxed));
}

const Continuation* findContinuation(Frame* frame) {
  if (frame->flags & kFrameObserved)
    return nullptr;
  if (frame->backEdgesToGo > 0) {
    --frame->backEdgesToGo;
    return nullptr;
  }
  const NativeCode* native = frame->code->native;
  const Continuation* end = native->continuations + native->continuationCount;
  const Continuation* found =
      std::find_if(native->continuations, end,
                   [word = wordOf(frame)](const Continuation& each) { return each.word == word; });
  return found == end ? nullptr : found;
}

uint64_t continueNatively(Frame* frame, const Continuation& continuation) {
  using Entry = Value (*)(FunctionObject*, Value*, uint64_t);
  ThreadState& thread = thisThread();
  const CodeObject* code = frame->code;
  Value* registers = frame->registers;
  // What the closure and the function hold as well.
  for (uint32_t local = code->localCount - code->freeCount; local < code->localCount; ++local)
    decref(registers[-1 - static_cast<int>(local)]);
  decrefMaybe(frame->locals);
  Ref function = Ref::steal(Value(&frame->function->header));
  thread.frame = frame->back;
  thread.frameTop = reinterpret_cast<char*>(frame);
  refundRecursion();
  auto entry = reinterpret_cast<Entry>(continuation.entry);
  return entry(function.as<FunctionObject>(), registers, continuation.word).bits();
}

} // namespace pyc::rt
