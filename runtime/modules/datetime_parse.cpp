// ISO 8601 texts: what isoformat() writes and, but for fractions of anything but seconds, all else
// that the standard allows for dates and times of day.
#include "runtime/modules/datetime_objects.h"
#include "runtime/objects/text_args.h"

#include <algorithm>

namespace pyc::rt {

namespace {

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

/// Reads numbers off the front of a text.
class Scanner {
public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool atEnd() const { return place_ == text_.size(); }
  char next() const { return atEnd() ? '\0' : text_[place_]; }
  bool take(char c) {
    bool there = !atEnd() && next() == c;
    place_ += there;
    return there;
  }
  /// Exactly `count` digits.
  bool number(size_t count, int& result) {
    if (text_.size() - place_ < count)
      return false;
    result = 0;
    for (; count > 0; --count, ++place_) {
      if (!isDigit(text_[place_]))
        return false;
      result = result * 10 + (text_[place_] - '0');
    }
    return true;
  }
  /// All that is left are digits; the first six of them are millionths.
  bool fraction(int& microseconds) {
    std::string_view digits = text_.substr(place_);
    if (digits.empty() || !std::all_of(digits.begin(), digits.end(), isDigit))
      return false;
    microseconds = 0;
    for (size_t i = 0; i < 6; ++i)
      microseconds = microseconds * 10 + (i < digits.size() ? digits[i] - '0' : 0);
    return true;
  }

private:
  std::string_view text_;
  size_t place_ = 0;
};

/// YYYY-MM-DD, YYYYMMDD, YYYY-Www, YYYY-Www-D and these without dashes.
bool parseDate(std::string_view text, DateFields& date) {
  Scanner scanner(text);
  if (!scanner.number(4, date.year))
    return false;
  bool dashes = scanner.take('-');
  if (scanner.take('W')) {
    IsoWeekDate week{date.year, 0, 1};
    if (!scanner.number(2, week.week))
      return false;
    if (!scanner.atEnd() && (scanner.take('-') != dashes || !scanner.number(1, week.weekday)))
      return false;
    return dateOfIsoWeek(week, date) == IsoWeekError::None;
  }
  return scanner.number(2, date.month) && scanner.take('-') == dashes &&
         scanner.number(2, date.day);
}

/// HH, HH:MM, HH:MM:SS, HH:MM:SS.f and these without colons.
bool parseClock(std::string_view text, ClockFields& clock) {
  Scanner scanner(text);
  int* const parts[] = {&clock.hour, &clock.minute, &clock.second};
  bool colons = false;
  for (unsigned i = 0;; ++i) {
    if (!scanner.number(2, *parts[i]))
      return false;
    if (scanner.atEnd())
      return true;
    if (i == 2)
      break;
    if (i == 0)
      colons = scanner.take(':');
    else if (colons && !scanner.take(':'))
      return false;
  }
  return (scanner.take('.') || scanner.take(',')) && scanner.fraction(clock.microsecond);
}

enum class ParseResult : uint8_t { Done, Malformed, Raised };

/// What follows the sign of an offset.
ParseResult parseZone(std::string_view text, bool west, Ref& zone) {
  ClockFields offset;
  if (!parseClock(text, offset))
    return ParseResult::Malformed;
  if (!checkClockFields(offset))
    return ParseResult::Raised;
  int sign = west ? -1 : 1;
  Ref delta = newDelta(0, sign * secondsOfClock(offset), sign * offset.microsecond);
  zone = delta ? makeTimeZone(delta) : Ref();
  return zone ? ParseResult::Done : ParseResult::Raised;
}

/// A time of day with or without an offset. `nextDay`: it is 24:00.
ParseResult parseTime(std::string_view text, ParsedMoment& result, bool& nextDay) {
  size_t sign = text.find_first_of("+-Z");
  if (!parseClock(text.substr(0, sign), result.clock))
    return ParseResult::Malformed;
  if (sign != text.npos && text[sign] == 'Z') {
    if (sign + 1 != text.size())
      return ParseResult::Malformed;
    result.zone = Ref::copy(utcZone());
  } else if (sign != text.npos) {
    ParseResult zone = parseZone(text.substr(sign + 1), text[sign] == '-', result.zone);
    if (zone != ParseResult::Done)
      return zone;
  }
  nextDay = result.clock.hour == 24;
  if (!nextDay)
    return ParseResult::Done;
  if (result.clock.minute || result.clock.second || result.clock.microsecond) {
    raise(valueErrorType, "minute, second, and microsecond must be 0 when hour is 24");
    return ParseResult::Raised;
  }
  result.clock.hour = 0;
  return ParseResult::Done;
}

/// Where the date ends. Dates of weeks are ambiguous: dashes and digits may also be what stands
/// between date and time.
size_t endOfDate(std::string_view text) {
  if (text.size() == 7)
    return 7;
  if (text[4] == '-') {
    if (text[5] != 'W')
      return 10;
    if (text.size() > 8 && text[8] == '-')
      return text.size() > 10 && isDigit(text[10]) ? 8 : 10;
    return 8;
  }
  if (text[4] != 'W')
    return 8;
  size_t digits = 7;
  while (digits < text.size() && isDigit(text[digits]))
    ++digits;
  if (digits < 9)
    return digits;
  // Times without colons have an even number of digits.
  return digits % 2 == 0 ? 7 : 8;
}

/// The text, with '?' for whatever is not ASCII.
bool asciiOf(Value text, std::string& out) {
  if (!isStr(text))
    return raiseBadArgument("fromisoformat", 0, "str", text);
  const StrObject* str = asStr(text);
  out.reserve(static_cast<size_t>(str->length));
  for (int64_t i = 0; i < str->length; ++i)
    out.push_back(str->at(i) < 128 ? static_cast<char>(str->at(i)) : '?');
  return true;
}

bool raiseInvalid(Value text) {
  return raise(valueErrorType, "Invalid isoformat string: %R", text);
}

bool finish(ParseResult result, Value text) {
  if (result == ParseResult::Malformed)
    return raiseInvalid(text);
  return result == ParseResult::Done;
}

void goToNextDay(DateFields& date) {
  // Wrong fields are left for who makes the object to find.
  if (date.month < 1 || date.month > 12 || date.day > daysInMonth(date.year, date.month))
    return;
  if (++date.day <= daysInMonth(date.year, date.month))
    return;
  date.day = 1;
  if (++date.month <= 12)
    return;
  date.month = 1;
  ++date.year;
}

} // namespace

bool parseIsoDate(Value text, ParsedMoment& result) {
  std::string ascii;
  if (!asciiOf(text, ascii))
    return false;
  bool rightLength = ascii.size() == 7 || ascii.size() == 8 || ascii.size() == 10;
  return (rightLength && parseDate(ascii, result.date)) || raiseInvalid(text);
}

bool parseIsoDateTime(Value text, ParsedMoment& result) {
  std::string ascii;
  if (!asciiOf(text, ascii))
    return false;
  if (ascii.size() < 7)
    return raiseInvalid(text);
  std::string_view view = ascii;
  size_t end = endOfDate(view);
  if (!parseDate(view.substr(0, end), result.date))
    return raiseInvalid(text);
  if (end >= view.size())
    return true;
  bool nextDay = false;
  if (!finish(parseTime(view.substr(end + 1), result, nextDay), text))
    return false;
  if (nextDay)
    goToNextDay(result.date);
  return true;
}

bool parseIsoTime(Value text, ParsedMoment& result) {
  std::string ascii;
  if (!asciiOf(text, ascii))
    return false;
  std::string_view view = ascii;
  if (view.starts_with('T'))
    view.remove_prefix(1);
  bool nextDay = false;
  return finish(parseTime(view, result, nextDay), text);
}

} // namespace pyc::rt
