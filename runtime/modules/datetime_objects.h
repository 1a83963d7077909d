// The objects of the module _datetime, and what its pages (datetime_*.cpp) do with each other's:
// making them, asking time zones, ISO 8601 text.
//
// Functions that make an object of a subclass come in two kinds: new...() makes the object itself,
// as __new__ does; make...() calls the class when it is a subclass, as CPython's methods do.
#pragma once

#include "runtime/modules/datetime_calendar.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/str.h"
#include "runtime/objects/type.h"

#include <string>
#include <string_view>

namespace pyc::rt {

/// Cached hashes: -1 is none yet.
inline constexpr int64_t kNoHash = -1;

struct DeltaObject {
  Object header;
  int64_t hashCode;
  Value days, seconds, microseconds; // ints: seconds and microseconds are never negative
};

struct DateObject {
  Object header;
  int64_t hashCode;
  uint16_t year;
  uint8_t month, day;

  DateFields date() const { return {year, month, day}; }
};

/// Begins as DateObject: datetime is a subclass of date.
struct DateTimeObject {
  Object header;
  int64_t hashCode;
  uint16_t year;
  uint8_t month, day;
  uint8_t hour, minute, second, fold;
  uint32_t microsecond;
  Value zone; // owned; null: None

  DateFields date() const { return {year, month, day}; }
  ClockFields clock() const { return {hour, minute, second, static_cast<int>(microsecond), fold}; }
};

struct TimeObject {
  Object header;
  int64_t hashCode;
  uint8_t hour, minute, second, fold;
  uint32_t microsecond;
  Value zone; // owned; null: None

