// The type date.
#include "runtime/modules/datetime_objects.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

/// Makes the object of fields that may be any (pickled states are not checked).
Ref allocDate(TypeObject* type, const DateFields& fields) {
  Object* object = allocObject(type);
  if (object) {
    auto* date = reinterpret_cast<DateObject*>(object);
    date->hashCode = kNoHash;
    date->year = static_cast<uint16_t>(fields.year);
    date->month = static_cast<uint8_t>(fields.month);
    date->day = static_cast<uint8_t>(fields.day);
  }
  return Ref::steal(object);
}

} // namespace

Ref newDate(TypeObject* type, const DateFields& fields) {
  return checkDateFields(fields) ? allocDate(type, fields) : Ref();
}

Ref makeDate(TypeObject* type, const DateFields& fields) {
  if (type == &dateType)
    return newDate(type, fields);
  if (type == &dateTimeType)
    return newDateTime(type, fields, {}, {});
  return call(Value(&type->header), Value::fromInt(fields.year), Value::fromInt(fields.month),
              Value::fromInt(fields.day));
}

bool dateArgs(const Value* args, DateFields& date) {
  return intArg(args[0], date.year) && intArg(args[1], date.month) && intArg(args[2], date.day);
}

namespace {

constexpr PickleForm kForm = {"date", 4, 2, 1, 12, false};

Ref createSlot(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("date(year, month, day)");
  std::string state;
  if (argc == 1 && !stateArg(args[0], kForm, state))
    return {};
  if (!state.empty()) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(state.data());
    return allocDate(type, {bytes[0] << 8 | bytes[1], bytes[2], bytes[3]});
  }
  Value bound[3];
  DateFields fields{};
  if (!signature.bind(args, argc, kwnames, bound) || !dateArgs(bound, fields))
    return {};
  return newDate(type, fields);
}

std::string stateOf(const DateObject* date) {
  return {static_cast<char>(date->year >> 8), static_cast<char>(date->year),
          static_cast<char>(date->month), static_cast<char>(date->day)};
}

bool hashSlot(Value self, int64_t& hash) {
  DateObject* date = asDate(self);
  hash = __atomic_load_n(&date->hashCode, __ATOMIC_RELAXED);
  if (hash == kNoHash) {
    std::string state = stateOf(date);
    hash = hashBytes(state.data(), state.size());
    __atomic_store_n(&date->hashCode, hash, __ATOMIC_RELAXED);
  }
  return true;
}

/// A datetime is no date to compare with: that would be by the date alone.
Ref compareSlot(Value self, Value other, CompareOp op) {
  if (typeOf(other) != &dateType && (!isDate(other) || isDateTime(other)))
    return Ref::notImplemented();
  const DateObject *a = asDate(self), *b = asDate(other);
  auto key = [](const DateObject* date) {
    return int64_t{date->year} << 16 | date->month << 8 | date->day;
  };
  return ordering(key(a) - key(b), op);
}

Ref moveByDays(Value date, int64_t days) {
  DateFields fields = asDate(date)->date();
  return moveDate(fields, days) ? makeDate(typeOf(date), fields) : Ref();
}

Ref addSlot(Value left, Value right) {
  if (isDateTime(left) || isDateTime(right))
    return Ref::notImplemented();
  if (isDate(left) && isDelta(right))
    return moveByDays(left, daysOf(asDelta(right)));
  if (isDelta(left) && isDate(right))
    return moveByDays(right, daysOf(asDelta(left)));
  return Ref::notImplemented();
}

Ref subtractSlot(Value left, Value right) {
  if (!isDate(left) || isDateTime(left) || isDateTime(right))
    return Ref::notImplemented();
  if (isDate(right))
    return newDelta(ordinalOf(asDate(left)->date()) - ordinalOf(asDate(right)->date()), 0, 0);
  if (isDelta(right))
    return moveByDays(left, -daysOf(asDelta(right)));
  return Ref::notImplemented();
}

Ref reprSlot(Value self) {
  const DateObject* date = asDate(self);
  return formatText("%s(%d, %d, %d)", fullTypeName(self), date->year, date->month, date->day);
}

