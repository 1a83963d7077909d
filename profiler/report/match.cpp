#include "profiler/report/match.h"

#include "dialects/uop/body_hash.h"
#include "dialects/uop/uop_info.h"
#include "profiler/format/saturating.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace pyc::profile {
namespace {

/// A code of the image and what it is known by.
struct Key {
  uint32_t index, ordinal;
  uint64_t hash;
};

/// Matches the codes of one name with the functions of that name.
class NameMatcher {
public:
  NameMatcher(std::vector<CodeMatch>& matches, std::vector<const Function*> functions)
      : matches_(matches), functions_(std::move(functions)), taken_(functions_.size()) {}

  void run(const std::vector<Key>& codes) {
    for (const Key& code : codes)
      take(code, [&](const Function& f) { return f.ordinal == code.ordinal; });
    for (const Key& code : codes)
      if (matches_[code.index].fit != Fit::Found)
        take(code, [](const Function&) { return true; });
    for (const Key& code : codes)
      if (matches_[code.index].fit != Fit::Found)
        matches_[code.index] = {Fit::Changed, predecessor(code)};
  }

private:
  template <class Accepts> void take(const Key& code, Accepts accepts) {
    for (size_t i = 0; i < functions_.size(); ++i) {
      if (taken_[i] || functions_[i]->hash != code.hash || !accepts(*functions_[i]))
        continue;
      taken_[i] = true;
      matches_[code.index] = {Fit::Found, functions_[i]};
      return;
    }
  }

  /// The function that the code may have been once.
  const Function* predecessor(const Key& code) const {
    for (const Function* function : functions_)
      if (function->ordinal == code.ordinal)
        return function;
    return functions_.front();
  }

  std::vector<CodeMatch>& matches_;
  std::vector<const Function*> functions_;
  std::vector<bool> taken_;
};

uint64_t instructionCount(uop::ImageView image, const uop::CodeRecord& code) {
  uint64_t count = 0;
  const uint64_t* words = image.words(code);
  for (uint32_t word = 0; word < code.wordCount; ++count)
    word += uop::infoOf(uop::opcodeAt(words + word)).words;
  return count;
}

double percent(uint64_t part, uint64_t whole) {
  return whole == 0 ? 100.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

} // namespace

std::vector<CodeMatch> matchModule(uop::ImageView image, const std::string& moduleName,
                                   const Profile& profile) {
  std::vector<CodeMatch> matches(image.header().codeCount);
  std::map<std::string_view, std::vector<const Function*>> functions;
  for (const Function& function : profile.functions)
    if (function.module == moduleName)
      functions[function.name].push_back(&function);
  std::map<std::string_view, std::vector<Key>> codes;
  for (uint32_t i = 0; i < image.header().codeCount; ++i) {
    const uop::CodeRecord& code = image.code(i);
    std::string_view name = image.string(code.qualifiedName);
    if (!functions.count(name))
      continue;
    std::vector<Key>& same = codes[name];
    same.push_back({i, static_cast<uint32_t>(same.size()), uop::hashBody(image, code)});
  }
  for (auto& [name, keys] : codes)
    NameMatcher(matches, functions[name]).run(keys);
  return matches;
}

uint64_t weightOf(const Function& function) {
  uint64_t weight = 0;
  for (const Site& site : function.sites)
    weight = addSaturating(weight, site.count);
  return weight;
}

uint64_t weightOf(const Profile& profile) {
  uint64_t weight = 0;
  for (const Function& function : profile.functions)
    weight = addSaturating(weight, weightOf(function));
  return weight;
}

uint64_t hotWeight(const Profile& profile) {
  constexpr uint64_t kShare = 200;   // of the program's whole weight
  constexpr uint64_t kLeast = 1'000; // below, the run was too short to tell
  return std::max(weightOf(profile) / kShare, kLeast);
}

bool isHot(const Function& function, uint64_t hotWeight) {
  constexpr uint64_t kRepetitions = 100;
  uint64_t weight = weightOf(function);
  return weight >= hotWeight && weight / kRepetitions >= function.sites.size();
}

Coverage::Coverage(const Profile& profile) : profile_(profile), totalWeight_(weightOf(profile)) {}

std::vector<CodeMatch> Coverage::add(uop::ImageView image, const std::string& moduleName,
                                     bool isLibrary) {
  std::vector<CodeMatch> matches = matchModule(image, moduleName, profile_);
  for (const Function& function : profile_.functions)
    if (function.module == moduleName)
      states_[&function] = State::Gone;
  for (uint32_t i = 0; i < matches.size(); ++i) {
    uint64_t instructions = isLibrary ? 0 : instructionCount(image, image.code(i));
    const Function* function = matches[i].function;
    codeCount_ += !isLibrary;
    siteCount_ += instructions;
    if (matches[i].fit == Fit::Found) {
      foundCodes_ += !isLibrary;
      foundSites_ += instructions;
      foundWeight_ = addSaturating(foundWeight_, weightOf(*function));
      states_[function] = State::Found;
    } else if (function && states_[function] != State::Found) {
      states_[function] = State::Changed;
    }
  }
  return matches;
}

double Coverage::relevance() const {
  return percent(foundWeight_, totalWeight_);
}

double Coverage::applicability() const {
  return percent(foundSites_, siteCount_);
}

std::vector<Coverage::Lost> Coverage::lost() const {
  std::vector<Lost> lost;
  for (const Function& function : profile_.functions) {
    auto at = states_.find(&function);
    State state = at == states_.end() ? State::NoModule : at->second;
    if (state != State::Found)
      lost.push_back({&function, weightOf(function),
                      state == State::Changed ? Loss::Changed
                      : state == State::Gone  ? Loss::Gone
                                              : Loss::NoModule});
  }
  std::sort(lost.begin(), lost.end(), [](const Lost& a, const Lost& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.function < b.function;
  });
  return lost;
}

} // namespace pyc::profile
