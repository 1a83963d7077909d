#include "profiler/record/record_instruction.h"

#include "profiler/record/recorder.h"
#include "profiler/record/type_key.h"
#include "runtime/interp/compile.h"
#include "runtime/interp/dispatch.h"

#include <algorithm>
#include <iterator>

namespace pyc::profile {

using namespace rt;

namespace {

Handler plainHandlers[uop::kUopCount];

/// The code that this thread ran last: most instructions are of the same as the one before.
thread_local constinit CodeObject* latestCode = nullptr;
thread_local constinit LiveSite* latestSites = nullptr;

[[gnu::noinline]] LiveSite* enterCode(Frame* frame) {
  latestSites = sitesOf(frame);
  latestCode = frame->code;
  return latestSites;
}

[[gnu::always_inline]] inline void countKey(LiveSlot& slot, TypeKey key, Value value) {
  if (PYC_LIKELY(slot.keys[0] == key))
    countOne(slot.counts[0]);
  else
    noteNewType(slot, key, value);
}

/// Each kind of value has a path of its own, which compares with a constant.
[[gnu::always_inline]] inline void note(LiveSlot& slot, Value value) {
  if (value.isObject())
    return countKey(slot, keyOf(value), value);
  if (!value.isInt())
    return countKey(slot, kKeyFloat, value);
  int64_t number = value.asInt();
  if (PYC_UNLIKELY(number < slot.least))
    slot.least = number;
  if (PYC_UNLIKELY(number > slot.greatest))
    slot.greatest = number;
  countKey(slot, kKeyInt, value);
}

PYC_HANDLER recordAndGo(PYC_STATE) {
  LiveSite* sites = PYC_LIKELY(code == latestCode) ? latestSites : enterCode(frame);
  LiveSite& site = sites[pc - code->entry];
  countOne(site.count);
  const Note* at = site.notes;
  for (const Note* end = at + site.noteCount; at != end; ++at)
    note(*at->slot, regs[at->reg]);
  Handler handler = plainHandlers[*reinterpret_cast<const uint16_t*>(pc)];
  [[clang::musttail]] return handler(pc, regs, frame, code, scratchA, scratchB);
}

} // namespace

void startRecording() {
  keepTextOrigins();
  std::copy(std::begin(dispatchTable), std::end(dispatchTable), plainHandlers);
  std::fill(std::begin(dispatchTable), std::end(dispatchTable), recordAndGo);
}

} // namespace pyc::profile