Ref strSlot(Value self) {
  return callMethod(self, internLiteral("isoformat"));
}

// Other ways to make one.

Ref fromordinalMethod(const Value* args) {
  int ordinal = 0;
  if (!intArg(args[1], ordinal))
    return {};
  if (ordinal < 1)
    return raise(valueErrorType, "ordinal must be >= 1");
  return makeDate(asType(args[0]), dateOfOrdinal(ordinal));
}

Ref fromisoformatMethod(const Value* args) {
  ParsedMoment parsed;
  return parseIsoDate(args[1], parsed) ? makeDate(asType(args[0]), parsed.date) : Ref();
}

Ref fromisocalendarMethod(const Value* args) {
  IsoWeekDate week;
  if (!intArg(args[1], week.year) || !intArg(args[2], week.week) || !intArg(args[3], week.weekday))
    return {};
  DateFields date{};
  switch (dateOfIsoWeek(week, date)) {
  case IsoWeekError::None:
    break;
  case IsoWeekError::Year:
    return raise(valueErrorType, "year must be in %d..%d, not %d", kMinYear, kMaxYear, week.year);
  case IsoWeekError::Week:
    return raise(valueErrorType, "Invalid week: %d", week.week);
  case IsoWeekError::Weekday:
    return raise(valueErrorType, "Invalid weekday: %d (range is [1, 7])", week.weekday);
  }
  return makeDate(asType(args[0]), date);
}

Ref strptimeMethod(const Value* args) {
  return callStrptime("_strptime_datetime_date", args);
}

// What a date is.

DateFields fieldsOf(const Value* args) {
  return asDate(args[0])->date();
}

Ref isoformatMethod(const Value* args) {
  std::string text;
  appendIsoDate(text, fieldsOf(args));
  return makeStrAscii(text);
}
Ref ctimeMethod(const Value* args) {
  return classicText(fieldsOf(args), {});
}
Ref strftimeMethod(const Value* args) {
  if (!isStr(args[1]))
    return raiseBadArgument("strftime", "format", "str", args[1]);
  PYC_TRY(tuple, callMethod(args[0], internLiteral("timetuple")));
  return formatDateTime(args[0], args[1], tuple);
}
Ref timetupleMethod(const Value* args) {
  return makeTimeTuple(fieldsOf(args), {}, -1);
}
Ref toordinalMethod(const Value* args) {
  return makeInt(ordinalOf(fieldsOf(args)));
}
Ref weekdayMethod(const Value* args) {
  return makeInt(weekdayOf(fieldsOf(args)));
}
Ref isoweekdayMethod(const Value* args) {
  return makeInt(weekdayOf(fieldsOf(args)) + 1);
}
Ref isocalendarMethod(const Value* args) {
  return makeIsoCalendarDate(isoWeekDateOf(fieldsOf(args)));
}

Ref replaceMethod(const Value* args) {
  DateFields fields = fieldsOf(args);
  return dateArgs(args + 1, fields) ? makeDate(typeOf(args[0]), fields) : Ref();
}
Ref replaceSpecial(const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("replace(year=unchanged, month=unchanged, day=unchanged)");
  Value bound[4] = {args[0]};
  return signature.bind(args + 1, argc - 1, kwnames, bound + 1) ? replaceMethod(bound) : Ref();
}

Ref reduceMethod(const Value* args) {
  PYC_TRY(state, makeBytes(stateOf(asDate(args[0]))));
  PYC_TRY(arguments, tupleOf(state.get()));
  return tupleOf(Value(&typeOf(args[0])->header), arguments.get());
}

Ref getYear(Value self) {
  return makeInt(asDate(self)->year);
}
Ref getMonth(Value self) {
  return makeInt(asDate(self)->month);
}
Ref getDay(Value self) {
  return makeInt(asDate(self)->day);
}

bool addConstants(DictObject* dict) {
  PYC_TRY(least, newDate(&dateType, {kMinYear, 1, 1}));
  PYC_TRY(most, newDate(&dateType, {kMaxYear, 12, 31}));
  PYC_TRY(resolution, newDelta(1, 0, 0));
  return dictSetStr(dict, internLiteral("min"), least) &&
         dictSetStr(dict, internLiteral("max"), most) &&
         dictSetStr(dict, internLiteral("resolution"), resolution);
}

