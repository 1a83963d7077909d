#include "runtime/interp/interpreter.h"

#include "runtime/interp/call.h"
#include "runtime/interp/frame_object.h"
#include "runtime/interp/import.h"
#include "runtime/objects/module.h"
#include "runtime/objects/traceback.h"

namespace pyc::rt {

void initInterpreter() {
  functionCaller = callFunctionEntry;
  tracebackFrameMaker = frameObjectOf;
  lazyImportResolver = resolveLazyImport;
}

} // namespace pyc::rt
