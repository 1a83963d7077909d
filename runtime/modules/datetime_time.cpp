// The type time.
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
Ref allocTime(TypeObject* type, const ClockFields& clock, Value zone) {
  Object* object = allocObject(type);
  if (object) {
    auto* time = reinterpret_cast<TimeObject*>(object);
    time->hashCode = kNoHash;
    time->hour = static_cast<uint8_t>(clock.hour);
    time->minute = static_cast<uint8_t>(clock.minute);
    time->second = static_cast<uint8_t>(clock.second);
    time->fold = static_cast<uint8_t>(clock.fold);
    time->microsecond = static_cast<uint32_t>(clock.microsecond);
    time->zone = Ref::copy(zone).release();
  }
  return Ref::steal(object);
}

} // namespace

Ref newTime(TypeObject* type, const ClockFields& clock, Value zone) {
  return checkClockFields(clock) ? allocTime(type, clock, zone) : Ref();
}

Ref makeTime(TypeObject* type, const ClockFields& clock, Value zone) {
  if (type == &timeType)
    return newTime(type, clock, zone);
  Value args[] = {Value::fromInt(clock.hour),   Value::fromInt(clock.minute),
                  Value::fromInt(clock.second), Value::fromInt(clock.microsecond),
                  zone ? zone : Value::none(),  Value::fromInt(clock.fold)};
  if (!clock.fold)
    return call(Value(&type->header), args, 5);
  PYC_TRY(names, tupleOf(Value(internLiteral("fold"))));
  return call(Value(&type->header), args, 5, names);
}

namespace {

constexpr PickleForm kForm = {"time", 6, 0, 0, 23, true};

Ref createFromState(TypeObject* type, const std::string& state, Value zone) {
  ClockFields clock = clockOfState(reinterpret_cast<const uint8_t*>(state.data()));
  clock.fold = clock.hour >> 7;
  clock.hour &= 0x7F;
  return allocTime(type, clock, zone);
}

Ref createSlot(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "time(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)");
  std::string state;
  Value zone;
  if ((argc == 1 || argc == 2) && !stateArg(args[0], kForm, state))
    return {};
  if (!state.empty())
    return stateZoneArg(argc == 2 ? args[1] : Value(), zone) ? createFromState(type, state, zone)
                                                             : Ref();
  Value bound[6];
  ClockFields clock;
  if (!signature.bind(args, argc, kwnames, bound) || !clockArgs(bound, clock) ||
      !intArg(bound[5], clock.fold) || !checkClockFields(clock) || !zoneArg(bound[4], zone))
    return {};
  return allocTime(type, clock, zone);
}

void deallocSlot(Object* self) {
  clearField(reinterpret_cast<TimeObject*>(self)->zone);
  freeObject(self);
}

void traverseSlot(Object* self, Visitor& visitor) {
  if (Value zone = reinterpret_cast<TimeObject*>(self)->zone)
    visitor.visit(zone);
}

Ref offsetOf(const TimeObject* time) {
  return zoneOffset(time->zone, Value::none());
}

std::string stateOf(const TimeObject* time) {
  std::string state;
  appendClockState(state, time->clock());
  return state;
}

bool computeHash(TimeObject* time, int64_t& result) {
  Ref plain = Ref::copy(Value(&time->header)); // without fold
  if (time->fold) {
    ClockFields clock = time->clock();
    clock.fold = 0;
    plain = allocTime(&timeType, clock, time->zone);
  }
  Ref offset = plain ? offsetOf(asTime(plain)) : Ref();
  if (!offset)
    return false;
  if (offset.isNone()) {
    std::string state = stateOf(time);
    result = hashBytes(state.data(), state.size());
    return true;
  }
  ClockFields clock = time->clock();
  PYC_TRY(sinceMidnight, newDelta(0, secondsOfClock(clock), clock.microsecond));
  PYC_TRY(inUtc, subtractDeltas(asDelta(sinceMidnight), asDelta(offset)));
  return hash(inUtc, result);
}

bool hashSlot(Value self, int64_t& hash) {
  TimeObject* time = asTime(self);
  hash = __atomic_load_n(&time->hashCode, __ATOMIC_RELAXED);
  if (hash != kNoHash)
    return true;
  if (!computeHash(time, hash))
    return false;
  __atomic_store_n(&time->hashCode, hash, __ATOMIC_RELAXED);
  return true;
}