constexpr GetSetDef kGetSets[] = {
    {"year", getYear},
    {"month", getMonth},
    {"day", getDay},
};

constexpr MethodDef kMethods[] = {
    {.signature = "fromtimestamp($type, timestamp, /)",
     .bound = dateFromTimestamp,
     .kind = MethodDef::Class,
     .doc = "The local date of a moment, given as time.time() gives it."},
    {.signature = "fromordinal($type, ordinal, /)",
     .bound = fromordinalMethod,
     .kind = MethodDef::Class,
     .doc = "The date of a number of days; the first of January of year 1 is 1."},
    {.signature = "fromisoformat($type, string, /)",
     .bound = fromisoformatMethod,
     .kind = MethodDef::Class,
     .doc = "The date of a text in ISO 8601's format."},
    {.signature = "fromisocalendar($type, /, year, week, day)",
     .bound = fromisocalendarMethod,
     .kind = MethodDef::Class,
     .doc = "The date of a year, week and day of the week as ISO 8601 counts them."},
    {.signature = "strptime($type, string, format, /)",
     .bound = strptimeMethod,
     .kind = MethodDef::Class,
     .doc = "The date that a text of a format tells; formats are time.strftime()'s."},
    {.signature = "today($type, /)",
     .bound = dateToday,
     .kind = MethodDef::Class,
     .doc = "Now: self.__class__.fromtimestamp(time.time())."},
    {.signature = "ctime($self, /)",
     .bound = ctimeMethod,
     .doc = "The date as time.ctime() writes it."},
    {.signature = "strftime($self, /, format)",
     .bound = strftimeMethod,
     .doc = "The date in the form that the format asks for."},
    {.signature = "__format__($self, format, /)",
     .bound = formatWith,
     .doc = "strftime(), or str() without a format."},
    {.signature = "timetuple($self, /)",
     .bound = timetupleMethod,
     .doc = "The date as time.localtime() has it."},
    {.signature = "isocalendar($self, /)",
     .bound = isocalendarMethod,
     .doc = "Year, week and day of the week as ISO 8601 counts them, as a named tuple."},
    {.signature = "isoformat($self, /)", .bound = isoformatMethod, .doc = "YYYY-MM-DD"},
    {.signature = "isoweekday($self, /)",
     .bound = isoweekdayMethod,
     .doc = "The day of the week: Monday is 1, Sunday is 7."},
    {.signature = "toordinal($self, /)",
     .bound = toordinalMethod,
     .doc = "The number of the day; the first of January of year 1 is 1."},
    {.signature = "weekday($self, /)",
     .bound = weekdayMethod,
     .doc = "The day of the week: Monday is 0, Sunday is 6."},
    {.signature = "replace($self, /, year=unchanged, month=unchanged, day=unchanged)",
     .bound = replaceMethod,
     .doc = "A date with some fields replaced."},
    {.signature = "__replace__($self, /, **changes)",
     .raw = replaceSpecial,
     .doc = "The same as replace()."},
    {.signature = "__reduce__($self, /)",
     .bound = reduceMethod,
     .doc = "__reduce__() -> (cls, state)"},
};

constexpr TypeSlots makeSlots() {
  TypeSlots slots = {.repr = reprSlot,
                     .str = strSlot,
                     .hash = hashSlot,
                     .compare = compareSlot,
                     .create = createSlot};
  slots.binary[static_cast<unsigned>(BinaryOp::Add)] = addSlot;
  slots.binary[static_cast<unsigned>(BinaryOp::Sub)] = subtractSlot;
  return slots;
}

} // namespace

constinit TypeObject dateType = {
    .name = "datetime.date",
    .base = &objectType,
    .basicSize = sizeof(DateObject),
    .flags = kTypeBuiltin | kTypeBase,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "date(year, month, day)\n--\n\nA day of the Gregorian calendar.",
    .slots = makeSlots(),
    .addConstants = addConstants,
};

} // namespace pyc::rt
