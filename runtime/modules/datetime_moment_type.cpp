// The type datetime.
#include "runtime/modules/datetime_moment.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

DateTimeObject* selfOf(const Value* args) {
  return asDateTime(args[0]);
}

void deallocSlot(Object* self) {
  clearField(reinterpret_cast<DateTimeObject*>(self)->zone);
  freeObject(self);
}

void traverseSlot(Object* self, Visitor& visitor) {
  if (Value zone = reinterpret_cast<DateTimeObject*>(self)->zone)
    visitor.visit(zone);
}

Ref reprSlot(Value self) {
  const DateTimeObject* moment = asDateTime(self);
  std::string text;
  for (int part : {int{moment->year}, int{moment->month}, int{moment->day}, int{moment->hour}})
    text += std::to_string(part) + ", ";
  text += std::to_string(moment->minute);
  if (moment->second || moment->microsecond)
    text += ", " + std::to_string(moment->second);
  if (moment->microsecond)
    text += ", " + std::to_string(moment->microsecond);
  if (moment->fold)
    text += ", fold=1";
  if (moment->zone)
    return formatText("%s(%s, tzinfo=%R)", fullTypeName(self), text.c_str(), moment->zone);
  return formatText("%s(%s)", fullTypeName(self), text.c_str());
}

Ref strSlot(Value self) {
  return callMethod(self, internLiteral("isoformat"), latin1Char(' '));
}

// Other ways to make one.

Ref combineMethod(const Value* args) {
  if (!isDate(args[1]))
    return raiseBadArgument("combine", "date", "datetime.date", args[1]);
  if (!isTime(args[2]))
    return raiseBadArgument("combine", "time", "datetime.time", args[2]);
  const TimeObject* time = asTime(args[2]);
  Value zone = time->zone;
  if (args[3] && !zoneArg(args[3], zone))
    return {};
  return makeDateTime(asType(args[0]), asDate(args[1])->date(), time->clock(), zone);
}

Ref fromisoformatMethod(const Value* args) {
  ParsedMoment parsed;
  if (!parseIsoDateTime(args[1], parsed))
    return {};
  return makeDateTime(asType(args[0]), parsed.date, parsed.clock, parsed.zone);
}

Ref strptimeMethod(const Value* args) {
  return callStrptime("_strptime_datetime_datetime", args);
}

// What a datetime is.

Ref dateMethod(const Value* args) {
  return newDate(&dateType, selfOf(args)->date());
}
Ref timeMethod(const Value* args) {
  return newTime(&timeType, selfOf(args)->clock(), {});
}
Ref timetzMethod(const Value* args) {
  return newTime(&timeType, selfOf(args)->clock(), selfOf(args)->zone);
}

Ref timetupleMethod(const Value* args) {
  DateTimeObject* moment = selfOf(args);
  PYC_TRY(dst, zoneDst(moment->zone, args[0]));
  return makeTimeTuple(moment->date(), moment->clock(), dst.isNone() ? -1 : !isZero(asDelta(dst)));
}

Ref utctimetupleMethod(const Value* args) {
  DateTimeObject* moment = selfOf(args);
  PYC_TRY(offset, zoneOffset(moment->zone, args[0]));
  DateFields date = moment->date();
  ClockFields clock = moment->clock();
  if (!offset.isNone()) {
    const DeltaObject* delta = asDelta(offset);
    if (!moveMoment(date, clock, -daysOf(delta), -secondsOf(delta), -microsecondsOf(delta)))
      return {};
  }
  return makeTimeTuple(date, clock, 0);
}

Ref ctimeMethod(const Value* args) {
  return classicText(selfOf(args)->date(), selfOf(args)->clock());
}

/// isoformat()'s sep: one character.
bool separatorArg(Value argument, uint32_t& separator) {
  if (!argument)
    return true;
  if (!isStr(argument))
    return raiseBadArgument("isoformat", "sep", "a unicode character", argument);
  if (asStr(argument)->length != 1)
    return raise(typeErrorType,
                 "isoformat(): argument 'sep' must be a unicode character, not a string of length "
                 "%lld",
                 static_cast<long long>(asStr(argument)->length));
  separator = asStr(argument)->at(0);
  return true;
}

