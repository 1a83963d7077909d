#include "runtime/modules/struct_format.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/complex.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/float.h"
#include "runtime/objects/half_float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace pyc::rt {

namespace {

bool isSignedKind(char kind) {
  return std::strchr("bhilqn", kind) != nullptr;
}

/// The bytes of a number of 1 to 8 bytes.
uint64_t loadBits(const uint8_t* from, int64_t size, bool isBig) {
  uint64_t bits = 0;
  for (int64_t i = 0; i < size; ++i)
    bits |= static_cast<uint64_t>(from[isBig ? size - 1 - i : i]) << (8 * i);
  return bits;
}

void storeBits(uint8_t* to, int64_t size, bool isBig, uint64_t bits) {
  for (int64_t i = 0; i < size; ++i, bits >>= 8)
    to[isBig ? size - 1 - i : i] = static_cast<uint8_t>(bits);
}

double loadReal(const uint8_t* from, int64_t size, bool isBig) {
  uint64_t bits = loadBits(from, size, isBig);
  if (size == 2)
    return halfToDouble(static_cast<uint16_t>(bits));
  return size == 4 ? std::bit_cast<float>(static_cast<uint32_t>(bits))
                   : std::bit_cast<double>(bits);
}

bool storeReal(uint8_t* to, int64_t size, bool isBig, double number) {
  if (size == 8) {
    storeBits(to, size, isBig, std::bit_cast<uint64_t>(number));
    return true;
  }
  if (size == 4) {
    auto narrow = static_cast<float>(number);
    if (std::isinf(narrow) && !std::isinf(number))
      return raise(overflowErrorType, "float too large to pack with f format");
    storeBits(to, size, isBig, std::bit_cast<uint32_t>(narrow));
    return true;
  }
  uint16_t half;
  if (!doubleToHalf(number, half))
    return raise(overflowErrorType, "float too large to pack with e format");
  storeBits(to, size, isBig, half);
  return true;
}

// Integers.

Raised raiseRange(const StructCode& code) {
  int bits = static_cast<int>(8 * code.size);
  if (!isSignedKind(code.kind))
    return raise(structErrorType, "'%c' format requires 0 <= number <= %llu", code.kind,
                 ~uint64_t(0) >> (64 - bits));
  int64_t most = static_cast<int64_t>(~uint64_t(0) >> (65 - bits));
  return raise(structErrorType, "'%c' format requires %lld <= number <= %lld", code.kind,
               static_cast<long long>(-most - 1), static_cast<long long>(most));
}

/// The int that an argument stands for.
Ref integerOf(Value value) {
  if (isInteger(value))
    return Ref::copy(value);
  if (!typeOf(value)->slots.index)
    return raise(structErrorType, "required argument is not an integer");
  return toIndex(value);
}

bool packInteger(const StructCode& code, uint8_t* to, bool isBig, Value value) {
  PYC_TRY(integer, integerOf(value));
  int64_t number;
  uint64_t bits;
  bool fits;
  if (intFits64(integer, number)) {
    bits = static_cast<uint64_t>(number);
    unsigned shift = static_cast<unsigned>(64 - 8 * code.size);
    int64_t back = static_cast<int64_t>(bits << shift) >> shift;
    fits = isSignedKind(code.kind) ? back == number : (bits << shift) >> shift == bits;
    fits = fits && (isSignedKind(code.kind) || number >= 0 || code.kind == 'P');
  } else {
    fits = code.size == 8 && !isSignedKind(code.kind) && intFitsUnsigned64(integer, bits);
  }
  if (!fits)
    return code.kind == 'P' ? raise(structErrorType, "int too large to convert") : raiseRange(code);
  storeBits(to, code.size, isBig, bits);
  return true;
}

Ref unpackInteger(const StructCode& code, const uint8_t* from, bool isBig) {
  uint64_t bits = loadBits(from, code.size, isBig);
  if (!isSignedKind(code.kind))
    return makeIntUnsigned(bits);
  unsigned shift = static_cast<unsigned>(64 - 8 * code.size);
  return makeInt(static_cast<int64_t>(bits << shift) >> shift);
}

// Other numbers.

bool packFloat(const StructCode& code, uint8_t* to, bool isBig, Value value) {
  double number;
  if (!toDouble(value, number)) {
    clearRaised();
    return raise(structErrorType, "required argument is not a float");
  }
  return storeReal(to, code.size, isBig, number);
}

bool packComplex(const StructCode& code, uint8_t* to, bool isBig, Value value) {
  ComplexNumber number;
  if (isStr(value) || !toComplex(value, number)) {
    clearRaised();
    return raise(structErrorType, "required argument is not a complex");
  }
  int64_t half = code.size / 2;
  return storeReal(to, half, isBig, number.real) && storeReal(to + half, half, isBig, number.imag);
}

Ref unpackComplex(const StructCode& code, const uint8_t* from, bool isBig) {
  int64_t half = code.size / 2;
  return makeComplex(loadReal(from, half, isBig), loadReal(from + half, half, isBig));
}

bool packBool(uint8_t* to, Value value) {
  bool flag;
  if (!truth(value, flag))
    return false;
  *to = flag;
  return true;
}

// Texts.

bool packChar(uint8_t* to, Value value) {
  if (!isBytes(value) || asBytes(value)->length != 1)
    return raise(structErrorType, "char format requires a bytes object of length 1");
  *to = asBytes(value)->data()[0];
  return true;
}

/// 's', and 'p', whose length is in front of it. What is left over stays zero.
bool packText(const StructCode& code, uint8_t* to, Value value) {
  if (!isBytes(value) && !isByteArray(value))
    return raise(structErrorType, "argument for '%c' must be a bytes object", code.kind);
  std::string_view text = isBytes(value) ? asBytes(value)->view() : asByteArray(value)->view();
  int64_t room = code.size;
  if (code.kind == 'p') {
    if (room == 0)
      return true;
    --room;
    int64_t length = std::min({room, static_cast<int64_t>(text.size()), int64_t(255)});
    *to++ = static_cast<uint8_t>(length);
  }
  std::memcpy(to, text.data(), static_cast<size_t>(std::min<int64_t>(room, text.size())));
  return true;
}

Ref unpackText(const StructCode& code, const uint8_t* from) {
  int64_t length = code.size;
  if (code.kind == 'p' && length > 0) {
    length = std::min<int64_t>(*from, length - 1);
    ++from;
  }
  return makeBytes({reinterpret_cast<const char*>(from), static_cast<size_t>(length)});
}

} // namespace

Ref unpackItem(const StructCode& code, const uint8_t* from, bool isBig) {
  switch (code.kind) {
  case 'c':
    return makeBytes({reinterpret_cast<const char*>(from), 1});
  case '?':
    return Ref::boolean(*from != 0);
  case 's':
  case 'p':
    return unpackText(code, from);
  case 'e':
  case 'f':
  case 'd':
    return makeFloat(loadReal(from, code.size, isBig));
  case 'F':
  case 'D':
    return unpackComplex(code, from, isBig);
  default:
    return unpackInteger(code, from, isBig);
  }
}

bool packItem(const StructCode& code, uint8_t* to, bool isBig, Value value) {
  switch (code.kind) {
  case 'c':
    return packChar(to, value);
  case '?':
    return packBool(to, value);
  case 's':
  case 'p':
    return packText(code, to, value);
  case 'e':
  case 'f':
  case 'd':
    return packFloat(code, to, isBig, value);
  case 'F':
  case 'D':
    return packComplex(code, to, isBig, value);
  default:
    return packInteger(code, to, isBig, value);
  }
}

} // namespace pyc::rt
