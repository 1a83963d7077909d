// Powers of ints, also modulo another.
#include "runtime/objects/fast.h"
#include "runtime/objects/int_view.h"

#include <cstring>

namespace pyc::rt {

namespace {

/// base ** exponent in a register; false when that does not fit.
bool powerOfSmall(int64_t base, uint64_t exponent, int64_t& result) {
  result = 1;
  for (;;) {
    if ((exponent & 1) && __builtin_mul_overflow(result, base, &result))
      return false;
    exponent >>= 1;
    if (exponent == 0)
      return true;
    if (__builtin_mul_overflow(base, base, &base))
      return false;
  }
}

/// Repeated squaring between two buffers that hold the whole result.
class PowerLoop {
public:
  PowerLoop(const Limb* base, size_t count) : base_(base), baseCount_(count) {}
  ~PowerLoop() {
    freeMemory(number_);
    freeMemory(scratch_);
  }

  /// base ** exponent, exponent at least 1; null with MemoryError.
  Ref run(uint64_t exponent, bool negative) {
    unsigned __int128 bits = static_cast<unsigned __int128>(bitLength()) * exponent;
    if (bits / 64 > size_t(1) << 44)
      return raiseMemoryError();
    size_t room = static_cast<size_t>(bits / 64) + 3;
    number_ = newInt(room);
    scratch_ = number_ ? newInt(room) : nullptr;
    if (!scratch_)
      return {};
    std::memcpy(number_->limbs(), base_, baseCount_ * sizeof(Limb));
    count_ = baseCount_;
    for (int bit = 62 - __builtin_clzll(exponent); bit >= 0; --bit) {
      square();
      if (exponent >> bit & 1)
        multiply();
    }
    return finishInt(std::exchange(number_, nullptr), count_, negative);
  }

private:
  uint64_t bitLength() const {
    return baseCount_ * 64 - static_cast<unsigned>(__builtin_clzll(base_[baseCount_ - 1]));
  }
  void square() {
    mpn_sqr(scratch_->limbs(), number_->limbs(), static_cast<mp_size_t>(count_));
    take(count_ * 2);
  }
  void multiply() {
    if (baseCount_ == 1) {
      Limb* limbs = number_->limbs();
      Limb carry = mpn_mul_1(limbs, limbs, static_cast<mp_size_t>(count_), base_[0]);
      if (carry)
        limbs[count_++] = carry;
      return;
    }
    mpn_mul(scratch_->limbs(), number_->limbs(), static_cast<mp_size_t>(count_), base_,
            static_cast<mp_size_t>(baseCount_));
    take(count_ + baseCount_);
  }
  void take(size_t count) {
    std::swap(number_, scratch_);
    count_ = count - (number_->limbs()[count - 1] == 0);
  }

  const Limb* base_;
  size_t baseCount_;
  IntObject* number_ = nullptr;
  IntObject* scratch_ = nullptr;
  size_t count_ = 0;
};

/// The exponent is at least 1, the base neither 0 nor +-1.
Ref powerOf(const IntView& base, uint64_t exponent) {
  bool negative = base.negative && (exponent & 1);
  if (base.count > 1)
    return PowerLoop(base.limbs, base.count).run(exponent, negative);
  // Factors of two are shifted in at the end: 10 ** n is 5 ** n << n.
  auto zeros = static_cast<unsigned>(__builtin_ctzll(base.limbs[0]));
  Limb odd = base.limbs[0] >> zeros;
  Ref result = odd == 1 ? Ref::number(Value::fromInt(negative ? -1 : 1))
                        : PowerLoop(&odd, 1).run(exponent, negative);
  if (!result || zeros == 0)
    return result;
  unsigned __int128 shift = static_cast<unsigned __int128>(exponent) * zeros;
  if (shift >> 47)
    return raiseMemoryError();
  return intShiftLeft(result, Value::fromInt(static_cast<int64_t>(shift)));
}

/// base ** exponent for a negative exponent: as floats.
Ref powerOfFloats(Value base, Value exponent) {
  double x, y;
  if (!intToDouble(base, x) || !intToDouble(exponent, y))
    return raise(overflowErrorType, "int too large to convert to float");
  return floatType.slots.binary[static_cast<unsigned>(BinaryOp::Pow)](Value::fromDouble(x),
                                                                      Value::fromDouble(y));
}

Ref powerPlain(Value base, Value exponent) {
  IntView b(base), e(exponent);
  if (e.negative)
    return powerOfFloats(base, exponent);
  if (e.isZero())
    return Ref::number(Value::fromInt(1));
  if (b.isZero() || (b.count == 1 && b.limbs[0] == 1))
    return Ref::number(Value::fromInt(b.isZero() ? 0 : b.negative && (e.low() & 1) ? -1 : 1));
  int64_t small;
  if (base.isInt() && e.count == 1 && powerOfSmall(base.asInt(), e.low(), small))
    return makeInt(small);
  return e.count > 1 ? Ref(raiseMemoryError()) : powerOf(b, e.low());
}

/// All magnitudes fit 63 bits, the modulus is greater than 1, the exponent not negative.
uint64_t powerModSmall(uint64_t base, uint64_t exponent, uint64_t modulus) {
  unsigned __int128 result = 1, square = base;
  for (; exponent; exponent >>= 1) {
    if (exponent & 1)
      result = result * square % modulus;
    square = square * square % modulus;
  }
  return static_cast<uint64_t>(result);
}

/// The base brought into [0, |modulus|), to a non-negative exponent.
Ref powerModulo(Value base, const IntView& exponent, Value modulus) {
  IntView m(modulus), b(base);
  if (b.count <= 1 && m.count <= 1 && exponent.count <= 1)
    return makeIntUnsigned(powerModSmall(b.low(), exponent.low(), m.low()));
  Mpz result;
  mpz_powm(result, MpzView(b), MpzView(exponent), MpzView(m));
  return result.toInt();
}

Ref inverse(Value base, Value modulus) {
  IntView b(base), m(modulus);
  Mpz result;
  if (!mpz_invert(result, MpzView(b), MpzView(m)))
    return raise(valueErrorType, "base is not invertible for the given modulus");
  return result.toInt();
}

Ref powerWithModulus(Value base, Value exponent, Value modulus) {
  if (intSign(modulus) == 0)
    return raise(valueErrorType, "pow() 3rd argument cannot be 0");
  bool negative = intSign(modulus) < 0;
  PYC_TRY(positive, intAbsolute(modulus));
  if (positive.get() == Value::fromInt(1))
    return Ref::number(Value::fromInt(0));
  PYC_TRY(reduced, intModulo(base, positive));
  if (intSign(exponent) < 0) {
    reduced = inverse(reduced, positive);
    if (!reduced)
      return {};
  }
  PYC_TRY(magnitude, intAbsolute(exponent));
  PYC_TRY(result, powerModulo(reduced, IntView(magnitude.get()), positive));
  return negative && intSign(result) != 0 ? intSubtract(result, positive) : std::move(result);
}

} // namespace

Ref intPower(Value base, Value exponent, Value modulus) {
  if (!isInteger(base) || !isInteger(exponent))
    return Ref::notImplemented();
  if (!modulus || modulus.isNone())
    return powerPlain(base, exponent);
  return isInteger(modulus) ? powerWithModulus(base, exponent, modulus) : Ref::notImplemented();
}

} // namespace pyc::rt
