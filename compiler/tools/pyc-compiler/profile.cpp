#include "compiler/tools/pyc-compiler/profile.h"

#include <cstdio>

namespace pyc {
namespace {

constexpr char kHelp[] = R"(usage: pyc profile run [-o PROFILE] FILE [ARGUMENT...]
           run a program and record its profile
       pyc profile merge [OPTIONS] INPUT... -o OUTPUT
           add up profiles, with weights; an INPUT may be a folder
       pyc profile show [OPTIONS] PROFILE [FILE]
           hot functions, counts and types by line; as text, JSON or LCOV
       pyc profile diff OLD NEW
           how alike two profiles are, what became hot, whose types changed
       pyc profile check [OPTIONS] PROFILE FILE
           how much of a profile still fits a program; for CI

`pyc profile COMMAND --help` lists the options of a command.

A good profile comes from what the program does in production, or from end-to-end tests with data
like there. Unit tests and micro-benchmarks weigh rare cases like frequent ones. Several loads:
record each, then merge them with weights.
)";

} // namespace

int profileUsageError(const std::string& command, const std::string& message) {
  std::fprintf(stderr, "pyc: error: %s\nTry 'pyc %s --help'.\n", message.c_str(), command.c_str());
  return 2;
}

int profileError(const std::string& message) {
  std::fprintf(stderr, "pyc: error: %s\n", message.c_str());
  return 1;
}

int profileCommand(const std::vector<std::string>& arguments) {
  static const std::pair<const char*, int (*)(const std::vector<std::string>&)> kCommands[] = {
      {"merge", profileMerge},
      {"show", profileShow},
      {"diff", profileDiff},
      {"check", profileCheck},
  };
  if (arguments.empty())
    return profileUsageError("profile", "no command given");
  if (arguments[0] == "-h" || arguments[0] == "--help") {
    std::fputs(kHelp, stdout);
    return 0;
  }
  for (auto& [name, run] : kCommands)
    if (arguments[0] == name)
      return run({arguments.begin() + 1, arguments.end()});
  return profileUsageError("profile", "unknown command '" + arguments[0] +
                                          "' (run, merge, show, diff, check)");
}

} // namespace pyc
