#include "runtime/interp/native_places.h"

#include "runtime/abi/native.h"

#include <algorithm>
#include <vector>

namespace pyc::rt {

namespace {

/// The code of one module.
struct CodeRange {
  uintptr_t begin, end; // the last return address
  const NativeModule* module;
};
std::vector<CodeRange> ranges; // by address

void addRange(const NativeModule* module) {
  const CallTable* calls = module->calls;
  if (!calls || calls->siteCount == 0)
    return;
  auto begin = reinterpret_cast<uintptr_t>(calls->code);
  ranges.push_back({begin, begin + calls->sites[calls->siteCount - 1].offset, module});
}

const CodeRange* findRange(uintptr_t address) {
  auto behind = std::upper_bound(
      ranges.begin(), ranges.end(), address,
      [](uintptr_t wanted, const CodeRange& range) { return wanted < range.begin; });
  if (behind == ranges.begin() || address > std::prev(behind)->end)
    return nullptr;
  return &*std::prev(behind);
}

/// The place of the call that returns to `offset`; null without one.
const CallPlace* findPlace(const CallTable& table, uint32_t offset) {
  const CallSite* site = std::lower_bound(
      table.sites, table.sites + table.siteCount, offset,
      [](const CallSite& candidate, uint32_t wanted) { return candidate.offset < wanted; });
  return site->offset == offset ? table.places + site->place : nullptr;
}

} // namespace

void setNativeProgram(const NativeProgram* program) {
  ranges.clear();
  for (uint32_t m = 0; program && m < program->moduleCount; ++m)
    addRange(program->modules[m]);
  for (uint32_t t = 0; program && t < program->textCount; ++t)
    addRange(program->texts[t].module);
  std::sort(ranges.begin(), ranges.end(),
            [](const CodeRange& a, const CodeRange& b) { return a.begin < b.begin; });
}

bool NativePlace::take() {
  const NativeCode* native = module_->natives[place_->code];
  code_ = native ? native->code : nullptr;
  return code_ || findCaller();
}

bool NativePlace::find(uintptr_t address) {
  const CodeRange* range = findRange(address);
  if (!range)
    return false;
  module_ = range->module;
  place_ = findPlace(*module_->calls, static_cast<uint32_t>(address - range->begin));
  return place_ && take();
}

bool NativePlace::findCaller() {
  if (place_->caller == 0)
    return false;
  place_ = module_->calls->places + (place_->caller - 1);
  return take();
}

uint32_t NativePlace::word() const {
  return place_->word;
}

} // namespace pyc::rt
