// timezone: time zones whose offset never changes.
#include "runtime/modules/datetime_objects.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

TimeZoneObject* asTimeZone(Value value) {
  return value.as<TimeZoneObject>();
}
bool isTimeZone(Value value) {
  return isInstance(value, &timeZoneType);
}

Ref newTimeZone(Value offset, Value name) {
  Object* object = allocObject(&timeZoneType);
  if (object) {
    auto* zone = reinterpret_cast<TimeZoneObject*>(object);
    zone->offset = Ref::copy(offset).release();
    zone->name = Ref::copy(name).release();
  }
  return Ref::steal(object);
}

/// timezone.utc, made when first asked for.
Object* utc = nullptr;

} // namespace

Value utcZone() {
  if (Object* made = __atomic_load_n(&utc, __ATOMIC_ACQUIRE))
    return made;
  Ref offset = newDelta(0, 0, 0);
  Ref zone = offset ? newTimeZone(offset, {}) : Ref();
  if (!zone)
    return {};
  makeImmortal(zone.get().object());
  Object* none = nullptr; // another thread's may have come first
  __atomic_compare_exchange_n(&utc, &none, zone.get().object(), false, __ATOMIC_ACQ_REL,
                              __ATOMIC_ACQUIRE);
  return __atomic_load_n(&utc, __ATOMIC_ACQUIRE);
}

Ref makeTimeZone(Value offset, Value name) {
  if (!name && isZero(asDelta(offset)))
    return Ref::copy(utcZone());
  return checkZoneOffset(offset) ? newTimeZone(offset, name) : Ref();
}

namespace {

Ref createSlot(TypeObject*, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("timezone(offset, name=<unrepresentable>)");
  Value bound[2];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  if (!isDelta(bound[0]))
    return raiseBadArgument("timezone", "offset", "datetime.timedelta", bound[0]);
  if (bound[1] && !isStr(bound[1]))
    return raiseBadArgument("timezone", "name", "str", bound[1]);
  return makeTimeZone(bound[0], bound[1]);
}

void deallocSlot(Object* self) {
  auto* zone = reinterpret_cast<TimeZoneObject*>(self);
  clearField(zone->offset);
  clearField(zone->name);
  freeObject(self);
}

Ref nameOfZone(const TimeZoneObject* zone) {
  if (zone->name)
    return Ref::copy(zone->name);
  if (isZero(asDelta(zone->offset)))
    return makeStr("UTC");
  std::string text = "UTC";
  return appendOffset(text, ":", Value(&zone->header), Value::none()) ? makeStr(text) : Ref();
}

Ref reprSlot(Value self) {
  const TimeZoneObject* zone = asTimeZone(self);
  if (self == utcZone())
    return makeStr("datetime.timezone.utc");
  if (!zone->name)
    return formatText("%s(%R)", fullTypeName(self), zone->offset);
  return formatText("%s(%R, %R)", fullTypeName(self), zone->offset, zone->name);
}

Ref strSlot(Value self) {
  return nameOfZone(asTimeZone(self));
}

bool hashSlot(Value self, int64_t& result) {
  return hash(asTimeZone(self)->offset, result);
}

Ref compareSlot(Value self, Value other, CompareOp op) {
  if (!isEquality(op) || !isTimeZone(other))
    return Ref::notImplemented();
  return ordering(
      compareDeltas(asDelta(asTimeZone(self)->offset), asDelta(asTimeZone(other)->offset)), op);
}

/// Whether the argument is a datetime or None.
bool checkMoment(const char* method, Value argument) {
  if (argument.isNone() || isDateTime(argument))
    return true;
  return raise(typeErrorType, "%s(dt) argument must be a datetime instance or None, not %s", method,
               fullTypeName(argument));
}

Ref tznameMethod(const Value* args) {
  return checkMoment("tzname", args[1]) ? nameOfZone(asTimeZone(args[0])) : Ref();
}
Ref utcoffsetMethod(const Value* args) {
  return checkMoment("utcoffset", args[1]) ? Ref::copy(asTimeZone(args[0])->offset) : Ref();
}
Ref dstMethod(const Value* args) {
  return checkMoment("dst", args[1]) ? Ref::none() : Ref();
}

Ref fromutcMethod(const Value* args) {
  if (!isDateTime(args[1]))
    return raise(typeErrorType, "fromutc: argument must be a datetime");
  DateTimeObject* moment = asDateTime(args[1]);
  if (!(moment->zone == args[0]))
    return raise(valueErrorType, "fromutc: dt.tzinfo is not self");
  return moveDateTime(moment, asDelta(asTimeZone(args[0])->offset), 1);
}

Ref getinitargsMethod(const Value* args) {
  const TimeZoneObject* zone = asTimeZone(args[0]);
  return zone->name ? tupleOf(zone->offset, zone->name) : tupleOf(zone->offset);
}

bool addConstants(DictObject* dict) {
  if (!utcZone() || !dictSetStr(dict, internLiteral("utc"), utcZone()))
    return false;
  for (int sign : {-1, 1}) {
    PYC_TRY(offset, newDelta(0, sign * (kDaySeconds - 60), 0));
    PYC_TRY(zone, newTimeZone(offset, {}));
    if (!dictSetStr(dict, internLiteral(sign < 0 ? "min" : "max"), zone))
      return false;
  }
  return true;
}

constexpr MethodDef kMethods[] = {
    {.signature = "tzname($self, object, /)",
     .bound = tznameMethod,
     .doc = "The name that was given, or else 'UTC+HH:MM'."},
    {.signature = "utcoffset($self, object, /)", .bound = utcoffsetMethod, .doc = "The offset."},
    {.signature = "dst($self, object, /)", .bound = dstMethod, .doc = "None."},
    {.signature = "fromutc($self, object, /)",
     .bound = fromutcMethod,
     .doc = "A datetime in UTC as one in local time."},
    {.signature = "__getinitargs__($self, /)",
     .bound = getinitargsMethod,
     .doc = "The arguments of the constructor, for pickle."},
};

} // namespace

constinit TypeObject timeZoneType = {
    .name = "datetime.timezone",
    .base = &zoneBaseType,
    .basicSize = sizeof(TimeZoneObject),
    .flags = kTypeBuiltin,
    .methods = kMethods,
    .doc = "timezone(offset, name=<unrepresentable>)\n--\n\nA time zone of one offset, a "
           "timedelta shorter than a day.",
    .slots = {.dealloc = deallocSlot,
              .repr = reprSlot,
              .str = strSlot,
              .hash = hashSlot,
              .compare = compareSlot,
              .create = createSlot},
    .addConstants = addConstants,
};

} // namespace pyc::rt
