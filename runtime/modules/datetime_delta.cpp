// timedelta: durations as days, seconds and microseconds. Where numbers come in, all is done in
// Python's ints of microseconds, which have no bounds.
#include "runtime/modules/datetime_delta.h"

#include "runtime/objects/float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/tuple.h"

#include <climits>
#include <cmath>

namespace pyc::rt {

namespace {

constexpr int64_t kMostDays = 999'999'999;
constexpr int64_t kDayMicroseconds = kDaySeconds * kSecondMicroseconds;

/// All of a duration as an int.
Ref totalMicroseconds(const DeltaObject* delta) {
  PYC_TRY(seconds, makeInt(daysOf(delta) * kDaySeconds + secondsOf(delta)));
  PYC_TRY(unit, makeInt(kSecondMicroseconds));
  PYC_TRY(product, intBinary(BinaryOp::Mul, seconds, unit));
  return intBinary(BinaryOp::Add, product, delta->microseconds);
}

Ref deltaOfMicroseconds(Value total, TypeObject* type = &deltaType) {
  int64_t rest;
  if (intFits64(total, rest)) {
    int64_t days = carry(rest, kDayMicroseconds);
    return newDelta(days, 0, rest, type);
  }
  PYC_TRY(unit, makeInt(kDayMicroseconds));
  Ref whole, part;
  if (!intDivide(total, unit, &whole, &part))
    return {};
  int64_t days;
  if (!intFits64(whole, days) || days < INT_MIN || days > INT_MAX)
    return raise(overflowErrorType, "Python int too large to convert to C int");
  return intFits64(part, rest) ? newDelta(days, 0, rest, type) : Ref();
}

/// a / b, rounded to the nearest int, to the even one from the middle.
Ref divideNearest(Value a, Value b) {
  if (!isInteger(a) || !isInteger(b))
    return raise(typeErrorType, "non-integer arguments in division");
  Ref quotient, remainder;
  if (!intDivide(a, b, &quotient, &remainder))
    return {};
  // The remainder has the divisor's sign.
  PYC_TRY(twice, intBinary(BinaryOp::Add, remainder, remainder));
  int order = intCompare(twice, b) * (intSign(b) < 0 ? -1 : 1);
  PYC_TRY(odd, intBinary(BinaryOp::And, quotient, Value::fromInt(1)));
  if (order < 0 || (order == 0 && intSign(odd) == 0))
    return quotient;
  return intBinary(BinaryOp::Add, quotient, Value::fromInt(1));
}

/// Numerator and denominator of a float.
bool ratioOf(Value number, Ref& numerator, Ref& denominator) {
  PYC_TRY(ratio, callMethod(number, internLiteral("as_integer_ratio")));
  if (!isTuple(ratio))
    return raise(typeErrorType,
                 "unexpected return type from as_integer_ratio(): expected tuple, not '%s'",
                 fullTypeName(ratio));
  if (asTuple(ratio)->count != 2)
    return raise(valueErrorType, "as_integer_ratio() must return a 2-tuple");
  numerator = Ref::copy(asTuple(ratio)->items()[0]);
  denominator = Ref::copy(asTuple(ratio)->items()[1]);
  return true;
}

/// The duration times a / b.
Ref scaleDelta(const DeltaObject* delta, Value a, Value b) {
  PYC_TRY(total, totalMicroseconds(delta));
  PYC_TRY(product, binaryOp(BinaryOp::Mul, total, a));
  PYC_TRY(result, divideNearest(product, b));
  return deltaOfMicroseconds(result);
}

/// The sum that timedelta()'s arguments make.
struct DeltaSum {
  Ref whole;       // microseconds
  double rest = 0; // parts of them

