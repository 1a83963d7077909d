#include "runtime/eval/main_stack.h"

#include "runtime/interp/frame_stack.h"
#include "runtime/objects/recursion.h"

#include <cstddef>
#include <sys/mman.h>
#include <ucontext.h>

namespace pyc::rt {

namespace {

constexpr size_t kStackBytes = size_t{1} << 30; // address space; memory comes as it is used
constexpr size_t kReserve = 256 * 1024;

char* stackMemory = nullptr;
ucontext_t callerContext, bodyContext;
int (*bodyFunction)(void*);
void* bodyArgument;
int bodyResult;

void runBody() {
  bodyResult = bodyFunction(bodyArgument);
}

} // namespace

int runOnMainStack(int (*body)(void*), void* argument) {
  void* memory = mmap(nullptr, kStackBytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED)
    return body(argument); // the system's stack will do
  stackMemory = static_cast<char*>(memory);
  bodyFunction = body;
  bodyArgument = argument;
  getcontext(&bodyContext);
  bodyContext.uc_stack.ss_sp = stackMemory;
  bodyContext.uc_stack.ss_size = kStackBytes;
  bodyContext.uc_link = &callerContext;
  makecontext(&bodyContext, runBody, 0);
  swapcontext(&callerContext, &bodyContext);
  return bodyResult;
}

void adoptMainStack() {
  if (!stackMemory)
    return;
  auto bottom = reinterpret_cast<uintptr_t>(stackMemory);
  setStackBounds(bottom + kStackBytes, bottom + kReserve);
  limitStackDepth(recursionLimit());
}

} // namespace pyc::rt
