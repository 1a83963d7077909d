#include "profiler/record/record_instruction.h"

#include "profiler/record/recorder.h"
#include "runtime/interp/dispatch.h"

#include <algorithm>
#include <iterator>

namespace pyc::profile {

using namespace rt;

namespace {

Handler plainHandlers[uop::kUopCount];

PYC_HANDLER recordAndGo(PYC_STATE) {
  recordInstruction(pc, regs, frame);
  Handler handler = plainHandlers[*reinterpret_cast<const uint16_t*>(pc)];
  [[clang::musttail]] return handler(pc, regs, frame, code, scratchA, scratchB);
}

} // namespace

void startRecording() {
  std::copy(std::begin(dispatchTable), std::end(dispatchTable), plainHandlers);
  std::fill(std::begin(dispatchTable), std::end(dispatchTable), recordAndGo);
}

} // namespace pyc::profile
