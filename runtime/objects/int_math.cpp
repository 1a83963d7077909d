#include "runtime/objects/int_math.h"

#include "runtime/objects/int_view.h"

#include <cmath>

namespace pyc::rt {

namespace {

/// Results of more bits than this are refused at once: no machine holds them.
constexpr double kMostBits = 1e12;

uint64_t gcdOfLimbs(uint64_t a, uint64_t b) {
  if (a == 0 || b == 0)
    return a | b;
  int shift = __builtin_ctzll(a | b);
  a >>= __builtin_ctzll(a);
  do {
    b >>= __builtin_ctzll(b);
    if (a > b)
      std::swap(a, b);
    b -= a;
  } while (b != 0);
  return a << shift;
}

uint64_t sqrtOfLimb(uint64_t number) {
  auto root = static_cast<uint64_t>(std::sqrt(static_cast<double>(number)));
  // The double may be off by one to either side; 2^32 squared does not fit.
  while (root > UINT32_MAX || root * root > number)
    --root;
  while (root < UINT32_MAX && (root + 1) * (root + 1) <= number)
    ++root;
  return root;
}

/// n over k in a register; false when that does not fit.
bool binomialOfLimb(uint64_t n, uint64_t k, uint64_t& result) {
  unsigned __int128 value = 1;
  for (uint64_t i = 1; i <= k; ++i) {
    value = value * (n - k + i) / i; // exact: the product of i neighbours
    if (value >> 64)
      return false;
  }
  result = static_cast<uint64_t>(value);
  return true;
}

} // namespace

Ref intGcd(Value x, Value y) {
  IntView a(x), b(y);
  if (a.count <= 1 && b.count <= 1)
    return makeIntUnsigned(gcdOfLimbs(a.low(), b.low()));
  if (a.isZero() || b.isZero())
    return intAbsolute(a.isZero() ? y : x);
  const IntView& longer = a.count >= b.count ? a : b;
  const IntView& shorter = a.count >= b.count ? b : a;
  if (shorter.count == 1)
    return makeIntUnsigned(
        mpn_gcd_1(longer.limbs, static_cast<mp_size_t>(longer.count), shorter.limbs[0]));
  Mpz result;
  mpz_gcd(result, MpzView(a), MpzView(b));
  return result.toInt();
}

Ref intSqrt(Value number) {
  IntView view(number);
  if (view.count <= 1)
    return makeIntUnsigned(sqrtOfLimb(view.low()));
  IntObject* result = newInt((view.count + 1) / 2);
  if (!result)
    return {};
  mpn_sqrtrem(result->limbs(), nullptr, view.limbs, static_cast<mp_size_t>(view.count));
  return finishInt(result, (view.count + 1) / 2, false);
}

Ref intFactorial(uint64_t number) {
  constexpr uint64_t kLastInLimb = 20;
  if (number <= kLastInLimb) {
    uint64_t result = 1;
    for (uint64_t i = 2; i <= number; ++i)
      result *= i;
    return makeIntUnsigned(result);
  }
  if (std::lgamma(static_cast<double>(number)) > kMostBits)
    return raiseMemoryError();
  Mpz result;
  mpz_fac_ui(result, number);
  return result.toInt();
}

Ref intFallingProduct(Value n, uint64_t count) {
  if (static_cast<double>(count) * static_cast<double>(IntView(n).bitLength()) > kMostBits)
    return raiseMemoryError();
  if (count == 0)
    return Ref::number(Value::fromInt(1));
  if (count == 1)
    return exactInt(n);
  // Halves of like size, so that the products are of long factors.
  uint64_t half = count / 2;
  PYC_TRY(offset, makeIntUnsigned(half));
  PYC_TRY(rest, intSubtract(n, offset));
  PYC_TRY(left, intFallingProduct(n, half));
  PYC_TRY(right, intFallingProduct(rest, count - half));
  return intMultiply(left, right);
}

Ref intBinomial(Value n, uint64_t k) {
  IntView view(n);
  uint64_t small;
  if (view.count <= 1 && k <= 64 && binomialOfLimb(view.low(), k, small))
    return makeIntUnsigned(small);
  auto factors = static_cast<double>(k);
  // At most (e * n / k) ** k.
  double bits = factors * (static_cast<double>(view.bitLength()) - std::log2(factors + 1) + 1.5);
  if (bits > kMostBits)
    return raiseMemoryError();
  Mpz result;
  mpz_bin_ui(result, MpzView(view), k);
  return result.toInt();
}

double intFrexp(Value integer, int64_t& exponent) {
  double number;
  if (intToDouble(integer, number)) {
    int small;
    number = std::frexp(number, &small);
    exponent = small;
    return number;
  }
  IntView view(integer);
  uint64_t dropped;
  number = static_cast<double>(topBits(view, dropped)); // at least 2^63
  int small;
  number = std::frexp(view.negative ? -number : number, &small);
  exponent = static_cast<int64_t>(dropped) + small;
  return number;
}

} // namespace pyc::rt
