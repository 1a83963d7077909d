#include "runtime/modules/time_values.h"

#include "runtime/modules/struct_sequence.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"

#include <climits>
#include <cmath>

namespace pyc::rt {

namespace {

/// 2^63: the first double past int64_t.
constexpr double kTooLarge = 9223372036854775808.0;

bool isWhole(Value argument) {
  return isInteger(argument) || (!isFloat(argument) && typeOf(argument)->slots.index);
}

bool wholeArg(Value argument, const char* overflow, int64_t& result) {
  PYC_TRY(index, toIndex(argument));
  return intFits64(index, result) || static_cast<bool>(raise(overflowErrorType, "%s", overflow));
}

bool realArg(Value argument, double& result) {
  if (!toDouble(argument, result))
    return false;
  return !std::isnan(result) ||
         static_cast<bool>(raise(valueErrorType, "Invalid value NaN (not a number)"));
}

bool fits(double value) {
  return value >= -kTooLarge && value < kTooLarge;
}

constexpr const char* kSecondsOverflow = "timestamp out of range for platform time_t";

} // namespace

bool secondsArg(Value argument, time_t& seconds) {
  if (isWhole(argument))
    return wholeArg(argument, kSecondsOverflow, seconds);
  double value;
  if (!realArg(argument, value))
    return false;
  value = std::floor(value);
  if (!fits(value))
    return raise(overflowErrorType, "%s", kSecondsOverflow);
  seconds = static_cast<time_t>(value);
  return true;
}

bool microsecondsArg(Value argument, time_t& seconds, int& microseconds) {
  microseconds = 0;
  if (isWhole(argument))
    return wholeArg(argument, kSecondsOverflow, seconds);
  double value, whole;
  if (!realArg(argument, value))
    return false;
  double part = std::nearbyint(std::modf(value, &whole) * 1e6); // the default mode is to even
  if (part >= 1e6) {
    part -= 1e6;
    ++whole;
  } else if (part < 0) {
    part += 1e6;
    --whole;
  }
  if (!fits(whole))
    return raise(overflowErrorType, "%s", kSecondsOverflow);
  seconds = static_cast<time_t>(whole);
  microseconds = static_cast<int>(part);
  return true;
}

bool nanosecondsArg(Value argument, TimeRounding rounding, int64_t& nanoseconds) {
  constexpr const char* kOverflow = "timestamp out of range for C PyTime_t";
  if (isWhole(argument)) {
    int64_t seconds;
    if (!wholeArg(argument, kOverflow, seconds))
      return false;
    return !__builtin_mul_overflow(seconds, kNanoseconds, &nanoseconds) ||
           static_cast<bool>(raise(overflowErrorType, "%s", kOverflow));
  }
  double value;
  if (!realArg(argument, value))
    return false;
  value *= static_cast<double>(kNanoseconds);
  // Up is away from zero, so that no wait is too short.
  value = rounding == TimeRounding::Up && value >= 0 ? std::ceil(value) : std::floor(value);
  if (!fits(value))
    return raise(overflowErrorType, "%s", kOverflow);
  nanoseconds = static_cast<int64_t>(value);
  return true;
}

double toSeconds(int64_t nanoseconds) {
  if (nanoseconds % kNanoseconds == 0)
    return static_cast<double>(nanoseconds / kNanoseconds);
  return static_cast<double>(nanoseconds) / static_cast<double>(kNanoseconds);
}

bool cIntArg(Value argument, int& result) {
  PYC_TRY(index, toIndex(argument));
  int64_t value;
  if (!intFits64(index, value))
    return raise(overflowErrorType, "Python int too large to convert to C long");
  if (value > INT_MAX)
    return raise(overflowErrorType, "signed integer is greater than maximum");
  if (value < INT_MIN)
    return raise(overflowErrorType, "signed integer is less than minimum");
  result = static_cast<int>(value);
  return true;
}

bool checkTimeArguments(const char* name, size_t argc, Value kwnames, size_t least, size_t most) {
  if (kwnames && asTuple(kwnames)->count)
    return raise(typeErrorType, "time.%s() takes no keyword arguments", name);
  if (argc >= least && argc <= most)
    return true;
  size_t bound = argc < least ? least : most;
  const char* kind = least == most ? "exactly" : argc < least ? "at least" : "at most";
  return raise(typeErrorType, "%s() takes %s %zu argument%s (%zu given)", name, kind, bound,
               bound == 1 ? "" : "s", argc);
}

// struct_time.

namespace {

constexpr const char* kDateFields[] = {"tm_year",  "tm_mon",  "tm_mday",  "tm_hour",
                                       "tm_min",   "tm_sec",  "tm_wday",  "tm_yday",
                                       "tm_isdst", "tm_zone", "tm_gmtoff"};
constexpr uint32_t kVisibleFields = 9, kZoneField = 9, kOffsetField = 10;
constexpr StructSequenceDef kDateDef = {kDateFields, 11, kVisibleFields, true};

} // namespace

constinit TypeObject structTimeType = structSequenceType<kDateDef>(
    "time.struct_time",
    "A date and time of day, as gmtime(), localtime() and strptime() return them and asctime(),\n"
    "mktime() and strftime() take them: nine integers. Years and days of the year count as people\n"
    "do, unlike in C; tm_zone and tm_gmtoff are attributes only.");

Ref makeStructTime(const tm& date) {
  const char* zone = date.tm_zone ? date.tm_zone : "";
  Ref values[] = {makeInt(int64_t{date.tm_year} + 1900),
                  makeInt(date.tm_mon + 1),
                  makeInt(date.tm_mday),
                  makeInt(date.tm_hour),
                  makeInt(date.tm_min),
                  makeInt(date.tm_sec),
                  makeInt((date.tm_wday + 6) % 7),
                  makeInt(date.tm_yday + 1),
                  makeInt(date.tm_isdst),
                  makeStrLatin1(reinterpret_cast<const uint8_t*>(zone),
                                static_cast<int64_t>(std::string_view(zone).size())),
                  makeInt(date.tm_gmtoff)};
  return makeStructSequence(structTimeType, kDateDef, values);
}

namespace {

bool zoneOf(Value date, tm& result, Ref& zone) {
  const Value* items = asTuple(date)->items();
  int64_t offset;
  if (items[kOffsetField] && !items[kOffsetField].isNone()) {
    if (!toInt64(items[kOffsetField], offset, &overflowErrorType))
      return false;
    result.tm_gmtoff = offset;
  }
  if (!items[kZoneField] || !isStr(items[kZoneField]))
    return true;
  std::string text;
  if (!toUtf8(items[kZoneField], text))
    return false;
  zone = makeStr(text.c_str()); // ends with a zero byte, as C wants it
  if (!zone)
    return false;
  if (asStr(zone)->isAscii())
    result.tm_zone = asStr(zone)->asciiView().data();
  return true;
}

} // namespace

bool dateArg(const char* function, Value argument, tm& date, Ref& zone) {
  if (!isTuple(argument))
    return raise(typeErrorType, "Tuple or struct_time argument required");
  TupleObject* tuple = asTuple(argument);
  if (tuple->count != kVisibleFields)
    return raise(typeErrorType, "%s(): illegal time tuple argument", function);
  date = {};
  int year, dayOfWeek;
  int* const fields[] = {&year,        &date.tm_mon, &date.tm_mday, &date.tm_hour, &date.tm_min,
                         &date.tm_sec, &dayOfWeek,   &date.tm_yday, &date.tm_isdst};
  for (uint32_t k = 0; k < kVisibleFields; ++k)
    if (!cIntArg(tuple->items()[k], *fields[k]))
      return false;
  if (year < INT_MIN + 1900)
    return raise(overflowErrorType, "year out of range");
  date.tm_year = year - 1900;
  // Numbers at the end of int wrap, as they do in CPython; checks of the parts come later.
  date.tm_mon = static_cast<int>(static_cast<unsigned>(date.tm_mon) - 1);
  date.tm_wday = static_cast<int>((int64_t{dayOfWeek} + 1) % 7);
  date.tm_yday = static_cast<int>(static_cast<unsigned>(date.tm_yday) - 1);
  return typeOf(argument) != &structTimeType || zoneOf(argument, date, zone);
}

} // namespace pyc::rt
