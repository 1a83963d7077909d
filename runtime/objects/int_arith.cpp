// + - * // % divmod, negation. Operands of one limb are done in registers; longer ones go to GMP's
// mpn functions, which write straight into the result's limbs.
#include "runtime/objects/fast.h"
#include "runtime/objects/int_view.h"

#include <cstring>

namespace pyc::rt {

namespace {

mp_size_t gmpSize(size_t count) {
  return static_cast<mp_size_t>(count);
}

__int128 signedLimb(const IntView& view) {
  auto magnitude = static_cast<__int128>(view.low());
  return view.negative ? -magnitude : magnitude;
}

Ref addMagnitudes(const IntView& a, const IntView& b, bool negative) {
  const IntView& longer = a.count >= b.count ? a : b;
  const IntView& shorter = a.count >= b.count ? b : a;
  IntObject* result = newInt(longer.count + 1);
  if (!result)
    return {};
  Limb* limbs = result->limbs();
  Limb carry = shorter.count == 1
                   ? mpn_add_1(limbs, longer.limbs, gmpSize(longer.count), shorter.limbs[0])
                   : mpn_add(limbs, longer.limbs, gmpSize(longer.count), shorter.limbs,
                             gmpSize(shorter.count));
  limbs[longer.count] = carry;
  return finishInt(result, longer.count + 1, negative);
}

/// |a| - |b|, negated when `negative`; a is the greater.
Ref subtractSmaller(const IntView& a, const IntView& b, bool negative) {
  // Equal leading limbs cancel: the result is made no longer than need be.
  size_t count = a.count;
  if (a.count == b.count)
    while (a.limbs[count - 1] == b.limbs[count - 1])
      --count;
  IntObject* result = newInt(count);
  if (!result)
    return {};
  if (b.count == 1)
    mpn_sub_1(result->limbs(), a.limbs, gmpSize(count), b.limbs[0]);
  else
    mpn_sub(result->limbs(), a.limbs, gmpSize(count), b.limbs,
            gmpSize(b.count < count ? b.count : count));
  return finishInt(result, count, negative);
}

/// a + b, with b's sign turned when `flip`.
Ref addSigned(Value x, Value y, bool flip) {
  IntView a(x), b(y);
  bool negative = b.negative != flip;
  if (a.count <= 1 && b.count <= 1)
    return makeIntFromWide(signedLimb(a) + (flip ? -signedLimb(b) : signedLimb(b)));
  if (b.isZero())
    return exactInt(x);
  if (a.isZero())
    return flip ? intNegate(y) : exactInt(y);
  if (a.negative == negative)
    return addMagnitudes(a, b, negative);
  int order = compareMagnitudes(a, b);
  if (order == 0)
    return Ref::number(Value::fromInt(0));
  return order > 0 ? subtractSmaller(a, b, a.negative) : subtractSmaller(b, a, negative);
}

Ref multiply(const IntView& a, const IntView& b, bool negative) {
  IntObject* result = newInt(a.count + b.count);
  if (!result)
    return {};
  Limb* limbs = result->limbs();
  if (b.count == 1)
    limbs[a.count] = mpn_mul_1(limbs, a.limbs, gmpSize(a.count), b.limbs[0]);
  else if (a.limbs == b.limbs)
    mpn_sqr(limbs, a.limbs, gmpSize(a.count));
  else
    mpn_mul(limbs, a.limbs, gmpSize(a.count), b.limbs, gmpSize(b.count));
  return finishInt(result, a.count + b.count, negative);
}

/// Both of one limb at most; the divisor is not zero.
bool divideLimbs(const IntView& a, const IntView& b, Ref* quotient, Ref* remainder) {
  Limb whole = a.low() / b.low(), rest = a.low() % b.low();
  bool negative = a.negative != b.negative;
  bool down = negative && rest != 0;
  if (quotient)
    *quotient = makeIntFromWide(static_cast<unsigned __int128>(whole) + down, negative);
  if (remainder)
    *remainder = makeIntFromLimb(down ? b.low() - rest : rest, b.negative);
  return (!quotient || *quotient) && (!remainder || *remainder);
}

/// Adds one to the magnitude of a quotient that must be rounded down; it has a limb of room.
size_t addOne(Limb* limbs, size_t count) {
  limbs[count] = mpn_add_1(limbs, limbs, gmpSize(count), 1);
  return count + 1;
}

/// The divisor has one limb, the dividend more. With the quotient wanted or not.
bool divideByLimb(const IntView& a, const IntView& b, Ref* quotient, Ref* remainder) {
  Limb divisor = b.limbs[0], rest;
  bool negative = a.negative != b.negative;
  if (!quotient) {
    rest = mpn_mod_1(a.limbs, gmpSize(a.count), divisor);
  } else {
    IntObject* result = newInt(a.count + 1);
    if (!result)
      return false;
    size_t count = a.count;
    rest = mpn_divrem_1(result->limbs(), 0, a.limbs, gmpSize(count), divisor);
    if (negative && rest != 0)
      count = addOne(result->limbs(), count);
    *quotient = finishInt(result, count, negative);
  }
  if (!remainder)
    return true;
  *remainder = makeIntFromLimb(negative && rest != 0 ? divisor - rest : rest, b.negative);
  return static_cast<bool>(*remainder);
}

/// The remainder of a floor division, of the divisor's sign, from the one of the magnitudes. Writes
/// to `rest`, which has as many limbs as the divisor.
Ref floorRemainder(Limb* rest, const IntView& b, bool down) {
  if (down)
    mpn_sub_n(rest, b.limbs, rest, gmpSize(b.count));
  return makeIntFromLimbs(rest, b.count, b.negative);
}

/// The divisor has two limbs or more, the dividend as many or more.
bool divideLong(const IntView& a, const IntView& b, Ref* quotient, Ref* remainder) {
  size_t count = a.count - b.count + 1;
  IntObject* result = newInt(count + 1);
  LimbBuffer rest(b.count);
  if (!result || !rest) {
    freeMemory(result);
    return false;
  }
  mpn_tdiv_qr(result->limbs(), rest.get(), 0, a.limbs, gmpSize(a.count), b.limbs, gmpSize(b.count));
  bool negative = a.negative != b.negative;
  bool down = negative && !mpn_zero_p(rest.get(), gmpSize(b.count));
  if (down && quotient)
    count = addOne(result->limbs(), count);
  Ref whole = finishInt(result, count, negative);
  if (quotient)
    *quotient = std::move(whole);
  if (!remainder)
    return true;
  *remainder = floorRemainder(rest.get(), b, down);
  return static_cast<bool>(*remainder);
}

/// |a| < |b|: the quotient is 0 or -1.
bool divideByLarger(Value x, const IntView& a, Value y, const IntView& b, Ref* quotient,
                    Ref* remainder) {
  bool down = !a.isZero() && a.negative != b.negative;
  if (quotient)
    *quotient = Ref::number(Value::fromInt(down ? -1 : 0));
  if (!remainder)
    return true;
  *remainder = down ? addSigned(x, y, false) : exactInt(x);
  return static_cast<bool>(*remainder);
}

bool areIntegers(Value a, Value b) {
  return isInteger(a) && isInteger(b);
}

} // namespace

bool intDivide(Value x, Value y, Ref* quotient, Ref* remainder) {
  IntView a(x), b(y);
  if (b.isZero())
    return raise(zeroDivisionErrorType, "division by zero");
  if (a.count <= 1 && b.count <= 1)
    return divideLimbs(a, b, quotient, remainder);
  if (a.count < b.count)
    return divideByLarger(x, a, y, b, quotient, remainder);
  return b.count == 1 ? divideByLimb(a, b, quotient, remainder)
                      : divideLong(a, b, quotient, remainder);
}

Ref intAdd(Value a, Value b) {
  return areIntegers(a, b) ? addSigned(a, b, false) : Ref::notImplemented();
}

Ref intSubtract(Value a, Value b) {
  return areIntegers(a, b) ? addSigned(a, b, true) : Ref::notImplemented();
}

Ref intMultiply(Value x, Value y) {
  if (!areIntegers(x, y))
    return Ref::notImplemented();
  IntView a(x), b(y);
  bool negative = a.negative != b.negative;
  if (a.count <= 1 && b.count <= 1)
    return makeIntFromWide(static_cast<unsigned __int128>(a.low()) * b.low(), negative);
  if (a.isZero() || b.isZero())
    return Ref::number(Value::fromInt(0));
  return a.count >= b.count ? multiply(a, b, negative) : multiply(b, a, negative);
}

Ref intFloorDivide(Value a, Value b) {
  if (!areIntegers(a, b))
    return Ref::notImplemented();
  Ref quotient;
  return intDivide(a, b, &quotient, nullptr) ? std::move(quotient) : Ref();
}

Ref intModulo(Value a, Value b) {
  if (!areIntegers(a, b))
    return Ref::notImplemented();
  Ref remainder;
  return intDivide(a, b, nullptr, &remainder) ? std::move(remainder) : Ref();
}

Ref intNegate(Value x) {
  IntView a(x);
  return makeIntFromLimbs(a.limbs, a.count, !a.negative);
}

Ref intAbsolute(Value x) {
  IntView a(x);
  return a.negative ? makeIntFromLimbs(a.limbs, a.count, false) : exactInt(x);
}

Ref intBinary(BinaryOp op, Value a, Value b) {
  return intType.slots.binary[static_cast<unsigned>(op)](a, b);
}

} // namespace pyc::rt
