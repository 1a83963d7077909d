#include "runtime/modules/datetime_calendar.h"

#include "runtime/objects/errors.h"

#include <algorithm>

namespace pyc::rt {

namespace {

constexpr int kDaysBeforeMonth[] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

int64_t daysBeforeYear(int64_t year) {
  int64_t years = year - 1;
  return years * 365 + years / 4 - years / 100 + years / 400;
}

/// The Monday of the week with the year's first Thursday.
int64_t firstIsoMonday(int year) {
  int64_t first = ordinalOf({year, 1, 1});
  int weekday = weekdayOf(first);
  return first - weekday + (weekday > 3 ? 7 : 0);
}

} // namespace

bool isLeapYear(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int daysInMonth(int year, int month) {
  return month == 2 && isLeapYear(year) ? 29
                                        : kDaysBeforeMonth[month + 1] - kDaysBeforeMonth[month];
}

int daysBeforeMonth(int year, int month) {
  return kDaysBeforeMonth[month] + (month > 2 && isLeapYear(year));
}

int64_t ordinalOf(const DateFields& date) {
  return daysBeforeYear(date.year) + daysBeforeMonth(date.year, date.month) + date.day;
}

DateFields dateOfOrdinal(int64_t ordinal) {
  // A year by the mean length is right or one too late.
  int year = static_cast<int>((ordinal - 1) * 400 / 146'097) + 1;
  while (daysBeforeYear(year) >= ordinal)
    --year;
  while (daysBeforeYear(year + 1) < ordinal)
    ++year;
  int rest = static_cast<int>(ordinal - daysBeforeYear(year));
  int month = std::min(rest / 29 + 1, 12);
  while (daysBeforeMonth(year, month) >= rest)
    --month;
  return {year, month, rest - daysBeforeMonth(year, month)};
}

int dayOfYear(const DateFields& date) {
  return daysBeforeMonth(date.year, date.month) + date.day;
}

int64_t carry(int64_t& part, int64_t unit) {
  int64_t units = part / unit;
  part -= units * unit;
  if (part < 0) {
    part += unit;
    --units;
  }
  return units;
}

IsoWeekDate isoWeekDateOf(const DateFields& date) {
  int64_t ordinal = ordinalOf(date), monday = firstIsoMonday(date.year);
  int year = date.year;
  if (ordinal < monday) {
    monday = firstIsoMonday(--year);
  } else if (int64_t next = firstIsoMonday(year + 1); ordinal >= next) {
    monday = next;
    ++year;
  }
  int days = static_cast<int>(ordinal - monday);
  return {year, days / 7 + 1, days % 7 + 1};
}

IsoWeekError dateOfIsoWeek(const IsoWeekDate& week, DateFields& date) {
  if (week.year < kMinYear || week.year > kMaxYear)
    return IsoWeekError::Year;
  if (week.week < 1 || week.week > 53)
    return IsoWeekError::Week;
  int64_t monday = firstIsoMonday(week.year) + (week.week - 1) * 7;
  if (week.week == 53 && monday == firstIsoMonday(week.year + 1))
    return IsoWeekError::Week;
  if (week.weekday < 1 || week.weekday > 7)
    return IsoWeekError::Weekday;
  date = dateOfOrdinal(monday + week.weekday - 1);
  return IsoWeekError::None;
}

bool checkDateFields(const DateFields& date) {
  if (date.year < kMinYear || date.year > kMaxYear)
    return raise(valueErrorType, "year must be in %d..%d, not %d", kMinYear, kMaxYear, date.year);
  if (date.month < 1 || date.month > 12)
    return raise(valueErrorType, "month must be in 1..12, not %d", date.month);
  int last = daysInMonth(date.year, date.month);
  if (date.day >= 1 && date.day <= last)
    return true;
  return raise(valueErrorType, "day %d must be in range 1..%d for month %d in year %d", date.day,
               last, date.month, date.year);
}

bool checkClockFields(const ClockFields& clock) {
  if (clock.hour < 0 || clock.hour > 23)
    return raise(valueErrorType, "hour must be in 0..23, not %d", clock.hour);
  if (clock.minute < 0 || clock.minute > 59)
    return raise(valueErrorType, "minute must be in 0..59, not %d", clock.minute);
  if (clock.second < 0 || clock.second > 59)
    return raise(valueErrorType, "second must be in 0..59, not %d", clock.second);
  if (clock.microsecond < 0 || clock.microsecond > 999'999)
    return raise(valueErrorType, "microsecond must be in 0..999999, not %d", clock.microsecond);
  if (clock.fold != 0 && clock.fold != 1)
    return raise(valueErrorType, "fold must be either 0 or 1, not %d", clock.fold);
  return true;
}

bool moveDate(DateFields& date, int64_t days) {
  int64_t ordinal = ordinalOf(date) + days;
  if (ordinal < 1 || ordinal > kMaxOrdinal)
    return raise(overflowErrorType, "date value out of range");
  date = dateOfOrdinal(ordinal);
  return true;
}

bool moveMoment(DateFields& date, ClockFields& clock, int64_t days, int64_t seconds,
                int64_t microseconds) {
  microseconds += clock.microsecond;
  seconds += secondsOfClock(clock) + carry(microseconds, kSecondMicroseconds);
  days += carry(seconds, kDaySeconds);
  if (!moveDate(date, days))
    return false;
  int rest = static_cast<int>(seconds);
  clock = {rest / 3600, rest / 60 % 60, rest % 60, static_cast<int>(microseconds), 0};
  return true;
}

} // namespace pyc::rt
