// Which functions of a profile a program still has: they are found again by module, qualified name
// and body, so what was edited since the profile was recorded drops out, alone.
#pragma once

#include "dialects/uop/image.h"
#include "profiler/format/profile.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace pyc::profile {

enum class Fit : uint8_t {
  Found,   // the profile has this body
  Changed, // it has a function of this name with another body
  Absent,  // it has none of this name: new, or never run
};

struct CodeMatch {
  Fit fit = Fit::Absent;
  const Function* function = nullptr; // of the profile; null if and only if absent
};

/// The matches of an image's codes, by index. Functions of one name and body that only changed
/// places among those of that name (lambdas, say) are found. The result points into `profile`.
std::vector<CodeMatch> matchModule(uop::ImageView image, const std::string& moduleName,
                                   const Profile& profile);

/// How hot a function is: the instructions that it executed itself. Saturating.
uint64_t weightOf(const Function& function);
/// The sum over all functions.
uint64_t weightOf(const Profile& profile);
/// The weight from which on a function counts for the program's speed.
uint64_t hotWeight(const Profile& profile);
/// Whether it has this weight, and its instructions ran so many times each that to compile them is
/// worth it: a long function that runs now and then has weight as well.
bool isHot(const Function& function, uint64_t hotWeight);

/// Compares a profile to the modules of a program, one after the other.
class Coverage {
public:
  /// The profile must outlive this.
  explicit Coverage(const Profile& profile);

  /// Counts a module of the program. Each name once. Returns its matches. A module that is not
  /// compiled by the profile, one of the library, has `isLibrary`: it counts for the weight only.
  std::vector<CodeMatch> add(uop::ImageView image, const std::string& moduleName,
                             bool isLibrary = false);

  enum class Loss : uint8_t { Changed, Gone, NoModule };
  struct Lost {
    const Function* function;
    uint64_t weight;
    Loss why;
  };

  uint64_t totalWeight() const { return totalWeight_; }
  uint64_t foundWeight() const { return foundWeight_; }
  size_t codeCount() const { return codeCount_; }   // of the program's modules
  size_t foundCodes() const { return foundCodes_; } // that the profile has
  /// Instructions that the program's modules consist of, and those in functions that the profile
  /// has.
  uint64_t siteCount() const { return siteCount_; }
  uint64_t foundSites() const { return foundSites_; }

  /// Relevance: percent of the profile's weight that the program still has; 100 for one without
  /// weight.
  double relevance() const;
  /// Applicability: percent of the program's instructions that are in functions that the profile
  /// has.
  double applicability() const;
  /// Functions of the profile that the program has not, or not in this form; hottest first.
  std::vector<Lost> lost() const;

private:
  enum class State : uint8_t { NoModule, Gone, Changed, Found };

  const Profile& profile_;
  std::unordered_map<const Function*, State> states_;
  uint64_t totalWeight_ = 0, foundWeight_ = 0, siteCount_ = 0, foundSites_ = 0;
  size_t codeCount_ = 0, foundCodes_ = 0;
};

/// Both numbers, and the functions that are lost, as text.
std::string coverageText(const Coverage& coverage);

} // namespace pyc::profile
