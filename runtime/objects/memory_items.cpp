// The items of a memoryview: conversion between memory and Python objects by format.
#include "runtime/objects/bytes.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/half_float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/memory_view.h"
#include "runtime/objects/protocol.h"

#include <cstring>

namespace pyc::rt {

namespace {

/// The letter of a native format of one item; 0 for any other format.
char letterOf(const char* format) {
  if (*format == '@')
    ++format;
  return format[0] != '\0' && format[1] == '\0' ? format[0] : '\0';
}

template <class T> T load(const uint8_t* from) {
  T value;
  memcpy(&value, from, sizeof value);
  return value;
}

template <class T> Ref loadInt(const uint8_t* from) {
  T value = load<T>(from);
  if constexpr (std::is_signed_v<T>)
    return makeInt(value);
  else
    return makeIntUnsigned(value);
}

Raised raiseType(const char* format) {
  return raise(typeErrorType, "memoryview: invalid type for format '%s'", format);
}
Raised raiseValueOf(const char* format) {
  return raise(valueErrorType, "memoryview: invalid value for format '%s'", format);
}

/// The exception that a conversion raised, as the memoryview's own.
Raised translateError(const char* format) {
  if (isRaised(typeErrorType)) {
    clearRaised();
    return raiseType(format);
  }
  if (isRaised(overflowErrorType) || isRaised(valueErrorType)) {
    clearRaised();
    return raiseValueOf(format);
  }
  return {};
}

/// The bits of an integer of [-2^63, 2^64); false, nothing raised, for others.
bool integerBits(Value integer, uint64_t& bits, bool& negative) {
  int64_t value;
  if (intFits64(integer, value)) {
    bits = static_cast<uint64_t>(value);
    negative = value < 0;
    return true;
  }
  // 2^63 and above: the difference to 2^63 fits.
  Ref offset = makeIntUnsigned(uint64_t(1) << 63);
  Ref rest = offset ? intBinary(BinaryOp::Sub, integer, offset) : Ref();
  if (!rest) {
    clearRaised();
    return false;
  }
  negative = false;
  if (!intFits64(rest, value) || value < 0)
    return false;
  bits = static_cast<uint64_t>(value) + (uint64_t(1) << 63);
  return true;
}

template <class T> bool storeInt(uint8_t* to, const char* format, Value value) {
  Ref integer = toIndex(value);
  if (!integer)
    return translateError(format);
  uint64_t bits;
  bool negative;
  if (!integerBits(integer, bits, negative))
    return raiseValueOf(format);
  auto stored = static_cast<T>(bits);
  bool fits = static_cast<uint64_t>(stored) == bits && (stored < T(0)) == negative;
  if (letterOf(format) == 'P') // any pointer, also as a negative number
    fits = true;
  if (!fits)
    return raiseValueOf(format);
  memcpy(to, &stored, sizeof stored);
  return true;
}

template <class T> bool storeFloat(uint8_t* to, const char* format, Value value) {
  double number;
  if (!toDouble(value, number))
    return translateError(format);
  auto stored = static_cast<T>(number);
  memcpy(to, &stored, sizeof stored);
  return true;
}

bool storeHalf(uint8_t* to, const char* format, Value value) {
  double number;
  if (!toDouble(value, number))
    return translateError(format);
  uint16_t half;
  if (!doubleToHalf(number, half))
    return raiseValueOf(format);
  memcpy(to, &half, sizeof half);
  return true;
}

bool storeChar(uint8_t* to, const char* format, Value value) {
  if (!value.isObject() || !isBytes(value))
    return raiseType(format);
  if (asBytes(value)->length != 1)
    return raiseValueOf(format);
  *to = asBytes(value)->data()[0];
  return true;
}

bool storeBool(uint8_t* to, Value value) {
  bool flag;
  if (!truth(value, flag))
    return false;
  *to = flag;
  return true;
}

} // namespace

int64_t nativeItemSize(const char* format) {
  switch (letterOf(format)) {
  case 'c':
  case 'b':
  case 'B':
  case '?':
    return 1;
  case 'h':
  case 'H':
  case 'e':
    return 2;
  case 'i':
  case 'I':
  case 'f':
    return 4;
  case 'l':
  case 'L':
  case 'q':
  case 'Q':
  case 'n':
  case 'N':
  case 'd':
  case 'P':
    return 8;
  default:
    return 0;
  }
}

bool sameFormat(const char* a, const char* b) {
  return strcmp(a + (*a == '@'), b + (*b == '@')) == 0;
}

Ref unpackItem(const uint8_t* from, const char* format) {
  switch (letterOf(format)) {
  case 'c':
    return makeBytes({reinterpret_cast<const char*>(from), 1});
  case 'b':
    return loadInt<int8_t>(from);
  case 'B':
    return Ref::number(Value::fromInt(*from));
  case '?':
    return Ref::boolean(*from != 0);
  case 'h':
    return loadInt<int16_t>(from);
  case 'H':
    return loadInt<uint16_t>(from);
  case 'i':
    return loadInt<int32_t>(from);
  case 'I':
    return loadInt<uint32_t>(from);
  case 'l':
  case 'q':
  case 'n':
    return loadInt<int64_t>(from);
  case 'L':
  case 'Q':
  case 'N':
  case 'P':
    return loadInt<uint64_t>(from);
  case 'e':
    return Ref::number(Value::fromForeignDouble(halfToDouble(load<uint16_t>(from))));
  case 'f':
    return Ref::number(Value::fromForeignDouble(load<float>(from)));
  case 'd':
    return Ref::number(Value::fromForeignDouble(load<double>(from)));
  default:
    return raise(notImplementedErrorType, "memoryview: format %s not supported", format);
  }
}

bool packItem(uint8_t* to, const char* format, Value value) {
  switch (letterOf(format)) {
  case 'c':
    return storeChar(to, format, value);
  case 'b':
    return storeInt<int8_t>(to, format, value);
  case 'B':
    return storeInt<uint8_t>(to, format, value);
  case '?':
    return storeBool(to, value);
  case 'h':
    return storeInt<int16_t>(to, format, value);
  case 'H':
    return storeInt<uint16_t>(to, format, value);
  case 'i':
    return storeInt<int32_t>(to, format, value);
  case 'I':
    return storeInt<uint32_t>(to, format, value);
  case 'l':
  case 'q':
  case 'n':
    return storeInt<int64_t>(to, format, value);
  case 'L':
  case 'Q':
  case 'N':
  case 'P':
    return storeInt<uint64_t>(to, format, value);
  case 'e':
    return storeHalf(to, format, value);
  case 'f':
    return storeFloat<float>(to, format, value);
  case 'd':
    return storeFloat<double>(to, format, value);
  default:
    return raise(notImplementedErrorType, "memoryview: format %s not supported", format);
  }
}

} // namespace pyc::rt
