// The calendar of _datetime, over all days that it has.
#include "runtime/modules/datetime_calendar.h"

#include <gtest/gtest.h>

namespace pyc::rt {
namespace {

TEST(DateTimeCalendar, CountsAllDaysOneByOne) {
  int64_t ordinal = 0;
  for (int year = kMinYear; year <= kMaxYear; ++year)
    for (int month = 1; month <= 12; ++month)
      for (int day = 1; day <= daysInMonth(year, month); ++day) {
        DateFields date = dateOfOrdinal(++ordinal);
        ASSERT_EQ(date.year, year);
        ASSERT_EQ(date.month, month);
        ASSERT_EQ(date.day, day);
        ASSERT_EQ(ordinalOf(date), ordinal);
      }
  EXPECT_EQ(ordinal, kMaxOrdinal);
}

TEST(DateTimeCalendar, KnowsLeapYears) {
  EXPECT_TRUE(isLeapYear(2000) && isLeapYear(2024));
  EXPECT_FALSE(isLeapYear(1900) || isLeapYear(2023));
  EXPECT_EQ(dayOfYear({2024, 12, 31}), 366);
  EXPECT_EQ(dayOfYear({2023, 3, 1}), 60);
}

TEST(DateTimeCalendar, FindsDaysOfIsoWeeks) {
  for (int64_t ordinal = 1; ordinal <= kMaxOrdinal; ++ordinal) {
    IsoWeekDate week = isoWeekDateOf(dateOfOrdinal(ordinal));
    DateFields date;
    ASSERT_EQ(week.weekday, weekdayOf(ordinal) + 1);
    ASSERT_EQ(dateOfIsoWeek(week, date), IsoWeekError::None);
    ASSERT_EQ(ordinalOf(date), ordinal);
  }
}

TEST(DateTimeCalendar, RefusesWeeksThatAreNot) {
  DateFields date;
  EXPECT_EQ(dateOfIsoWeek({2020, 53, 7}, date), IsoWeekError::None);
  EXPECT_EQ(dateOfIsoWeek({2021, 53, 1}, date), IsoWeekError::Week);
  EXPECT_EQ(dateOfIsoWeek({2021, 0, 1}, date), IsoWeekError::Week);
  EXPECT_EQ(dateOfIsoWeek({2021, 1, 8}, date), IsoWeekError::Weekday);
  EXPECT_EQ(dateOfIsoWeek({10000, 1, 1}, date), IsoWeekError::Year);
}

TEST(DateTimeCalendar, CarriesIntoGreaterUnits) {
  DateFields date{2023, 12, 31};
  ClockFields clock{23, 59, 59, 999'999, 1};
  ASSERT_TRUE(moveMoment(date, clock, 0, 0, 1));
  EXPECT_EQ(ordinalOf(date), ordinalOf({2024, 1, 1}));
  EXPECT_EQ(secondsOfClock(clock), 0);
  EXPECT_EQ(clock.microsecond, 0);
  EXPECT_EQ(clock.fold, 0);
  ASSERT_TRUE(moveMoment(date, clock, 0, 0, -1));
  EXPECT_EQ(ordinalOf(date), ordinalOf({2023, 12, 31}));
  EXPECT_EQ(secondsOfClock(clock), kDaySeconds - 1);
  EXPECT_EQ(clock.microsecond, 999'999);
}

} // namespace
} // namespace pyc::rt
