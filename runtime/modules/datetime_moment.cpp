// datetime: how its objects are made, compared and reckoned with.
#include "runtime/modules/datetime_moment.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

/// Makes the object of fields that may be any (pickled states are not checked).
Ref allocDateTime(TypeObject* type, const DateFields& date, const ClockFields& clock, Value zone) {
  Object* object = allocObject(type);
  if (object) {
    auto* moment = reinterpret_cast<DateTimeObject*>(object);
    moment->hashCode = kNoHash;
    moment->year = static_cast<uint16_t>(date.year);
    moment->month = static_cast<uint8_t>(date.month);
    moment->day = static_cast<uint8_t>(date.day);
    moment->hour = static_cast<uint8_t>(clock.hour);
    moment->minute = static_cast<uint8_t>(clock.minute);
    moment->second = static_cast<uint8_t>(clock.second);
    moment->fold = static_cast<uint8_t>(clock.fold);
    moment->microsecond = static_cast<uint32_t>(clock.microsecond);
    moment->zone = Ref::copy(zone).release();
  }
  return Ref::steal(object);
}

} // namespace

Ref newDateTime(TypeObject* type, const DateFields& date, const ClockFields& clock, Value zone) {
  return checkDateFields(date) && checkClockFields(clock) ? allocDateTime(type, date, clock, zone)
                                                          : Ref();
}

Ref makeDateTime(TypeObject* type, const DateFields& date, const ClockFields& clock, Value zone) {
  if (type == &dateTimeType)
    return newDateTime(type, date, clock, zone);
  Value args[] = {
      Value::fromInt(date.year),         Value::fromInt(date.month),   Value::fromInt(date.day),
      Value::fromInt(clock.hour),        Value::fromInt(clock.minute), Value::fromInt(clock.second),
      Value::fromInt(clock.microsecond), zone ? zone : Value::none(),  Value::fromInt(clock.fold)};
  if (!clock.fold)
    return call(Value(&type->header), args, 8);
  PYC_TRY(names, tupleOf(Value(internLiteral("fold"))));
  return call(Value(&type->header), args, 8, names);
}

Ref moveDateTime(DateTimeObject* moment, const DeltaObject* delta, int factor) {
  DateFields date = moment->date();
  ClockFields clock = moment->clock();
  if (!moveMoment(date, clock, daysOf(delta) * factor, secondsOf(delta) * factor,
                  microsecondsOf(delta) * factor))
    return {};
  return makeDateTime(typeOf(Value(&moment->header)), date, clock, moment->zone);
}

namespace {

constexpr PickleForm kForm = {"datetime", 10, 2, 1, 12, true};

std::string stateOf(const DateTimeObject* moment) {
  std::string state = {static_cast<char>(moment->year >> 8), static_cast<char>(moment->year),
                       static_cast<char>(moment->month), static_cast<char>(moment->day)};
  appendClockState(state, moment->clock());
  return state;
}

Ref createFromState(TypeObject* type, const std::string& state, Value zone) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(state.data());
  ClockFields clock = clockOfState(bytes + 4);
  clock.fold = bytes[2] >> 7;
  return allocDateTime(type, {bytes[0] << 8 | bytes[1], bytes[2] & 0x7F, bytes[3]}, clock, zone);
}

} // namespace

Ref createDateTime(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("datetime(year, month, day, hour=0, minute=0, second=0, "
                                        "microsecond=0, tzinfo=None, *, fold=0)");
  std::string state;
  Value zone;
  if ((argc == 1 || argc == 2) && !stateArg(args[0], kForm, state))
    return {};
  if (!state.empty())
    return stateZoneArg(argc == 2 ? args[1] : Value(), zone) ? createFromState(type, state, zone)
                                                             : Ref();
  Value bound[9];
  DateFields date{};
  ClockFields clock;
  if (!signature.bind(args, argc, kwnames, bound) || !dateArgs(bound, date) ||
      !clockArgs(bound + 3, clock) || !intArg(bound[8], clock.fold) || !checkDateFields(date) ||
      !checkClockFields(clock) || !zoneArg(bound[7], zone))
    return {};
  return allocDateTime(type, date, clock, zone);
}

Ref reduceDateTime(Value self, int protocol) {
  const DateTimeObject* moment = asDateTime(self);
  std::string state = stateOf(moment);
  if (protocol > 3 && moment->fold)
    state[2] = static_cast<char>(state[2] | 0x80);
  PYC_TRY(bytes, makeBytes(state));
  PYC_TRY(arguments, moment->zone ? tupleOf(bytes.get(), moment->zone) : tupleOf(bytes.get()));
  return tupleOf(Value(&typeOf(self)->header), arguments.get());
}

// Offsets.

