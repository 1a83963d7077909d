// Dates, times and offsets as text.
#include "runtime/modules/datetime_objects.h"
#include "runtime/objects/int.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

/// As printf's %0*d.
void appendDigits(std::string& out, int number, int width) {
  if (number < 0) {
    out += '-';
    number = -number;
    --width;
  }
  char digits[12];
  char *const end = digits + sizeof digits, *begin = end;
  do {
    *--begin = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number || end - begin < width);
  out.append(begin, end);
}

} // namespace

bool timeSpecArg(Value argument, TimeSpec& spec) {
  static constexpr const char* kNames[] = {"auto",    "hours",        "minutes",
                                           "seconds", "milliseconds", "microseconds"};
  if (!argument)
    return true;
  if (!isStr(argument))
    return raiseBadArgument("isoformat", "timespec", "str", argument);
  std::string name;
  if (!toUtf8(argument, name))
    return false;
  if (name.find('\0') != std::string::npos)
    return raise(valueErrorType, "embedded null character");
  for (unsigned i = 0; i < std::size(kNames); ++i)
    if (name == kNames[i]) {
      spec = static_cast<TimeSpec>(i);
      return true;
    }
  return raise(valueErrorType, "Unknown timespec value");
}

void appendIsoDate(std::string& out, const DateFields& date) {
  appendDigits(out, date.year, 4);
  out += '-';
  appendDigits(out, date.month, 2);
  out += '-';
  appendDigits(out, date.day, 2);
}

void appendIsoClock(std::string& out, const ClockFields& clock, TimeSpec spec) {
  if (spec == TimeSpec::Auto)
    spec = clock.microsecond ? TimeSpec::Microseconds : TimeSpec::Seconds;
  auto append = [&](TimeSpec from, char separator, int number, int width) {
    if (spec < from)
      return;
    out += separator;
    appendDigits(out, number, width);
  };
  appendDigits(out, clock.hour, 2);
  append(TimeSpec::Minutes, ':', clock.minute, 2);
  append(TimeSpec::Seconds, ':', clock.second, 2);
  if (spec == TimeSpec::Milliseconds)
    append(spec, '.', clock.microsecond / 1000, 3);
  else
    append(TimeSpec::Microseconds, '.', clock.microsecond, 6);
}

bool appendOffset(std::string& out, const char* separator, Value zone, Value argument) {
  PYC_TRY(offset, zoneOffset(zone, argument));
  if (offset.isNone())
    return true;
  const DeltaObject* delta = asDelta(offset);
  int64_t seconds = daysOf(delta) * kDaySeconds + secondsOf(delta), part = microsecondsOf(delta);
  bool west = seconds < 0;
  if (west) {
    seconds = -seconds - (part ? 1 : 0);
    part = part ? kSecondMicroseconds - part : 0;
  }
  int whole = static_cast<int>(seconds);
  out += west ? '-' : '+';
  appendDigits(out, whole / 3600, 2);
  out += separator;
  appendDigits(out, whole / 60 % 60, 2);
  if (whole % 60 || part) {
    out += separator;
    appendDigits(out, whole % 60, 2);
  }
  if (part) {
    out += '.';
    appendDigits(out, static_cast<int>(part), 6);
  }
  return true;
}

