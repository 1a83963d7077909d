#include "profiler/format/profile.h"

#include <algorithm>
#include <tuple>

namespace pyc::profile {
namespace {

/// Calls visit(slot) for every slot.
template <class Visit> void forEachSlot(Profile& profile, Visit visit) {
  for (Function& function : profile.functions) {
    for (Slot& slot : function.parameters)
      visit(slot);
    for (Site& site : function.sites)
      for (Slot& slot : site.slots)
        visit(slot);
  }
}

/// Sorts the types that are used and renumbers their uses. Types with the same text become one.
void sortTypes(Profile& profile) {
  std::vector<bool> used(profile.types.size());
  forEachSlot(profile, [&](Slot& slot) {
    for (const Seen& seen : slot.seen)
      used[seen.type] = true;
  });
  std::vector<std::string> sorted;
  for (size_t i = 0; i < used.size(); ++i)
    if (used[i])
      sorted.push_back(profile.types[i]);
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  forEachSlot(profile, [&](Slot& slot) {
    for (Seen& seen : slot.seen) {
      auto at = std::lower_bound(sorted.begin(), sorted.end(), profile.types[seen.type]);
      seen.type = static_cast<uint32_t>(at - sorted.begin());
    }
  });
  profile.types = std::move(sorted);
}

/// Adds up the counts of equal types; the most frequent ones come first.
void sortSlot(Slot& slot) {
  auto& seen = slot.seen;
  std::sort(seen.begin(), seen.end(), [](const Seen& a, const Seen& b) { return a.type < b.type; });
  size_t kept = 0;
  for (size_t i = 0; i < seen.size(); ++i) {
    if (kept != 0 && seen[kept - 1].type == seen[i].type)
      seen[kept - 1].count += seen[i].count;
    else
      seen[kept++] = seen[i];
  }
  seen.resize(kept);
  std::sort(seen.begin(), seen.end(), [](const Seen& a, const Seen& b) {
    return a.count != b.count ? a.count > b.count : a.type < b.type;
  });
}

} // namespace

void normalize(Profile& profile) {
  sortTypes(profile);
  forEachSlot(profile, sortSlot);
  for (Function& function : profile.functions)
    std::sort(function.sites.begin(), function.sites.end(),
              [](const Site& a, const Site& b) { return a.word < b.word; });
  std::sort(profile.functions.begin(), profile.functions.end(),
            [](const Function& a, const Function& b) {
              return std::tie(a.module, a.name, a.ordinal, a.hash) <
                     std::tie(b.module, b.name, b.ordinal, b.hash);
            });
}

Profile slice(const Profile& profile, const std::string& module) {
  Profile part;
  part.types = profile.types;
  part.program = profile.program;
  part.runs = profile.runs;
  for (const Function& function : profile.functions)
    if (function.module == module)
      part.functions.push_back(function);
  normalize(part);
  return part;
}

} // namespace pyc::profile
