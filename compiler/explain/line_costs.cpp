#include "compiler/explain/line_costs.h"

#include "dialects/uop/uop_info.h"

#include <algorithm>
#include <cmath>

namespace pyc {
namespace {

/// How many loops are around each instruction, by word. A loop is what lies between a jump back and
/// where it goes.
std::vector<unsigned> loopDepths(uop::ImageView image, const uop::CodeRecord& code) {
  std::map<uint32_t, uint32_t> loops; // from, to
  const uint64_t* words = image.words(code);
  for (uint32_t word = 0; word < code.wordCount;) {
    const uop::UopInfo& info = uop::infoOf(uop::opcodeAt(words + word));
    if (uop::opcodeAt(words + word) == uop::Opcode::JumpBack) {
      uint32_t target = word + uop::readOperand(words + word, info.operands[0]);
      loops[target] = std::max(loops[target], word);
    }
    word += info.words;
  }
  std::vector<unsigned> depths(code.wordCount, 0);
  for (auto [from, to] : loops)
    for (uint32_t word = from; word <= to && word < code.wordCount; ++word)
      ++depths[word];
  return depths;
}

/// The estimate for one instruction: each loop makes ten rounds.
double estimate(unsigned depth) {
  constexpr unsigned kMaxDepth = 8;
  return std::pow(10.0, std::min(depth, kMaxDepth));
}

} // namespace

unsigned LineCost::mainCode() const {
  auto most = std::max_element(byCode.begin(), byCode.end(),
                               [](auto& a, auto& b) { return a.second < b.second; });
  return most == byCode.end() ? 0 : most->first;
}

LineCosts::LineCosts(const std::string& moduleName, uop::ImageView image,
                     const profile::Profile* profile)
    : image_(image), hasProfile_(profile != nullptr), sites_(image.header().codeCount) {
  if (profile)
    addMatches(moduleName, *profile);
  for (uint32_t i = 0; i < image.header().codeCount; ++i)
    addCode(image.code(i));
}

void LineCosts::addMatches(const std::string& moduleName, const profile::Profile& profile) {
  std::vector<profile::CodeMatch> matches = profile::matchModule(image_, moduleName, profile);
  for (uint32_t i = 0; i < matches.size(); ++i) {
    const uop::CodeRecord& code = image_.code(i);
    if (matches[i].fit == profile::Fit::Found)
      for (const profile::Site& site : matches[i].function->sites)
        sites_[i][site.word] = &site;
    else if (code.flags & uop::kCodeOptimized) // functions; not modules and class bodies
      remarks_.push_back({matches[i].fit == profile::Fit::Changed ? RemarkKind::StaleProfile
                                                                  : RemarkKind::NeverRan,
                          static_cast<int>(i),
                          -1,
                          code.firstLine,
                          0,
                          {}});
  }
}

void LineCosts::addCode(const uop::CodeRecord& code) {
  std::vector<unsigned> depths = loopDepths(image_, code);
  const auto* positions = image_.array<uop::PositionEntry>(code.positions);
  for (uint32_t i = 0; i < code.positionCount; ++i) {
    const uop::PositionEntry& position = positions[i];
    if (position.line < 1)
      continue;
    LineCost& line = lines_[position.line];
    const profile::Site* site = siteAt(static_cast<int>(code.index), position.word);
    uint64_t count = site ? site->count : 0;
    double cost = hasProfile_ ? static_cast<double>(count) : estimate(depths[position.word]);
    line.total += cost;
    line.byCode[code.index] += cost;
    line.count = std::max(line.count, count);
    line.loopDepth = std::max(line.loopDepth, depths[position.word]);
    if (site && site->exits != 0)
      remarks_.push_back({RemarkKind::Exits,
                          static_cast<int>(code.index),
                          static_cast<int>(position.word),
                          static_cast<unsigned>(position.line),
                          static_cast<unsigned>(position.column + 1),
                          {}});
  }
}

double LineCosts::total() const {
  double sum = 0;
  for (auto& [number, line] : lines_)
    sum += line.total;
  return sum;
}

const profile::Site* LineCosts::siteAt(int code, int word) const {
  if (code < 0 || word < 0)
    return nullptr;
  auto site = sites_[code].find(word);
  return site == sites_[code].end() ? nullptr : site->second;
}

std::optional<int> LineCosts::endOf(const Remark& remark) const {
  std::optional<int> end;
  if (remark.code < 0 || remark.word < 0)
    return end;
  const uop::CodeRecord& code = image_.code(remark.code);
  const auto* positions = image_.array<uop::PositionEntry>(code.positions);
  // A guard's word is that of the instruction behind the one that makes the value.
  int last = remark.kind == RemarkKind::GuardedNumber ? remark.word - 1 : remark.word;
  for (uint32_t i = 0; i < code.positionCount; ++i) {
    const uop::PositionEntry& at = positions[i];
    bool isThere = at.line == static_cast<int>(remark.line) && at.endLine == at.line &&
                   at.column == static_cast<int>(remark.column) - 1;
    if (isThere && static_cast<int>(at.word) <= last)
      end = at.endColumn; // the last one counts: what begins there before it is part of it
  }
  return end;
}

} // namespace pyc
