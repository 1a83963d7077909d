#include "compiler/pipeline/toolchain.h"
#include "compiler/tools/pyc-compiler/command_line.h"
#include "compiler/tools/pyc-compiler/profile.h"
#include "profiler/format/files.h"
#include "profiler/format/json.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <dirent.h>
#include <sys/stat.h>

namespace po = boost::program_options;

namespace pyc {
namespace {

struct WeightedInput {
  std::string path;
  uint64_t weight = 1;
};

/// Reads `N,FILE`.
bool parseWeighted(const std::string& text, WeightedInput& input) {
  size_t comma = text.find(',');
  std::string number = text.substr(0, comma);
  if (comma == std::string::npos || number.empty() || number.size() > 18 ||
      number.find_first_not_of("0123456789") != std::string::npos)
    return false;
  input = {text.substr(comma + 1), std::stoull(number)};
  return input.weight != 0 && !input.path.empty();
}

/// Adds up profiles, one after the other.
class Merger {
public:
  explicit Merger(bool warns) : warns_(warns) { sum_.runs = 0; }

  /// False when that is the end: an error was printed.
  bool add(const WeightedInput& input) {
    struct stat info;
    std::vector<std::string> files{input.path};
    std::string error;
    if (stat(input.path.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) {
      files.clear();
      if (!listProfiles(input.path, files, error))
        return complain(error);
    }
    for (const std::string& file : files) {
      profile::Profile one;
      if (profile::readProfile(file, one, error))
        take(one, input.weight);
      else if (!complain(error))
        return false;
    }
    return true;
  }

  size_t count() const { return count_; }
  const profile::Profile& sum() const { return sum_; }

private:
  void take(const profile::Profile& one, uint64_t weight) {
    profile::merge(sum_, one, weight);
    ++count_;
  }
  bool complain(const std::string& error) const {
    if (!warns_)
      return profileError(error), false;
    std::fprintf(stderr, "pyc: warning: %s; left out\n", error.c_str());
    return true;
  }

  bool warns_;
  size_t count_ = 0;
  profile::Profile sum_;
};

} // namespace

bool listProfiles(const std::string& folder, std::vector<std::string>& files, std::string& error) {
  DIR* dir = opendir(folder.c_str());
  if (!dir) {
    error = "cannot read '" + folder + "': " + std::strerror(errno);
    return false;
  }
  while (dirent* entry = readdir(dir)) { // NOLINT(concurrency-mt-unsafe)
    std::string name = entry->d_name;
    if (name.ends_with(profile::kSuffix))
      files.push_back(folder + "/" + name);
  }
  closedir(dir);
  std::sort(files.begin(), files.end());
  if (files.empty())
    error = "'" + folder + "' has no profiles (no file *" + profile::kSuffix + ")";
  return !files.empty();
}

int profileMerge(const std::vector<std::string>& arguments) {
  CommandLine line("profile merge", "usage: pyc profile merge [OPTIONS] INPUT... -o OUTPUT\n\n"
                                    "Each INPUT is a profile, or a folder: all *.pycprof in it");
  auto option = line.options().add_options();
  option("output,o", po::value<std::string>(), "the profile to write");
  option("weighted-input,w", po::value<std::vector<std::string>>(),
         "N,INPUT: an input whose counts are multiplied by N");
  option("failure-mode", po::value<std::string>()->default_value("any"),
         "any: an input that cannot be read is an error; warn: it is left out, with a warning");
  option("json", "write JSON");
  int status;
  if (!line.read(arguments, status))
    return status;
  std::string mode = line.get<std::string>("failure-mode");
  if (mode != "any" && mode != "warn")
    return profileUsageError("profile merge", "unknown failure mode '" + mode + "' (any, warn)");
  if (!line.has("output") || line.get<std::string>("output").empty())
    return profileUsageError("profile merge", "no output given (-o OUTPUT)");
  std::vector<WeightedInput> inputs;
  for (const std::string& path : line.inputs())
    inputs.push_back({path});
  if (line.has("weighted-input"))
    for (const std::string& text : line.get<std::vector<std::string>>("weighted-input"))
      if (!parseWeighted(text, inputs.emplace_back()))
        return profileUsageError("profile merge",
                                 "'" + text + "' is not N,INPUT with a number N from 1");
  if (inputs.empty())
    return profileUsageError("profile merge", "no profile given");

  Merger merger(mode == "warn");
  for (const WeightedInput& input : inputs)
    if (!merger.add(input))
      return 1;
  if (merger.count() == 0)
    return profileError("none of the profiles could be read");
  std::string bytes =
      line.has("json") ? profile::toJson(merger.sum()) : profile::encode(merger.sum());
  std::string error;
  if (!writeFileAtomically(line.get<std::string>("output"), bytes, error))
    return profileError(error);
  return 0;
}

} // namespace pyc
