// ISO 8601 texts: what isoformat() writes and, but for fractions of anything but seconds, all else
// that the standard allows for dates and times of day.
#include "runtime/modules/datetime_objects.h"
#include "runtime/objects/codecs.h"
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
  size_t left() const { return text_.size() - place_; }
  char next() const { return atEnd() ? '\0' : text_[place_]; }
  bool take(char c) {
    bool there = !atEnd() && next() == c;
    place_ += there;
    return there;
  }
  /// Exactly `count` digits; `result` stays as it is without them.
  bool number(size_t count, int& result) {
    if (left() < count)
      return false;
    int number = 0;
    for (char c : text_.substr(place_, count)) {
      if (!isDigit(c))
        return false;
      number = number * 10 + (c - '0');
    }
    place_ += count;
    result = number;
    return true;
  }
  /// The digits of a fraction as millionths: all that is left, or the first six.
  bool fraction(int& microseconds) {
    size_t count = std::min<size_t>(text_.size() - place_, 6);
    if (count == 0 || !number(count, microseconds))
      return false;
    for (; count < 6; ++count)
      microseconds *= 10;
    while (isDigit(next()))
      ++place_;
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

/// How a text went on where a time of day ended.
enum class ClockEnd : uint8_t { Malformed, EndOfText, Other };

/// HH, HH:MM, HH:MM:SS, HH:MM:SS.f and these without colons; then also HHMMSSf. As CPython's, it
/// takes one character too many before what follows (a sign or Z), and a zero byte at the end.
ClockEnd parseClock(std::string_view text, ClockFields& clock) {
  Scanner scanner(text);
  int* const parts[] = {&clock.hour, &clock.minute, &clock.second};
  bool colons = false;
  for (unsigned i = 0; i < 3; ++i) {
    if (!scanner.number(2, *parts[i]))
      return ClockEnd::Malformed;
    if (scanner.take('.') || scanner.take(',')) {
      if (i < 2)
        return ClockEnd::Malformed;
      break;
    }
    if (scanner.left() <= 1)
      return scanner.next() == '\0' ? ClockEnd::EndOfText : ClockEnd::Other;
    if (i == 0)
      colons = scanner.take(':');
    else if (colons && (i == 2 || !scanner.take(':')))
      return ClockEnd::Malformed;
  }
  if (!scanner.fraction(clock.microsecond))
    return ClockEnd::Malformed;
  return scanner.next() == '\0' ? ClockEnd::EndOfText : ClockEnd::Other;
}

enum class ParseResult : uint8_t { Done, Malformed, Raised };

/// What follows the sign of an offset.
ParseResult parseZone(std::string_view text, bool west, Ref& zone) {
  ClockFields offset;
  ClockEnd end = parseClock(text, offset);
  if (!checkClockFields(offset)) // of as much as could be read
    return ParseResult::Raised;
  if (end != ClockEnd::EndOfText)
    return ParseResult::Malformed;
  int sign = west ? -1 : 1;
  Ref delta = newDelta(0, sign * secondsOfClock(offset), sign * offset.microsecond);
  zone = delta ? makeTimeZone(delta) : Ref();
  return zone ? ParseResult::Done : ParseResult::Raised;
}

/// A time of day with or without an offset.
ParseResult parseTime(std::string_view text, ParsedMoment& result) {
  size_t sign = text.find_first_of("+-Z");
  ClockEnd end = parseClock(text.substr(0, sign), result.clock);
  if (end == ClockEnd::Malformed || (end == ClockEnd::Other && sign == text.npos))
    return ParseResult::Malformed;
  if (sign != text.npos && text[sign] == 'Z') {
    if (sign + 1 != text.size() && text[sign + 1] != '\0')
      return ParseResult::Malformed;
    result.zone = Ref::copy(utcZone());
    return ParseResult::Done;
  }
  return sign == text.npos ? ParseResult::Done
                           : parseZone(text.substr(sign + 1), text[sign] == '-', result.zone);
}

/// Makes 24:00 the 0:00 that it is.
bool wrapMidnight(ClockFields& clock) {
  if (clock.minute || clock.second || clock.microsecond)
    return raise(valueErrorType, "minute, second, and microsecond must be 0 when hour is 24");
  clock.hour = 0;
  return true;
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

bool raiseInvalid(Value text) {
  return raise(valueErrorType, "Invalid isoformat string: %R", text);
}

/// The text as UTF-8, in `storage` if need be. Lone surrogates are errors, but for one that may be
/// what stands between date and time.
bool textArg(Value text, bool hasDate, std::string& storage, std::string_view& result) {
  if (!isStr(text))
    return raiseBadArgument("fromisoformat", 0, "str", text);
  const StrObject* str = asStr(text);
  if (str->isAscii()) {
    result = str->asciiView();
    return true;
  }
  for (int64_t i = 0; i < str->length; ++i) {
    uint32_t c = str->at(i);
    if (isSurrogate(c)) {
      if (!hasDate || (i != 7 && i != 8 && i != 10))
        return raiseInvalid(text);
      c = 'T';
      hasDate = false; // no second one
    }
    appendUtf8(storage, c);
  }
  result = storage;
  return true;
}

/// Bytes of the character that begins at `place`.
size_t lengthOfCharacter(std::string_view text, size_t place) {
  auto lead = static_cast<uint8_t>(text[place]);
  return lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

bool finish(ParseResult result, Value text) {
  if (result == ParseResult::Malformed)
    return raiseInvalid(text);
  return result == ParseResult::Done;
}

/// The date and time of a text with 24:00, if there is such a date (which is left for who makes
/// the object to find).
bool goToNextDay(DateFields& date, ClockFields& clock) {
  if (date.month < 1 || date.month > 12 || date.day > daysInMonth(date.year, date.month))
    return true;
  if (!wrapMidnight(clock))
    return false;
  if (++date.day <= daysInMonth(date.year, date.month))
    return true;
  date.day = 1;
  if (++date.month > 12) {
    date.month = 1;
    ++date.year;
  }
  return true;
}

} // namespace

bool parseIsoDate(Value text, ParsedMoment& result) {
  std::string storage;
  std::string_view view;
  if (!textArg(text, false, storage, view))
    return false;
  bool rightLength = view.size() == 7 || view.size() == 8 || view.size() == 10;
  return (rightLength && parseDate(view, result.date)) || raiseInvalid(text);
}

bool parseIsoDateTime(Value text, ParsedMoment& result) {
  std::string storage;
  std::string_view view;
  if (!textArg(text, true, storage, view))
    return false;
  if (asStr(text)->length < 7)
    return raiseInvalid(text);
  size_t end = endOfDate(view);
  if (!parseDate(view.substr(0, end), result.date))
    return raiseInvalid(text);
  if (end >= view.size())
    return true;
  size_t start = end + lengthOfCharacter(view, end);
  return finish(parseTime(view.substr(start), result), text) &&
         (result.clock.hour != 24 || goToNextDay(result.date, result.clock));
}

bool parseIsoTime(Value text, ParsedMoment& result) {
  std::string storage;
  std::string_view view;
  if (!textArg(text, false, storage, view))
    return false;
  if (view.starts_with('T'))
    view.remove_prefix(1);
  return finish(parseTime(view, result), text) &&
         (result.clock.hour != 24 || wrapMidnight(result.clock));
}

} // namespace pyc::rt
