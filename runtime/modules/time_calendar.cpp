// time: dates from moments and back, dates as text, the time zone.
#include "runtime/modules/registry.h"
#include "runtime/modules/time_values.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <cerrno>
#include <cstring>
#include <string>

namespace pyc::rt {

namespace {

using ToDate = tm* (*)(const time_t*, tm*);

bool dateOf(time_t seconds, ToDate convert, tm& date) {
  errno = 0;
  return convert(&seconds, &date) != nullptr ||
         static_cast<bool>(raiseErrno(errno ? errno : EINVAL));
}

/// The optional argument of gmtime(), localtime() and ctime(): None and nothing are now.
bool optionalDate(const char* name, const Value* args, size_t argc, Value kwnames, ToDate convert,
                  tm& date) {
  if (!checkTimeArguments(name, argc, kwnames, 0, 1))
    return false;
  time_t seconds;
  if (argc == 0 || args[0].isNone())
    seconds = ::time(nullptr);
  else if (!secondsArg(args[0], seconds))
    return false;
  return dateOf(seconds, convert, date);
}

Ref gmtime(const Value* args, size_t argc, Value kwnames) {
  tm date;
  return optionalDate("gmtime", args, argc, kwnames, gmtime_r, date) ? makeStructTime(date) : Ref();
}

Ref localtime(const Value* args, size_t argc, Value kwnames) {
  tm date;
  return optionalDate("localtime", args, argc, kwnames, localtime_r, date) ? makeStructTime(date)
                                                                           : Ref();
}

Ref mktime(const Value* args) {
  tm date;
  Ref zone;
  if (!dateArg("mktime", args[0], date, zone))
    return {};
  date.tm_wday = -1; // a success sets it
  time_t seconds = ::mktime(&date);
  if (seconds == -1 && date.tm_wday == -1)
    return raise(overflowErrorType, "mktime argument out of range");
  return makeFloat(static_cast<double>(seconds));
}

/// Parts that C's functions take for granted. Months, days and days of the year may be 0: the
/// first.
bool checkDate(tm& date) {
  if (date.tm_mon == -1)
    date.tm_mon = 0;
  if (date.tm_mday == 0)
    date.tm_mday = 1;
  if (date.tm_yday == -1)
    date.tm_yday = 0;
  struct Part {
    int value, last;
    const char* name;
  };
  const Part parts[] = {{date.tm_mon, 11, "month"},        {date.tm_mday, 31, "day of month"},
                        {date.tm_hour, 23, "hour"},        {date.tm_min, 59, "minute"},
                        {date.tm_sec, 61, "seconds"},      {date.tm_wday, 6, "day of week"},
                        {date.tm_yday, 365, "day of year"}};
  for (const Part& part : parts)
    if (part.value < 0 || part.value > part.last)
      return raise(valueErrorType, "%s out of range", part.name);
  return true;
}

Ref dateText(const tm& date) {
  static constexpr char kDays[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr char kMonths[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return formatText("%s %s%3d %02d:%02d:%02d %lld", kDays[date.tm_wday], kMonths[date.tm_mon],
                    date.tm_mday, date.tm_hour, date.tm_min, date.tm_sec,
                    static_cast<long long>(date.tm_year) + 1900);
}

Ref asctime(const Value* args, size_t argc, Value kwnames) {
  tm date;
  Ref zone;
  if (!checkTimeArguments("asctime", argc, kwnames, 0, 1))
    return {};
  if (argc == 0 ? !localNow(date) : !dateArg("asctime", args[0], date, zone) || !checkDate(date))
    return {};
  return dateText(date);
}

Ref ctime(const Value* args, size_t argc, Value kwnames) {
  tm date;
  return optionalDate("ctime", args, argc, kwnames, localtime_r, date) ? dateText(date) : Ref();
}

/// Appends what C makes of one stretch of ASCII.
bool appendFormatted(StrBuilder& out, const std::string& format, const tm& date) {
  std::string buffer(format.size() + 256, '\0');
  for (;;) {
    size_t count = ::strftime(buffer.data(), buffer.size(), format.c_str(), &date);
    // Nothing may also mean that nothing is what the format gives.
    if (count > 0 || buffer.size() >= 256 * format.size()) {
      PYC_TRY(text, makeStrLatin1(reinterpret_cast<const uint8_t*>(buffer.data()),
                                  static_cast<int64_t>(count)));
      out.append(text.get());
      return true;
    }
    buffer.resize(buffer.size() * 2);
  }
}

/// C sees the stretches of ASCII only; zero bytes and other characters stand for themselves.
Ref formatDate(StrObject* format, const tm& date) {
  StrBuilder out;
  std::string stretch;
  for (int64_t i = 0; i <= format->length; ++i) {
    uint32_t c = i < format->length ? format->at(i) : 0;
    if (c != 0 && c < 128) {
      stretch.push_back(static_cast<char>(c));
      continue;
    }
    if (!stretch.empty() && !appendFormatted(out, stretch, date))
      return {};
    stretch.clear();
    if (i < format->length)
      out.appendChar(c);
  }
  return out.finish();
}

Ref strftime(const Value* args, size_t argc, Value kwnames) {
  if (!checkTimeArguments("strftime", argc, kwnames, 1, 2) || !strArg("strftime", 1, args[0]))
    return {};
  tm date;
  Ref zone;
  if (argc == 1 ? !localNow(date) : !dateArg("strftime", args[1], date, zone) || !checkDate(date))
    return {};
  date.tm_isdst = date.tm_isdst < -1 ? -1 : date.tm_isdst > 1 ? 1 : date.tm_isdst;
  return formatDate(asStr(args[0]), date);
}

Ref strptime(const Value* args, size_t argc, Value kwnames) {
  PYC_TRY(module, moduleImporter(internLiteral("_strptime")));
  PYC_TRY(function, getAttr(module, internLiteral("_strptime_time")));
  return call(function, args, argc, kwnames);
}

struct Zone {
  std::string name;
  int64_t west; // seconds
};

Zone zoneAt(time_t seconds) {
  tm date = {};
  localtime_r(&seconds, &date);
  return {date.tm_zone ? date.tm_zone : "", -date.tm_gmtoff};
}

Ref resetZone(const Value* args) {
  tzset();
  return addTimeZone(args[0]) ? Ref::none() : Ref();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "gmtime(seconds=None, /)",
     .raw = gmtime,
     .doc = "The date in UTC of a moment, or of now."},
    {.signature = "localtime(seconds=None, /)",
     .raw = localtime,
     .doc = "The local date of a moment, or of now."},
    {.signature = "mktime(time_tuple, /)", .bound = mktime, .doc = "The moment of a local date."},
    {.signature = "asctime(time_tuple=<unrepresentable>, /)",
     .raw = asctime,
     .doc =
         "A date as text, 'Sat Jun  6 16:26:11 1998'; the local date of now where none is given."},
    {.signature = "ctime(seconds=None, /)",
     .raw = ctime,
     .doc = "The local date of a moment, or of now, as asctime() writes it."},
    {.signature = "strftime(format, time_tuple=<unrepresentable>, /)",
     .raw = strftime,
     .doc = "A date in the form that the format asks for: %Y year, %m month, %d day, %H hour, %M\n"
            "minute, %S second, and what else C's strftime() knows."},
    {.signature = "strptime(string, format='%a %b %d %H:%M:%S %Y', /)",
     .raw = strptime,
     .doc = "The date that a text of a format tells; formats are strftime()'s."},
    {.signature = "tzset($module)",
     .bound = resetZone,
     .doc = "Takes over the time zone of the environment's TZ."},
};

} // namespace

bool localNow(tm& date) {
  return dateOf(::time(nullptr), localtime_r, date);
}

/// Zones of the beginnings of two halves of a year: the one further west is the year's own, the
/// other daylight-saving time.
bool addTimeZone(Value module) {
  constexpr time_t kYear = (365 * 24 + 6) * 3600;
  time_t start = ::time(nullptr) / kYear * kYear;
  Zone standard = zoneAt(start), other = zoneAt(start + kYear / 2);
  if (standard.west < other.west)
    std::swap(standard, other);
  PYC_TRY(name, makeStr(standard.name));
  PYC_TRY(otherName, makeStr(other.name));
  ModuleObject* object = asModule(module);
  return addInt(object, "timezone", standard.west) && addInt(object, "altzone", other.west) &&
         addInt(object, "daylight", standard.west != other.west) &&
         addValue(object, "tzname", tupleOf(name, otherName));
}

std::span<const MethodDef> calendarFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