Ref classicText(const DateFields& date, const ClockFields& clock) {
  static constexpr char kDays[][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr char kMonths[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return formatText("%s %s %2d %02d:%02d:%02d %04d", kDays[weekdayOf(date)],
                    kMonths[date.month - 1], date.day, clock.hour, clock.minute, clock.second,
                    date.year);
}

Ref makeTimeTuple(const DateFields& date, const ClockFields& clock, int dst) {
  int parts[] = {date.year,    date.month,      date.day,        clock.hour, clock.minute,
                 clock.second, weekdayOf(date), dayOfYear(date), dst};
  Value values[std::size(parts)];
  for (unsigned i = 0; i < std::size(parts); ++i)
    values[i] = Value::fromInt(parts[i]);
  PYC_TRY(tuple, makeTuple(values, std::size(values)));
  PYC_TRY(module, moduleImporter(internLiteral("time")));
  PYC_TRY(type, getAttr(module, internLiteral("struct_time")));
  return call(type, tuple);
}

namespace {

Ref callTimeStrftime(Value format, Value timeTuple) {
  PYC_TRY(module, moduleImporter(internLiteral("time")));
  PYC_TRY(function, getAttr(module, internLiteral("strftime")));
  return call(function, format, timeTuple);
}

/// Rewrites a format for time.strftime(): what needs more than a time tuple (%f, %z, %:z, %Z), and
/// years, which C pads in ways of its own.
class FormatRewriter {
public:
  FormatRewriter(Value object, Value timeTuple) : timeTuple_(timeTuple) {
    if (isDateTime(object)) {
      zone_ = asDateTime(object)->zone;
      argument_ = object;
      microsecond_ = static_cast<int>(asDateTime(object)->microsecond);
    } else if (isTime(object)) {
      zone_ = asTime(object)->zone;
      argument_ = Value::none();
      microsecond_ = static_cast<int>(asTime(object)->microsecond);
    }
  }

  Ref rewrite(const StrObject* format) {
    for (int64_t i = 0; i < format->length; ++i) {
      uint32_t c = format->at(i);
      if (c != '%' || i + 1 == format->length) {
        out_.appendChar(c);
        continue;
      }
      c = format->at(++i);
      if (c == ':' && i + 1 < format->length && format->at(i + 1) == 'z') {
        ++i;
        if (!replaceOffset(":"))
          return {};
      } else if (!replace(c)) {
        return {};
      }
    }
    return out_.finish();
  }

private:
  /// Appends a conversion, or what stands for it.
  bool replace(uint32_t conversion) {
    switch (conversion) {
    case 'f':
      appendNumber(microsecond_, 6);
      return true;
    case 'z':
      return replaceOffset("");
    case 'Z':
      return replaceName();
    case 'Y':
    case 'G':
    case 'C':
    case 'F':
      return replaceYear(static_cast<char>(conversion));
    default:
      keep(conversion);
      return true;
    }
  }

  void keep(uint32_t conversion) {
    out_.append("%");
    out_.appendChar(conversion);
  }

  void appendNumber(int number, int width) {
    std::string digits;
    appendDigits(digits, number, width);
    out_.append(digits);
  }

  bool replaceOffset(const char* separator) {
    std::string text;
    if (!appendOffset(text, separator, zone_, argument_))
      return false;
    out_.append(text);
    return true;
  }

  bool replaceName() {
    PYC_TRY(name, zoneName(zone_, argument_));
    if (name.isNone())
      return true;
    // time.strftime() will look at what is put in, too.
    PYC_TRY(percent, makeStr("%"));
    PYC_TRY(twice, makeStr("%%"));
    Value arguments[] = {percent, twice};
    PYC_TRY(escaped, callMethod(name, internLiteral("replace"), arguments, 2));
    if (!isStr(escaped))
      return raise(typeErrorType, "tzname.replace() did not return a string");
    out_.append(escaped.get());
    return true;
  }

  bool replaceYear(char conversion) {
    PYC_TRY(first, getItem(timeTuple_, Value::fromInt(0)));
    int64_t year;
    if (!toInt64(first, year, &overflowErrorType))
      return false;
    if (year >= 1000) {
      keep(static_cast<uint32_t>(conversion));
      return true;
    }
    if (conversion == 'G' && !isoYear(year))
      return false;
    if (conversion == 'C')
      appendNumber(static_cast<int>(year / 100), 2);
    else
      appendNumber(static_cast<int>(year), 4);
    if (conversion == 'F')
      out_.append("-%m-%d");
    return true;
  }

  /// The year of the ISO week.
  bool isoYear(int64_t& year) {
    PYC_TRY(format, makeStr("%G"));
    PYC_TRY(text, callTimeStrftime(format, timeTuple_));
    PYC_TRY(number, call(Value(&intType.header), text));
    return toInt64(number, year, &overflowErrorType);
  }

  Value timeTuple_, zone_, argument_;
  int microsecond_ = 0;
  StrBuilder out_;
};

} // namespace

Ref formatDateTime(Value object, Value format, Value timeTuple) {
  PYC_TRY(rewritten, FormatRewriter(object, timeTuple).rewrite(asStr(format)));
  return callTimeStrftime(rewritten, timeTuple);
}

Ref formatWith(const Value* args) {
  if (!isStr(args[1]))
    return raiseBadArgument("__format__", 0, "str", args[1]);
  if (asStr(args[1])->length == 0)
    return str(args[0]);
  return callMethod(args[0], internLiteral("strftime"), args[1]);
}

Ref callStrptime(std::string_view function, const Value* args) {
  for (int i : {1, 2})
    if (!strArg("strptime", i, args[i]))
      return {};
  PYC_TRY(module, moduleImporter(internLiteral("_strptime")));
  PYC_TRY(callee, getAttr(module, internLiteral(function)));
  return call(callee, args[0], args[1], args[2]);
}

} // namespace pyc::rt
