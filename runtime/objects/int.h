// int: numbers of 49 bits are Values themselves; larger ones are IntObjects with GMP limbs. A
// result that fits a Value is never an IntObject, except for instances of subclasses of int (and
// bool).
#pragma once

#include "runtime/objects/type.h"

#include <string_view>

namespace pyc::rt {

/// Sign and magnitude. Immutable. `size` is the number of limbs, negative for negative numbers.
struct IntObject {
  Object header;
  int64_t size;
  // limbs (uint64_t) follow, least significant first

  uint64_t* limbs() { return reinterpret_cast<uint64_t*>(this + 1); }
  const uint64_t* limbs() const { return reinterpret_cast<const uint64_t*>(this + 1); }
};

/// Any int64_t as an int.
Ref makeBigInt(int64_t value);
inline Ref makeInt(int64_t value) {
  return PYC_LIKELY(Value::fitsInt(value)) ? Ref::number(Value::fromInt(value)) : makeBigInt(value);
}
Ref makeIntUnsigned(uint64_t value);
/// The integer part of a finite double.
Ref makeIntFromDouble(double value);
/// Digits in a base (2..36), optional sign, no underscores or blanks; trusted input of the runtime.
Ref makeIntFromDigits(std::string_view digits, unsigned base);

/// The value of an int (or bool, or subclass) when it fits 64 bits; false otherwise, nothing
/// raised.
bool intFits64(Value integer, int64_t& result);
/// The same for 64 bits without sign.
bool intFitsUnsigned64(Value integer, uint64_t& result);
/// Correctly rounded; false when too large for a double, nothing raised.
bool intToDouble(Value integer, double& result);
int intSign(Value integer);
/// -1, 0, 1
int intCompare(Value a, Value b);
Ref intBinary(BinaryOp op, Value a, Value b); // both ints
Ref intPower(Value base, Value exponent, Value modulus);
/// Decimal digits; ValueError past the limit of sys.set_int_max_str_digits.
Ref intToStr(Value integer);
int64_t intHash(Value integer);

} // namespace pyc::rt
