#include "compiler/tools/pyc-compiler/explain.h"

#include "compiler/pipeline/explain.h"
#include "compiler/tools/pyc-compiler/command_line.h"
#include "compiler/tools/pyc-compiler/profile.h"

#include <boost/algorithm/string.hpp>

#include <regex>

namespace po = boost::program_options;

namespace pyc {
namespace {

constexpr char kUsage[] =
    R"(usage: pyc explain [OPTIONS] FILE

Shows the program's hottest lines, and what a build makes of them: what is specialised,
what is tested, what stays general and why)";

bool readFormat(const std::string& name, ExplainFormat& format) {
  constexpr std::pair<const char*, ExplainFormat> kFormats[] = {
      {"text", ExplainFormat::Text}, {"json", ExplainFormat::Json}, {"html", ExplainFormat::Html}};
  for (auto& [key, value] : kFormats)
    if (name == key) {
      format = value;
      return true;
    }
  return false;
}

bool readFilter(const std::string& pattern, ExplainOptions& options) {
  try {
    std::regex regex(pattern);
    options.accepts = [regex](const std::string& name) { return std::regex_search(name, regex); };
    return true;
  } catch (const std::regex_error&) {
    return false;
  }
}

void addOptions(po::options_description& options) {
  auto option = options.add_options();
  option("profile-use", po::value<std::string>(),
         "the profile to specialise for (several: separated by commas; off: none; default: FILE's "
         "name with .pycprof, if there is one)");
  option("optimize,O", po::value<unsigned>()->default_value(3), "-O0 to -O3, as in pyc build");
  option("stdlib", po::value<std::string>(), "folder of the standard library to use");
  option("format", po::value<std::string>()->default_value("text"), "text, json or html");
  option("output,o", po::value<std::string>(), "write to a file, not to standard output");
  option("function,f", po::value<std::string>(),
         "only functions whose module:name matches this regular expression");
  option("top,n", po::value<size_t>(),
         "show this many lines, the hottest (otherwise 20; JSON: all)");
}

} // namespace

int explainCommand(const std::vector<std::string>& arguments) {
  CommandLine line("explain", kUsage);
  addOptions(line.options());
  int status;
  if (!line.read(arguments, status))
    return status;
  auto wrong = [](const std::string& message) { return profileUsageError("explain", message); };
  if (line.inputs().empty())
    return wrong("no program given");
  if (line.inputs().size() > 1)
    return wrong("more than one program: '" + line.inputs()[1] + "'");
  BuildOptions build;
  build.mainFile = line.inputs()[0];
  build.optLevel = line.get<unsigned>("optimize");
  if (build.optLevel > 3)
    return wrong("there is no -O" + std::to_string(build.optLevel) + " (-O0 to -O3)");
  if (line.has("stdlib"))
    build.stdlibDir = line.get<std::string>("stdlib");
  if (line.has("profile-use"))
    boost::split(build.profiles, line.get<std::string>("profile-use"), boost::is_any_of(","));
  if (line.has("output"))
    build.output = line.get<std::string>("output");
  ExplainOptions options;
  if (!readFormat(line.get<std::string>("format"), options.format))
    return wrong("unknown format '" + line.get<std::string>("format") + "' (text, json, html)");
  if (line.has("top"))
    options.top = line.get<size_t>("top");
  if (line.has("function") && !readFilter(line.get<std::string>("function"), options))
    return wrong("'" + line.get<std::string>("function") + "' is not a regular expression");
  return explainProgram(build, options);
}

} // namespace pyc
