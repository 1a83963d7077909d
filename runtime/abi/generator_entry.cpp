// How the native code of a generator stops, and goes on in the interpreter.

#include "runtime/abi/context.h"
#include "runtime/abi/native_iterators.h"
#include "runtime/interp/dispatch.h"
#include "runtime/interp/frame_stack.h"
#include "runtime/interp/generator.h"
#include "runtime/objects/local_function.h"

namespace pyc::rt {

static_assert(kLocalFunctionSize == sizeof(FunctionObject));

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

/// The function of a generator expression in the frame of native code that has the generator's code
/// in it: made by the function `self`, and made anew for the interpreter.
extern "C" uint64_t pyc_get_local_function(Value self, Value closure, Value code,
                                           FunctionObject* memory) {
  return makeLocalFunction(asCode(code), asFunction(self)->globals, closure, memory)
      .release()
      .bits();
}
extern "C" uint64_t pyc_move_local_function(Value function, FunctionObject* memory) {
  return (function == Value(&memory->header) ? moveToHeap(memory) : function).bits();
}

} // namespace pyc::rt
