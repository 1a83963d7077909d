// Native code has no interpreter frame. Where the runtime looks at "the current frame" (globals(),
// imports, warnings, ...) a native caller stands in with one of these, for the length of a call.
#pragma once

#include "runtime/interp/frame_object.h"

#include <atomic>

namespace pyc::rt {

class NativeContext {
public:
  /// `self` is the running function, `word` the place in its code.
  NativeContext(Value self, uint32_t word) {
    FunctionObject* function = asFunction(self);
    CodeObject* code = function->nativeCode;
    frame_.back = thisThread().frame;
    frame_.code = code;
    frame_.function = function;
    frame_.globals = function->globals;
    frame_.builtins = function->builtins;
    frame_.locals =
        (code->flags() & uop::kCodeModule) ? Value(&function->globals->header) : Value();
    frame_.pc = code->entry + word;
    frame_.registers = nullptr;
    frame_.generator = nullptr;
    frame_.object = Value();
    frame_.flags = kFrameNative;
    std::atomic_signal_fence(std::memory_order_release); // a sampling handler looks at it
    thisThread().frame = &frame_;
  }
  ~NativeContext() {
    if (PYC_UNLIKELY(frame_.flags & kFrameObserved))
      detachFrameObject(&frame_);
    thisThread().frame = frame_.back;
  }
  NativeContext(const NativeContext&) = delete;
  NativeContext& operator=(const NativeContext&) = delete;

  Frame* frame() { return &frame_; }

private:
  Frame frame_;
};

/// The frame of a generator whose native code has these registers.
inline Frame* generatorFrame(Value self, Value* registers) {
  return reinterpret_cast<Frame*>(registers - asFunction(self)->nativeCode->localCount) - 1;
}

} // namespace pyc::rt
