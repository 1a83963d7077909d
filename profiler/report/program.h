// The program that a profile is shown with: where its functions are, what its instructions are
// called.
#pragma once

#include "profiler/report/match.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace pyc::profile {

struct ProgramModule {
  std::string name, file, text;
  bool isLibrary = false;
  std::vector<uint64_t> imageWords;

  uop::ImageView image() const { return uop::ImageView(imageWords.data()); }
};

/// A function's code in the program.
struct Place {
  const ProgramModule* module = nullptr;
  const uop::CodeRecord* code = nullptr;

  explicit operator bool() const { return code != nullptr; }
  uop::ImageView image() const { return module->image(); }
};

/// A program's modules, matched with a profile. Empty when no source was given.
class Program {
public:
  Program() = default;
  Program(std::vector<ProgramModule> modules, const Profile& profile);
  Program(const Program&) = delete; // places point into it
  Program& operator=(const Program&) = delete;

  const std::vector<ProgramModule>& modules() const { return modules_; }
  /// Of each of the module's codes.
  const std::vector<CodeMatch>& matches(size_t module) const { return matches_[module]; }
  /// Nowhere when the program has no function of this body.
  Place placeOf(const Function& function) const;

private:
  std::vector<ProgramModule> modules_;
  std::vector<std::vector<CodeMatch>> matches_;
  std::unordered_map<const Function*, Place> places_;
};

/// The source line of a site: today's where the place is known, else that of the recording.
uint32_t lineOf(const Function& function, const Site& site, const Place& place);

/// A function's name in its module, with `#n` behind it for the n-th one of that name (from 1).
std::string localName(const std::string& name, uint32_t ordinal);
/// `module:name`, the same way.
std::string nameOf(const Function& function);

} // namespace pyc::profile
