// Ints, floats, tuples and hashes of Decimals.
#include "runtime/modules/decimal_objects.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int_math.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

#include <cmath>

namespace pyc::rt {

Value decimalTupleType, rationalType;

namespace {

constexpr unsigned kExportBits = 30;

Raised raiseNotFinite(const mpd_t* number, const char* what) {
  if (mpd_isnan(number))
    return raise(valueErrorType, "cannot convert NaN to %s", what);
  return raise(overflowErrorType, "cannot convert Infinity to %s", what);
}

/// The int of a whole number.
Ref intOfWhole(const mpd_t* number) {
  if (number->len == 1 && number->exp == 0)
    return makeIntFromLimb(number->data[0], mpd_isnegative(number) != 0);
  uint32_t status = 0;
  uint32_t* digits = nullptr;
  size_t count = mpd_qexport_u32(&digits, 0, 1u << kExportBits, number, &status);
  if (count == SIZE_MAX)
    return raiseMemoryError();
  Mpz integer;
  mpz_import(integer, count, -1, sizeof(uint32_t), 0, 32 - kExportBits, digits);
  mpd_free(digits);
  if (mpd_isnegative(number))
    mpz_neg(integer, integer);
  return integer.toInt();
}

Ref tenToThe(mpd_ssize_t exponent) {
  PYC_TRY(places, makeInt(exponent));
  return intPower(Value::fromInt(10), places, {});
}

// Hashing: numbers modulo 2^61 - 1, as all of Python's numbers.

constexpr uint64_t kModulus = (uint64_t(1) << 61) - 1;

uint64_t multiply(uint64_t a, uint64_t b) {
  unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  uint64_t sum = static_cast<uint64_t>(product & kModulus) + static_cast<uint64_t>(product >> 61);
  return sum >= kModulus ? sum - kModulus : sum;
}

uint64_t raised(uint64_t base, uint64_t exponent) {
  uint64_t result = 1;
  for (; exponent != 0; exponent >>= 1, base = multiply(base, base))
    if (exponent & 1)
      result = multiply(result, base);
  return result;
}

/// 1 / 10 modulo 2^61 - 1.
constexpr uint64_t kTenth = 2075258708292324556;
static_assert(static_cast<uint64_t>(static_cast<unsigned __int128>(kTenth) * 10 % kModulus) == 1);

int64_t hashOfFinite(const mpd_t* number) {
  uint64_t sum = 0;
  for (mpd_ssize_t i = number->len; i-- > 0;)
    sum = (multiply(sum, MPD_RADIX % kModulus) + number->data[i] % kModulus) % kModulus;
  uint64_t places = static_cast<uint64_t>(number->exp < 0 ? -number->exp : number->exp);
  sum = multiply(sum, raised(number->exp < 0 ? kTenth : 10, places));
  auto hash = static_cast<int64_t>(sum);
  if (mpd_isnegative(number))
    hash = -hash;
  return hash == -1 ? -2 : hash;
}

// Floats.

/// Powers of ten that are doubles exactly.
constexpr double kTens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                            1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/// Where one multiplication or division of doubles is exact but for its own rounding.
bool shortDouble(const mpd_t* number, double& result) {
  constexpr auto kMost = static_cast<mpd_ssize_t>(std::size(kTens)) - 1;
  if (number->len != 1 || number->data[0] > (uint64_t(1) << 53) || number->exp > kMost ||
      number->exp < -kMost)
    return false;
  result = static_cast<double>(number->data[0]);
  result = number->exp < 0 ? result / kTens[-number->exp] : result * kTens[number->exp];
  if (mpd_isnegative(number))
    result = -result;
  return true;
}

Ref digitsOf(const mpd_t* number) {
  PYC_TRY(digits, newTuple(static_cast<size_t>(number->digits)));
  Value* items = asTuple(digits)->items();
  mpd_ssize_t place = number->digits;
  for (mpd_ssize_t i = 0; i < number->len; ++i) {
    mpd_uint_t word = number->data[i];
    for (unsigned d = 0; d < MPD_RDIGITS && place > 0; ++d, word /= 10)
      items[--place] = Value::fromInt(static_cast<int64_t>(word % 10));
  }
  return digits;
}

} // namespace

Ref integerOf(const mpd_t* number, int rounding) {
  if (mpd_isspecial(number))
    return raiseNotFinite(number, "integer");
  if (number->exp == 0)
    return intOfWhole(number);
  ScratchNumber whole;
  uint32_t status = 0;
  mpd_context_t state = kExactContext;
  state.round = rounding;
  mpd_qround_to_int(whole.get(), number, &state, &status);
  return status & MPD_Malloc_error ? Ref(raiseMemoryError()) : intOfWhole(whole.get());
}

Ref coefficientOf(const mpd_t* number) {
  mpd_t coefficient = *number;
  coefficient.flags = MPD_STATIC | MPD_SHARED_DATA;
  coefficient.exp = 0;
  return intOfWhole(&coefficient);
}

Ref decimalToInt(Value self) {
  return integerOf(numberOf(self), MPD_ROUND_DOWN);
}

Ref decimalToFloat(Value self) {
  const mpd_t* number = numberOf(self);
  if (mpd_isnan(number)) {
    if (mpd_issnan(number))
      return raise(valueErrorType, "cannot convert signaling NaN to float");
    return makeFloat(std::copysign(NAN, mpd_isnegative(number) ? -1.0 : 1.0));
  }
  double result;
  if (mpd_isinfinite(number))
    return makeFloat(mpd_isnegative(number) ? -INFINITY : INFINITY);
  if (shortDouble(number, result))
    return makeFloat(result);
  PYC_TRY(text, decimalText(number, true));
  if (!parseDouble(asStr(text)->asciiView(), result))
    return raise(valueErrorType, "could not convert string to float: %R", text.get());
  return makeFloat(result);
}

Ref decimalAsTuple(Value self) {
  const mpd_t* number = numberOf(self);
  Ref digits, exponent;
  if (mpd_isinfinite(number)) {
    digits = tupleOf(Value::fromInt(0));
    exponent = Ref::copy(latin1Char('F'));
  } else if (mpd_isnan(number)) {
    digits = number->len > 0 ? digitsOf(number) : newTuple(0);
    exponent = Ref::copy(latin1Char(mpd_issnan(number) ? 'N' : 'n'));
  } else {
    digits = digitsOf(number);
    exponent = makeInt(number->exp);
  }
  if (!digits || !exponent)
    return {};
  return call(decimalTupleType, Value::fromInt(mpd_sign(number)), digits, exponent);
}

Ref decimalAsRatio(Value self) {
  const mpd_t* number = numberOf(self);
  if (mpd_isspecial(number))
    return raiseNotFinite(number, "integer ratio");
  if (mpd_iszero(number))
    return tupleOf(Value::fromInt(0), Value::fromInt(1));
  PYC_TRY(coefficient, coefficientOf(number));
  if (mpd_isnegative(number)) {
    coefficient = intNegate(coefficient);
    if (!coefficient)
      return {};
  }
  PYC_TRY(power, tenToThe(number->exp < 0 ? -number->exp : number->exp));
  if (number->exp >= 0) {
    PYC_TRY(numerator, intBinary(BinaryOp::Mul, coefficient, power));
    return tupleOf(numerator, Value::fromInt(1));
  }
  PYC_TRY(divisor, intGcd(coefficient, power));
  PYC_TRY(numerator, intBinary(BinaryOp::FloorDiv, coefficient, divisor));
  PYC_TRY(denominator, intBinary(BinaryOp::FloorDiv, power, divisor));
  return tupleOf(numerator, denominator);
}

bool decimalHash(Value self, int64_t& hash) {
  auto* decimal = self.as<DecimalObject>();
  hash = __atomic_load_n(&decimal->hashCode, __ATOMIC_RELAXED);
  if (hash != kNoDecimalHash)
    return true;
  const mpd_t* number = &decimal->number;
  if (mpd_issnan(number))
    return raise(typeErrorType, "Cannot hash a signaling NaN value");
  if (mpd_isnan(number))
    return objectType.slots.hash(self, hash);
  constexpr int64_t kInfinityHash = 314159;
  if (mpd_isinfinite(number))
    hash = mpd_isnegative(number) ? -kInfinityHash : kInfinityHash;
  else
    hash = hashOfFinite(number);
  __atomic_store_n(&decimal->hashCode, hash, __ATOMIC_RELAXED);
  return true;
}

} // namespace pyc::rt
