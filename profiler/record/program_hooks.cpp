#include "profiler/record/program_hooks.h"

#include "profiler/record/output.h"
#include "profiler/record/recorder.h"
#include "runtime/modules/system.h"

#include <cstdio>
#include <cstdlib>

namespace pyc::profile {

namespace {

std::string& filePattern() {
  static std::string pattern;
  return pattern;
}

std::string baseName(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

std::string programName() {
  const auto& arguments = rt::systemStart().arguments;
  return arguments.empty() ? "program" : baseName(arguments[0]);
}

void begin() {
  if (filePattern().empty()) {
    const char* chosen = getenv("PYC_PROFILE_FILE");
    filePattern() = chosen && *chosen ? chosen : programName() + "-%p" + kSuffix;
  }
  startRecording();
}

void end() {
  Profile profile = recorded();
  profile.program = programName();
  std::string path = expandPattern(filePattern()), error;
  if (!writeProfile(path, encode(profile), error))
    std::fprintf(stderr, "pyc: warning: the profile was not written: %s\n", error.c_str());
}

} // namespace

extern "C" const rt::ProgramHooks pycProfileHooks = {begin, end};

void setProfileFile(std::string pattern) {
  filePattern() = std::move(pattern);
}

} // namespace pyc::profile