int64_t microsecondsOfDay(const TimeObject* time) {
  return secondsOfClock(time->clock()) * kSecondMicroseconds + time->microsecond;
}

Ref compareSlot(Value self, Value other, CompareOp op) {
  if (!isTime(other))
    return Ref::notImplemented();
  TimeObject *left = asTime(self), *right = asTime(other);
  int64_t difference = microsecondsOfDay(left) - microsecondsOfDay(right);
  if (left->zone == right->zone)
    return ordering(difference, op);
  PYC_TRY(leftOffset, offsetOf(left));
  PYC_TRY(rightOffset, offsetOf(right));
  if (leftOffset.isNone() && rightOffset.isNone())
    return ordering(difference, op);
  if (leftOffset.isNone() || rightOffset.isNone()) {
    if (isEquality(op))
      return Ref::boolean(op == CompareOp::Ne);
    return raise(typeErrorType, "can't compare offset-naive and offset-aware times");
  }
  // Parts of seconds in offsets don't count here, as in CPython.
  auto seconds = [](Value offset) {
    return daysOf(asDelta(offset)) * kDaySeconds + secondsOf(asDelta(offset));
  };
  difference -= (seconds(leftOffset) - seconds(rightOffset)) * kSecondMicroseconds;
  return ordering(difference, op);
}

Ref reprSlot(Value self) {
  const TimeObject* time = asTime(self);
  std::string text = std::to_string(time->hour) + ", " + std::to_string(time->minute);
  if (time->second || time->microsecond)
    text += ", " + std::to_string(time->second);
  if (time->microsecond)
    text += ", " + std::to_string(time->microsecond);
  const char* fold = time->fold ? ", fold=1" : "";
  if (time->zone)
    return formatText("%s(%s, tzinfo=%R%s)", fullTypeName(self), text.c_str(), time->zone, fold);
  return formatText("%s(%s%s)", fullTypeName(self), text.c_str(), fold);
}

Ref strSlot(Value self) {
  return callMethod(self, internLiteral("isoformat"));
}

Ref fromisoformatMethod(const Value* args) {
  ParsedMoment parsed;
  return parseIsoTime(args[1], parsed) ? makeTime(asType(args[0]), parsed.clock, parsed.zone)
                                       : Ref();
}
Ref strptimeMethod(const Value* args) {
  return callStrptime("_strptime_datetime_time", args);
}

Ref isoformatMethod(const Value* args) {
  const TimeObject* time = asTime(args[0]);
  TimeSpec spec = TimeSpec::Auto;
  if (!timeSpecArg(args[1], spec))
    return {};
  std::string text;
  appendIsoClock(text, time->clock(), spec);
  return appendOffset(text, ":", time->zone, Value::none()) ? makeStrAscii(text) : Ref();
}

Ref strftimeMethod(const Value* args) {
  if (!isStr(args[1]))
    return raiseBadArgument("strftime", "format", "str", args[1]);
  const TimeObject* time = asTime(args[0]);
  // Any day will do.
  Value parts[] = {Value::fromInt(1900),
                   Value::fromInt(1),
                   Value::fromInt(1),
                   Value::fromInt(time->hour),
                   Value::fromInt(time->minute),
                   Value::fromInt(time->second),
                   Value::fromInt(0),
                   Value::fromInt(1),
                   Value::fromInt(-1)};
  PYC_TRY(tuple, makeTuple(parts, std::size(parts)));
  return formatDateTime(args[0], args[1], tuple);
}

Ref utcoffsetMethod(const Value* args) {
  return offsetOf(asTime(args[0]));
}
Ref dstMethod(const Value* args) {
  return zoneDst(asTime(args[0])->zone, Value::none());
}
Ref tznameMethod(const Value* args) {
  return zoneName(asTime(args[0])->zone, Value::none());
}

Ref replaceMethod(const Value* args) {
  const TimeObject* time = asTime(args[0]);
  ClockFields clock = time->clock();
  Value zone = time->zone;
  if (!clockArgs(args + 1, clock) || !intArg(args[6], clock.fold) ||
      (args[5] && !zoneArg(args[5], zone)))
    return {};
  return makeTime(typeOf(args[0]), clock, zone);
}
Ref replaceSpecial(const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "replace(hour=unchanged, minute=unchanged, second=unchanged, microsecond=unchanged, "
      "tzinfo=unchanged, *, fold=unchanged)");
  Value bound[7] = {args[0]};
  return signature.bind(args + 1, argc - 1, kwnames, bound + 1) ? replaceMethod(bound) : Ref();
}

