// int.to_bytes and int.from_bytes.
#include "runtime/objects/int_bytes.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/bytes_text.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

namespace {

/// A byteorder argument; null is 'big'. Its type is checked before its value.
bool checkOrderType(Value argument, const char* function) {
  return !argument || isStr(argument) || raiseBadArgument(function, "byteorder", "str", argument);
}
bool takeOrder(Value argument, bool& little) {
  little = argument && strEquals(asStr(argument), "little");
  if (!argument || little || strEquals(asStr(argument), "big"))
    return true;
  return raise(valueErrorType, "byteorder must be either 'little' or 'big'");
}
/// Whether a number fits so many bytes.
bool fitsBytes(const IntView& view, size_t length, bool isSigned) {
  uint64_t bits = view.bitLength();
  if (isSigned) {
    // -2^k needs no bit more than 2^k - 1 does.
    bool isPower =
        view.negative && mpn_popcount(view.limbs, static_cast<mp_size_t>(view.count)) == 1;
    bits += view.count != 0 && !isPower;
  }
  return bits / 8 + (bits % 8 != 0) <= length;
}

/// The lowest `length` bytes of the two's complement, least significant first.
void writeLittle(uint8_t* out, const IntView& view, size_t length) {
  size_t stored = std::min(length, view.count * sizeof(Limb));
  std::memcpy(out, view.limbs, stored);
  std::memset(out + stored, 0, length - stored);
  if (!view.negative)
    return;
  unsigned carry = 1;
  for (size_t i = 0; i < length; ++i) {
    carry += static_cast<uint8_t>(~out[i]);
    out[i] = static_cast<uint8_t>(carry);
    carry >>= 8;
  }
}

Ref toBytes(const IntView& view, size_t length, bool little, bool isSigned) {
  if (view.negative && !isSigned)
    return raise(overflowErrorType, "can't convert negative int to unsigned");
  if (!fitsBytes(view, length, isSigned))
    return raise(overflowErrorType, "int too big to convert");
  if (length == 0)
    return makeBytes({});
  BytesObject* bytes = newBytes(static_cast<int64_t>(length));
  if (!bytes)
    return {};
  writeLittle(bytes->data(), view, length);
  if (!little)
    std::reverse(bytes->data(), bytes->data() + length);
  return Ref::steal(bytes);
}

/// bytes(source), without what a number or str would mean there.
bool bytesOf(Value source, std::string& out) {
  bool found = false;
  Ref converted = callSpecial(source, names::__bytes__, nullptr, 0, found);
  if (!found)
    return collectBytes(source, "bytes", "bytes", out);
  if (!converted)
    return false;
  if (!isBytes(converted))
    return raise(typeErrorType, "%Q.__bytes__() must return a bytes, not %Q", source,
                 converted.get());
  out = asBytes(converted)->view();
  return true;
}

} // namespace

Ref intFromLittle(std::string_view bytes, bool isSigned) {
  bool negative = isSigned && !bytes.empty() && (bytes.back() & 0x80) != 0;
  size_t count = (bytes.size() + sizeof(Limb) - 1) / sizeof(Limb);
  if (count == 0)
    return Ref::number(Value::fromInt(0));
  IntObject* result = newInt(count);
  if (!result)
    return {};
  Limb* limbs = result->limbs();
  limbs[count - 1] = negative ? ~Limb(0) : 0;
  std::memcpy(limbs, bytes.data(), bytes.size());
  if (negative)
    mpn_neg(limbs, limbs, static_cast<mp_size_t>(count));
  return finishInt(result, count, negative);
}

void intToLittle(Value integer, std::string& out) {
  IntView view(integer);
  size_t length = view.bitLength() / 8 + 1;
  if (view.isZero() || (length > 1 && fitsBytes(view, length - 1, true)))
    --length;
  out.resize(length);
  writeLittle(reinterpret_cast<uint8_t*>(out.data()), view, length);
}

Ref intToBytes(const Value* args) {
  int64_t length = 1;
  bool little, isSigned = false;
  if (!sizeArg(args[1], length) || !checkOrderType(args[2], "to_bytes") ||
      !boolArg(args[3], isSigned))
    return {};
  if (length < 0)
    return raise(valueErrorType, "length cannot be negative");
  if (!takeOrder(args[2], little))
    return {};
  return toBytes(IntView(args[0]), static_cast<size_t>(length), little, isSigned);
}

Ref intFromBytes(const Value* args) {
  bool little, isSigned = false;
  std::string bytes;
  if (!checkOrderType(args[2], "from_bytes") || !boolArg(args[3], isSigned) ||
      !takeOrder(args[2], little) || !bytesOf(args[1], bytes))
    return {};
  if (!little)
    std::reverse(bytes.begin(), bytes.end());
  PYC_TRY(number, intFromLittle(bytes, isSigned));
  if (args[0] == Value(&intType.header))
    return number;
  return call(args[0], number);
}

} // namespace pyc::rt
