// The module time: clocks (time_clocks.cpp) and dates (time_calendar.cpp).
#include "runtime/modules/registry.h"
#include "runtime/modules/time_values.h"

namespace pyc::rt {

bool fillModule_time(ModuleObject* module) {
  struct Clock {
    const char* name;
    clockid_t id;
  };
  static constexpr Clock kClocks[] = {
      {"CLOCK_REALTIME", CLOCK_REALTIME},
      {"CLOCK_MONOTONIC", CLOCK_MONOTONIC},
      {"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW},
      {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID},
      {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID},
      {"CLOCK_BOOTTIME", CLOCK_BOOTTIME},
      {"CLOCK_TAI", CLOCK_TAI},
  };
  for (const Clock& clock : kClocks)
    if (!addInt(module, clock.name, clock.id))
      return false;
  for (std::span<const MethodDef> page : {clockFunctions(), calendarFunctions()})
    if (!addFunctions(module, page.data(), page.size()))
      return false;
  tzset();
  return addType(module, structTimeType) && addInt(module, "_STRUCT_TM_ITEMS", 11) &&
         addStr(module, "__doc__",
                "The time: clocks, and dates with times of day.\n\nMoments are seconds since the "
                "beginning of 1970 in UTC; dates are struct_time objects,\nor tuples of their nine "
                "visible fields.") &&
         addTimeZone(module);
}

} // namespace pyc::rt
