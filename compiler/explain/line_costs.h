// What a module's lines cost: the instructions that a profile counted on each, or, without one, an
// estimate from the loops around them.
#pragma once

#include "compiler/remarks/remark.h"
#include "dialects/uop/image.h"
#include "profiler/report/match.h"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace pyc {

struct LineCost {
  double total = 0;
  uint64_t count = 0; // of the instruction that ran most often; 0 without a profile
  unsigned loopDepth = 0;
  std::map<unsigned, double> byCode; // a line may have several functions
  /// The function that most of the cost belongs to; the outermost of several equal ones.
  unsigned mainCode() const;
};

class LineCosts {
public:
  /// `profile` may be null; it and the image outlive this.
  LineCosts(const std::string& moduleName, uop::ImageView image, const profile::Profile* profile);

  const std::map<unsigned, LineCost>& lines() const { return lines_; }
  double total() const;
  /// What the profile has of an instruction; null when it has nothing.
  const profile::Site* siteAt(int code, int word) const;
  /// The end (a column in bytes from 0) of the instruction that a remark's place is the beginning
  /// of: the one at its word, or the last one before. Nothing when there is none, or it goes on on
  /// another line.
  std::optional<int> endOf(const Remark& remark) const;
  /// What is to be said of functions as a whole: the profile is stale, or they never ran.
  const std::vector<Remark>& remarks() const { return remarks_; }

private:
  void addCode(const uop::CodeRecord& code);
  void addMatches(const std::string& moduleName, const profile::Profile& profile);

  uop::ImageView image_;
  bool hasProfile_;
  std::map<unsigned, LineCost> lines_;
  std::vector<std::unordered_map<uint32_t, const profile::Site*>> sites_; // by code index, word
  std::vector<Remark> remarks_;
};

} // namespace pyc