Ref isoformatMethod(const Value* args) {
  DateTimeObject* moment = selfOf(args);
  uint32_t separator = 'T';
  TimeSpec spec = TimeSpec::Auto;
  if (!separatorArg(args[1], separator) || !timeSpecArg(args[2], spec))
    return {};
  std::string date, clock;
  appendIsoDate(date, moment->date());
  appendIsoClock(clock, moment->clock(), spec);
  if (!appendOffset(clock, ":", moment->zone, args[0]))
    return {};
  appendUtf8(date, separator);
  return makeStr(date + clock);
}

Ref utcoffsetMethod(const Value* args) {
  return zoneOffset(selfOf(args)->zone, args[0]);
}
Ref dstMethod(const Value* args) {
  return zoneDst(selfOf(args)->zone, args[0]);
}
Ref tznameMethod(const Value* args) {
  return zoneName(selfOf(args)->zone, args[0]);
}

Ref replaceMethod(const Value* args) {
  DateTimeObject* moment = selfOf(args);
  DateFields date = moment->date();
  ClockFields clock = moment->clock();
  Value zone = moment->zone;
  if (!dateArgs(args + 1, date) || !clockArgs(args + 4, clock) || !intArg(args[9], clock.fold) ||
      (args[8] && !zoneArg(args[8], zone)))
    return {};
  return makeDateTime(typeOf(args[0]), date, clock, zone);
}
Ref replaceSpecial(const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "replace(year=unchanged, month=unchanged, day=unchanged, hour=unchanged, minute=unchanged, "
      "second=unchanged, microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)");
  Value bound[10] = {args[0]};
  return signature.bind(args + 1, argc - 1, kwnames, bound + 1) ? replaceMethod(bound) : Ref();
}

Ref reduceMethod(const Value* args) {
  return reduceDateTime(args[0], 2);
}
Ref reduceExMethod(const Value* args) {
  int protocol = 0;
  return intArg(args[1], protocol) ? reduceDateTime(args[0], protocol) : Ref();
}

template <auto field> Ref getField(Value self) {
  return makeInt(asDateTime(self)->*field);
}
Ref getZone(Value self) {
  return zoneOrNone(asDateTime(self)->zone);
}

