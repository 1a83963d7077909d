// Moments and calendar dates between Python's objects and C's: shared by the pages of the module
// time (time*.cpp).
#pragma once

#include "runtime/objects/type.h"

#include <ctime>
#include <span>

namespace pyc::rt {

inline constexpr int64_t kNanoseconds = 1'000'000'000;

enum class TimeRounding : uint8_t { Floor, Up };

/// Seconds as gmtime() takes them: a real number, cut to the second below.
bool secondsArg(Value argument, time_t& seconds);
/// Seconds as nanoseconds; OverflowError past 64 bits, ValueError for NaN.
bool nanosecondsArg(Value argument, TimeRounding rounding, int64_t& nanoseconds);
/// Seconds in whole ones and microseconds (0 to 999999), rounded to the nearest, to even.
bool microsecondsArg(Value argument, time_t& seconds, int& microseconds);
/// A C int, with the errors of CPython's argument parser.
bool cIntArg(Value argument, int& result);
/// As PyTime_AsSecondsDouble: exact for whole seconds.
double toSeconds(int64_t nanoseconds);

/// TypeErrors of functions whose arguments are all positional: "gmtime() takes at most 1 argument
/// (2 given)".
bool checkTimeArguments(const char* name, size_t argc, Value kwnames, size_t least, size_t most);

/// time.struct_time of a date. `offset` and `zone` are those of the date.
Ref makeStructTime(const tm& date);
extern constinit TypeObject structTimeType;

/// A struct_time or a tuple of nine numbers as C's date. `zone` keeps tm_zone alive.
bool dateArg(const char* function, Value argument, tm& date, Ref& zone);
/// The local date now.
bool localNow(tm& date);
/// Sets timezone, altzone, daylight and tzname from the C library's time zone.
bool addTimeZone(Value module);

// Tables of functions, by topic.
std::span<const MethodDef> clockFunctions();
std::span<const MethodDef> calendarFunctions();

} // namespace pyc::rt
