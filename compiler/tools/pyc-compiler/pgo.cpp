#include "compiler/tools/pyc-compiler/pgo.h"

#include "compiler/pipeline/build.h"
#include "compiler/pipeline/toolchain.h"
#include "compiler/tools/pyc-compiler/child_process.h"
#include "compiler/tools/pyc-compiler/command_line.h"
#include "compiler/tools/pyc-compiler/profile.h"
#include "profiler/format/files.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace po = boost::program_options;

namespace pyc {
namespace {

constexpr char kUsage[] =
    "usage: pyc pgo [OPTIONS] FILE [-o OUTPUT] [-- ARGUMENT...]\n\n"
    "Runs FILE with the ARGUMENTs and records its profile, builds it with the profile, and\n"
    "measures what that gains over a build without. The program runs three times (recorded, built\n"
    "without, built with the profile); what it prints is shown of the last run only. A load like\n"
    "in production makes a good profile; unit tests do not";

struct PgoOptions {
  BuildOptions build; // the result
  std::vector<std::string> arguments;
  std::string profile; // empty: not kept
};

std::string withoutPy(const std::string& file) {
  return file.size() > 3 && file.ends_with(".py") ? file.substr(0, file.size() - 3) : file;
}

/// What execv() finds in the current folder, too.
std::string runnable(const std::string& path) {
  return path.find('/') == std::string::npos ? "./" + path : path;
}

/// A folder that is gone when the command ends.
class TemporaryFolder {
public:
  TemporaryFolder() : path_(temporaryName("pgo")) {
    std::filesystem::create_directory(path_, problem_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  /// Why it could not be made; false when it was.
  const std::error_code& problem() const { return problem_; }
  std::string in(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

private:
  std::string path_;
  std::error_code problem_;
};

void warnUnless(const ChildResult& result, const char* which) {
  if (!result.succeeded())
    std::fprintf(stderr, "pyc: warning: the %s run %s\n", which, result.text().c_str());
}

void report(double without, double with) {
  std::fprintf(stderr, "without profile %.3f s, with profile %.3f s: %.2f times as fast\n", without,
               with, with > 0 ? without / with : 1.0);
}

class Pgo {
public:
  explicit Pgo(const PgoOptions& options) : options_(options) {}

  int run() {
    if (folder_.problem())
      return profileError("cannot make '" + folder_.path() + "': " + folder_.problem().message());
    const std::string& profile =
        options_.profile.empty() ? folder_.in("merged.pycprof") : options_.profile;
    if (!record(profile))
      return 1;
    BuildOptions build = options_.build;
    build.profiles = {profile};
    if (buildProgram(build) != 0)
      return 1;
    build.profiles = {"off"};
    build.output = folder_.in("plain");
    if (buildProgram(build) != 0)
      return 1;
    ChildResult without = start(build.output, true);
    warnUnless(without, "plain");
    ChildResult with = start(runnable(options_.build.output), false);
    warnUnless(with, "optimised");
    report(without.seconds, with.seconds);
    return 0;
  }

private:
  /// Runs the program; the profiles of all its processes become one.
  bool record(const std::string& profile) {
    Installation installation;
    std::string error;
    if (!findInstallation(installation, error))
      return profileError(error), false;
    std::string pattern; // a percent sign in the folder's name means itself
    for (char c : folder_.path())
      pattern += c == '%' ? "%%" : std::string(1, c);
    const std::string& compiler = installation.compiler;
    std::vector<std::string> command{compiler.substr(0, compiler.rfind('/') + 1) + "pyc",
                                     "profile",
                                     "run",
                                     "-o",
                                     pattern + "/%p.pycprof",
                                     "--",
                                     options_.build.mainFile};
    command.insert(command.end(), options_.arguments.begin(), options_.arguments.end());
    ChildResult result = runChild(command, input_, true);
    std::vector<std::string> files;
    if (!listProfiles(folder_.path(), files, error))
      return profileError("no profile was recorded: the program " + result.text()), false;
    warnUnless(result, "recorded");
    profile::Profile sum;
    sum.runs = 0;
    for (const std::string& file : files) {
      profile::Profile one;
      if (!profile::readProfile(file, one, error))
        return profileError(error), false;
      profile::merge(sum, one);
    }
    if (!writeFileAtomically(profile, profile::encode(sum), error))
      return profileError(error), false;
    return true;
  }

  ChildResult start(const std::string& program, bool isSilent) const {
    std::vector<std::string> command{program};
    command.insert(command.end(), options_.arguments.begin(), options_.arguments.end());
    return runChild(command, input_, isSilent);
  }

  const PgoOptions& options_;
  SharedInput input_;
  TemporaryFolder folder_;
};

} // namespace

int pgoCommand(const std::vector<std::string>& arguments) {
  auto end = std::find(arguments.begin(), arguments.end(), "--");
  CommandLine line("pgo", kUsage);
  auto option = line.options().add_options();
  option("output,o", po::value<std::string>(),
         "name of the executable (default: FILE without .py)");
  option("optimize,O", po::value<unsigned>()->default_value(3), "-O0 to -O3: how much to optimise");
  option("debug,g", "keep frame pointers");
  option("stdlib", po::value<std::string>(), "folder of the standard library to use");
  option("compile-library", "compile the standard library's modules, too");
  option("profile,p", po::value<std::string>(), "keep the profile under this name");
  option("keep-profile", "keep the profile beside FILE, as NAME.pycprof");
  option("verbose,v", "show every step of the builds");
  int status;
  if (!line.read({arguments.begin(), end}, status))
    return status;
  if (line.inputs().size() != 1)
    return profileUsageError("pgo", line.inputs().empty()
                                        ? "no input file"
                                        : "more than one input file: '" + line.inputs()[1] +
                                              "' (the program's arguments stand behind --)");
  PgoOptions options;
  BuildOptions& build = options.build;
  build.mainFile = line.inputs()[0];
  build.optLevel = line.get<unsigned>("optimize");
  if (build.optLevel > 3)
    return profileUsageError("pgo",
                             "there is no -O" + std::to_string(build.optLevel) + " (-O0 to -O3)");
  build.debug = line.has("debug");
  build.compileLibrary = line.has("compile-library");
  build.verbose = line.has("verbose");
  if (line.has("stdlib"))
    build.stdlibDir = line.get<std::string>("stdlib");
  build.output =
      line.has("output") ? line.get<std::string>("output") : defaultOutput(build.mainFile);
  if (build.output.empty())
    return profileUsageError("pgo", "the name of the output is empty");
  if (line.has("keep-profile"))
    options.profile = withoutPy(build.mainFile) + profile::kSuffix;
  if (line.has("profile"))
    options.profile = line.get<std::string>("profile");
  if (end != arguments.end())
    options.arguments.assign(end + 1, arguments.end());
  return Pgo(options).run();
}

} // namespace pyc
