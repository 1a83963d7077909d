// tzinfo, and what the module asks time zones.
#include "runtime/modules/datetime_objects.h"
#include "runtime/objects/object_type.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

bool zoneArg(Value argument, Value& zone) {
  zone = {};
  if (!argument || argument.isNone())
    return true;
  if (!isInstance(argument, &zoneBaseType))
    return raise(typeErrorType,
                 "tzinfo argument must be None or of a tzinfo subclass, not type '%s'",
                 fullTypeName(argument));
  zone = argument;
  return true;
}

bool checkZoneOffset(Value offset) {
  const DeltaObject* delta = asDelta(offset);
  bool tooLow = daysOf(delta) < -1 ||
                (daysOf(delta) == -1 && secondsOf(delta) == 0 && microsecondsOf(delta) == 0);
  if (!tooLow && daysOf(delta) < 1)
    return true;
  return raise(valueErrorType,
               "offset must be a timedelta strictly between -timedelta(hours=24) and "
               "timedelta(hours=24), not %R",
               offset);
}

namespace {

Ref askOffset(Value zone, const char* method, Value argument) {
  if (!zone)
    return Ref::none();
  PYC_TRY(offset, callMethod(zone, internLiteral(method), argument));
  if (offset.isNone())
    return offset;
  if (!isDelta(offset))
    return raise(typeErrorType, "tzinfo.%s() must return None or timedelta, not '%s'", method,
                 fullTypeName(offset));
  return checkZoneOffset(offset) ? std::move(offset) : Ref();
}

} // namespace

Ref zoneOffset(Value zone, Value argument) {
  return askOffset(zone, "utcoffset", argument);
}

Ref zoneDst(Value zone, Value argument) {
  return askOffset(zone, "dst", argument);
}

Ref zoneName(Value zone, Value argument) {
  if (!zone)
    return Ref::none();
  PYC_TRY(name, callMethod(zone, internLiteral("tzname"), argument));
  if (name.isNone() || isStr(name))
    return name;
  return raise(typeErrorType, "tzinfo.tzname() must return None or a string, not '%s'",
               fullTypeName(name));
}

namespace {

Ref createSlot(TypeObject* type, const Value*, size_t, Value) {
  return Ref::steal(allocObject(type));
}

Ref raiseAbstract(const char* method) {
  return raise(notImplementedErrorType, "a tzinfo subclass must implement %s()", method);
}
Ref utcoffsetMethod(const Value*) {
  return raiseAbstract("utcoffset");
}
Ref dstMethod(const Value*) {
  return raiseAbstract("dst");
}
Ref tznameMethod(const Value*) {
  return raiseAbstract("tzname");
}

/// From UTC to local time: by the standard offset, which is taken to be the same at all times, and
/// then by what daylight-saving time is at the standard time found.
Ref fromutcMethod(const Value* args) {
  if (!isDateTime(args[1]))
    return raise(typeErrorType, "fromutc: argument must be a datetime");
  DateTimeObject* moment = asDateTime(args[1]);
  if (!(moment->zone == args[0]))
    return raise(valueErrorType, "fromutc: dt.tzinfo is not self");
  PYC_TRY(offset, zoneOffset(args[0], args[1]));
  if (offset.isNone())
    return raise(valueErrorType, "fromutc: non-None utcoffset() result required");
  PYC_TRY(dst, zoneDst(args[0], args[1]));
  if (dst.isNone())
    return raise(valueErrorType, "fromutc: non-None dst() result required");
  PYC_TRY(standard, subtractDeltas(asDelta(offset), asDelta(dst)));
  PYC_TRY(local, moveDateTime(moment, asDelta(standard), 1));
  if (!isDateTime(local))
    return raise(typeErrorType, "fromutc: dt + delta is no datetime but '%s'", fullTypeName(local));
  PYC_TRY(dstThere, zoneDst(asDateTime(local)->zone, local));
  if (dstThere.isNone())
    return raise(valueErrorType, "fromutc: tz.dst() gave inconsistent results; cannot convert");
  if (isZero(asDelta(dstThere)))
    return local;
  return moveDateTime(asDateTime(local), asDelta(dstThere), 1);
}

Ref reduceMethod(const Value* args) {
  Ref getArguments;
  if (!findAttr(args[0], internLiteral("__getinitargs__"), getArguments))
    return {};
  Ref arguments = getArguments ? call(getArguments) : newTuple(0);
  if (!arguments)
    return {};
  PYC_TRY(state, callMethod(args[0], names::__getstate__));
  return tupleOf(Value(&typeOf(args[0])->header), arguments.get(), state.get());
}

constexpr MethodDef kMethods[] = {
    {.signature = "tzname($self, object, /)",
     .bound = tznameMethod,
     .doc = "The time zone's name at a datetime."},
    {.signature = "utcoffset($self, object, /)",
     .bound = utcoffsetMethod,
     .doc = "How far local time is ahead of UTC at a datetime, as a timedelta; negative in the\n"
            "west."},
    {.signature = "dst($self, object, /)",
     .bound = dstMethod,
     .doc = "The part of utcoffset() that is daylight-saving time, as a timedelta."},
    {.signature = "fromutc($self, object, /)",
     .bound = fromutcMethod,
     .doc = "A datetime in UTC as one in local time."},
    {.signature = "__reduce__($self, /)", .bound = reduceMethod, .doc = "-> (cls, state)"},
};

} // namespace

constinit TypeObject zoneBaseType = {
    .name = "datetime.tzinfo",
    .base = &objectType,
    .flags = kTypeBuiltin | kTypeBase,
    .methods = kMethods,
    .doc =
        "What time zones have in common. A subclass has its own tzname(), utcoffset() and dst().",
    .slots = {.create = createSlot},
};

} // namespace pyc::rt
