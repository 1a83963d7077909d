#include "runtime/interp/unwind.h"

#include "runtime/interp/frame_object.h"
#include "runtime/interp/frame_stack.h"
#include "runtime/interp/generator.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/traceback.h"
#include "uop/layout.h"

namespace pyc::rt {

namespace {

template <class Uop> unsigned windowOf(const Frame* frame) {
  return static_cast<unsigned>(reinterpret_cast<const Uop*>(frame->pc)->window);
}

/// Temporaries in use while a callee of the frame's instruction runs in a frame of its own: a call
/// has moved its window into the callee's frame.
unsigned depthBelowCallee(const Frame* frame) {
  switch (static_cast<uop::Opcode>(*reinterpret_cast<const uint16_t*>(frame->pc))) {
  case uop::Opcode::Call:
    return windowOf<uop::CallUop>(frame);
  case uop::Opcode::CallKw:
    return windowOf<uop::CallKwUop>(frame);
  case uop::Opcode::CallMethod:
    return windowOf<uop::CallMethodUop>(frame);
  case uop::Opcode::CallMethodKw:
    return windowOf<uop::CallMethodKwUop>(frame);
  case uop::Opcode::CallEx:
    return windowOf<uop::CallExUop>(frame);
  default:
    return temporaryDepth(frame);
  }
}

/// Takes a frame that the exception leaves off the thread's chain.
void leaveFrame(Frame* frame) {
  if (frame->flags & kFrameGenerator) {
    GeneratorObject* generator = frame->generator;
    leaveGenerator(generator, GeneratorState::Finished);
    refundRecursion();
    finishGenerator(generator);
  } else {
    thisThread().frame = frame->back;
    popFrame(frame);
  }
}

/// The traceback's entry keeps the frame object, which the frame leaves its locals to.
void addEntryOf(Frame* frame, uint32_t word) {
  Ref exception = takeRaised();
  Ref object = frameObject(frame);
  clearRaised(); // out of memory: the entry knows less
  restoreRaised(std::move(exception));
  addTraceback(frame->code, frame->globals, word, object);
}

/// An exception that goes on behind a handler leaves the frame where it came up first, unless the
/// instruction that sends it on has a line of its own.
void goBackToEntry(Frame* frame, Value exception) {
  if (frameLine(frame))
    return;
  Value traceback = asException(exception)->traceback;
  if (!traceback || asTraceback(traceback)->code != frame->code ||
      asTraceback(traceback)->word == UINT32_MAX)
    return;
  frame->pc = frame->code->entry + asTraceback(traceback)->word;
}

} // namespace

Frame* unwind(Frame* frame, bool addEntry) {
  unsigned depth = temporaryDepth(frame);
  for (;;) {
    const CodeObject* code = frame->code;
    uint32_t word = wordOf(frame);
    if (addEntry)
      addEntryOf(frame, word);
    bool isNew = std::exchange(addEntry, true);
    Ref exception = takeRaised(); // releasing values may run code
    const uop::ExceptionEntry* handler = uop::findHandler(code->image, *code->record, word);
    unsigned kept = handler ? handler->depth : 0;
    while (depth > kept)
      decrefMaybe(std::exchange(frame->registers[--depth], Value()));
    if (handler) {
      frame->registers[kept] = exception.release();
      frame->pc = code->entry + handler->handler;
      return frame;
    }
    if (!isNew)
      goBackToEntry(frame, exception);
    uint32_t flags = std::exchange(frame->flags, frame->flags | kFrameRaising);
    Frame* back = frame->back;
    leaveFrame(frame);
    restoreRaised(std::move(exception));
    if (flags & kFrameEntry)
      return nullptr;
    frame = back;
    depth = depthBelowCallee(frame) + ((flags & kFrameConstructor) != 0);
  }
}

} // namespace pyc::rt
