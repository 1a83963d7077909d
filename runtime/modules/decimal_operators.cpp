// Decimal's operators. Operands are Decimals and ints; the current context rounds.
#include "runtime/modules/decimal_objects.h"
#include "runtime/modules/decimal_short.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

using UnaryOperation = void (*)(mpd_t*, const mpd_t*, const mpd_context_t*, uint32_t*);
using BinaryOperation = void (*)(mpd_t*, const mpd_t*, const mpd_t*, const mpd_context_t*,
                                 uint32_t*);

/// Where an operand is of another type, or memory is out.
Ref notMine() {
  return isRaised() ? Ref() : Ref::notImplemented();
}

/// The same for short numbers; false where it is for the other to do.
using ShortOperation = bool (*)(mpd_t*, const mpd_t*, const mpd_t*, const mpd_context_t*,
                                uint32_t*);
bool neverShort(mpd_t*, const mpd_t*, const mpd_t*, const mpd_context_t*, uint32_t*) {
  return false;
}

template <BinaryOperation kOperation, ShortOperation kShort = neverShort>
Ref binary(Value left, Value right) {
  Operand a, b;
  if (!a.set(left) || !b.set(right))
    return notMine();
  DecimalContext* context = currentDecimalContext();
  if (!context)
    return {};
  PYC_TRY(result, newDecimal());
  uint32_t status = 0;
  if (!kShort(newNumberOf(result), a, b, &context->state, &status))
    kOperation(newNumberOf(result), a, b, &context->state, &status);
  return reported(std::move(result), context, status);
}

template <UnaryOperation kOperation> Ref unary(Value self) {
  DecimalContext* context = currentDecimalContext();
  if (!context)
    return {};
  PYC_TRY(result, newDecimal());
  uint32_t status = 0;
  kOperation(newNumberOf(result), numberOf(self), &context->state, &status);
  return reported(std::move(result), context, status);
}

} // namespace

Ref decimalPower(Value base, Value exponent, Value modulus, DecimalContext* context) {
  Operand a, b, c;
  bool isModular = modulus && !modulus.isNone();
  if (!a.convert(base) || !b.convert(exponent) || (isModular && !c.convert(modulus)))
    return {};
  PYC_TRY(result, newDecimal());
  uint32_t status = 0;
  if (isModular)
    mpd_qpowmod(newNumberOf(result), a, b, c, &context->state, &status);
  else
    mpd_qpow(newNumberOf(result), a, b, &context->state, &status);
  return reported(std::move(result), context, status);
}

Ref decimalDivmod(Value left, Value right) {
  Operand a, b;
  if (!a.set(left) || !b.set(right))
    return notMine();
  DecimalContext* context = currentDecimalContext();
  if (!context)
    return {};
  PYC_TRY(quotient, newDecimal());
  PYC_TRY(remainder, newDecimal());
  uint32_t status = 0;
  mpd_qdivmod(newNumberOf(quotient), newNumberOf(remainder), a, b, &context->state, &status);
  return report(context, status) ? tupleOf(quotient, remainder) : Ref();
}

Ref decimalAdd(Value left, Value right) {
  return binary<mpd_qadd, addShort>(left, right);
}
Ref decimalSubtract(Value left, Value right) {
  return binary<mpd_qsub, subtractShort>(left, right);
}
Ref decimalMultiply(Value left, Value right) {
  return binary<mpd_qmul, multiplyShort>(left, right);
}
Ref decimalDivide(Value left, Value right) {
  return binary<mpd_qdiv, divideShort>(left, right);
}
Ref decimalFloorDivide(Value left, Value right) {
  return binary<mpd_qdivint>(left, right);
}
Ref decimalRemainder(Value left, Value right) {
  return binary<mpd_qrem>(left, right);
}
Ref decimalRaise(Value base, Value exponent) {
  return binary<mpd_qpow>(base, exponent);
}
Ref decimalRaiseModulo(Value base, Value exponent, Value modulus) {
  if (!modulus || modulus.isNone())
    return decimalRaise(base, exponent);
  for (Value operand : {base, exponent, modulus})
    if (!isDecimal(operand) && !isInteger(operand))
      return Ref::notImplemented();
  DecimalContext* context = currentDecimalContext();
  return context ? decimalPower(base, exponent, modulus, context) : Ref();
}
Ref decimalNegate(Value self) {
  return unary<mpd_qminus>(self);
}
Ref decimalPlus(Value self) {
  return unary<mpd_qplus>(self);
}
Ref decimalAbsolute(Value self) {
  return unary<mpd_qabs>(self);
}

} // namespace pyc::rt
