#include "runtime/modules/marshal_format.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/complex.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/slice.h"

#include <algorithm>

namespace pyc::rt {

namespace {

constexpr int kDigitBits = 15;
constexpr int64_t kMostShared = 1024; // small ints exist once, so that they are referred to

Raised raiseUnmarshallable() {
  return raise(valueErrorType, "unmarshallable object");
}

/// Whether other references to the value can be there.
bool isShared(Value value) {
  if (value.isInt())
    return value.asInt() >= -5 && value.asInt() <= kMostShared;
  return value.isObject() &&
         (value.object()->localCount == kImmortalCount || refcountOf(value.object()) > 1);
}

} // namespace

bool MarshalWriter::write(Value value) {
  if (value.isNone())
    return putType(MarshalType::None, 0), true;
  if (value.isBool())
    return putType(value.isTrue() ? MarshalType::True : MarshalType::False, 0), true;
  if (value == Value::ellipsis())
    return putType(MarshalType::Ellipsis, 0), true;
  if (value == Value(&stopIterationType.header))
    return putType(MarshalType::StopIteration, 0), true;
  if (++depth_ > kMostMarshalDepth)
    return raise(valueErrorType, "object too deeply nested to marshal");
  uint8_t flag = 0;
  size_t before = out_.size();
  bool done = writeReference(value, flag) && (out_.size() != before || writeNew(value, flag));
  --depth_;
  return done;
}

bool MarshalWriter::writeReference(Value value, uint8_t& flag) {
  if (version_ < 3 || !isShared(value))
    return true;
  auto [entry, isNew] = written_.try_emplace(value.bits(), static_cast<uint32_t>(written_.size()));
  if (isNew) {
    flag = kMarshalRefFlag;
    return true;
  }
  // Readers could not make it before its parts.
  if (std::find(unfinished_.begin(), unfinished_.end(), value.bits()) != unfinished_.end())
    return raiseUnmarshallable();
  putType(MarshalType::Reference, 0);
  putLong(entry->second);
  return true;
}

bool MarshalWriter::writeNew(Value value, uint8_t flag) {
  TypeObject* type = typeOf(value);
  if (type == &intType)
    return writeInt(value, flag);
  if (type == &floatType || type == &complexType)
    return writeNumber(value, flag);
  if (type == &bytesType)
    return writeBuffer(value, flag);
  if (type == &strType)
    return writeText(value, flag);
  if (type == &tupleType || type == &listType)
    return writeSequence(value, flag);
  if (type == &dictType || (type == &frozenDictType && version_ >= 6))
    return writeMapping(value, flag);
  if (type == &setType || type == &frozenSetType)
    return writeSet(value, flag);
  if (type == &sliceType && version_ >= 5)
    return writeSlice(value, flag);
  if (type == &codeType)
    return writeCode(value, flag);
  return hasBuffer(value) ? writeBuffer(value, flag) : static_cast<bool>(raiseUnmarshallable());
}

bool MarshalWriter::putSize(size_t size) {
  if (size > INT32_MAX)
    return raiseUnmarshallable();
  putLong(static_cast<uint32_t>(size));
  return true;
}

bool MarshalWriter::writeInt(Value value, uint8_t flag) {
  int64_t number;
  if (intFits64(value, number) && number >= INT32_MIN && number <= INT32_MAX) {
    putType(MarshalType::Int, flag);
    putLong(static_cast<uint32_t>(number));
    return true;
  }
  IntView view(value);
  int64_t digits = static_cast<int64_t>((view.bitLength() + kDigitBits - 1) / kDigitBits);
  putType(MarshalType::Long, flag);
  putLong(static_cast<uint32_t>(view.negative ? -digits : digits));
  for (int64_t i = 0; i < digits; ++i) {
    size_t bit = static_cast<size_t>(i) * kDigitBits, limb = bit / 64;
    uint64_t digit = view.limbs[limb] >> (bit % 64);
    if (bit % 64 > 64 - kDigitBits && limb + 1 < view.count)
      digit |= view.limbs[limb + 1] << (64 - bit % 64);
    putWord(digit & ((1 << kDigitBits) - 1), 2);
  }
  return true;
}

void MarshalWriter::putFloatText(double number) {
  std::string text;
  appendFloatRepr(text, number);
  if (text.ends_with(".0"))
    text.resize(text.size() - 2);
  putByte(static_cast<uint8_t>(text.size()));
  out_ += text;
}

bool MarshalWriter::writeNumber(Value value, uint8_t flag) {
  bool isBinary = version_ > 1;
  if (typeOf(value) == &floatType) {
    putType(isBinary ? MarshalType::BinaryFloat : MarshalType::Float, flag);
    isBinary ? putDouble(floatValue(value)) : putFloatText(floatValue(value));
    return true;
  }
  putType(isBinary ? MarshalType::BinaryComplex : MarshalType::Complex, flag);
  for (double part : {asComplex(value)->real, asComplex(value)->imag})
    isBinary ? putDouble(part) : putFloatText(part);
  return true;
}

bool MarshalWriter::writeBuffer(Value value, uint8_t flag) {
  BytesLike bytes;
  if (!bytes.open(value)) {
    clearRaised();
    return raiseUnmarshallable();
  }
  putType(MarshalType::Bytes, flag);
  if (!putSize(bytes.get().size()))
    return false;
  out_ += bytes.get();
  return true;
}

bool MarshalWriter::writeText(Value value, uint8_t flag) {
  StrObject* text = asStr(value);
  bool isInterned = text->isInterned() && version_ >= 3;
  std::string storage;
  std::string_view utf8 = utf8View(value, storage);
  if (version_ >= 4 && text->isAscii()) {
    bool isShort = utf8.size() < 256;
    if (isShort)
      putType(isInterned ? MarshalType::ShortAsciiInterned : MarshalType::ShortAscii, flag);
    else
      putType(isInterned ? MarshalType::AsciiInterned : MarshalType::Ascii, flag);
    if (isShort)
      putByte(static_cast<uint8_t>(utf8.size()));
    else if (!putSize(utf8.size()))
      return false;
  } else {
    putType(isInterned ? MarshalType::Interned : MarshalType::Text, flag);
    if (!putSize(utf8.size()))
      return false;
  }
  out_ += utf8;
  return true;
}

bool MarshalWriter::writeSequence(Value value, uint8_t flag) {
  bool isTuple = typeOf(value) == &tupleType;
  int64_t count = isTuple ? asTuple(value)->count : asList(value)->count;
  if (isTuple && version_ >= 4 && count < 256) {
    putType(MarshalType::SmallTuple, flag);
    putByte(static_cast<uint8_t>(count));
  } else {
    putType(isTuple ? MarshalType::Tuple : MarshalType::List, flag);
    if (!putSize(static_cast<size_t>(count)))
      return false;
  }
  if (isTuple)
    return writeItems(asTuple(value)->items(), count);
  for (int64_t i = 0; i < count; ++i) {
    // An item of a numeric list counts as the list's own.
    if (asList(value)->count != count)
      return raise(valueErrorType, "list changed size while it was written");
    if (asList(value)->storage == ListStorage::Values) {
      if (!write(asList(value)->values()[i]))
        return false;
    } else {
      PYC_TRY(item, listGet(asList(value), i));
      if (!write(item))
        return false;
    }
  }
  return true;
}

bool MarshalWriter::writeItems(const Value* items, int64_t count) {
  for (int64_t i = 0; i < count; ++i)
    if (!write(items[i]))
      return false;
  return true;
}

bool MarshalWriter::writeMapping(Value value, uint8_t flag) {
  putType(typeOf(value) == &dictType ? MarshalType::Dict : MarshalType::FrozenDict, flag);
  int64_t position = 0;
  Value key, item;
  while (dictNext(asDict(value), position, key, item))
    if (!write(key) || !write(item))
      return false;
  putType(MarshalType::Null, 0);
  return true;
}

/// The order of the items is that of their own bytes, so that equal sets are written alike.
bool MarshalWriter::writeSet(Value value, uint8_t flag) {
  PYC_TRY(items, sequenceList(value));
  PYC_TRY(pairs, newList(0));
  ListObject* list = asList(items);
  putType(typeOf(value) == &setType ? MarshalType::Set : MarshalType::FrozenSet, flag);
  if (!putSize(static_cast<size_t>(list->count)))
    return false;
  for (int64_t i = 0; i < list->count; ++i) {
    MarshalWriter alone(version_, allowsCode_);
    PYC_TRY(item, listGet(list, i));
    int64_t count;
    if (!alone.write(item) || !length(value, count))
      return false;
    if (count != list->count)
      return raise(runtimeErrorType, "set changed size during iteration");
    PYC_TRY(bytes, makeBytes(alone.bytes()));
    PYC_TRY(place, makeInt(i));
    PYC_TRY(pair, tupleOf(bytes, place, item));
    if (!listAppend(asList(pairs), pair))
      return false;
  }
  if (!listSort(asList(pairs), Value(), false))
    return false;
  items = Ref(); // the set's own references again count alone
  return forEach(pairs, [&](Value pair) { return write(asTuple(pair)->items()[2]); });
}

bool MarshalWriter::writeSlice(Value value, uint8_t flag) {
  putType(MarshalType::Slice, flag);
  SliceObject* slice = asSlice(value);
  unfinished_.push_back(value.bits());
  bool done = write(slice->start) && write(slice->stop) && write(slice->step);
  unfinished_.pop_back();
  return done;
}

bool MarshalWriter::writeCode(Value value, uint8_t flag) {
  if (!allowsCode_)
    return raise(valueErrorType, "marshalling code objects is disallowed");
  PYC_TRY(fields, packCode(value));
  putType(MarshalType::Code, flag);
  return writeItems(asTuple(fields)->items(), asTuple(fields)->count);
}

} // namespace pyc::rt
