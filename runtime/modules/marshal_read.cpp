#include "runtime/modules/marshal_format.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/complex.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/module.h"
#include "runtime/objects/slice.h"

#include <vector>

namespace pyc::rt {

namespace {

Raised raiseBad(const char* what) {
  return raise(valueErrorType, "bad marshal data (%s)", what);
}

constexpr int kCodeFields = 7; // what packCode gives

} // namespace

bool MarshalReader::prepare() {
  kept_ = newList(0);
  return static_cast<bool>(kept_);
}

// Bytes.

bool MarshalReader::take(size_t size, std::string_view& bytes) {
  if (data_.size() - position_ < size)
    return raise(eofErrorType, "marshal data too short");
  bytes = data_.substr(position_, size);
  position_ += size;
  return true;
}

bool MarshalReader::takeWord(int size, uint64_t& number) {
  std::string_view bytes;
  if (!take(static_cast<size_t>(size), bytes))
    return false;
  number = 0;
  for (int i = 0; i < size; ++i)
    number |= static_cast<uint64_t>(static_cast<uint8_t>(bytes[static_cast<size_t>(i)])) << (8 * i);
  return true;
}

bool MarshalReader::takeSize(const char* what, int64_t& size) {
  uint64_t number;
  if (!takeWord(4, number))
    return false;
  size = static_cast<int32_t>(number);
  return size >= 0 ||
         static_cast<bool>(raise(valueErrorType, "bad marshal data (%s size out of range)", what));
}

bool MarshalReader::takeDouble(double& number) {
  uint64_t bits;
  if (!takeWord(8, bits))
    return false;
  number = __builtin_bit_cast(double, bits);
  return true;
}

bool MarshalReader::takeFloatText(double& number) {
  uint64_t size;
  std::string_view text;
  if (!takeWord(1, size) || !take(size, text))
    return false;
  if (parseDouble(text, number))
    return true;
  PYC_TRY(shown, makeStrLatin1(reinterpret_cast<const uint8_t*>(text.data()),
                               static_cast<int64_t>(text.size())));
  return raise(valueErrorType, "could not convert string to float: %R", shown.get());
}

// References.

int64_t MarshalReader::reserve(bool isKept) {
  if (!isKept)
    return -1;
  return listAppend(asList(kept_), Value::none()) ? asList(kept_)->count - 1 : -2;
}

Ref MarshalReader::fill(int64_t place, Ref value) {
  if (place == -2 || !value || (place >= 0 && !listSet(asList(kept_), place, value)))
    return {};
  return value;
}

Ref MarshalReader::keep(Ref value, bool isKept) {
  if (value && isKept && !listAppend(asList(kept_), value))
    return {};
  return value;
}

Ref MarshalReader::readReference() {
  uint64_t number;
  if (!takeWord(4, number))
    return {};
  if (number >= static_cast<uint64_t>(asList(kept_)->count))
    return raiseBad("invalid reference");
  PYC_TRY(value, listGet(asList(kept_), static_cast<int64_t>(number)));
  if (value.isNone()) // not complete yet
    return raiseBad("invalid reference");
  return value;
}

// Objects.

Ref MarshalReader::read() {
  return readItem("object");
}

Ref MarshalReader::readItem(const char* container) {
  Ref value = readMaybe();
  if (!value && !isRaised())
    return raise(typeErrorType, "NULL object in marshal data for %s", container);
  return value;
}

Ref MarshalReader::readMaybe() {
  if (position_ >= data_.size())
    return raise(eofErrorType, "EOF read where object expected");
  auto code = static_cast<uint8_t>(data_[position_++]);
  if (++depth_ > kMostMarshalDepth)
    return raise(valueErrorType, "recursion limit exceeded");
  Ref value =
      readType(static_cast<MarshalType>(code & ~kMarshalRefFlag), (code & kMarshalRefFlag) != 0);
  --depth_;
  return value;
}

Ref MarshalReader::readType(MarshalType type, bool isKept) {
  uint64_t number;
  int64_t size;
  double real, imaginary;
  std::string_view bytes;
  switch (type) {
  case MarshalType::Null:
    return {};
  case MarshalType::None:
    return Ref::none();
  case MarshalType::StopIteration:
    return Ref::copy(Value(&stopIterationType.header));
  case MarshalType::Ellipsis:
    return Ref::steal(Value::ellipsis());
  case MarshalType::False:
    return Ref::boolean(false);
  case MarshalType::True:
    return Ref::boolean(true);
  case MarshalType::Int:
    return takeWord(4, number) ? keep(makeInt(static_cast<int32_t>(number)), isKept) : Ref();
  case MarshalType::Int64:
    return takeWord(8, number) ? keep(makeInt(static_cast<int64_t>(number)), isKept) : Ref();
  case MarshalType::Long:
    return keep(readLong(), isKept);
  case MarshalType::Float:
    return takeFloatText(real) ? keep(makeFloat(real), isKept) : Ref();
  case MarshalType::BinaryFloat:
    return takeDouble(real) ? keep(makeFloat(real), isKept) : Ref();
  case MarshalType::Complex:
    return takeFloatText(real) && takeFloatText(imaginary)
               ? keep(makeComplex(real, imaginary), isKept)
               : Ref();
  case MarshalType::BinaryComplex:
    return takeDouble(real) && takeDouble(imaginary) ? keep(makeComplex(real, imaginary), isKept)
                                                     : Ref();
  case MarshalType::Bytes:
    return takeSize("bytes object", size) && take(static_cast<size_t>(size), bytes)
               ? keep(makeBytes(bytes), isKept)
               : Ref();
  case MarshalType::ShortAscii:
  case MarshalType::ShortAsciiInterned:
    return takeWord(1, number)
               ? keep(readText(number, true, type == MarshalType::ShortAsciiInterned), isKept)
               : Ref();
  case MarshalType::Ascii:
  case MarshalType::AsciiInterned:
  case MarshalType::Text:
  case MarshalType::Interned:
    if (!takeSize("string", size))
      return {};
    return keep(readText(static_cast<size_t>(size),
                         type == MarshalType::Ascii || type == MarshalType::AsciiInterned,
                         type == MarshalType::AsciiInterned || type == MarshalType::Interned),
                isKept);
  case MarshalType::SmallTuple:
    return takeWord(1, number) ? readTuple(static_cast<int64_t>(number), isKept) : Ref();
  case MarshalType::Tuple:
    return takeSize("tuple", size) ? readTuple(size, isKept) : Ref();
  case MarshalType::List:
    return readList(isKept);
  case MarshalType::Dict:
  case MarshalType::FrozenDict:
    return readDict(isKept, type == MarshalType::FrozenDict);
  case MarshalType::Set:
  case MarshalType::FrozenSet:
    return readSet(isKept, type == MarshalType::FrozenSet);
  case MarshalType::Slice:
    return readSlice(isKept);
  case MarshalType::Code:
    return readCode(isKept);
  case MarshalType::Reference:
    return readReference();
  }
  return raiseBad("unknown type code");
}

Ref MarshalReader::readLong() {
  uint64_t number;
  if (!takeWord(4, number))
    return {};
  int64_t count = static_cast<int32_t>(number);
  bool isNegative = count < 0;
  count = isNegative ? -count : count;
  std::string_view bytes;
  if (!take(static_cast<size_t>(count) * 2, bytes))
    return {};
  std::vector<Limb> limbs(static_cast<size_t>(count) * 15 / 64 + 2);
  uint32_t digit = 1;
  for (size_t i = 0; i < static_cast<size_t>(count); ++i) {
    digit = static_cast<uint8_t>(bytes[2 * i]) |
            static_cast<uint32_t>(static_cast<uint8_t>(bytes[2 * i + 1])) << 8;
    if (digit > 0x7FFF)
      return raiseBad("digit out of range in long");
    size_t bit = i * 15, limb = bit / 64;
    limbs[limb] |= static_cast<Limb>(digit) << (bit % 64);
    if (bit % 64 > 49)
      limbs[limb + 1] |= static_cast<Limb>(digit) >> (64 - bit % 64);
  }
  if (digit == 0)
    return raiseBad("unnormalized long data");
  size_t used = limbs.size();
  while (used > 0 && limbs[used - 1] == 0)
    --used;
  return makeIntFromLimbs(limbs.data(), used, isNegative);
}

Ref MarshalReader::readText(size_t size, bool isAscii, bool isInterned) {
  std::string_view bytes;
  if (!take(size, bytes))
    return {};
  Ref text;
  if (isAscii) {
    text = makeStrLatin1(reinterpret_cast<const uint8_t*>(bytes.data()),
                         static_cast<int64_t>(bytes.size()));
  } else {
    PYC_TRY(data, makeBytes(bytes));
    PYC_TRY(codec, makeStr("utf-8"));
    PYC_TRY(errors, makeStr("surrogatepass"));
    Value arguments[] = {codec, errors};
    text = callMethod(data, internLiteral("decode"), arguments, 2);
  }
  return text && isInterned ? intern(text) : std::move(text);
}

Ref MarshalReader::readTuple(int64_t count, bool isKept) {
  if (static_cast<uint64_t>(count) > data_.size() - position_)
    return raise(eofErrorType, "EOF read where object expected");
  PYC_TRY(tuple, keep(newTuple(static_cast<size_t>(count)), isKept)); // its items may refer to it
  for (int64_t i = 0; i < count; ++i) {
    PYC_TRY(item, readItem("tuple"));
    asTuple(tuple)->items()[i] = item.release();
  }
  return tuple;
}

Ref MarshalReader::readList(bool isKept) {
  int64_t count;
  if (!takeSize("list", count))
    return {};
  PYC_TRY(list, keep(newList(0), isKept));
  for (int64_t i = 0; i < count; ++i) {
    PYC_TRY(item, readItem("list"));
    if (!listAppendStealing(asList(list), item.release()))
      return {};
  }
  return list;
}

Ref MarshalReader::readDict(bool isKept, bool isFrozen) {
  int64_t place = isFrozen ? reserve(isKept) : -1;
  PYC_TRY(dict, keep(newDict(), isKept && !isFrozen));
  for (;;) {
    Ref key = readMaybe();
    Ref value = key ? readMaybe() : Ref();
    if (isRaised())
      return {};
    if (!key || !value)
      break;
    if (!dictSet(asDict(dict), key, value))
      return {};
  }
  return isFrozen ? fill(place, call(Value(&frozenDictType.header), dict)) : std::move(dict);
}

Ref MarshalReader::readSet(bool isKept, bool isFrozen) {
  int64_t count;
  if (!takeSize("set", count))
    return {};
  int64_t place = isFrozen ? reserve(isKept) : -1;
  PYC_TRY(set, keep(call(Value(&setType.header)), isKept && !isFrozen));
  for (int64_t i = 0; i < count; ++i) {
    PYC_TRY(item, readItem("set"));
    PYC_TRY(added, callMethod(set, internLiteral("add"), item));
  }
  return isFrozen ? fill(place, call(Value(&frozenSetType.header), set)) : std::move(set);
}

Ref MarshalReader::readSlice(bool isKept) {
  int64_t place = reserve(isKept);
  PYC_TRY(start, readItem("slice"));
  PYC_TRY(stop, readItem("slice"));
  PYC_TRY(step, readItem("slice"));
  return fill(place, makeSlice(start, stop, step));
}

Ref MarshalReader::readCode(bool isKept) {
  if (!allowsCode_)
    return raise(valueErrorType, "unmarshalling code objects is disallowed");
  int64_t place = reserve(isKept);
  PYC_TRY(fields, newTuple(kCodeFields));
  for (int i = 0; i < kCodeFields; ++i) {
    PYC_TRY(field, readItem("code object"));
    asTuple(fields)->items()[i] = field.release();
  }
  return fill(place, unpackCode(fields));
}

} // namespace pyc::rt
