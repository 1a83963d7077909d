#include "runtime/interp/interpreter.h"

#include "runtime/interp/bind_globals.h"
#include "runtime/interp/call.h"
#include "runtime/interp/frame_object.h"
#include "runtime/interp/import.h"
#include "runtime/interp/namespaces.h"
#include "runtime/interp/stack_walk.h"
#include "runtime/objects/borrowed_functions.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/module.h"
#include "runtime/objects/traceback.h"

namespace pyc::rt {

namespace {

Ref runClassBody(Value function, Value nameSpace) {
  FunctionObject* body = asFunction(function);
  return runCode(body->code, body->globals, nameSpace, body);
}

/// Value of a local that may have a cell; a cell in a local that has none is a value.
Value localValue(const Frame* frame, unsigned local) {
  const CodeObject* code = frame->code;
  Value value = frame->registers[-1 - static_cast<int>(local)];
  bool mayHaveCell = (code->image.array<uint8_t>(code->record->localKinds)[local] &
                      (uop::kLocalCell | uop::kLocalFree)) != 0;
  return mayHaveCell && value && hasShape(value, kShapeCell) ? asCell(value)->content : value;
}

/// What super() without arguments finds in the frame that calls it.
bool superArguments(Ref& type, Ref& object) {
  Frame* frame = thisThread().frame;
  if (!frame)
    return raise(runtimeErrorType, "super(): no current frame");
  CodeObject* code = frame->code;
  if (code->positionalCount() == 0)
    return raise(runtimeErrorType, "super(): no arguments");
  if (frame->flags & kFrameNative)
    return raise(runtimeErrorType, "super(): no current frame");
  Value self = localValue(frame, 0);
  if (!self)
    return raise(runtimeErrorType, "super(): arg[0] deleted");
  for (unsigned k = code->localCount - code->freeCount; k < code->localCount; ++k) {
    if (!strEquals(code->localNames[k], names::__class__))
      continue;
    Value found = localValue(frame, k);
    if (!found)
      return raise(runtimeErrorType, "super(): empty __class__ cell");
    if (!isType(found))
      return raise(runtimeErrorType, "super(): __class__ is not a type (%T)", found);
    type = Ref::copy(found);
    object = Ref::copy(self);
    return true;
  }
  return raise(runtimeErrorType, "super(): __class__ cell not found");
}

} // namespace

void initInterpreter() {
  classHooks = {runClassBody, currentGlobals, superArguments};
  installBindingHooks();
  functionCaller = callFunctionEntry;
  runsNatively = isRunning;
  tracebackFrameMaker = frameObjectOf;
  lazyImportResolver = resolveLazyImport;
}

} // namespace pyc::rt
