#include "runtime/stats/statistics.h"

#include "profiler/format/output.h"
#include "runtime/objects/allocation_count.h"
#include "runtime/stats/exit_profile.h"
#include "runtime/stats/python_places.h"
#include "runtime/stats/report.h"
#include "runtime/stats/sampler.h"

#include <cstdio>
#include <cstdlib>

namespace pyc::rt {

namespace {

bool reports = false;
double beginTime;
std::string& filePattern() {
  static std::string pattern;
  return pattern;
}

void writeExits(const std::string& program) {
  profile::Profile profile = exitProfile(exitCounts());
  profile.program = program;
  std::string path = profile::expandPattern(filePattern(), 0), error;
  if (!profile::writeProfile(path, encode(profile), error))
    std::fprintf(stderr, "pyc: warning: the statistics were not written: %s\n", error.c_str());
}

} // namespace

void beginStatistics(const NativeProgram* program) {
  const char* wanted = getenv("PYC_STATS");
  std::string value = wanted ? wanted : "";
  if (value.empty() || value == "0")
    return;
  countsExits = true;
  if (value != "1") {
    filePattern() = value;
    return;
  }
  reports = true;
  sampledProgram = program;
  beginTime = wallTime();
  countAllocationsByType();
  startSampling();
}

void endStatistics(const std::string& program) {
  if (!filePattern().empty())
    writeExits(program);
  if (!reports)
    return;
  stopSampling();
  std::string text = statisticsReport(wallTime() - beginTime);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

} // namespace pyc::rt