  bool addInt(Value amount, int64_t unit) {
    PYC_TRY(factor, makeInt(unit));
    PYC_TRY(product, intBinary(BinaryOp::Mul, amount, factor));
    whole = intBinary(BinaryOp::Add, whole, product);
    return static_cast<bool>(whole);
  }
  /// The part behind the point is multiplied by itself, so that nothing of it is lost.
  bool addFloat(double amount, int64_t unit) {
    double integer, part = std::modf(amount, &integer);
    PYC_TRY(number, toInt(Value::fromForeignDouble(integer)));
    if (!addInt(number, unit))
      return false;
    if (part == 0)
      return true;
    rest += std::modf(part * static_cast<double>(unit), &integer);
    PYC_TRY(more, makeIntFromDouble(integer));
    return addInt(more, 1);
  }
  bool add(const char* name, Value amount, int64_t unit) {
    if (isInteger(amount))
      return addInt(amount, unit);
    if (isFloat(amount))
      return addFloat(floatValue(amount), unit);
    return raise(typeErrorType, "unsupported type for timedelta %s component: %s", name,
                 fullTypeName(amount));
  }
  /// Adds the rest, rounded so that the sum is even from the middle.
  bool finish() {
    double rounded = std::round(rest);
    if (std::fabs(rounded - rest) == 0.5) {
      PYC_TRY(odd, intBinary(BinaryOp::And, whole, Value::fromInt(1)));
      double isOdd = intSign(odd);
      rounded = 2 * std::round((rest + isOdd) * 0.5) - isOdd;
    }
    PYC_TRY(more, makeIntFromDouble(rounded));
    return addInt(more, 1);
  }
};

} // namespace

Ref newDelta(int64_t days, int64_t seconds, int64_t microseconds, TypeObject* type) {
  seconds += carry(microseconds, kSecondMicroseconds);
  days += carry(seconds, kDaySeconds);
  if (days < -kMostDays || days > kMostDays)
    return raise(overflowErrorType, "days=%lld; must have magnitude <= %lld",
                 static_cast<long long>(days), static_cast<long long>(kMostDays));
  Object* object = allocObject(type);
  if (object) {
    auto* delta = reinterpret_cast<DeltaObject*>(object);
    delta->hashCode = kNoHash;
    delta->days = Value::fromInt(days);
    delta->seconds = Value::fromInt(seconds);
    delta->microseconds = Value::fromInt(microseconds);
  }
  return Ref::steal(object);
}

bool isZero(const DeltaObject* delta) {
  return daysOf(delta) == 0 && secondsOf(delta) == 0 && microsecondsOf(delta) == 0;
}

int compareDeltas(const DeltaObject* left, const DeltaObject* right) {
  int64_t difference = daysOf(left) - daysOf(right);
  if (difference == 0)
    difference = secondsOf(left) - secondsOf(right);
  if (difference == 0)
    difference = microsecondsOf(left) - microsecondsOf(right);
  return (difference > 0) - (difference < 0);
}

Ref subtractDeltas(const DeltaObject* left, const DeltaObject* right) {
  return newDelta(daysOf(left) - daysOf(right), secondsOf(left) - secondsOf(right),
                  microsecondsOf(left) - microsecondsOf(right));
}

Ref totalSeconds(const DeltaObject* delta) {
  PYC_TRY(total, totalMicroseconds(delta));
  return binaryOp(BinaryOp::TrueDiv, total, Value::fromInt(kSecondMicroseconds));
}

Ref createDelta(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("timedelta(days=0, seconds=0, microseconds=0, "
                                        "milliseconds=0, minutes=0, hours=0, weeks=0)");
  struct Unit {
    const char* name;
    int64_t microseconds;
    unsigned place; // among the arguments
  };
  static constexpr Unit kUnits[] = {{"microseconds", 1, 2},
                                    {"milliseconds", 1000, 3},
                                    {"seconds", 1'000'000, 1},
                                    {"minutes", 60'000'000, 4},
                                    {"hours", 3'600'000'000, 5},
                                    {"days", kDayMicroseconds, 0},
                                    {"weeks", 7 * kDayMicroseconds, 6}};
  Value bound[7];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  DeltaSum sum{Ref::number(Value::fromInt(0))};
  for (const Unit& unit : kUnits)
    if (bound[unit.place] && !sum.add(unit.name, bound[unit.place], unit.microseconds))
      return {};
  if (sum.rest != 0 && !sum.finish())
    return {};
  return deltaOfMicroseconds(sum.whole, type);
}

// Operators.

Ref addDelta(Value left, Value right) {
  if (!isDelta(left) || !isDelta(right))
    return Ref::notImplemented();
  const DeltaObject *a = asDelta(left), *b = asDelta(right);
  return newDelta(daysOf(a) + daysOf(b), secondsOf(a) + secondsOf(b),
                  microsecondsOf(a) + microsecondsOf(b));
}

Ref subtractDelta(Value left, Value right) {
  if (!isDelta(left) || !isDelta(right))
    return Ref::notImplemented();
  return subtractDeltas(asDelta(left), asDelta(right));
}

Ref multiplyDelta(Value left, Value right) {
  Value delta = isDelta(left) ? left : right, factor = isDelta(left) ? right : left;
  if (isInteger(factor)) {
    PYC_TRY(total, totalMicroseconds(asDelta(delta)));
    PYC_TRY(product, intBinary(BinaryOp::Mul, total, factor));
    return deltaOfMicroseconds(product);
  }
  if (!isFloat(factor))
    return Ref::notImplemented();
  Ref numerator, denominator;
  return ratioOf(factor, numerator, denominator)
             ? scaleDelta(asDelta(delta), numerator, denominator)
             : Ref();
}

Ref divideDelta(Value left, Value right) {
  if (!isDelta(left))
    return Ref::notImplemented();
  PYC_TRY(total, totalMicroseconds(asDelta(left)));
  if (isDelta(right)) {
    PYC_TRY(divisor, totalMicroseconds(asDelta(right)));
    return binaryOp(BinaryOp::TrueDiv, total, divisor);
  }
  if (isInteger(right)) {
    PYC_TRY(quotient, divideNearest(total, right));
    return deltaOfMicroseconds(quotient);
  }
  if (!isFloat(right))
    return Ref::notImplemented();
  Ref numerator, denominator;
  return ratioOf(right, numerator, denominator) ? scaleDelta(asDelta(left), denominator, numerator)
                                                : Ref();
}

Ref floorDivideDelta(Value left, Value right) {
  if (!isDelta(left))
    return Ref::notImplemented();
  bool byDelta = isDelta(right);
  if (!byDelta && !isInteger(right))
    return Ref::notImplemented();
  PYC_TRY(total, totalMicroseconds(asDelta(left)));
  PYC_TRY(divisor, byDelta ? totalMicroseconds(asDelta(right)) : Ref::copy(right));
  PYC_TRY(quotient, intBinary(BinaryOp::FloorDiv, total, divisor));
  return byDelta ? std::move(quotient) : deltaOfMicroseconds(quotient);
}

namespace {

bool divideBoth(Value left, Value right, Ref& quotient, Ref& remainder) {
  PYC_TRY(total, totalMicroseconds(asDelta(left)));
  PYC_TRY(divisor, totalMicroseconds(asDelta(right)));
  Ref rest;
  if (!intDivide(total, divisor, &quotient, &rest))
    return false;
  remainder = deltaOfMicroseconds(rest);
  return static_cast<bool>(remainder);
}

} // namespace

Ref remainderDelta(Value left, Value right) {
  if (!isDelta(left) || !isDelta(right))
    return Ref::notImplemented();
  Ref quotient, remainder;
  return divideBoth(left, right, quotient, remainder) ? std::move(remainder) : Ref();
}

Ref divmodDelta(Value left, Value right) {
  if (!isDelta(left) || !isDelta(right))
    return Ref::notImplemented();
  Ref quotient, remainder;
  return divideBoth(left, right, quotient, remainder) ? tupleOf(quotient, remainder) : Ref();
}

Ref negateDelta(Value self) {
  const DeltaObject* delta = asDelta(self);
  return newDelta(-daysOf(delta), -secondsOf(delta), -microsecondsOf(delta));
}

Ref plusDelta(Value self) {
  const DeltaObject* delta = asDelta(self);
  return newDelta(daysOf(delta), secondsOf(delta), microsecondsOf(delta));
}

Ref absoluteDelta(Value self) {
  return daysOf(asDelta(self)) < 0 ? negateDelta(self) : plusDelta(self);
}

} // namespace pyc::rt
