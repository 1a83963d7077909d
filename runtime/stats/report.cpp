#include "runtime/stats/report.h"

#include "dialects/uop/uop_info.h"
#include "runtime/objects/allocation_count.h"
#include "runtime/objects/collector.h"
#include "runtime/stats/exit_count.h"
#include "runtime/stats/python_places.h"
#include "runtime/stats/sampler.h"

#include <algorithm>
#include <cinttypes>
#include <cstdarg>
#include <cstdio>
#include <ctime>
#include <sys/resource.h>

namespace pyc::rt {

namespace {

/// Rows of each table; what is beyond them is in one more row.
constexpr size_t kRows = 20;

class Report {
public:
  std::string run(double wall) {
    line("--- statistics of this run");
    addTimes(wall);
    addSamples();
    addExits();
    addObjects();
    addCollector();
    return std::move(text_);
  }

private:
  [[gnu::format(printf, 2, 3)]] void line(const char* format, ...) {
    char buffer[1024];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    text_ += buffer;
    text_ += '\n';
  }

  static double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  }

  void addTimes(double wall) {
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    line("wall time    %10.3f s", wall);
    line("CPU time     %10.3f s (user %.3f, system %.3f)",
         seconds(usage.ru_utime) + seconds(usage.ru_stime), seconds(usage.ru_utime),
         seconds(usage.ru_stime));
    line("peak memory  %10.1f MiB", static_cast<double>(usage.ru_maxrss) / 1024);
  }

  void addSamples() {
    static constexpr const char* kKinds[kSampleKindCount] = {
        "native code", "runtime, called by native code", "interpreter",
        "runtime, called by the interpreter", "elsewhere"};
    Samples all = samples();
    line("--- where the CPU time went: %" PRIu64 " samples", all.total);
    auto percent = [&](uint64_t count) {
      return 100 * static_cast<double>(count) /
             static_cast<double>(std::max(all.total, uint64_t{1}));
    };
    for (unsigned i = 0; i < kSampleKindCount; ++i)
      line("%9.1f %%  %s", percent(all.kinds[i]), kKinds[i]);
    if (all.places.empty())
      return;
    line("--- most sampled places");
    for (size_t i = 0; i < std::min(all.places.size(), kRows); ++i)
      line("%9.1f %%  %s", percent(all.places[i].count), all.places[i].place.c_str());
  }

  void addExits() {
    std::vector<ExitCount> all = exitCounts();
    uint64_t total = 0, shown = 0;
    for (const ExitCount& exit : all)
      total += exit.count;
    line("--- guards that failed: %" PRIu64 " times at %zu place%s", total, all.size(),
         all.size() == 1 ? "" : "s");
    for (size_t i = 0; i < std::min(all.size(), kRows); ++i) {
      const ExitCount& exit = all[i];
      shown += exit.count;
      std::string place = placeName(exit.code, codeLine(exit.code, exit.word));
      const char* uop = uop::infoOf(uop::opcodeAt(exit.code->entry + exit.word)).name;
      line("%11" PRIu64 "  %s: %s in %s(%s)", exit.count, place.c_str(), exit.guard, uop,
           exit.operands.c_str());
    }
    if (shown != total)
      line("%11" PRIu64 "  elsewhere", total - shown);
  }

  void addObjects() {
    std::vector<TypeAllocations> all = allocationsByType();
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
      return a.objects != b.objects ? a.objects > b.objects : a.type < b.type;
    });
    TypeAllocations rest = {"other types", 0, 0}, total = {"", 0, 0};
    for (size_t i = 0; i < all.size(); ++i)
      for (TypeAllocations* sum : {&total, &rest})
        if (sum == &total || i >= kRows) {
          sum->objects += all[i].objects;
          sum->bytes += all[i].bytes;
        }
    line("--- objects made: %" PRIu64 ", %" PRIu64 " bytes", total.objects, total.bytes);
    line("    objects        bytes  type");
    for (size_t i = 0; i < std::min(all.size(), kRows); ++i)
      addType(all[i]);
    if (rest.objects != 0)
      addType(rest);
  }
  void addType(const TypeAllocations& type) {
    line("%11" PRIu64 " %12" PRIu64 "  %s", type.objects, type.bytes, type.type.c_str());
  }

  void addCollector() {
    CollectorStats sum;
    for (int i = 0; i < kGenerations; ++i) {
      const CollectorStats& stats = collectorStats(i);
      sum.collections += stats.collections;
      sum.collected += stats.collected;
      sum.candidates += stats.candidates;
      sum.duration += stats.duration;
    }
    line("--- cycle collector: %" PRId64 " collections in %.3f s", sum.collections, sum.duration);
    line("%11" PRId64 "  objects looked at", sum.candidates);
    line("%11" PRId64 "  objects collected", sum.collected);
  }

  std::string text_;
};

} // namespace

double wallTime() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::string statisticsReport(double seconds) {
  return Report().run(seconds);
}

} // namespace pyc::rt
