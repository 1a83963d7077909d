#include "runtime/modules/array.h"
#include "runtime/objects/complex.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/float.h"
#include "runtime/objects/half_float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"

#include <climits>
#include <cstring>
#include <string>

namespace pyc::rt {

namespace {

constexpr ArrayKind kKinds[] = {
    {"b", "b", 1, 'b', true, true, 1, ItemStorage::Int8},
    {"B", "B", 1, 'B', true, false, 0, ItemStorage::UInt8},
    {"u", "w", 4, 'u', false, false, 20, ItemStorage::None},
    {"w", "w", 4, 'w', false, false, 20, ItemStorage::None},
    {"h", "h", 2, 'h', true, true, 4, ItemStorage::Int16},
    {"H", "H", 2, 'H', true, false, 2, ItemStorage::UInt16},
    {"i", "i", 4, 'i', true, true, 8, ItemStorage::Int32},
    {"I", "I", 4, 'I', true, false, 6, ItemStorage::UInt32},
    {"l", "l", 8, 'l', true, true, 12, ItemStorage::Int64},
    {"L", "L", 8, 'L', true, false, 10, ItemStorage::UInt64},
    {"q", "q", 8, 'q', true, true, 12, ItemStorage::Int64},
    {"Q", "Q", 8, 'Q', true, false, 10, ItemStorage::UInt64},
    {"e", "e", 2, 'e', false, true, 26, ItemStorage::None},
    {"f", "f", 4, 'f', false, true, 14, ItemStorage::Float},
    {"d", "d", 8, 'd', false, true, 16, ItemStorage::Double},
    {"Zf", "Zf", 8, 'F', false, true, 22, ItemStorage::None},
    {"Zd", "Zd", 16, 'D', false, true, 24, ItemStorage::None},
};

template <class T> T load(const uint8_t* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

template <class T> bool store(uint8_t* to, T value) {
  if (to)
    std::memcpy(to, &value, sizeof value);
  return true;
}

Ref loadInteger(const ArrayKind& kind, const uint8_t* from) {
  switch (kind.letter) {
  case 'b':
    return makeInt(load<int8_t>(from));
  case 'B':
    return makeInt(load<uint8_t>(from));
  case 'h':
    return makeInt(load<int16_t>(from));
  case 'H':
    return makeInt(load<uint16_t>(from));
  case 'i':
    return makeInt(load<int32_t>(from));
  case 'I':
    return makeInt(load<uint32_t>(from));
  case 'L':
  case 'Q':
    return makeIntUnsigned(load<uint64_t>(from));
  default:
    return makeInt(load<int64_t>(from));
  }
}

Ref loadText(const uint8_t* from) {
  uint32_t codePoint = load<uint32_t>(from);
  if (codePoint > 0x10FFFF)
    return raise(valueErrorType, "character U+%x is not in range [U+0000; U+10ffff]", codePoint);
  return makeStrChar(codePoint);
}

// Storing integers. What is too large is called after the C type that CPython's conversion goes
// through.

struct IntegerLimits {
  int64_t least, most;
  const char* name;
};

bool checkLimits(int64_t number, const IntegerLimits& limits) {
  if (number < limits.least)
    return raise(overflowErrorType, "%s is less than minimum", limits.name);
  if (number > limits.most)
    return raise(overflowErrorType, "%s is greater than maximum", limits.name);
  return true;
}

constexpr IntegerLimits kInt = {INT_MIN, INT_MAX, "signed integer"};
constexpr IntegerLimits kShort = {SHRT_MIN, SHRT_MAX, "signed short integer"};
constexpr IntegerLimits kChar = {SCHAR_MIN, SCHAR_MAX, "signed char"};
constexpr IntegerLimits kByte = {0, UCHAR_MAX, "unsigned byte integer"};
constexpr IntegerLimits kUnsignedShort = {0, USHRT_MAX, "unsigned short"};

bool storeUnsigned(const ArrayKind& kind, uint8_t* to, Value integer) {
  uint64_t number;
  bool isQuad = kind.letter == 'Q';
  if (!intFitsUnsigned64(integer, number)) {
    if (intSign(integer) < 0)
      return raise(overflowErrorType, isQuad ? "can't convert negative int to unsigned"
                                             : "can't convert negative value to unsigned int");
    return raise(overflowErrorType, isQuad ? "int too big to convert"
                                           : "Python int too large to convert to C unsigned long");
  }
  if (kind.letter != 'I')
    return store(to, number);
  if (number > UINT_MAX)
    return raise(overflowErrorType, "unsigned int is greater than maximum");
  return store(to, static_cast<uint32_t>(number));
}

bool storeInteger(const ArrayKind& kind, uint8_t* to, Value value) {
  PYC_TRY(integer, toIndex(value));
  if (kind.letter == 'I' || kind.letter == 'L' || kind.letter == 'Q')
    return storeUnsigned(kind, to, integer);
  int64_t number;
  if (!intFits64(integer, number))
    return raise(overflowErrorType, kind.letter == 'q'
                                        ? "int too big to convert"
                                        : "Python int too large to convert to C long");
  switch (kind.letter) {
  case 'b':
    return checkLimits(number, kShort) && checkLimits(number, kChar) &&
           store(to, static_cast<int8_t>(number));
  case 'B':
    return checkLimits(number, kByte) && store(to, static_cast<uint8_t>(number));
  case 'h':
    return checkLimits(number, kShort) && store(to, static_cast<int16_t>(number));
  case 'H':
    return checkLimits(number, kInt) && checkLimits(number, kUnsignedShort) &&
           store(to, static_cast<uint16_t>(number));
  case 'i':
    return checkLimits(number, kInt) && store(to, static_cast<int32_t>(number));
  default:
    return store(to, number);
  }
}

bool storeText(uint8_t* to, Value value) {
  if (!isStr(value))
    return raise(typeErrorType, "array item must be a unicode character, not %T", value);
  if (asStr(value)->length != 1)
    return raise(typeErrorType,
                 "array item must be a unicode character, not a string of length %lld",
                 static_cast<long long>(asStr(value)->length));
  return store(to, asStr(value)->at(0));
}

bool storeFloat(const ArrayKind& kind, uint8_t* to, Value value) {
  double number;
  if (!toDouble(value, number))
    return false;
  if (kind.letter == 'd')
    return store(to, number);
  if (kind.letter == 'f')
    return store(to, static_cast<float>(number));
  uint16_t half;
  if (!doubleToHalf(number, half))
    return raise(overflowErrorType, "float too large to pack with e format");
  return store(to, half);
}

bool storeComplex(const ArrayKind& kind, uint8_t* to, Value value) {
  ComplexNumber number;
  if (!toComplex(value, number))
    return false;
  if (kind.letter == 'D')
    return store(to, number);
  struct {
    float real, imag;
  } narrow = {static_cast<float>(number.real), static_cast<float>(number.imag)};
  return store(to, narrow);
}

} // namespace

std::span<const ArrayKind> arrayKinds() {
  return kKinds;
}

const ArrayKind* findArrayKind(std::string_view code) {
  for (const ArrayKind& kind : kKinds)
    if (code == kind.code)
      return &kind;
  return nullptr;
}

Ref loadItem(const ArrayKind& kind, const uint8_t* from) {
  switch (kind.letter) {
  case 'u':
  case 'w':
    return loadText(from);
  case 'e':
    return makeFloat(halfToDouble(load<uint16_t>(from)));
  case 'f':
    return makeFloat(load<float>(from));
  case 'd':
    return makeFloat(load<double>(from));
  case 'F':
    return makeComplex(load<float>(from), load<float>(from + 4));
  case 'D':
    return makeComplex(load<double>(from), load<double>(from + 8));
  default:
    return loadInteger(kind, from);
  }
}

bool storeItem(const ArrayKind& kind, uint8_t* to, Value value) {
  switch (kind.letter) {
  case 'u':
  case 'w':
    return storeText(to, value);
  case 'e':
  case 'f':
  case 'd':
    return storeFloat(kind, to, value);
  case 'F':
  case 'D':
    return storeComplex(kind, to, value);
  default:
    return storeInteger(kind, to, value);
  }
}

bool storeItemAt(ArrayObject* array, int64_t index, Value value) {
  uint8_t item[16];
  if (!storeItem(*array->kind, item, value))
    return false;
  // The conversion may have run code that made the array shorter.
  if (index >= array->count)
    return raise(indexErrorType, "array assignment index out of range");
  std::memcpy(array->at(index), item, array->kind->itemSize);
  return true;
}

} // namespace pyc::rt
