// How the native code of a generator stops, and goes on in the interpreter.

#include "runtime/abi/context.h"
#include "runtime/interp/dispatch.h"
#include "runtime/interp/frame_stack.h"
#include "runtime/interp/generator.h"

namespace pyc::rt {

/// A generator is resumed at a yield that native code does not know. Takes over `sent`.
extern "C" uint64_t pyc_resume_interpreted(Value self, Value* registers, Value sent) {
  Frame* frame = generatorFrame(self, registers);
  thisThread().frame = frame;
  return runHandler(resumeAtYield, frame, sent.bits());
}

/// The native code of a generator function that was made with it; null for anything else.
extern "C" void* pyc_generator_entry(Value callee) {
  if (!hasShape(callee, kShapeFunction))
    return nullptr;
  FunctionObject* function = asFunction(callee);
  CodeObject* code = function->code;
  if (function->nativeCode != code || !(code->flags() & uop::kCodeGenerator))
    return nullptr;
  return nativeEntryFor(code, function->globals);
}

} // namespace pyc::rt
