// The module _datetime: what `datetime` is made of. The types are in datetime_*.cpp.
#include "runtime/modules/capsule.h"
#include "runtime/modules/datetime_objects.h"
#include "runtime/modules/registry.h"

#include <ctime>

namespace pyc::rt {

namespace {

/// What datetime_CAPI holds.
TypeObject* const kTypes[] = {&dateType,     &dateTimeType, &timeType,           &deltaType,
                              &zoneBaseType, &timeZoneType, &isoCalendarDateType};

} // namespace

bool fillModule__datetime(ModuleObject* module) {
  tzset();
  for (TypeObject* type : kTypes)
    readyType(type);
  return addType(module, dateType) && addType(module, dateTimeType) && addType(module, timeType) &&
         addType(module, deltaType) && addType(module, zoneBaseType) &&
         addType(module, timeZoneType) && addInt(module, "MINYEAR", kMinYear) &&
         addInt(module, "MAXYEAR", kMaxYear) && addValue(module, "UTC", Ref::copy(utcZone())) &&
         addValue(module, "datetime_CAPI", makeCapsule("datetime.datetime_CAPI", kTypes)) &&
         addStr(module, "__doc__", "Dates, times of day, durations and time zones.");
}

} // namespace pyc::rt
