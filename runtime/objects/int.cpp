// Making ints, and what they are worth: as 64 bits, as doubles, in order, as hashes.
#include "runtime/objects/int_view.h"

#include <cmath>
#include <cstring>

namespace pyc::rt {

namespace {

constexpr uint64_t kMaxSmall = Value::kMaxInt;
constexpr uint64_t kMinSmall = 0 - static_cast<uint64_t>(Value::kMinInt); // magnitude
constexpr unsigned kHashBits = 61;
constexpr uint64_t kHashModulus = (uint64_t(1) << kHashBits) - 1;

bool fitsSmall(Limb magnitude, bool negative) {
  return magnitude <= (negative ? kMinSmall : kMaxSmall);
}
Ref smallInt(Limb magnitude, bool negative) {
  auto number = static_cast<int64_t>(magnitude);
  return Ref::number(Value::fromInt(negative ? -number : number));
}

} // namespace

Ref finishInt(IntObject* object, size_t count, bool negative) {
  const Limb* limbs = object->limbs();
  while (count != 0 && limbs[count - 1] == 0)
    --count;
  if (count <= 1 && fitsSmall(count ? limbs[0] : 0, negative)) {
    Ref result = smallInt(count ? limbs[0] : 0, negative);
    freeMemory(object);
    return result;
  }
  object->size = negative ? -static_cast<int64_t>(count) : static_cast<int64_t>(count);
  return Ref::steal(&object->header);
}

Ref makeIntFromLimb(Limb magnitude, bool negative) {
  if (fitsSmall(magnitude, negative))
    return smallInt(magnitude, negative);
  IntObject* object = newInt(1);
  if (!object)
    return {};
  object->size = negative ? -1 : 1;
  object->limbs()[0] = magnitude;
  return Ref::steal(&object->header);
}

Ref makeIntFromWide(unsigned __int128 magnitude, bool negative) {
  auto high = static_cast<Limb>(magnitude >> 64);
  if (high == 0)
    return makeIntFromLimb(static_cast<Limb>(magnitude), negative);
  IntObject* object = newInt(2);
  if (!object)
    return {};
  object->size = negative ? -2 : 2;
  object->limbs()[0] = static_cast<Limb>(magnitude);
  object->limbs()[1] = high;
  return Ref::steal(&object->header);
}

Ref makeIntFromLimbs(const Limb* limbs, size_t count, bool negative) {
  while (count != 0 && limbs[count - 1] == 0)
    --count;
  if (count <= 1)
    return makeIntFromLimb(count ? limbs[0] : 0, negative);
  IntObject* object = newInt(count);
  if (!object)
    return {};
  std::memcpy(object->limbs(), limbs, count * sizeof(Limb));
  object->size = negative ? -static_cast<int64_t>(count) : static_cast<int64_t>(count);
  return Ref::steal(&object->header);
}

Ref makeBigInt(int64_t value) {
  return makeIntFromLimb(
      value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value), value < 0);
}

Ref makeIntUnsigned(uint64_t value) {
  return makeIntFromLimb(value, false);
}

Ref makeIntFromDouble(double value) {
  if (std::fabs(value) < 0x1p63)
    return makeInt(static_cast<int64_t>(value));
  int exponent;
  double fraction = std::frexp(std::fabs(value), &exponent);
  auto mantissa = static_cast<Limb>(std::ldexp(fraction, 53));
  auto shift = static_cast<unsigned>(exponent - 53);
  Limb limbs[18] = {}; // 1024 bits, and one for the shift
  limbs[shift / 64] = mantissa << (shift % 64);
  if (shift % 64 != 0)
    limbs[shift / 64 + 1] = mantissa >> (64 - shift % 64);
  return makeIntFromLimbs(limbs, 18, value < 0);
}

Ref exactInt(Value integer) {
  if (integer.isInt() || hasShape(integer, kShapeInt))
    return Ref::copy(integer);
  IntView view(integer);
  return makeIntFromLimbs(view.limbs, view.count, view.negative);
}

bool intFits64(Value integer, int64_t& result) {
  if (integer.isInt()) {
    result = integer.asInt();
    return true;
  }
  IntView view(integer);
  if (view.count > 1)
    return false;
  Limb magnitude = view.low();
  if (magnitude > static_cast<uint64_t>(INT64_MAX) + view.negative)
    return false;
  result = static_cast<int64_t>(view.negative ? 0 - magnitude : magnitude);
  return true;
}

