#include "runtime/interp/stack_walk.h"

#include "runtime/interp/dispatch.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/native_places.h"
#include "runtime/interp/native_stack.h"

namespace pyc::rt {

namespace {

uintptr_t addressOf(const void* place) {
  return reinterpret_cast<uintptr_t>(place);
}

class Walk {
public:
  Walk(Frame* innermost, const std::function<bool(const StackEntry&)>& visit)
      : next_(innermost), activation_(thisThread().activation), visit_(visit) {}

  void run() {
    walkNativeStack([this](uintptr_t address, uintptr_t bottom) {
      visitNativeFrame(address, bottom);
      return isGoingOn_;
    });
    while (isGoingOn_ && next_) // the native stack could not be followed to its end
      visitNext();
  }

private:
  /// A native frame whose memory begins at `bottom`, below which its callees' is.
  void visitNativeFrame(uintptr_t address, uintptr_t bottom) {
    while (isGoingOn_ && visitBelow(bottom)) {
    }
    NativePlace place;
    if (!isGoingOn_ || !place.find(address))
      return;
    CodeObject* code = nullptr;
    bool isShown = std::exchange(standIn_, nullptr) == place.code();
    do {
      code = place.code();
      if (!std::exchange(isShown, false))
        visit({nullptr, code, place.word()});
    } while (isGoingOn_ && place.findCaller());
    if (code->flags() & uop::kCodeSuspends)
      visitDelegators(code);
  }

  /// The generators that the running one, of this code, was resumed for directly (delegation.h).
  void visitDelegators(const CodeObject* code) {
    const GeneratorObject* running = nullptr;
    for (; isGoingOn_ && !running && handled_->previous; handled_ = handled_->previous) {
      auto* generator = reinterpret_cast<const GeneratorObject*>(
          reinterpret_cast<const char*>(handled_) - offsetof(GeneratorObject, handled));
      if (generator->nativeEntry && generator->frame.code == code)
        running = generator;
    }
    const GeneratorObject* waiting = running ? running->delegator : nullptr;
    for (; isGoingOn_ && waiting; waiting = waiting->delegator)
      visit({nullptr, waiting->frame.code, wordOf(&waiting->frame)});
  }

  /// The next frames of the chain, if they run or stand in for native code below `bottom`.
  bool visitBelow(uintptr_t bottom) {
    bool isStandIn = next_ && (next_->flags & kFrameNative);
    uintptr_t standIn = isStandIn ? addressOf(next_) : UINTPTR_MAX;
    uintptr_t activation = activation_ ? addressOf(activation_) : UINTPTR_MAX;
    if (standIn < activation && standIn < bottom) {
      standIn_ = next_->code;
      visitNext();
      return true;
    }
    if (activation >= bottom)
      return false;
    visitActivation();
    return true;
  }

  /// The frames that run in an activation of the interpreter: none when its entry's has ended.
  void visitActivation() {
    const Frame* entry = std::exchange(activation_, activation_->back)->entry;
    const Frame* frame = next_;
    while (frame && frame != entry)
      frame = frame->back;
    if (!frame)
      return;
    while (isGoingOn_ && next_ != entry)
      visitNext();
    if (isGoingOn_)
      visitNext();
    while (isGoingOn_ && next_ && (next_->flags & (kFrameWaiting | kFrameDelegating)))
      visitNext();
  }

  void visitNext() {
    Frame* frame = std::exchange(next_, next_->back);
    visit({frame, frame->code, wordOf(frame)});
  }

  void visit(const StackEntry& entry) { isGoingOn_ = visit_(entry); }

  Frame* next_;
  const Activation* activation_;
  const HandledException* handled_ = thisThread().handled; // one level a running generator
  const CodeObject* standIn_ = nullptr; // the last frame's code, if that stood in for native code
  bool isGoingOn_ = true;
  const std::function<bool(const StackEntry&)>& visit_;
};

} // namespace

void walkStack(Frame* innermost, const std::function<bool(const StackEntry&)>& visit) {
  Walk(innermost, visit).run();
}

bool isRunning(const CodeObject* code) {
  bool isFound = false;
  walkStack(thisThread().frame, [&](const StackEntry& entry) {
    isFound = entry.code == code;
    return !isFound;
  });
  return isFound;
}

bool stackEntryAt(int64_t depth, StackEntry& entry) {
  bool isFound = false;
  walkStack(thisThread().frame, [&](const StackEntry& next) {
    entry = next;
    isFound = depth-- <= 0;
    return !isFound;
  });
  return isFound;
}

} // namespace pyc::rt
