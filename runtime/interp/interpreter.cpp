#include "runtime/interp/interpreter.h"

#include "runtime/interp/bind_globals.h"
#include "runtime/interp/call.h"
#include "runtime/interp/frame_object.h"
#include "runtime/interp/import.h"
#include "runtime/interp/namespaces.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/module.h"
#include "runtime/objects/traceback.h"

namespace pyc::rt {

namespace {

Ref runClassBody(Value function, Value nameSpace) {
  FunctionObject* body = asFunction(function);
  return runCode(body->code, body->globals, nameSpace, body);
}

/// Content of a register that may hold a cell of the variable.
Value throughCell(Value value) {
  return value && hasShape(value, kShapeCell) ? asCell(value)->content : value;
}

/// What super() without arguments finds in the frame that calls it.
bool superArguments(Ref& type, Ref& object) {
  Frame* frame = thisThread().frame;
  if (!frame || (frame->flags & kFrameNative))
    return raise(runtimeErrorType, "super(): no current frame");
  CodeObject* code = frame->code;
  if (code->positionalCount() == 0)
    return raise(runtimeErrorType, "super(): no arguments");
  Value self = throughCell(frame->registers[-1]);
  if (!self)
    return raise(runtimeErrorType, "super(): arg[0] deleted");
  for (unsigned k = code->localCount - code->freeCount; k < code->localCount; ++k) {
    if (!strEquals(code->localNames[k], names::__class__))
      continue;
    Value found = throughCell(frame->registers[-1 - static_cast<int>(k)]);
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
  tracebackFrameMaker = frameObjectOf;
  lazyImportResolver = resolveLazyImport;
}

} // namespace pyc::rt
