#include "runtime/interp/native_places.h"

#include "runtime/abi/native.h"

#include <algorithm>

namespace pyc::rt {

namespace {

const NativeProgram* program = nullptr;

const CallSite* findSite(const CallTable& table, uintptr_t address) {
  auto code = reinterpret_cast<uintptr_t>(table.code);
  const CallSite* end = table.sites + table.siteCount;
  if (table.siteCount == 0 || address < code || address - code > end[-1].offset)
    return nullptr;
  auto offset = static_cast<uint32_t>(address - code);
  const CallSite* site = std::lower_bound(
      table.sites, end, offset,
      [](const CallSite& candidate, uint32_t wanted) { return candidate.offset < wanted; });
  return site->offset == offset ? site : nullptr;
}

} // namespace

void setNativeProgram(const NativeProgram* native) {
  program = native;
}

bool NativePlace::take() {
  const NativeCode* native = module_->natives[place_->code];
  code_ = native ? native->code : nullptr;
  return code_ || findCaller();
}

bool NativePlace::find(uintptr_t address) {
  for (uint32_t m = 0; program && m < program->moduleCount; ++m) {
    module_ = program->modules[m];
    const CallSite* site = module_->calls ? findSite(*module_->calls, address) : nullptr;
    if (!site)
      continue;
    place_ = module_->calls->places + site->place;
    return take();
  }
  return false;
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
