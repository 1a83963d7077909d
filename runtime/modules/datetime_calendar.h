// Days and times of day as plain numbers: the arithmetic below the types of the module _datetime.
// The calendar is the Gregorian one, also for the time before it; day 1 is the first of year 1.
#pragma once

#include <cstdint>

namespace pyc::rt {

inline constexpr int kMinYear = 1, kMaxYear = 9999;
inline constexpr int64_t kMaxOrdinal = 3'652'059; // the last day of kMaxYear
inline constexpr int64_t kDaySeconds = 86'400;
inline constexpr int64_t kSecondMicroseconds = 1'000'000;

struct DateFields {
  int year, month, day;
};

struct ClockFields {
  int hour = 0, minute = 0, second = 0, microsecond = 0;
  int fold = 0; // 1: the second of two local times that read the same
};

bool isLeapYear(int year);
int daysInMonth(int year, int month);
/// Days of the year before the month's first.
int daysBeforeMonth(int year, int month);

/// The number of a day. The month must be right; days may be any.
int64_t ordinalOf(const DateFields& date);
/// The day of a number, which is at least 1.
DateFields dateOfOrdinal(int64_t ordinal);
/// Monday is 0. Also for days before year 1, which pickles may bring.
inline int weekdayOf(int64_t ordinal) {
  int weekday = static_cast<int>((ordinal + 6) % 7);
  return weekday < 0 ? weekday + 7 : weekday;
}
inline int weekdayOf(const DateFields& date) {
  return weekdayOf(ordinalOf(date));
}
int dayOfYear(const DateFields& date);

inline int64_t secondsOfClock(const ClockFields& clock) {
  return (clock.hour * 60 + clock.minute) * 60 + clock.second;
}
/// Seconds since the beginning of day 0.
inline int64_t secondsOf(const DateFields& date, const ClockFields& clock) {
  return ordinalOf(date) * kDaySeconds + secondsOfClock(clock);
}
/// Takes whole units out of `part`, which is then in [0, unit).
int64_t carry(int64_t& part, int64_t unit);

/// Year, week and day of the week (1 to 7) of ISO 8601.
struct IsoWeekDate {
  int year, week, weekday;
};
IsoWeekDate isoWeekDateOf(const DateFields& date);
enum class IsoWeekError : uint8_t { None, Year, Week, Weekday };
/// The last week of the last year reaches into year 10000.
IsoWeekError dateOfIsoWeek(const IsoWeekDate& week, DateFields& date);

/// Whether the date is within the years that date has; ValueError.
bool checkDateFields(const DateFields& date);
bool checkClockFields(const ClockFields& clock);
/// Moves a moment; fold becomes 0. OverflowError past the years that there are.
bool moveMoment(DateFields& date, ClockFields& clock, int64_t days, int64_t seconds,
                int64_t microseconds);
bool moveDate(DateFields& date, int64_t days);

} // namespace pyc::rt
