// UTF-16 and UTF-32, in both byte orders.
#include "runtime/objects/codec_errors.h"
#include "runtime/objects/codec_impl.h"
#include "runtime/objects/str_chars.h"

#include <bit>

namespace pyc::rt {

namespace {

constexpr int kNativeOrder = std::endian::native == std::endian::little ? -1 : 1;

template <class Unit> Unit loadUnit(const char* from, bool swap) {
  Unit unit;
  memcpy(&unit, from, sizeof unit);
  if (!swap)
    return unit;
  if constexpr (sizeof(Unit) == 2)
    return __builtin_bswap16(unit);
  else
    return __builtin_bswap32(unit);
}

/// "utf-16", "utf-16-le", "utf-16-be" and so on, as errors name the codec.
const char* encodingName(unsigned bits, int order) {
  if (bits == 16)
    return order == 0 ? "utf-16" : order < 0 ? "utf-16-le" : "utf-16-be";
  return order == 0 ? "utf-32" : order < 0 ? "utf-32-le" : "utf-32-be";
}

/// Reads the byte order mark where the order is open; returns the place behind it.
template <class Unit> int64_t readMark(std::string_view data, int& order) {
  if (order != 0 || data.size() < sizeof(Unit))
    return 0;
  for (int candidate : {-1, 1}) {
    if (loadUnit<Unit>(data.data(), candidate != kNativeOrder) == 0xFEFF) {
      order = candidate;
      return sizeof(Unit);
    }
  }
  return 0;
}

class Utf16Reader {
public:
  Utf16Reader(std::string_view data, bool swap) : data_(data), swap_(swap) {}

  struct Step {
    int64_t length;              // of the sequence, or of the bytes in error
    const char* error = nullptr; // null: valid
    bool incomplete = false;     // more data may make it valid
    uint32_t codePoint = 0;
  };
  Step read(int64_t at) const {
    auto rest = static_cast<int64_t>(data_.size()) - at;
    if (rest < 2)
      return {rest, "truncated data", true};
    uint32_t first = unit(at);
    if (!isSurrogate(first))
      return {2, nullptr, false, first};
    if (first >= 0xDC00)
      return {2, "illegal encoding"};
    if (rest < 4)
      return {rest, "unexpected end of data", true};
    uint32_t second = unit(at + 2);
    if (second - 0xDC00 >= 0x400)
      return {2, "illegal UTF-16 surrogate"};
    return {4, nullptr, false, 0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF)};
  }

private:
  uint32_t unit(int64_t at) const { return loadUnit<uint16_t>(data_.data() + at, swap_); }

  std::string_view data_;
  bool swap_;
};

class Utf32Reader {
public:
  Utf32Reader(std::string_view data, bool swap) : data_(data), swap_(swap) {}

  Utf16Reader::Step read(int64_t at) const {
    auto rest = static_cast<int64_t>(data_.size()) - at;
    if (rest < 4)
      return {rest, "truncated data", true};
    uint32_t codePoint = loadUnit<uint32_t>(data_.data() + at, swap_);
    if (isSurrogate(codePoint))
      return {4, "code point in surrogate code point range(0xd800, 0xe000)"};
    if (codePoint > 0x10FFFF)
      return {4, "code point not in range(0x110000)"};
    return {4, nullptr, false, codePoint};
  }

private:
  std::string_view data_;
  bool swap_;
};

template <class Unit, class Reader>
Ref decodeUnits(std::string_view data, const ErrorHandling& errors, int* order, int64_t* consumed) {
  int64_t i = readMark<Unit>(data, *order);
  int effective = *order == 0 ? kNativeOrder : *order;
  StrBuilder out;
  out.reserve(static_cast<int64_t>(data.size() / sizeof(Unit)));
  // CPython's errors name the order that was found, or the native one.
  DecodeErrors handler(encodingName(sizeof(Unit) * 8, effective), data, errors, out);
  Reader reader(data, effective != kNativeOrder);
  while (i < static_cast<int64_t>(data.size())) {
    auto step = reader.read(i);
    if (PYC_LIKELY(!step.error)) {
      out.appendChar(step.codePoint);
      i += step.length;
      continue;
    }
    if (step.incomplete && consumed)
      break;
    i = handler.handle(i, i + step.length, step.error);
    if (i < 0)
      return {};
  }
  if (consumed)
    *consumed = i;
  return out.finish();
}

template <class Unit> void storeUnit(std::string& out, uint32_t value, bool swap) {
  auto unit = static_cast<Unit>(value);
  if (swap) {
    if constexpr (sizeof(Unit) == 2)
      unit = __builtin_bswap16(unit);
    else
      unit = __builtin_bswap32(unit);
  }
  char bytes[sizeof unit];
  memcpy(bytes, &unit, sizeof unit);
  out.append(bytes, sizeof unit);
}

template <class Unit> void storeCodePoint(std::string& out, uint32_t c, bool swap) {
  if (sizeof(Unit) == 4 || c < 0x10000) {
    storeUnit<Unit>(out, c, swap);
    return;
  }
  storeUnit<Unit>(out, 0xD800 + ((c - 0x10000) >> 10), swap);
  storeUnit<Unit>(out, 0xDC00 + (c & 0x3FF), swap);
}

template <class Unit>
bool encodeUnits(StrObject* str, int order, const ErrorHandling& errors, std::string& out) {
  bool swap = order != 0 && order != kNativeOrder;
  if (order == 0)
    storeUnit<Unit>(out, 0xFEFF, swap);
  EncodeErrors handler(encodingName(sizeof(Unit) * 8, order), str, errors);
  for (int64_t i = 0; i < str->length;) {
    uint32_t c = str->at(i);
    if (PYC_LIKELY(!isSurrogate(c))) {
      storeCodePoint<Unit>(out, c, swap);
      ++i;
      continue;
    }
    constexpr const char* kReason = "surrogates not allowed";
    int64_t next = handler.handle(i, i + 1, kReason);
    if (next < 0)
      return false;
    if (handler.hasBytes()) {
      if (handler.bytes().size() % sizeof(Unit) != 0)
        return handler.raiseError(i, i + 1, kReason) >= 0;
      out += handler.bytes();
    } else {
      StrObject* text = handler.text();
      if (!text->isAscii())
        return handler.raiseError(i, i + 1, kReason) >= 0;
      for (char character : text->asciiView())
        storeUnit<Unit>(out, static_cast<uint8_t>(character), swap);
    }
    i = next;
  }
  return true;
}

} // namespace

Ref decodeUtf16(std::string_view data, const ErrorHandling& errors, int* order, int64_t* consumed) {
  return decodeUnits<uint16_t, Utf16Reader>(data, errors, order, consumed);
}
Ref decodeUtf32(std::string_view data, const ErrorHandling& errors, int* order, int64_t* consumed) {
  return decodeUnits<uint32_t, Utf32Reader>(data, errors, order, consumed);
}
bool encodeUtf16(StrObject* str, int order, const ErrorHandling& errors, std::string& out) {
  return encodeUnits<uint16_t>(str, order, errors, out);
}
bool encodeUtf32(StrObject* str, int order, const ErrorHandling& errors, std::string& out) {
  return encodeUnits<uint32_t>(str, order, errors, out);
}

} // namespace pyc::rt
