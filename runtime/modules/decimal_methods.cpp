// Decimal's methods that compute with numbers alone.
#include "runtime/modules/decimal_methods.h"
#include "runtime/modules/decimal_short.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

template <DecimalUnary kOperation> Ref unary(const Value* args) {
  DecimalContext* context;
  return contextArg(args[1], context) ? computeUnary<kOperation>(numberOf(args[0]), context)
                                      : Ref();
}

template <DecimalBinary kOperation> Ref binary(const Value* args) {
  DecimalContext* context;
  Operand other;
  return contextArg(args[2], context) && other.convert(args[1])
             ? computeBinary<kOperation>(numberOf(args[0]), other, context)
             : Ref();
}

template <DecimalQuery kQuery> Ref query(const Value* args) {
  return Ref::boolean(kQuery(numberOf(args[0])) != 0);
}

template <DecimalRangeQuery kQuery> Ref rangeQuery(const Value* args) {
  DecimalContext* context;
  return contextArg(args[1], context)
             ? Ref::boolean(kQuery(numberOf(args[0]), &context->state) != 0)
             : Ref();
}

template <DecimalUnary kOperation> Ref toIntegral(const Value* args) {
  DecimalContext* context;
  if (!contextArg(args[2], context))
    return {};
  int rounding = context->state.round;
  return roundingArg(args[1], rounding)
             ? computeRounded<kOperation>(numberOf(args[0]), context, rounding)
             : Ref();
}

/// A copy without the sign, or with the other one: no context has a part in it.
template <int (*kOperation)(mpd_t*, const mpd_t*, uint32_t*)> Ref copyMethod(const Value* args) {
  PYC_TRY(result, newDecimal());
  uint32_t status = 0;
  kOperation(newNumberOf(result), numberOf(args[0]), &status);
  return status & MPD_Malloc_error ? Ref(raiseMemoryError()) : std::move(result);
}

Ref quantize(const Value* args) {
  DecimalContext* context;
  if (!contextArg(args[3], context))
    return {};
  mpd_context_t state = context->state;
  Operand exponent;
  if (!roundingArg(args[2], state.round) || !exponent.convert(args[1]))
    return {};
  PYC_TRY(result, newDecimal());
  uint32_t status = 0;
  if (!quantizeShort(newNumberOf(result), numberOf(args[0]), exponent, &state, &status))
    mpd_qquantize(newNumberOf(result), numberOf(args[0]), exponent, &state, &status);
  return reported(std::move(result), context, status);
}

Ref multiplyAdd(const Value* args) {
  DecimalContext* context;
  Operand factor, summand;
  if (!contextArg(args[3], context) || !factor.convert(args[1]) || !summand.convert(args[2]))
    return {};
  PYC_TRY(result, newDecimal());
  uint32_t status = 0;
  mpd_qfma(newNumberOf(result), numberOf(args[0]), factor, summand, &context->state, &status);
  return reported(std::move(result), context, status);
}

Ref sameQuantum(const Value* args) {
  DecimalContext* context;
  Operand other;
  return contextArg(args[2], context) && other.convert(args[1])
             ? Ref::boolean(mpd_same_quantum(numberOf(args[0]), other) != 0)
             : Ref();
}

Ref numberClass(const Value* args) {
  DecimalContext* context;
  return contextArg(args[1], context) ? makeStrAscii(mpd_class(numberOf(args[0]), &context->state))
                                      : Ref();
}

Ref engineeringText(const Value* args) {
  DecimalContext* context;
  return contextArg(args[1], context)
             ? decimalEngineeringText(numberOf(args[0]), context->capitals != 0)
             : Ref();
}

Ref adjusted(const Value* args) {
  const mpd_t* number = numberOf(args[0]);
  return makeInt(mpd_isspecial(number) ? 0 : mpd_adjexp(number));
}

Ref itself(const Value* args) {
  return Ref::copy(args[0]);
}

Ref radix(const Value*) {
  return decimalFrom(&decimalType, Value::fromInt(10), currentDecimalContext(), true);
}

// Conversions.

/// The class itself, called with the Decimal when it is a subclass.
Ref ofClass(Value type, Ref decimal) {
  if (!decimal || type == Value(&decimalType.header))
    return decimal;
  return call(type, decimal);
}

