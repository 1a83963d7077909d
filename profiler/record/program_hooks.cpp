#include "profiler/record/program_hooks.h"

#include "profiler/format/output.h"
#include "profiler/record/recorder.h"
#include "profiler/record/watcher.h"
#include "runtime/modules/process_events.h"
#include "runtime/modules/system.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <unistd.h>

namespace pyc::profile {

namespace {

std::mutex writing; // the file, and all below once the program runs
bool hasEnded = false;

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

void warn(const std::string& message) {
  std::fprintf(stderr, "pyc: warning: %s\n", message.c_str());
}

void write() {
  std::lock_guard<std::mutex> guard(writing);
  if (hasEnded)
    return;
  Profile profile = recorded();
  profile.program = programName();
  std::string path = expandPattern(filePattern(), programHash()), error;
  if (!writeProfile(path, encode(profile), error))
    warn("the profile was not written: " + error);
}

/// Where the profile goes, whatever folder the program changes to.
void chooseFile() {
  std::string& pattern = filePattern();
  if (pattern.empty()) {
    const char* chosen = getenv("PYC_PROFILE_FILE"); // NOLINT(concurrency-mt-unsafe)
    pattern = chosen && *chosen ? chosen : programName() + "-%p" + kSuffix;
  }
  if (char* folder = pattern[0] == '/' ? nullptr : getcwd(nullptr, 0)) {
    std::string escaped;
    for (const char* c = folder; *c; ++c)
      escaped += *c == '%' ? "%%" : std::string(1, *c);
    pattern = escaped + "/" + pattern;
    std::free(folder);
  }
  std::string folder = expandPattern(pattern.substr(0, pattern.rfind('/') + 1), 0);
  if (pattern.find("%m") > pattern.rfind('/') && access(folder.c_str(), W_OK) != 0)
    warn("the profile cannot be written to '" + folder + "': " + std::strerror(errno));
}

/// PYC_PROFILE_INTERVAL, in seconds.
double chosenInterval() {
  const char* text = getenv("PYC_PROFILE_INTERVAL"); // NOLINT(concurrency-mt-unsafe)
  if (!text || !*text)
    return 0;
  char* end;
  double seconds = std::strtod(text, &end);
  if (*end == 0 && seconds > 0 && seconds < 1e9)
    return std::max(seconds, 0.01);
  warn("PYC_PROFILE_INTERVAL is no number of seconds: '" + std::string(text) + "'");
  return 0;
}

void beforeFork() {
  writing.lock();
  lockRecords();
}

/// The child has a profile of its own: of what it does itself, in a file of its own.
void afterFork(bool inChild) {
  unlockRecords();
  if (inChild) {
    forgetRecorded();
    filePattern() = patternWithProcess(filePattern());
  }
  writing.unlock();
  if (inChild && !hasEnded)
    rewatch();
}

void begin() {
  chooseFile();
  startRecording();
  rt::setProcessEvents({beforeFork, afterFork, write});
  startWatching(chosenInterval(), write);
}

/// The watcher goes last, so that a signal in between does not end the process without a profile.
void end() {
  write();
  {
    std::lock_guard<std::mutex> guard(writing);
    hasEnded = true;
  }
  stopWatching();
}

} // namespace

extern "C" const rt::ProgramHooks pycProfileHooks = {begin, end};

void setProfileFile(std::string pattern) {
  filePattern() = std::move(pattern);
}

} // namespace pyc::profile
