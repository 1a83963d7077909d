#include "profiler/format/profile.h"
#include "profiler/format/saturating.h"

namespace pyc::profile {
namespace {

void takeSlot(Slot& slot, uint32_t firstType, uint64_t weight) {
  for (Seen& seen : slot.seen) {
    seen.type += firstType;
    seen.count = multiplySaturating(seen.count, weight);
  }
  slot.other = multiplySaturating(slot.other, weight);
}

} // namespace

void merge(Profile& into, const Profile& from, uint64_t weight) {
  auto firstType = static_cast<uint32_t>(into.types.size());
  into.types.insert(into.types.end(), from.types.begin(), from.types.end());
  for (Function function : from.functions) {
    function.calls = multiplySaturating(function.calls, weight);
    for (Slot& slot : function.parameters)
      takeSlot(slot, firstType, weight);
    for (Site& site : function.sites) {
      site.count = multiplySaturating(site.count, weight);
      site.exits = multiplySaturating(site.exits, weight);
      for (Slot& slot : site.slots)
        takeSlot(slot, firstType, weight);
    }
    into.functions.push_back(std::move(function));
  }
  into.texts.insert(into.texts.end(), from.texts.begin(), from.texts.end());
  into.runs = addSaturating(into.runs, from.runs);
  if (into.program.empty())
    into.program = from.program;
  normalize(into);
}

} // namespace pyc::profile