Ref fromFloat(const Value* args) {
  DecimalContext* context = currentDecimalContext();
  return context ? ofClass(args[0], decimalFromFloat(args[1], context, true)) : Ref();
}

Ref fromNumber(const Value* args) {
  DecimalContext* context = currentDecimalContext();
  if (!context)
    return {};
  if (!isInteger(args[1]) && !isFloat(args[1]) && !isDecimal(args[1]))
    return raise(typeErrorType, "conversion from %s to Decimal is not supported",
                 typeOf(args[1])->name);
  return ofClass(args[0], isFloat(args[1]) ? decimalFromFloat(args[1], context, true)
                                           : decimalFrom(&decimalType, args[1], context, true));
}

Ref asTuple(const Value* args) {
  return decimalAsTuple(args[0]);
}
Ref asRatio(const Value* args) {
  return decimalAsRatio(args[0]);
}
Ref formatMethod(const Value* args) {
  return decimalFormat(args[0], args[1], args[2]);
}

Ref reduce(const Value* args) {
  PYC_TRY(text, str(args[0]));
  PYC_TRY(arguments, tupleOf(text));
  return tupleOf(Value(&typeOf(args[0])->header), arguments.get());
}

template <int kRounding> Ref toInteger(const Value* args) {
  return integerOf(numberOf(args[0]), kRounding);
}

Ref roundMethod(const Value* args) {
  if (!args[1] || args[1].isNone())
    return integerOf(numberOf(args[0]), MPD_ROUND_HALF_EVEN);
  if (!isInteger(args[1]))
    return raise(typeErrorType, "optional arg must be an integer");
  int64_t places;
  DecimalContext* context = currentDecimalContext();
  if (!context || !sizeArg(args[1], places))
    return {};
  mpd_uint_t one = 1;
  const mpd_t unit = {
      MPD_STATIC | MPD_CONST_DATA, places == INT64_MIN ? MPD_SSIZE_MAX : -places, 1, 1, 1, &one};
  return computeBinary<mpd_qquantize>(numberOf(args[0]), &unit, context);
}

Ref toComplex(const Value* args) {
  PYC_TRY(real, decimalToFloat(args[0]));
  return call(Value(&complexType.header), real);
}

Ref sizeOf(const Value* args) {
  const mpd_t* number = numberOf(args[0]);
  size_t words = mpd_isdynamic_data(number) ? static_cast<size_t>(number->alloc) : 0;
  return makeInt(static_cast<int64_t>(typeOf(args[0])->instanceSize + words * sizeof(mpd_uint_t)));
}

Ref divmodMethod(const Value* args) {
  return decimalDivmod(args[0], args[1]);
}
Ref reflectedDivmod(const Value* args) {
  return decimalDivmod(args[1], args[0]);
}

constexpr MethodDef kMethods[] = {
#define PYC_DECIMAL_METHOD(name, parameters, function, text)                                       \
  {.signature = #name "($self, /" parameters ")", .bound = function, .doc = text},
#include "runtime/modules/decimal_methods.def"
    {.signature = "from_float($type, f, /)",
     .bound = fromFloat,
     .kind = MethodDef::Class,
     .doc = "A float's or int's exact value as a Decimal."},
    {.signature = "from_number($type, number, /)",
     .bound = fromNumber,
     .kind = MethodDef::Class,
     .doc = "A real number's exact value as a Decimal; text is no number."},
    {.signature = "__deepcopy__($self, memo, /)", .bound = itself, .doc = "The number itself."},
    {.signature = "__format__($self, format_spec, override=<unrepresentable>, /)",
     .bound = formatMethod,
     .doc = "The number as text by a format specification."},
    {.signature = "__round__($self, ndigits=<unrepresentable>, /)",
     .bound = roundMethod,
     .doc = "The nearest int, or the number with so many digits behind the point."},
    {.signature = "__divmod__($self, value, /)",
     .bound = divmodMethod,
     .doc = "Return divmod(self, value)."},
    {.signature = "__rdivmod__($self, value, /)",
     .bound = reflectedDivmod,
     .doc = "Return divmod(value, self)."},
};

} // namespace

std::span<const MethodDef> decimalMethods() {
  return kMethods;
}

} // namespace pyc::rt