bool addConstants(DictObject* dict) {
  PYC_TRY(least, newDateTime(&dateTimeType, {kMinYear, 1, 1}, {}, {}));
  PYC_TRY(most, newDateTime(&dateTimeType, {kMaxYear, 12, 31}, {23, 59, 59, 999'999, 0}, {}));
  PYC_TRY(resolution, newDelta(0, 0, 1));
  return dictSetStr(dict, internLiteral("min"), least) &&
         dictSetStr(dict, internLiteral("max"), most) &&
         dictSetStr(dict, internLiteral("resolution"), resolution);
}

constexpr GetSetDef kGetSets[] = {
    {"hour", getField<&DateTimeObject::hour>},
    {"minute", getField<&DateTimeObject::minute>},
    {"second", getField<&DateTimeObject::second>},
    {"microsecond", getField<&DateTimeObject::microsecond>},
    {"tzinfo", getZone},
    {"fold", getField<&DateTimeObject::fold>},
};

constexpr MethodDef kMethods[] = {
    {.signature = "now($type, /, tz=None)",
     .bound = dateTimeNow,
     .kind = MethodDef::Class,
     .doc = "Now: local time, or that of a time zone."},
    {.signature = "utcnow($type, /)",
     .bound = dateTimeUtcNow,
     .kind = MethodDef::Class,
     .doc = "Now in UTC, without a tzinfo."},
    {.signature = "fromtimestamp($type, /, timestamp, tz=None)",
     .bound = dateTimeFromTimestamp,
     .kind = MethodDef::Class,
     .doc = "The moment of a number of seconds since 1970, in local time or a time zone's."},
    {.signature = "utcfromtimestamp($type, timestamp, /)",
     .bound = dateTimeFromUtcTimestamp,
     .kind = MethodDef::Class,
     .doc = "The moment of a number of seconds since 1970, in UTC, without a tzinfo."},
    {.signature = "strptime($type, string, format, /)",
     .bound = strptimeMethod,
     .kind = MethodDef::Class,
     .doc = "The moment that a text of a format tells; formats are time.strftime()'s."},
    {.signature = "combine($type, /, date, time, tzinfo=<unrepresentable>)",
     .bound = combineMethod,
     .kind = MethodDef::Class,
     .doc = "A date and a time as one."},
    {.signature = "fromisoformat($type, string, /)",
     .bound = fromisoformatMethod,
     .kind = MethodDef::Class,
     .doc = "The moment of a text in one of ISO 8601's formats."},
    {.signature = "date($self, /)", .bound = dateMethod, .doc = "The date of it."},
    {.signature = "time($self, /)", .bound = timeMethod, .doc = "The time of it, with no tzinfo."},
    {.signature = "timetz($self, /)", .bound = timetzMethod, .doc = "The time of it, with tzinfo."},
    {.signature = "ctime($self, /)",
     .bound = ctimeMethod,
     .doc = "The moment as time.ctime() writes it."},
    {.signature = "timetuple($self, /)",
     .bound = timetupleMethod,
     .doc = "The moment as time.localtime() has it."},
    {.signature = "timestamp($self, /)",
     .bound = dateTimeTimestamp,
     .doc = "The number of seconds since 1970."},
    {.signature = "utctimetuple($self, /)",
     .bound = utctimetupleMethod,
     .doc = "The moment in UTC as time.gmtime() has it."},
    {.signature = "isoformat($self, /, sep='T', timespec='auto')",
     .bound = isoformatMethod,
     .doc =
         "YYYY-MM-DDTHH:MM:SS.ffffff+HH:MM. sep stands between date and time; timespec says how\n"
         "far: 'hours', 'minutes', 'seconds', 'milliseconds', 'microseconds', or 'auto': to the\n"
         "seconds where they are whole."},
    {.signature = "utcoffset($self, /)",
     .bound = utcoffsetMethod,
     .doc = "self.tzinfo.utcoffset(self), or None."},
    {.signature = "tzname($self, /)",
     .bound = tznameMethod,
     .doc = "self.tzinfo.tzname(self), or None."},
    {.signature = "dst($self, /)", .bound = dstMethod, .doc = "self.tzinfo.dst(self), or None."},
    {.signature = "replace($self, /, year=unchanged, month=unchanged, day=unchanged,\n        "
                  "hour=unchanged, minute=unchanged, second=unchanged,\n        "
                  "microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)",
     .bound = replaceMethod,
     .doc = "A datetime with some fields replaced."},
    {.signature = "__replace__($self, /, **changes)",
     .raw = replaceSpecial,
     .doc = "The same as replace()."},
    {.signature = "astimezone($self, /, tz=None)",
     .bound = dateTimeAsTimeZone,
     .doc = "The same moment in another time zone, the local one where none is given."},
    {.signature = "__reduce_ex__($self, proto, /)", .bound = reduceExMethod},
    {.signature = "__reduce__($self, /)", .bound = reduceMethod},
};

constexpr TypeSlots makeSlots() {
  TypeSlots slots = {.dealloc = deallocSlot,
                     .traverse = traverseSlot,
                     .repr = reprSlot,
                     .str = strSlot,
                     .hash = hashDateTime,
                     .compare = compareDateTimes,
                     .create = createDateTime};
  slots.binary[static_cast<unsigned>(BinaryOp::Add)] = addDateTime;
  slots.binary[static_cast<unsigned>(BinaryOp::Sub)] = subtractDateTime;
  return slots;
}

} // namespace

constinit TypeObject dateTimeType = {
    .name = "datetime.datetime",
    .base = &dateType,
    .basicSize = sizeof(DateTimeObject),
    .flags = kTypeBuiltin | kTypeBase,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "datetime(year, month, day, hour=0, minute=0, second=0, microsecond=0,\n         "
           "tzinfo=None, *, fold=0)\n--\n\nA date and a time of day: a moment, where tzinfo is "
           "given. fold=1 is the second of two moments\nthat read the same when clocks are set "
           "back.",
    .slots = makeSlots(),
    .addConstants = addConstants,
};

} // namespace pyc::rt