  ClockFields clock() const { return {hour, minute, second, static_cast<int>(microsecond), fold}; }
};

struct TimeZoneObject {
  Object header;
  Value offset; // timedelta
  Value name;   // str, or null
};

extern constinit TypeObject deltaType, dateType, dateTimeType, timeType, zoneBaseType, timeZoneType,
    isoCalendarDateType;

inline bool isDelta(Value value) {
  return isInstance(value, &deltaType);
}
inline bool isDate(Value value) {
  return isInstance(value, &dateType);
}
inline bool isDateTime(Value value) {
  return isInstance(value, &dateTimeType);
}
inline bool isTime(Value value) {
  return isInstance(value, &timeType);
}
inline DeltaObject* asDelta(Value value) {
  return value.as<DeltaObject>();
}
inline DateObject* asDate(Value value) {
  return value.as<DateObject>();
}
inline DateTimeObject* asDateTime(Value value) {
  return value.as<DateTimeObject>();
}
inline TimeObject* asTime(Value value) {
  return value.as<TimeObject>();
}

/// The name as CPython's tp_name: with the module for built-in types.
inline const char* fullTypeName(Value value) {
  return typeOf(value)->name;
}
/// What a comparison says of a difference's sign.
Ref ordering(int64_t difference, CompareOp op);
inline bool isEquality(CompareOp op) {
  return op == CompareOp::Eq || op == CompareOp::Ne;
}
/// Reads ints of arguments; null ones leave the fields as they are.
bool dateArgs(const Value* args, DateFields& date);
bool clockArgs(const Value* args, ClockFields& clock); // hour, minute, second, microsecond

// timedelta.

/// Any numbers of days, seconds and microseconds; OverflowError past 999999999 days.
Ref newDelta(int64_t days, int64_t seconds, int64_t microseconds, TypeObject* type = &deltaType);
inline int64_t daysOf(const DeltaObject* delta) {
  return delta->days.asInt();
}
/// Seconds apart from the days; microseconds apart from both.
inline int64_t secondsOf(const DeltaObject* delta) {
  return delta->seconds.asInt();
}
inline int64_t microsecondsOf(const DeltaObject* delta) {
  return delta->microseconds.asInt();
}
bool isZero(const DeltaObject* delta);
/// Negative, zero, positive.
int compareDeltas(const DeltaObject* left, const DeltaObject* right);
Ref subtractDeltas(const DeltaObject* left, const DeltaObject* right);
/// The number of seconds, as total_seconds() gives it.
Ref totalSeconds(const DeltaObject* delta);

// Time zones. A zone is null for None.

/// An argument that is a tzinfo or None.
bool zoneArg(Value argument, Value& zone);
inline Ref zoneOrNone(Value zone) {
  return zone ? Ref::copy(zone) : Ref::none();
}
/// Whether a timedelta is shorter than a day; ValueError.
bool checkZoneOffset(Value offset);
/// zone.utcoffset(argument) or zone.dst(argument): a timedelta shorter than a day, or None.
Ref zoneOffset(Value zone, Value argument);
Ref zoneDst(Value zone, Value argument);
/// zone.tzname(argument): a str or None.
Ref zoneName(Value zone, Value argument);
/// UTC itself for no offset and no name (null).
Ref makeTimeZone(Value offset, Value name = {});
/// timezone.utc, borrowed; null with MemoryError. Lives as long as the process.
Value utcZone();

// date, datetime and time. Fields are checked.

Ref newDate(TypeObject* type, const DateFields& date);
Ref makeDate(TypeObject* type, const DateFields& date); // of datetime too: midnight
Ref newDateTime(TypeObject* type, const DateFields& date, const ClockFields& clock, Value zone);
Ref makeDateTime(TypeObject* type, const DateFields& date, const ClockFields& clock, Value zone);
Ref newTime(TypeObject* type, const ClockFields& clock, Value zone);
Ref makeTime(TypeObject* type, const ClockFields& clock, Value zone);
/// The date and time moved by a timedelta times `factor`, as another object of the same class.
Ref moveDateTime(DateTimeObject* moment, const DeltaObject* delta, int factor);
Ref subtractDateTimes(DateTimeObject* left, DateTimeObject* right);
/// isocalendar()'s result.
Ref makeIsoCalendarDate(const IsoWeekDate& week);
/// time.struct_time; dst: -1 for what is not known.
Ref makeTimeTuple(const DateFields& date, const ClockFields& clock, int dst);

/// The state of a pickle, that __new__ takes in place of numbers: bytes (or Latin-1 text, as
/// pickles of Python 2 have it) of a length whose byte at `place` is, without its highest bit when
/// `folded`, in [least, most]. An argument that is none leaves `state` empty. ValueError for text
/// that is not Latin-1.
struct PickleForm {
  const char* what; // the type's name
  int64_t length, place;
  uint8_t least, most;
  bool folded;
};
bool stateArg(Value argument, const PickleForm& form, std::string& state);
/// The second argument of a pickled datetime or time.
bool stateZoneArg(Value argument, Value& zone);
/// The six bytes of a time of day: hour, minute, second, microsecond (three). Fold is not in them.
void appendClockState(std::string& state, const ClockFields& clock);
ClockFields clockOfState(const uint8_t* state);

// Local time (datetime_local.cpp).

/// datetime's class methods that make moments of timestamps and clocks.
Ref dateTimeFromTimestamp(const Value* args);
Ref dateTimeFromUtcTimestamp(const Value* args);
Ref dateTimeNow(const Value* args);
Ref dateTimeUtcNow(const Value* args);
Ref dateTimeTimestamp(const Value* args);
Ref dateTimeAsTimeZone(const Value* args);
/// date.fromtimestamp(), date.today()
Ref dateFromTimestamp(const Value* args);
Ref dateToday(const Value* args);

// Text (datetime_format.cpp).

enum class TimeSpec : uint8_t { Auto, Hours, Minutes, Seconds, Milliseconds, Microseconds };
/// isoformat()'s argument; ValueError for unknown ones.
bool timeSpecArg(Value argument, TimeSpec& spec);
void appendIsoDate(std::string& out, const DateFields& date);
void appendIsoClock(std::string& out, const ClockFields& clock, TimeSpec spec);
/// +HH:MM and, where they are not zero, :SS and .ffffff; nothing without an offset.
bool appendOffset(std::string& out, const char* separator, Value zone, Value argument);
/// "Sat Jun  6 16:26:11 1998"
Ref classicText(const DateFields& date, const ClockFields& clock);
/// object.strftime(): what time.strftime() does not know is put in before it is called.
Ref formatDateTime(Value object, Value format, Value timeTuple);
/// __format__: str() for an empty format, else strftime().
Ref formatWith(const Value* args);
/// _strptime's function for a class method: function(type, string, format).
Ref callStrptime(std::string_view function, const Value* args);

// ISO 8601 texts (datetime_parse.cpp).

struct ParsedMoment {
  DateFields date = {};
  ClockFields clock;
  Ref zone; // null: none
};
/// fromisoformat()'s texts of the three types. TypeError, ValueError.
bool parseIsoDate(Value text, ParsedMoment& result);
bool parseIsoDateTime(Value text, ParsedMoment& result);
bool parseIsoTime(Value text, ParsedMoment& result);

} // namespace pyc::rt
