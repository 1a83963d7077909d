#include "runtime/objects/borrowed_functions.h"

#include <vector>

namespace pyc::rt {

static bool nothingRuns(const CodeObject*) {
  return false;
}

bool (*runsNatively)(const CodeObject* code) = nothingRuns;

bool someOutliveTheirCounts = false;

/// Each is counted once.
static std::vector<FunctionObject*>& outliving() {
  static auto* functions = new std::vector<FunctionObject*>; // there at the very end too
  return *functions;
}

bool outlivesItsCount(FunctionObject* function) {
  releaseEndedFunctions();
  if (!isRunningBorrowed(function))
    return false;
  function->header.localCount = 1;
  outliving().push_back(function);
  someOutliveTheirCounts = true;
  return true;
}

void releaseEndedFunctionsSlow() {
  std::vector<FunctionObject*> looked;
  looked.swap(outliving()); // what dies may look for others
  someOutliveTheirCounts = false;
  for (FunctionObject* function : looked) {
    if (isRunningBorrowed(function)) {
      outliving().push_back(function);
      someOutliveTheirCounts = true;
    } else {
      decrefObject(&function->header);
    }
  }
}

} // namespace pyc::rt
