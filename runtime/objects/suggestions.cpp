#include "runtime/objects/suggestions.h"

#include <algorithm>

namespace pyc::rt {

namespace {

constexpr size_t kMoveCost = 2; // insertion, deletion, another character
constexpr size_t kCaseCost = 1; // the same letter in another case
constexpr size_t kMaxLength = 40;
constexpr size_t kMaxCandidates = 750;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 'a' - 'A') : c;
}

size_t substitutionCost(char a, char b) {
  if (a == b)
    return 0;
  return lower(a) == lower(b) ? kCaseCost : kMoveCost;
}

void trimCommonEnds(std::string_view& a, std::string_view& b) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
}

} // namespace

size_t editDistance(std::string_view a, std::string_view b, size_t limit) {
  if (a == b)
    return 0;
  trimCommonEnds(a, b);
  if (a.empty() || b.empty())
    return (a.size() + b.size()) * kMoveCost;
  if (a.size() > kMaxLength || b.size() > kMaxLength)
    return limit + 1;
  if (b.size() < a.size())
    std::swap(a, b);
  if ((b.size() - a.size()) * kMoveCost > limit)
    return limit + 1;
  size_t row[kMaxLength];
  for (size_t i = 0; i < a.size(); i++)
    row[i] = (i + 1) * kMoveCost;
  size_t result = 0;
  for (size_t j = 0; j < b.size(); j++) {
    // `distance` is the cell above on the left; `result` the one on the left.
    size_t distance = result = j * kMoveCost;
    size_t minimum = limit + 1;
    for (size_t i = 0; i < a.size(); i++) {
      size_t substitute = distance + substitutionCost(b[j], a[i]);
      distance = row[i];
      size_t move = std::min(result, distance) + kMoveCost;
      result = std::min(move, substitute);
      row[i] = result;
      minimum = std::min(minimum, result);
    }
    if (minimum > limit)
      return limit + 1;
  }
  return result;
}

Suggestion::Suggestion(std::string_view name) : name_(name), bestDistance_(SIZE_MAX) {}

void Suggestion::offer(std::string_view candidate) {
  if (++offered_ > kMaxCandidates || candidate == name_)
    return;
  // No more than a third of the characters may be in the way.
  size_t limit = (name_.size() + candidate.size() + 3) * kMoveCost / 6;
  limit = std::min(limit, bestDistance_ - 1);
  size_t distance = editDistance(name_, candidate, limit);
  if (distance > limit || distance >= bestDistance_)
    return;
  bestDistance_ = distance;
  best_ = candidate;
}

} // namespace pyc::rt
