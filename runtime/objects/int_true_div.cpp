// a / b of ints, correctly rounded whatever their size.
#include "runtime/objects/double_rounding.h"
#include "runtime/objects/int_view.h"

#include <cmath>

namespace pyc::rt {

namespace {

/// Where doubles end in both directions.
constexpr int64_t kMaxExponent = 1024, kMinLastBit = -1074;
constexpr uint64_t kExactLimit = uint64_t(1) << 53;

/// floor(a * 2^shift / b) of the magnitudes, below 2^64, with the lowest bit set when that is not
/// exact. False with MemoryError.
bool scaledQuotient(const IntView& a, const IntView& b, int64_t shift, uint64_t& result) {
  size_t whole = shift > 0 ? static_cast<size_t>(shift) / 64 : 0;
  LimbBuffer scaled(a.count + whole + 1);
  if (!scaled)
    return false;
  Limb* limbs = scaled.get();
  size_t count = a.count;
  bool inexact = false;
  if (shift >= 0) {
    mpn_zero(limbs, static_cast<mp_size_t>(whole));
    unsigned bits = static_cast<unsigned>(shift % 64);
    count += whole;
    limbs[count] = 0;
    if (bits)
      limbs[count] = mpn_lshift(limbs + whole, a.limbs, static_cast<mp_size_t>(a.count), bits);
    else
      mpn_copyi(limbs + whole, a.limbs, static_cast<mp_size_t>(a.count));
    count += limbs[count] != 0;
  } else {
    size_t dropped = static_cast<size_t>(-shift) / 64;
    unsigned bits = static_cast<unsigned>(-shift % 64);
    for (size_t i = 0; i < dropped; ++i)
      inexact |= a.limbs[i] != 0;
    count -= dropped;
    if (bits)
      inexact |= mpn_rshift(limbs, a.limbs + dropped, static_cast<mp_size_t>(count), bits) != 0;
    else
      mpn_copyi(limbs, a.limbs + dropped, static_cast<mp_size_t>(count));
    count -= limbs[count - 1] == 0;
  }
  LimbBuffer quotient(count - b.count + 1), rest(b.count);
  if (!quotient || !rest)
    return false;
  mpn_tdiv_qr(quotient.get(), rest.get(), 0, limbs, static_cast<mp_size_t>(count), b.limbs,
              static_cast<mp_size_t>(b.count));
  inexact |= !mpn_zero_p(rest.get(), static_cast<mp_size_t>(b.count));
  result = quotient.get()[0] | inexact;
  return true;
}

} // namespace

Ref intTrueDivide(Value x, Value y) {
  if (!isInteger(x) || !isInteger(y))
    return Ref::notImplemented();
  IntView a(x), b(y);
  if (b.isZero())
    return raise(zeroDivisionErrorType, "division by zero");
  bool negative = a.negative != b.negative;
  double result;
  if (a.count <= 1 && b.count <= 1 && a.low() <= kExactLimit && b.low() <= kExactLimit) {
    result = static_cast<double>(a.low()) / static_cast<double>(b.low());
  } else if (a.isZero()) {
    result = 0;
  } else {
    auto magnitude = static_cast<int64_t>(a.bitLength()) - static_cast<int64_t>(b.bitLength());
    if (magnitude > kMaxExponent)
      return raise(overflowErrorType, "integer division result too large for a float");
    result = 0;
    uint64_t bits;
    // The quotient times 2^(63 - magnitude) has 63 or 64 bits.
    if (magnitude >= kMinLastBit - 2) {
      if (!scaledQuotient(a, b, 63 - magnitude, bits))
        return {};
      result = roundToDouble(bits, magnitude - 63);
    }
    if (std::isinf(result))
      return raise(overflowErrorType, "integer division result too large for a float");
  }
  return Ref::number(Value::fromDouble(negative ? -result : result));
}

} // namespace pyc::rt