Ref reduceFor(Value self, int protocol) {
  const TimeObject* time = asTime(self);
  std::string state = stateOf(time);
  if (protocol > 3 && time->fold)
    state[0] = static_cast<char>(state[0] | 0x80);
  PYC_TRY(bytes, makeBytes(state));
  PYC_TRY(arguments, time->zone ? tupleOf(bytes.get(), time->zone) : tupleOf(bytes.get()));
  return tupleOf(Value(&typeOf(self)->header), arguments.get());
}
Ref reduceMethod(const Value* args) {
  return reduceFor(args[0], 2);
}
Ref reduceExMethod(const Value* args) {
  int protocol = 0;
  return intArg(args[1], protocol) ? reduceFor(args[0], protocol) : Ref();
}

template <auto field> Ref getField(Value self) {
  return makeInt(asTime(self)->*field);
}
Ref getZone(Value self) {
  return zoneOrNone(asTime(self)->zone);
}

bool addConstants(DictObject* dict) {
  PYC_TRY(least, newTime(&timeType, {}, {}));
  PYC_TRY(most, newTime(&timeType, {23, 59, 59, 999'999, 0}, {}));
  PYC_TRY(resolution, newDelta(0, 0, 1));
  return dictSetStr(dict, internLiteral("min"), least) &&
         dictSetStr(dict, internLiteral("max"), most) &&
         dictSetStr(dict, internLiteral("resolution"), resolution);
}

constexpr GetSetDef kGetSets[] = {
    {"hour", getField<&TimeObject::hour>},
    {"minute", getField<&TimeObject::minute>},
    {"second", getField<&TimeObject::second>},
    {"microsecond", getField<&TimeObject::microsecond>},
    {"tzinfo", getZone},
    {"fold", getField<&TimeObject::fold>},
};

constexpr MethodDef kMethods[] = {
    {.signature = "strptime($type, string, format, /)",
     .bound = strptimeMethod,
     .kind = MethodDef::Class,
     .doc = "The time that a text of a format tells; formats are time.strftime()'s."},
    {.signature = "fromisoformat($type, string, /)",
     .bound = fromisoformatMethod,
     .kind = MethodDef::Class,
     .doc = "The time of a text in ISO 8601's format."},
    {.signature = "isoformat($self, /, timespec='auto')",
     .bound = isoformatMethod,
     .doc = "HH:MM:SS.ffffff+HH:MM. timespec says how far: 'hours', 'minutes', 'seconds',\n"
            "'milliseconds', 'microseconds', or 'auto': to the seconds where they are whole."},
    {.signature = "strftime($self, /, format)",
     .bound = strftimeMethod,
     .doc = "The time in the form that the format asks for."},
    {.signature = "__format__($self, format, /)",
     .bound = formatWith,
     .doc = "strftime(), or str() without a format."},
    {.signature = "utcoffset($self, /)",
     .bound = utcoffsetMethod,
     .doc = "self.tzinfo.utcoffset(None), or None."},
    {.signature = "tzname($self, /)",
     .bound = tznameMethod,
     .doc = "self.tzinfo.tzname(None), or None."},
    {.signature = "dst($self, /)", .bound = dstMethod, .doc = "self.tzinfo.dst(None), or None."},
    {.signature = "replace($self, /, hour=unchanged, minute=unchanged, second=unchanged,\n        "
                  "microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)",
     .bound = replaceMethod,
     .doc = "A time with some fields replaced."},
    {.signature = "__replace__($self, /, **changes)",
     .raw = replaceSpecial,
     .doc = "The same as replace()."},
    {.signature = "__reduce_ex__($self, proto, /)", .bound = reduceExMethod},
    {.signature = "__reduce__($self, /)", .bound = reduceMethod},
};

} // namespace

constinit TypeObject timeType = {
    .name = "datetime.time",
    .base = &objectType,
    .basicSize = sizeof(TimeObject),
    .flags = kTypeBuiltin | kTypeBase,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "time(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)\n--\n\nA time "
           "of day, on no day in particular. fold=1 is the second of two times that read the\nsame "
           "when clocks are set back.",
    .slots = {.dealloc = deallocSlot,
              .traverse = traverseSlot,
              .repr = reprSlot,
              .str = strSlot,
              .hash = hashSlot,
              .compare = compareSlot,
              .create = createSlot},
    .addConstants = addConstants,
};

} // namespace pyc::rt
