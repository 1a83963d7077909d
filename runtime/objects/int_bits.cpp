// << >> & | ^ ~. Negative numbers count as two's complement with infinitely many leading ones.
#include "runtime/objects/int_view.h"

#include <cstring>

namespace pyc::rt {

namespace {

mp_size_t gmpSize(size_t count) {
  return static_cast<mp_size_t>(count);
}

bool areIntegers(Value a, Value b) {
  return isInteger(a) && isInteger(b);
}

Ref shiftLeft(const IntView& a, uint64_t shift) {
  size_t whole = shift / 64;
  auto bits = static_cast<unsigned>(shift % 64);
  IntObject* result = newInt(a.count + whole + 1);
  if (!result)
    return {};
  Limb* limbs = result->limbs();
  std::memset(limbs, 0, whole * sizeof(Limb));
  limbs[whole + a.count] = 0;
  if (bits)
    limbs[whole + a.count] = mpn_lshift(limbs + whole, a.limbs, gmpSize(a.count), bits);
  else
    std::memcpy(limbs + whole, a.limbs, a.count * sizeof(Limb));
  return finishInt(result, a.count + whole + 1, a.negative);
}

/// Whether one of the lowest `shift` bits is set.
bool hasBitsBelow(const IntView& a, uint64_t shift) {
  size_t whole = shift / 64;
  for (size_t i = 0; i < whole; ++i)
    if (a.limbs[i] != 0)
      return true;
  return shift % 64 != 0 && (a.limbs[whole] << (64 - shift % 64)) != 0;
}

/// Rounds down: a negative number's magnitude up. The shift is less than the number's length.
Ref shiftRight(const IntView& a, uint64_t shift) {
  size_t whole = shift / 64, count = a.count - whole;
  auto bits = static_cast<unsigned>(shift % 64);
  IntObject* result = newInt(count + 1);
  if (!result)
    return {};
  Limb* limbs = result->limbs();
  if (bits)
    mpn_rshift(limbs, a.limbs + whole, gmpSize(count), bits);
  else
    std::memcpy(limbs, a.limbs + whole, count * sizeof(Limb));
  limbs[count] = 0;
  if (a.negative && hasBitsBelow(a, shift))
    limbs[count] = mpn_add_1(limbs, limbs, gmpSize(count), 1);
  return finishInt(result, count + 1, a.negative);
}

/// Writes a number as two's complement of `count` limbs, more than it has.
void toTwosComplement(Limb* out, const IntView& a, size_t count) {
  std::memcpy(out, a.limbs, a.count * sizeof(Limb));
  std::memset(out + a.count, 0, (count - a.count) * sizeof(Limb));
  if (a.negative)
    mpn_neg(out, out, gmpSize(count));
}

Limb combineLimbs(BinaryOp op, Limb a, Limb b) {
  return op == BinaryOp::And ? a & b : op == BinaryOp::Or ? a | b : a ^ b;
}

/// Neither is negative: the magnitudes are the bits.
Ref combinePlain(BinaryOp op, const IntView& a, const IntView& b) {
  const IntView& longer = a.count >= b.count ? a : b;
  const IntView& shorter = a.count >= b.count ? b : a;
  size_t count = op == BinaryOp::And ? shorter.count : longer.count;
  IntObject* result = newInt(count);
  if (!result)
    return {};
  Limb* limbs = result->limbs();
  for (size_t i = 0; i < shorter.count; ++i)
    limbs[i] = combineLimbs(op, longer.limbs[i], shorter.limbs[i]);
  if (count > shorter.count)
    std::memcpy(limbs + shorter.count, longer.limbs + shorter.count,
                (count - shorter.count) * sizeof(Limb));
  return finishInt(result, count, false);
}

Ref combineSigned(BinaryOp op, const IntView& a, const IntView& b) {
  size_t count = (a.count > b.count ? a.count : b.count) + 1;
  LimbBuffer other(count);
  IntObject* result = newInt(count);
  if (!result || !other) {
    freeMemory(result);
    return {};
  }
  Limb* limbs = result->limbs();
  toTwosComplement(limbs, a, count);
  toTwosComplement(other.get(), b, count);
  for (size_t i = 0; i < count; ++i)
    limbs[i] = combineLimbs(op, limbs[i], other.get()[i]);
  bool negative = (limbs[count - 1] >> 63) != 0;
  if (negative)
    mpn_neg(limbs, limbs, gmpSize(count));
  return finishInt(result, count, negative);
}

Ref combine(BinaryOp op, Value x, Value y) {
  if (!areIntegers(x, y))
    return Ref::notImplemented();
  IntView a(x), b(y);
  return a.negative || b.negative ? combineSigned(op, a, b) : combinePlain(op, a, b);
}

/// How far to shift; false with ValueError for negative counts. Counts beyond 64 bits come as
/// UINT64_MAX.
bool shiftCount(Value count, uint64_t& result) {
  IntView view(count);
  if (view.negative)
    return raise(valueErrorType, "negative shift count");
  result = view.count > 1 ? UINT64_MAX : view.low();
  return true;
}

} // namespace

Ref intShiftLeft(Value x, Value count) {
  if (!areIntegers(x, count))
    return Ref::notImplemented();
  uint64_t shift;
  if (!shiftCount(count, shift))
    return {};
  IntView a(x);
  if (a.isZero())
    return Ref::number(Value::fromInt(0));
  if (shift > INT64_MAX)
    return raise(overflowErrorType, "too many digits in integer");
  if (shift / 64 > size_t(1) << 44)
    return raiseMemoryError();
  return shiftLeft(a, shift);
}

Ref intShiftRight(Value x, Value count) {
  if (!areIntegers(x, count))
    return Ref::notImplemented();
  uint64_t shift;
  if (!shiftCount(count, shift))
    return {};
  IntView a(x);
  if (shift >= a.bitLength())
    return Ref::number(Value::fromInt(a.negative ? -1 : 0));
  return shiftRight(a, shift);
}

Ref intAnd(Value a, Value b) {
  return combine(BinaryOp::And, a, b);
}
Ref intOr(Value a, Value b) {
  return combine(BinaryOp::Or, a, b);
}
Ref intXor(Value a, Value b) {
  return combine(BinaryOp::Xor, a, b);
}

/// ~x is -x - 1.
Ref intInvert(Value x) {
  Ref negated = intNegate(x);
  return negated ? intSubtract(negated, Value::fromInt(1)) : Ref();
}

} // namespace pyc::rt