namespace {

Ref offsetOf(DateTimeObject* moment) {
  Value self(&moment->header);
  return zoneOffset(moment->zone, self);
}

/// The offset of the same moment with another fold.
Ref offsetWithFold(DateTimeObject* moment, int fold) {
  ClockFields clock = moment->clock();
  clock.fold = fold;
  PYC_TRY(other,
          allocDateTime(typeOf(Value(&moment->header)), moment->date(), clock, moment->zone));
  return offsetOf(asDateTime(other));
}

bool sameOffset(Value left, Value right) {
  if (left.isNone() || right.isNone())
    return left == right;
  return compareDeltas(asDelta(left), asDelta(right)) == 0;
}

/// Whether the moment's offset depends on its fold: such a moment equals none of another zone
/// (PEP 495), for its hash does not depend on it.
bool dependsOnFold(DateTimeObject* moment, Value offset, bool& result) {
  PYC_TRY(other, offsetWithFold(moment, !moment->fold));
  result = !sameOffset(offset, other);
  return true;
}

bool computeHash(DateTimeObject* moment, int64_t& result) {
  PYC_TRY(offset, moment->fold ? offsetWithFold(moment, 0) : offsetOf(moment));
  if (offset.isNone()) {
    std::string state = stateOf(moment);
    result = hashBytes(state.data(), state.size());
    return true;
  }
  PYC_TRY(local, newDelta(ordinalOf(moment->date()), secondsOfClock(moment->clock()),
                          moment->microsecond));
  PYC_TRY(inUtc, subtractDeltas(asDelta(local), asDelta(offset)));
  return hash(inUtc, result);
}

/// What lies between two moments by their dates and times alone.
Ref plainDifference(const DateTimeObject* left, const DateTimeObject* right) {
  return newDelta(ordinalOf(left->date()) - ordinalOf(right->date()),
                  secondsOfClock(left->clock()) - secondsOfClock(right->clock()),
                  int64_t{left->microsecond} - right->microsecond);
}

int64_t signOf(const DeltaObject* delta) {
  return daysOf(delta) ? daysOf(delta) : secondsOf(delta) | microsecondsOf(delta);
}

/// The sign of plainDifference().
int64_t plainOrder(const DateTimeObject* left, const DateTimeObject* right) {
  auto day = [](const DateTimeObject* moment) {
    return moment->year << 16 | moment->month << 8 | moment->day;
  };
  auto time = [](const DateTimeObject* moment) {
    return secondsOfClock(moment->clock()) * kSecondMicroseconds + moment->microsecond;
  };
  int days = day(left) - day(right);
  return days ? days : time(left) - time(right);
}

/// Moments in zones that are not the same object and have these offsets, both or neither None.
bool orderAcrossZones(DateTimeObject* left, DateTimeObject* right, Value leftOffset,
                      Value rightOffset, int64_t& order) {
  if (sameOffset(leftOffset, rightOffset)) {
    order = plainOrder(left, right);
    return true;
  }
  PYC_TRY(difference, subtractDateTimes(left, right));
  order = signOf(asDelta(difference));
  return true;
}

/// A moment that depends on its fold differs from what it seems to be equal to.
bool orderByFold(DateTimeObject* left, DateTimeObject* right, Value leftOffset, Value rightOffset,
                 int64_t& order) {
  bool leftDepends, rightDepends = false;
  if (!dependsOnFold(left, leftOffset, leftDepends) ||
      (!leftDepends && !dependsOnFold(right, rightOffset, rightDepends)))
    return false;
  order = leftDepends || rightDepends;
  return true;
}

} // namespace

bool hashDateTime(Value self, int64_t& hash) {
  DateTimeObject* moment = asDateTime(self);
  hash = __atomic_load_n(&moment->hashCode, __ATOMIC_RELAXED);
  if (hash != kNoHash)
    return true;
  if (!computeHash(moment, hash))
    return false;
  __atomic_store_n(&moment->hashCode, hash, __ATOMIC_RELAXED);
  return true;
}

Ref compareDateTimes(Value self, Value other, CompareOp op) {
  if (!isDateTime(other))
    return Ref::notImplemented();
  DateTimeObject *left = asDateTime(self), *right = asDateTime(other);
  if (left->zone == right->zone)
    return ordering(plainOrder(left, right), op);
  PYC_TRY(leftOffset, offsetOf(left));
  PYC_TRY(rightOffset, offsetOf(right));
  if (leftOffset.isNone() != rightOffset.isNone()) {
    if (isEquality(op))
      return Ref::boolean(op == CompareOp::Ne);
    return raise(typeErrorType, "can't compare offset-naive and offset-aware datetimes");
  }
  int64_t order;
  if (!orderAcrossZones(left, right, leftOffset, rightOffset, order) ||
      (isEquality(op) && order == 0 && !orderByFold(left, right, leftOffset, rightOffset, order)))
    return {};
  return ordering(order, op);
}

Ref subtractDateTimes(DateTimeObject* left, DateTimeObject* right) {
  if (left->zone == right->zone)
    return plainDifference(left, right);
  PYC_TRY(leftOffset, offsetOf(left));
  PYC_TRY(rightOffset, offsetOf(right));
  if (leftOffset.isNone() != rightOffset.isNone())
    return raise(typeErrorType, "can't subtract offset-naive and offset-aware datetimes");
  PYC_TRY(difference, plainDifference(left, right));
  if (sameOffset(leftOffset, rightOffset))
    return difference;
  PYC_TRY(offsets, subtractDeltas(asDelta(leftOffset), asDelta(rightOffset)));
  return subtractDeltas(asDelta(difference), asDelta(offsets));
}

Ref addDateTime(Value left, Value right) {
  if (isDateTime(left) && isDelta(right))
    return moveDateTime(asDateTime(left), asDelta(right), 1);
  if (isDelta(left) && isDateTime(right))
    return moveDateTime(asDateTime(right), asDelta(left), 1);
  return Ref::notImplemented();
}

Ref subtractDateTime(Value left, Value right) {
  if (!isDateTime(left))
    return Ref::notImplemented();
  if (isDateTime(right))
    return subtractDateTimes(asDateTime(left), asDateTime(right));
  if (isDelta(right))
    return moveDateTime(asDateTime(left), asDelta(right), -1);
  return Ref::notImplemented();
}

} // namespace pyc::rt
