#include "compiler/pipeline/profile_use.h"

#include "profiler/format/files.h"
#include "profiler/report/match.h"

#include <cstdio>
#include <unistd.h>

namespace pyc {
namespace {

constexpr char kOff[] = "off";

/// prog.pycprof for prog.py.
std::string profileBeside(const std::string& file) {
  std::string stem = file.ends_with(".py") ? file.substr(0, file.size() - 3) : file;
  return stem + profile::kSuffix;
}

std::vector<std::string> pathsOf(const BuildOptions& options) {
  if (!options.profiles.empty())
    return options.profiles[0] == kOff ? std::vector<std::string>() : options.profiles;
  std::string beside = profileBeside(options.mainFile);
  if (access(beside.c_str(), F_OK) != 0)
    return {};
  return {beside};
}

} // namespace

bool loadProfile(const BuildOptions& options, std::optional<profile::Profile>& out,
                 std::string& error) {
  for (const std::string& path : pathsOf(options)) {
    profile::Profile profile;
    std::string problem;
    if (!profile::readProfile(path, profile, problem)) {
      const char* remedy =
          options.profiles.empty()
              ? " (it lies beside the program; --profile-use=off builds without it)"
              : " (--profile-use)";
      error = problem + remedy;
      return false;
    }
    if (out)
      profile::merge(*out, profile);
    else
      out = std::move(profile);
  }
  return true;
}

bool checkCoverage(const BuildOptions& options, const ModuleGraph& graph,
                   const profile::Profile& profile, std::string& error) {
  profile::Coverage coverage(profile);
  for (const ModuleSource& module : graph.modules)
    coverage.add(module.view(), module.name, module.isLibrary && !options.compileLibrary);
  double relevance = coverage.relevance();
  size_t stale = coverage.lost().size();
  std::fprintf(stderr, "pyc: profile: %.1f %% of its weight fits the program", relevance);
  if (stale != 0)
    std::fprintf(stderr, "; %zu function%s changed or gone (pyc profile check lists them)", stale,
                 stale == 1 ? " has" : "s have");
  std::fputc('\n', stderr);
  if (relevance >= options.minCoverage)
    return true;
  char text[200];
  std::snprintf(text, sizeof text,
                "the profile covers %.1f %% of its weight, less than --profile-min-coverage=%g: "
                "record it again",
                relevance, options.minCoverage);
  error = text;
  return false;
}

} // namespace pyc
