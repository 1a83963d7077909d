#include "profiler/format/profile.h"
#include "profiler/format/saturating.h"
#include "profiler/format/texts.h"

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
      seen[kept - 1].count = addSaturating(seen[kept - 1].count, seen[i].count);
    else
      seen[kept++] = seen[i];
  }
  seen.resize(kept);
  std::sort(seen.begin(), seen.end(), [](const Seen& a, const Seen& b) {
    return a.count != b.count ? a.count > b.count : a.type < b.type;
  });
  for (; seen.size() > kMaxTypes; seen.pop_back())
    slot.other = addSaturating(slot.other, seen.back().count);
}

/// Empty slots at the end say nothing.
void trimSlots(std::vector<Slot>& slots) {
  while (!slots.empty() && slots.back() == Slot())
    slots.pop_back();
}

void addSlots(std::vector<Slot>& to, const std::vector<Slot>& from) {
  if (to.size() < from.size())
    to.resize(from.size());
  for (size_t i = 0; i < from.size(); ++i) {
    to[i].seen.insert(to[i].seen.end(), from[i].seen.begin(), from[i].seen.end());
    to[i].other = addSaturating(to[i].other, from[i].other);
    to[i].least = std::min(to[i].least, from[i].least);
    to[i].greatest = std::max(to[i].greatest, from[i].greatest);
  }
}

void sortSites(std::vector<Site>& sites) {
  std::sort(sites.begin(), sites.end(), [](const Site& a, const Site& b) {
    return std::tie(a.word, a.line) < std::tie(b.word, b.line);
  });
  size_t kept = 0;
  for (size_t i = 0; i < sites.size(); ++i) {
    if (kept != 0 && sites[kept - 1].word == sites[i].word) {
      sites[kept - 1].count = addSaturating(sites[kept - 1].count, sites[i].count);
      sites[kept - 1].exits = addSaturating(sites[kept - 1].exits, sites[i].exits);
      addSlots(sites[kept - 1].slots, sites[i].slots);
    } else if (kept != i) {
      sites[kept++] = std::move(sites[i]);
    } else {
      ++kept;
    }
  }
  sites.resize(kept);
}

auto keyOf(const Function& function) {
  return std::tie(function.module, function.name, function.ordinal, function.hash);
}

/// Functions that are the same become one.
void sortFunctions(std::vector<Function>& functions) {
  std::sort(functions.begin(), functions.end(), [](const Function& a, const Function& b) {
    return keyOf(a) != keyOf(b) ? keyOf(a) < keyOf(b) : a.firstLine < b.firstLine;
  });
  size_t kept = 0;
  for (size_t i = 0; i < functions.size(); ++i) {
    if (kept != 0 && keyOf(functions[kept - 1]) == keyOf(functions[i])) {
      Function& first = functions[kept - 1];
      first.calls = addSaturating(first.calls, functions[i].calls);
      addSlots(first.parameters, functions[i].parameters);
      first.sites.insert(first.sites.end(), functions[i].sites.begin(), functions[i].sites.end());
    } else if (kept != i) {
      functions[kept++] = std::move(functions[i]);
    } else {
      ++kept;
    }
  }
  functions.resize(kept);
}

} // namespace

void normalize(Profile& profile) {
  sortTypes(profile);
  sortTexts(profile);
  sortFunctions(profile.functions);
  for (Function& function : profile.functions)
    sortSites(function.sites);
  forEachSlot(profile, sortSlot);
  for (Function& function : profile.functions)
    for (Site& site : function.sites)
      trimSlots(site.slots);
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
