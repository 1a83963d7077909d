#include "runtime/objects/runtime.h"

#include "runtime/memory/heap.h"
#include "runtime/objects/collector.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/str.h"

#include <sys/resource.h>

namespace pyc::rt {

namespace {

/// Stack kept free below stackLimit: for code that polls rarely, and for raising RecursionError.
constexpr size_t kStackReserve = 128 * 1024;
constexpr size_t kDefaultStack = 8 * 1024 * 1024;

/// The system's stack grows down from here as far as the limit allows.
void adoptSystemStack() {
  rlimit limit;
  size_t size = kDefaultStack;
  if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    size = limit.rlim_cur;
  auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  setStackBounds(here, here - size + 2 * kStackReserve);
  ThreadState& thread = thisThread();
  thread.stackEnd = thread.stackLimit = here - size + 2 * kStackReserve;
}

} // namespace

void initRuntime() {
  if (pycShapeBase)
    return;
  initShapes();
  PYC_CHECK(initThread());
  adoptSystemStack();
  initStrings();
  // Their instances are static: no allocation makes these types ready.
  for (TypeObject* type : {&objectType, &typeType, &noneType, &notImplementedType, &ellipsisType,
                           &intType, &boolType, &floatType, &strType, &bytesType, &tupleType})
    readyType(type);
}

bool initThread() {
  ThreadState& thread = thisThread();
  if (!registerThread(thread))
    return false;
  initHeaps(thread);
  thread.handled = &thread.handledBase;
  thread.collectorDebt = -collectorThreshold();
  return true;
}

void endThread() {
  unregisterThread(thisThread());
}

} // namespace pyc::rt
