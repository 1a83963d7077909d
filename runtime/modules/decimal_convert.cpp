// Decimals of ints, floats, tuples and other Decimals; Decimal(value) and create_decimal(value).
#include "runtime/modules/decimal_convert.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <cmath>
#include <vector>

namespace pyc::rt {

namespace {

/// libmpdec reads large integers as digits of any base up to 2^32 - 1.
constexpr unsigned kImportBits = 30;

bool setFromMpz(mpd_t* number, mpz_srcptr integer, const mpd_context_t* context, uint32_t& status) {
  size_t bits = mpz_sizeinbase(integer, 2);
  std::vector<uint32_t> digits(bits / kImportBits + 1);
  size_t count;
  mpz_export(digits.data(), &count, -1, sizeof(uint32_t), 0, 32 - kImportBits, integer);
  if (count == 0)
    count = 1; // zero is one digit that is zero
  mpd_qimport_u32(number, digits.data(), count, mpz_sgn(integer) < 0 ? MPD_NEG : MPD_POS,
                  1u << kImportBits, context, &status);
  return true;
}

// Tuples.

bool isText(Value value, const char* text) {
  return isStr(value) && strEquals(asStr(value), text);
}

bool appendDigits(std::string& text, Value digits) {
  if (!isTuple(digits) && !isList(digits))
    return raise(valueErrorType, "coefficient must be a tuple of digits");
  PYC_TRY(items, sequenceTuple(digits));
  for (int64_t i = 0; i < asTuple(items)->count; ++i) {
    Value item = asTuple(items)->items()[i];
    int64_t digit;
    if (!isInteger(item) || !intFits64(item, digit) || digit < 0 || digit > 9)
      return raise(valueErrorType, "coefficient must be a tuple of digits");
    text += static_cast<char>('0' + digit);
  }
  return true;
}

bool appendSign(std::string& text, Value sign) {
  int64_t number;
  if (!isInteger(sign) || !intFits64(sign, number) || (number != 0 && number != 1))
    return raise(valueErrorType, "sign must be an integer with the value 0 or 1");
  text += number ? "-" : "";
  return true;
}

/// The text of the number that (sign, digits, exponent) means.
bool textOfTuple(Value tuple, std::string& text) {
  PYC_TRY(parts, sequenceTuple(tuple));
  if (asTuple(parts)->count != 3)
    return raise(valueErrorType, "argument must be a sequence of length 3");
  const Value* items = asTuple(parts)->items();
  Value exponent = items[2];
  if (!appendSign(text, items[0]))
    return false;
  if (isText(exponent, "F")) {
    text += "Inf";
    return true;
  }
  if (isStr(exponent)) {
    if (!isText(exponent, "n") && !isText(exponent, "N"))
      return raise(valueErrorType, "string argument in the third position must be 'F', 'n' or 'N'");
    text += isText(exponent, "n") ? "NaN" : "sNaN";
    return appendDigits(text, items[1]);
  }
  if (!isInteger(exponent))
    return raise(valueErrorType, "exponent must be an integer");
  int64_t places;
  if (!sizeArg(exponent, places))
    return false;
  size_t before = text.size();
  if (!appendDigits(text, items[1]))
    return false;
  if (text.size() == before)
    text += '0';
  text += "E" + std::to_string(places);
  return true;
}

/// A Decimal rounded to the context. A NaN that carries too many digits is an error.
void setFromDecimal(mpd_t* number, const mpd_t* source, const mpd_context_t* context,
                    uint32_t& status) {
  if (mpd_isnan(source) && source->digits > context->prec - context->clamp) {
    mpd_setspecial(number, MPD_POS, MPD_NAN);
    status |= MPD_Conversion_syntax;
    return;
  }
  if (mpd_qcopy(number, source, &status))
    mpd_qfinalize(number, context, &status);
}

/// Sets a number of any value that Decimal() takes; false with an exception.
bool setFrom(mpd_t* number, Value value, DecimalContext* context, bool isExact, uint32_t& status) {
  const mpd_context_t* state = isExact ? &kExactContext : &context->state;
  if (isStr(value))
    return setFromText(number, asStr(value), isExact ? nullptr : state, status);
  if (isDecimal(value)) {
    if (isExact)
      mpd_qcopy(number, numberOf(value), &status);
    else
      setFromDecimal(number, numberOf(value), state, status);
    return true;
  }
  if (isInteger(value))
    return setFromInt(number, value, state, status);
  if (isFloat(value))
    return report(context, kFloatOperation) &&
           setFromDouble(number, floatValue(value), state, status);
  if (isTuple(value) || isList(value)) {
    std::string text;
    if (!textOfTuple(value, text))
      return false;
    setFromTrustedText(number, text.c_str(), isExact ? nullptr : state, status);
    return true;
  }
  return raise(typeErrorType, "conversion from %s to Decimal is not supported",
               typeOf(value)->name);
}

} // namespace

bool setFromInt(mpd_t* number, Value integer, const mpd_context_t* context, uint32_t& status) {
  IntView view(integer);
  if (view.count <= 1) {
    if (PYC_LIKELY(view.low() < MPD_RADIX))
      setFromWord(number, view.low());
    else
      mpd_qset_u64_exact(number, view.low(), &status);
    if (view.negative)
      mpd_set_negative(number);
    if (context != &kExactContext)
      mpd_qfinalize(number, context, &status);
    return true;
  }
  return setFromMpz(number, MpzView(view), context, status);
}

/// m * 2^-k is m * 5^k with k digits behind the point.
bool setFromDouble(mpd_t* number, double value, const mpd_context_t* context, uint32_t& status) {
  uint8_t sign = std::signbit(value) ? MPD_NEG : MPD_POS;
  if (!std::isfinite(value)) {
    mpd_setspecial(number, std::isnan(value) ? MPD_POS : sign,
                   std::isnan(value) ? MPD_NAN : MPD_INF);
    return true;
  }
  int exponent;
  double fraction = std::frexp(std::fabs(value), &exponent);
  auto mantissa = static_cast<uint64_t>(std::ldexp(fraction, 53));
  exponent -= 53;
  if (mantissa == 0) {
    mpd_qset_u64(number, 0, context, &status);
    number->flags |= sign;
    return true;
  }
  int zeros = __builtin_ctzll(mantissa);
  mantissa >>= zeros;
  exponent += zeros;
  Mpz integer, power;
  mpz_set_ui(integer, mantissa);
  if (exponent >= 0) {
    mpz_mul_2exp(integer, integer, static_cast<mp_bitcnt_t>(exponent));
  } else {
    mpz_ui_pow_ui(power, 5, static_cast<unsigned long>(-exponent));
    mpz_mul(integer, integer, power);
  }
  if (!setFromMpz(number, integer, &kExactContext, status))
    return false;
  if (exponent < 0)
    number->exp = exponent;
  number->flags |= sign;
  mpd_qfinalize(number, context, &status);
  return true;
}

void refuseInexact(mpd_t* number, uint32_t& status) {
  if (status & (MPD_Inexact | MPD_Rounded | MPD_Clamped))
    mpd_seterror(number, MPD_Invalid_operation, &status);
  status &= MPD_Errors;
}

Ref decimalFrom(TypeObject* type, Value value, DecimalContext* context, bool isExact) {
  if (!context)
    return {};
  if (isExact && type == &decimalType && isExactDecimal(value))
    return Ref::copy(value);
  PYC_TRY(result, newDecimal(type));
  uint32_t status = 0;
  if (!setFrom(newNumberOf(result), value, context, isExact, status))
    return {};
  if (isExact)
    refuseInexact(newNumberOf(result), status);
  return reported(std::move(result), context, status);
}

Ref decimalFromFloat(Value value, DecimalContext* context, bool isExact) {
  if (isInteger(value))
    return decimalFrom(&decimalType, value, context, isExact);
  if (!isFloat(value))
    return raise(typeErrorType, "argument must be int or float");
  PYC_TRY(result, newDecimal());
  uint32_t status = 0;
  if (!setFromDouble(newNumberOf(result), floatValue(value),
                     isExact ? &kExactContext : &context->state, status))
    return {};
  return reported(std::move(result), context, status);
}

} // namespace pyc::rt
