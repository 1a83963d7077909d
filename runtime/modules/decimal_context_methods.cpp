// Context's methods.
#include "runtime/modules/decimal_methods.h"
#include "runtime/objects/int.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

DecimalContext* asContext(Value value) {
  return value.as<DecimalContext>();
}

template <DecimalUnary kOperation> Ref unary(const Value* args) {
  Operand a;
  return a.convert(args[1]) ? computeUnary<kOperation>(a, asContext(args[0])) : Ref();
}

template <DecimalBinary kOperation> Ref binary(const Value* args) {
  Operand a, b;
  return a.convert(args[1]) && b.convert(args[2])
             ? computeBinary<kOperation>(a, b, asContext(args[0]))
             : Ref();
}

template <DecimalQuery kQuery> Ref query(const Value* args) {
  Operand a;
  return a.convert(args[1]) ? Ref::boolean(kQuery(a) != 0) : Ref();
}

template <DecimalRangeQuery kQuery> Ref rangeQuery(const Value* args) {
  Operand a;
  return a.convert(args[1]) ? Ref::boolean(kQuery(a, &asContext(args[0])->state) != 0) : Ref();
}

Ref divmodMethod(const Value* args) {
  Operand a, b;
  if (!a.convert(args[1]) || !b.convert(args[2]))
    return {};
  PYC_TRY(quotient, newDecimal());
  PYC_TRY(remainder, newDecimal());
  uint32_t status = 0;
  mpd_qdivmod(newNumberOf(quotient), newNumberOf(remainder), a, b, &asContext(args[0])->state,
              &status);
  return report(asContext(args[0]), status) ? tupleOf(quotient, remainder) : Ref();
}

Ref sameQuantum(const Value* args) {
  Operand a, b;
  return a.convert(args[1]) && b.convert(args[2]) ? Ref::boolean(mpd_same_quantum(a, b) != 0)
                                                  : Ref();
}

Ref multiplyAdd(const Value* args) {
  Operand a, b, c;
  if (!a.convert(args[1]) || !b.convert(args[2]) || !c.convert(args[3]))
    return {};
  PYC_TRY(result, newDecimal());
  uint32_t status = 0;
  mpd_qfma(newNumberOf(result), a, b, c, &asContext(args[0])->state, &status);
  return reported(std::move(result), asContext(args[0]), status);
}

Ref canonical(const Value* args) {
  if (!isDecimal(args[1]))
    return raise(typeErrorType, "argument must be a Decimal");
  return Ref::copy(args[1]);
}
Ref isCanonical(const Value* args) {
  PYC_TRY(number, canonical(args));
  return Ref::boolean(mpd_iscanonical(numberOf(number)) != 0);
}

Ref numberClass(const Value* args) {
  Operand a;
  return a.convert(args[1]) ? makeStrAscii(mpd_class(a, &asContext(args[0])->state)) : Ref();
}

Ref text(const Value* args) {
  Operand a;
  return a.convert(args[1]) ? decimalText(a, asContext(args[0])->capitals != 0) : Ref();
}
Ref engineeringText(const Value* args) {
  Operand a;
  return a.convert(args[1]) ? decimalEngineeringText(a, asContext(args[0])->capitals != 0) : Ref();
}

Ref power(const Value* args) {
  return decimalPower(args[1], args[2], args[3], asContext(args[0]));
}

Ref leastExponent(const Value* args) {
  return makeInt(mpd_etiny(&asContext(args[0])->state));
}
Ref mostExponent(const Value* args) {
  return makeInt(mpd_etop(&asContext(args[0])->state));
}
Ref radix(const Value* args) {
  return decimalFrom(&decimalType, Value::fromInt(10), asContext(args[0]), true);
}

Ref clearFlags(const Value* args) {
  asContext(args[0])->state.status = 0;
  return Ref::none();
}
Ref clearTraps(const Value* args) {
  asContext(args[0])->state.traps = 0;
  return Ref::none();
}

Ref copyMethod(const Value* args) {
  return copyDecimalContext(asContext(args[0]));
}

Ref reduce(const Value* args) {
  const mpd_context_t& state = asContext(args[0])->state;
  PYC_TRY(precision, makeInt(state.prec));
  PYC_TRY(least, makeInt(state.emin));
  PYC_TRY(most, makeInt(state.emax));
  PYC_TRY(flags, listOfSignals(state.status));
  PYC_TRY(traps, listOfSignals(state.traps));
  PYC_TRY(arguments, tupleOf(precision, Value(internLiteral(roundingName(state.round))), least,
                             most, Value::fromInt(asContext(args[0])->capitals),
                             Value::fromInt(state.clamp), flags, traps));
  return tupleOf(Value(&typeOf(args[0])->header), arguments.get());
}

Ref createDecimal(const Value* args) {
  return decimalFrom(&decimalType, args[1] ? args[1] : Value::fromInt(0), asContext(args[0]),
                     false);
}
Ref createDecimalFromFloat(const Value* args) {
  return decimalFromFloat(args[1], asContext(args[0]), false);
}

constexpr MethodDef kMethods[] = {
#define PYC_CONTEXT_METHOD(name, parameters, function, text)                                       \
  {.signature = #name "($self, " parameters ", /)", .bound = function, .doc = text},
#include "runtime/modules/decimal_context_methods.def"
    {.signature = "power($self, /, a, b, modulo=None)",
     .bound = power,
     .doc = "a ** b, or that modulo a third number."},
    {.signature = "Etiny($self, /)",
     .bound = leastExponent,
     .doc = "The least exponent of a number's last digit."},
    {.signature = "Etop($self, /)",
     .bound = mostExponent,
     .doc = "The largest exponent of a number with all digits."},
    {.signature = "radix($self, /)", .bound = radix, .doc = "Decimal(10)."},
    {.signature = "clear_flags($self, /)", .bound = clearFlags, .doc = "Sets all flags to False."},
    {.signature = "clear_traps($self, /)", .bound = clearTraps, .doc = "Sets all traps to False."},
    {.signature = "__copy__($self, /)", .bound = copyMethod, .doc = "As copy()."},
    {.signature = "copy($self, /)", .bound = copyMethod, .doc = "Another context that is equal."},
    {.signature = "__reduce__($self, /)",
     .bound = reduce,
     .doc = "The class and its arguments, for pickling."},
    {.signature = "create_decimal($self, num='0', /)",
     .bound = createDecimal,
     .doc = "A Decimal of any value, rounded to the context."},
    {.signature = "create_decimal_from_float($self, f, /)",
     .bound = createDecimalFromFloat,
     .doc = "A Decimal of a float or int, rounded to the context."},
};

} // namespace

std::span<const MethodDef> decimalContextMethods() {
  return kMethods;
}

} // namespace pyc::rt
