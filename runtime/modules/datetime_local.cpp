// Timestamps and local time: what _datetime asks the system.
//
// Here seconds count from the beginning of day 0 of the calendar (secondsOf); only time_t's count
// from 1970.
#include "runtime/modules/datetime_objects.h"
#include "runtime/modules/file_system.h"
#include "runtime/modules/time_values.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

#include <algorithm>
#include <cerrno>

namespace pyc::rt {

namespace {

constexpr int64_t kEpoch = int64_t{719'163} * kDaySeconds; // 1970
constexpr int64_t kMostFold = kDaySeconds;                 // no clock has been set back by more
static_assert(sizeof(time_t) == sizeof(int64_t));

bool systemDate(time_t timestamp, bool utc, tm& date) {
  errno = 0;
  if (utc ? gmtime_r(&timestamp, &date) : localtime_r(&timestamp, &date))
    return true;
  return static_cast<bool>(raiseErrno(errno ? errno : EINVAL));
}

DateFields dateOf(const tm& date) {
  return {date.tm_year + 1900, date.tm_mon + 1, date.tm_mday};
}
/// Leap seconds, where the system has them, are the second before.
ClockFields clockOf(const tm& date, int microsecond = 0) {
  return {date.tm_hour, date.tm_min, std::min(date.tm_sec, 59), microsecond, 0};
}

/// The local time that is read at a moment; both in seconds.
bool localSeconds(int64_t moment, int64_t& local) {
  tm date;
  if (!systemDate(moment - kEpoch, false, date))
    return false;
  if (dateOf(date).year < kMinYear || dateOf(date).year > kMaxYear)
    return raise(valueErrorType, "year must be in %d..%d, not %d", kMinYear, kMaxYear,
                 dateOf(date).year);
  local = secondsOf(dateOf(date), clockOf(date));
  return true;
}

/// The moment of a local time. Of two, fold says which one; of none (clocks were set forward), it
/// is reckoned with the offset before, or after with fold.
bool momentOfLocal(int64_t local, int fold, int64_t& moment) {
  int64_t there, first, second;
  if (!localSeconds(local, there))
    return false;
  int64_t offset = there - local;
  first = local - offset;
  if (!localSeconds(first, there))
    return false;
  bool firstFits = there == local;
  int64_t otherOffset;
  if (firstFits) {
    // Is there another one, a day or less away?
    int64_t probe = first + (fold ? kMostFold : -kMostFold);
    if (!localSeconds(probe, there))
      return false;
    otherOffset = there - probe;
    if (otherOffset == offset) {
      moment = first;
      return true;
    }
  } else {
    otherOffset = there - first;
  }
  second = local - otherOffset;
  if (!localSeconds(second, there))
    return false;
  if (there == local)
    moment = second;
  else if (firstFits)
    moment = first;
  else
    moment = fold ? std::min(first, second) : std::max(first, second);
  return true;
}

/// Whether a local time, as the system gave it for a moment, is the second of two.
bool foldOf(time_t timestamp, const tm& date, int& fold) {
  int64_t local = secondsOf(dateOf(date), clockOf(date)), before, again;
  int64_t moment = timestamp + kEpoch;
  if (!localSeconds(moment - kMostFold, before))
    return false;
  int64_t change = local - before - kMostFold;
  if (change < 0) {
    if (!localSeconds(moment + change, again))
      return false;
    fold = again == local;
  }
  return true;
}

/// The moment as a datetime in UTC, or in local time.
Ref dateTimeAt(TypeObject* type, time_t timestamp, int microsecond, bool utc, Value zone) {
  tm date;
  if (!systemDate(timestamp, utc, date))
    return {};
  ClockFields clock = clockOf(date, microsecond);
  if (!utc && !(checkDateFields(dateOf(date)) && foldOf(timestamp, date, clock.fold)))
    return {};
  return makeDateTime(type, dateOf(date), clock, zone);
}

/// The same with a zone's own time where there is a zone, else local.
Ref dateTimeInZone(TypeObject* type, time_t timestamp, int microsecond, Value zone) {
  PYC_TRY(moment, dateTimeAt(type, timestamp, microsecond, static_cast<bool>(zone), zone));
  return zone ? callMethod(zone, internLiteral("fromutc"), moment) : std::move(moment);
}

void now(time_t& timestamp, int& microsecond) {
  timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  timestamp = time.tv_sec;
  microsecond = static_cast<int>(time.tv_nsec / 1000);
}

/// A timezone as the local one is at a moment.
Ref localZoneAt(int64_t moment) {
  tm date;
  if (!systemDate(moment - kEpoch, false, date))
    return {};
  PYC_TRY(offset, newDelta(0, date.tm_gmtoff, 0));
  PYC_TRY(name, fileSystemDecode(date.tm_zone ? date.tm_zone : ""));
  return makeTimeZone(offset, name);
}

/// A timezone as the local one is at a local time.
Ref localZoneOf(const DateTimeObject* moment) {
  int64_t local = secondsOf(moment->date(), moment->clock()), one, other;
  if (!momentOfLocal(local, moment->fold, one) || !momentOfLocal(local, !moment->fold, other))
    return {};
  // They differ where clocks are set: forward, when fold counts the wrong way round.
  if (other != one && (other > one) == moment->fold)
    one = other;
  return localZoneAt(one);
}

bool warnOfRemoval(const char* name, const char* instead) {
  return warn(
      deprecationWarningType, 1,
      "datetime.datetime.%s() is deprecated and scheduled for removal in a future version. Use "
      "timezone-aware objects to represent datetimes in UTC: datetime.datetime.%s.",
      name, instead);
}

} // namespace

Ref dateFromTimestamp(const Value* args) {
  time_t timestamp;
  tm date;
  if (!secondsArg(args[1], timestamp) || !systemDate(timestamp, false, date))
    return {};
  return makeDate(asType(args[0]), dateOf(date));
}

Ref dateToday(const Value* args) {
  PYC_TRY(module, moduleImporter(internLiteral("time")));
  PYC_TRY(function, getAttr(module, internLiteral("time")));
  PYC_TRY(now, call(function));
  return callMethod(args[0], internLiteral("fromtimestamp"), now);
}

Ref dateTimeNow(const Value* args) {
  Value zone;
  if (!zoneArg(args[1], zone))
    return {};
  time_t timestamp;
  int microsecond;
  now(timestamp, microsecond);
  return dateTimeInZone(asType(args[0]), timestamp, microsecond, zone);
}

Ref dateTimeUtcNow(const Value* args) {
  if (!warnOfRemoval("utcnow", "now(datetime.UTC)"))
    return {};
  time_t timestamp;
  int microsecond;
  now(timestamp, microsecond);
  return dateTimeAt(asType(args[0]), timestamp, microsecond, true, {});
}

Ref dateTimeFromTimestamp(const Value* args) {
  Value zone;
  time_t timestamp;
  int microsecond;
  if (!zoneArg(args[2], zone) || !microsecondsArg(args[1], timestamp, microsecond))
    return {};
  return dateTimeInZone(asType(args[0]), timestamp, microsecond, zone);
}

Ref dateTimeFromUtcTimestamp(const Value* args) {
  time_t timestamp;
  int microsecond;
  if (!warnOfRemoval("utcfromtimestamp", "fromtimestamp(t, datetime.UTC)") ||
      !microsecondsArg(args[1], timestamp, microsecond))
    return {};
  return dateTimeAt(asType(args[0]), timestamp, microsecond, true, {});
}

Ref dateTimeTimestamp(const Value* args) {
  DateTimeObject* moment = asDateTime(args[0]);
  if (!moment->zone) {
    int64_t seconds;
    if (!momentOfLocal(secondsOf(moment->date(), moment->clock()), moment->fold, seconds))
      return {};
    return makeFloat(static_cast<double>(seconds - kEpoch) + moment->microsecond / 1e6);
  }
  PYC_TRY(epoch, newDateTime(&dateTimeType, {1970, 1, 1}, {}, utcZone()));
  PYC_TRY(since, subtractDateTimes(moment, asDateTime(epoch)));
  return totalSeconds(asDelta(since));
}

Ref dateTimeAsTimeZone(const Value* args) {
  DateTimeObject* moment = asDateTime(args[0]);
  Value target;
  if (!zoneArg(args[1], target))
    return {};
  if (moment->zone && moment->zone == target)
    return Ref::copy(args[0]);
  Ref offset = zoneOffset(moment->zone, args[0]);
  if (!offset)
    return {};
  if (offset.isNone()) {
    PYC_TRY(local, localZoneOf(moment));
    if (local.get() == target)
      return Ref::copy(args[0]);
    offset = zoneOffset(local, args[0]);
    if (!offset)
      return {};
  }
  DateFields date = moment->date();
  ClockFields clock = moment->clock();
  const DeltaObject* delta = asDelta(offset);
  if (!moveMoment(date, clock, -daysOf(delta), -secondsOf(delta), -microsecondsOf(delta)))
    return {};
  Ref zone = target ? Ref::copy(target) : localZoneAt(secondsOf(date, clock));
  if (!zone)
    return {};
  PYC_TRY(inUtc, makeDateTime(typeOf(args[0]), date, clock, zone));
  return callMethod(zone, internLiteral("fromutc"), inUtc);
}

} // namespace pyc::rt
