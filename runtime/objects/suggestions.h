// "Did you mean ...?": the nearest of some names, by CPython's weighted edit distance.
#pragma once

#include <cstddef>
#include <string_view>

namespace pyc::rt {

/// Finds the candidate that is nearest to a name among those offered one by one.
class Suggestion {
public:
  explicit Suggestion(std::string_view name);
  void offer(std::string_view candidate);
  /// Empty when nothing is near enough. A view of the candidate as it was offered.
  std::string_view best() const { return best_; }

private:
  std::string_view name_;
  std::string_view best_;
  size_t bestDistance_;
  size_t offered_ = 0;
};

/// Weighted edit distance of two UTF-8 texts (bytes count as characters); more than `limit` when
/// they are further apart.
size_t editDistance(std::string_view a, std::string_view b, size_t limit);

} // namespace pyc::rt