bool intFitsUnsigned64(Value integer, uint64_t& result) {
  IntView view(integer);
  result = view.low();
  return view.count <= 1 && !view.negative;
}

uint64_t topBits(const IntView& view, uint64_t& shift) {
  unsigned zeros = static_cast<unsigned>(__builtin_clzll(view.limbs[view.count - 1]));
  uint64_t top = view.limbs[view.count - 1], next = view.limbs[view.count - 2];
  shift = view.count * 64 - zeros - 64;
  uint64_t bits = zeros ? top << zeros | next >> (64 - zeros) : top;
  bool sticky = (next << zeros) != 0;
  for (size_t i = 0; !sticky && i + 2 < view.count; ++i)
    sticky = view.limbs[i] != 0;
  return bits | sticky;
}

bool intToDouble(Value integer, double& result) {
  if (integer.isInt()) {
    result = static_cast<double>(integer.asInt());
    return true;
  }
  IntView view(integer);
  if (view.count <= 1) {
    result = static_cast<double>(view.low()); // rounds to even
  } else {
    if (view.bitLength() > 1024)
      return false;
    uint64_t shift;
    uint64_t bits = topBits(view, shift);
    // 64 bits round to 53 as all of them would: the lowest stands for the rest.
    result = std::ldexp(static_cast<double>(bits), static_cast<int>(shift));
    if (std::isinf(result))
      return false;
  }
  if (view.negative)
    result = -result;
  return true;
}

int intSign(Value integer) {
  IntView view(integer);
  return view.negative ? -1 : view.count != 0;
}

int compareMagnitudes(const IntView& a, const IntView& b) {
  if (a.count != b.count)
    return a.count < b.count ? -1 : 1;
  if (a.count <= 1)
    return a.low() < b.low() ? -1 : a.low() > b.low();
  int order = mpn_cmp(a.limbs, b.limbs, static_cast<mp_size_t>(a.count));
  return order < 0 ? -1 : order > 0;
}

int intCompare(Value a, Value b) {
  IntView left(a), right(b);
  if (left.negative != right.negative)
    return left.negative ? -1 : 1;
  int order = compareMagnitudes(left, right);
  return left.negative ? -order : order;
}

int compareIntToDouble(Value integer, double number) {
  if (integer.isInt() || std::isinf(number)) {
    double left = integer.isInt() ? static_cast<double>(integer.asInt()) : 0;
    return left < number ? -1 : left > number;
  }
  IntView view(integer);
  bool negative = std::signbit(number) && number != 0;
  if (view.isZero() || number == 0 || view.negative != negative) {
    int sign = view.negative ? -1 : !view.isZero();
    int other = negative ? -1 : number != 0;
    return sign < other ? -1 : sign > other;
  }
  // Of one sign, neither zero: by magnitude.
  int exponent;
  std::frexp(number, &exponent);
  int order;
  if (static_cast<int64_t>(view.bitLength()) != exponent) {
    order = static_cast<int64_t>(view.bitLength()) < exponent ? -1 : 1;
  } else {
    double whole;
    double fraction = std::modf(std::fabs(number), &whole);
    Ref floor = makeIntFromDouble(whole);
    if (!floor) { // no memory: the order of the doubles is the best answer there is
      clearRaised();
      return 0;
    }
    order = compareMagnitudes(view, IntView(floor.get()));
    if (order == 0 && fraction != 0)
      order = -1;
  }
  return view.negative ? -order : order;
}

/// The magnitude modulo 2^61 - 1: 2^64 is 8 there, so limbs are folded in without dividing.
static uint64_t hashMagnitude(const IntView& view) {
  uint64_t hash = 0;
  for (size_t i = view.count; i-- > 0;) {
    hash = ((hash << 3) & kHashModulus) | (hash >> (kHashBits - 3));
    hash += (view.limbs[i] & kHashModulus) + (view.limbs[i] >> kHashBits);
    hash = (hash & kHashModulus) + (hash >> kHashBits);
    if (hash >= kHashModulus)
      hash -= kHashModulus;
  }
  return hash;
}

int64_t intHash(Value integer) {
  IntView view(integer);
  auto hash = static_cast<int64_t>(hashMagnitude(view));
  if (view.negative)
    hash = -hash;
  return hash == -1 ? -2 : hash;
}

} // namespace pyc::rt
