// round(int, digits): to a multiple of a power of ten, ties to even.
#include "runtime/objects/int_view.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

/// x rounded to a multiple of 10 ** digits.
Ref roundToPower(Value x, int64_t digits) {
  // Less than half of the power: 0. This spares computing powers beyond all measure.
  if (static_cast<double>(digits) > static_cast<double>(IntView(x).bitLength()) * 0.30103 + 1)
    return Ref::number(Value::fromInt(0));
  PYC_TRY(unit, intPower(Value::fromInt(10), Value::fromInt(digits), {}));
  Ref quotient, rest;
  if (!intDivide(x, unit, &quotient, &rest))
    return {};
  PYC_TRY(twice, intAdd(rest, rest));
  int order = intCompare(twice, unit);
  bool isOdd = (IntView(quotient.get()).low() & 1) != 0;
  PYC_TRY(down, intSubtract(x, rest));
  return order > 0 || (order == 0 && isOdd) ? intAdd(down, unit) : std::move(down);
}

} // namespace

Ref intRound(const Value* args) {
  if (!args[1] || args[1].isNone())
    return exactInt(args[0]);
  PYC_TRY(digits, toIndex(args[1]));
  if (intSign(digits) >= 0)
    return exactInt(args[0]);
  int64_t places;
  if (!intFits64(digits, places) || places < Value::kMinInt)
    return Ref::number(Value::fromInt(0));
  return roundToPower(args[0], -places);
}

} // namespace pyc::rt
