#include "compiler/pipeline/toolchain.h"
#include "compiler/tools/pyc-compiler/command_line.h"
#include "compiler/tools/pyc-compiler/profile.h"
#include "compiler/tools/pyc-compiler/profile_program.h"
#include "profiler/format/files.h"
#include "profiler/format/json.h"
#include "profiler/report/diff.h"
#include "profiler/report/lcov.h"
#include "profiler/report/show.h"
#include "profiler/report/text.h"

#include <cstdio>
#include <regex>

namespace po = boost::program_options;

namespace pyc {
namespace {

int print(const std::string& text) {
  std::string error;
  return writeOutput("", text, error) ? 0 : profileError(error);
}

/// The part of a profile that the options ask for.
profile::Profile chosen(const profile::Profile& whole, const profile::ShowOptions& options,
                        bool isLimited) {
  profile::Profile part = whole;
  part.functions.clear();
  for (const profile::Function* function : profile::hotFunctions(whole, options))
    if (!isLimited || part.functions.size() < options.top)
      part.functions.push_back(*function);
  profile::normalize(part);
  return part;
}

bool parseFilter(const std::string& pattern, profile::ShowOptions& options) {
  try {
    std::regex regex(pattern);
    options.accepts = [regex](const std::string& name) { return std::regex_search(name, regex); };
    return true;
  } catch (const std::regex_error&) {
    return false;
  }
}

} // namespace

int profileShow(const std::vector<std::string>& arguments) {
  CommandLine line("profile show",
                   "usage: pyc profile show [OPTIONS] PROFILE [FILE]\n\nWith FILE, the program's "
                   "source, instructions are named and lines are shown as text");
  auto option = line.options().add_options();
  option("top,n", po::value<size_t>(), "show this many functions, the hottest (otherwise 10)");
  option("function,f", po::value<std::string>(),
         "show functions whose module:name matches this regular expression, line by line");
  option("types,t", "show lines and the types that were seen");
  option("text", "as text (so it is without an option)");
  option("json", "as JSON: the profile's twin, which every command reads as well");
  option("lcov", "as a tracefile of LCOV: how often each line was executed");
  int status;
  if (!line.read(arguments, status))
    return status;
  if (line.inputs().empty())
    return profileUsageError("profile show", "no profile given");
  if (line.inputs().size() > 2)
    return profileUsageError("profile show",
                             "more than a profile and a program: '" + line.inputs()[2] + "'");
  if (line.has("text") + line.has("json") + line.has("lcov") > 1)
    return profileUsageError("profile show", "only one of --text, --json and --lcov is possible");
  profile::ShowOptions options;
  if (line.has("top"))
    options.top = line.get<size_t>("top");
  options.showsDetails = line.has("types") || line.has("function");
  if (line.has("function") && !parseFilter(line.get<std::string>("function"), options))
    return profileUsageError("profile show", "'" + line.get<std::string>("function") +
                                                 "' is not a regular expression");

  profile::Profile profile;
  std::string error;
  if (!profile::readProfile(line.inputs()[0], profile, error))
    return profileError(error);
  if (line.has("json"))
    return print(profile::toJson(chosen(profile, options, line.has("top"))));
  if (line.has("lcov"))
    profile = chosen(profile, options, line.has("top"));
  std::vector<profile::ProgramModule> modules;
  if (line.inputs().size() == 2 && !loadProgram(line.inputs()[1], profile, modules))
    return 1;
  profile::Program program(std::move(modules), profile);
  return print(line.has("lcov") ? profile::lcovText(profile, program)
                                : profile::showText(profile, program, options));
}

int profileDiff(const std::vector<std::string>& arguments) {
  CommandLine line("profile diff", "usage: pyc profile diff OLD NEW");
  int status;
  if (!line.read(arguments, status))
    return status;
  if (line.inputs().size() != 2)
    return profileUsageError("profile diff", "two profiles are compared");
  profile::Profile before, after;
  std::string error;
  if (!profile::readProfile(line.inputs()[0], before, error) ||
      !profile::readProfile(line.inputs()[1], after, error))
    return profileError(error);
  return print(profile::diffText(before, after));
}

int profileCheck(const std::vector<std::string>& arguments) {
  CommandLine line("profile check", "usage: pyc profile check [OPTIONS] PROFILE FILE");
  line.options().add_options()(
      "min-coverage", po::value<double>(),
      "exit with 1 when less than this percentage of the profile's weight fits the program");
  int status;
  if (!line.read(arguments, status))
    return status;
  if (line.inputs().size() != 2)
    return profileUsageError("profile check", "a profile and a program are needed");
  double least = line.has("min-coverage") ? line.get<double>("min-coverage") : 0;
  if (!(least >= 0 && least <= 100))
    return profileUsageError("profile check", "--min-coverage is a percentage, 0 to 100");
  profile::Profile profile;
  std::string error;
  if (!profile::readProfile(line.inputs()[0], profile, error))
    return profileError(error);
  std::vector<profile::ProgramModule> modules;
  if (!loadProgram(line.inputs()[1], profile, modules))
    return 1;
  profile::Coverage coverage(profile);
  for (const profile::ProgramModule& module : modules)
    coverage.add(module.image(), module.name, module.isLibrary);
  if (int failed = print(profile::coverageText(coverage)))
    return failed;
  if (coverage.relevance() >= least)
    return 0;
  char limit[32];
  std::snprintf(limit, sizeof limit, "%g%%", least);
  return profileError("only " + profile::percentText(coverage.relevance()) + " of the weight of '" +
                      line.inputs()[0] + "' fits '" + line.inputs()[1] + "', less than " + limit +
                      " (record it again)");
}

} // namespace pyc
