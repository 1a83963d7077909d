// UTF-8. Well-formed text is checked and measured in one pass and decoded in a second; anything
// else goes sequence by sequence through the error handler.
#include "runtime/objects/codec_errors.h"
#include "runtime/objects/codec_impl.h"
#include "runtime/objects/str_chars.h"

namespace pyc::rt {

namespace {

constexpr bool isContinuation(uint8_t byte) {
  return (byte & 0xC0) == 0x80;
}

/// One sequence at `p`: its length, or what is wrong with it.
struct Sequence {
  enum Status : uint8_t { Valid, BadStart, BadContinuation, Incomplete } status;
  uint8_t length; // of the sequence, or of the bytes that are in error
  uint32_t codePoint;
};

Sequence readSequence(const uint8_t* p, const uint8_t* end) {
  uint8_t lead = *p;
  if (lead < 0x80)
    return {Sequence::Valid, 1, lead};
  if (lead < 0xC2 || lead > 0xF4)
    return {Sequence::BadStart, 1, 0};
  unsigned length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  uint32_t codePoint = lead & (0x7Fu >> length);
  for (unsigned i = 1; i < length; ++i) {
    if (p + i == end)
      return {Sequence::Incomplete, static_cast<uint8_t>(i), 0};
    uint8_t byte = p[i];
    // The second byte's range keeps out overlong forms, surrogates and what is beyond U+10FFFF.
    bool valid = isContinuation(byte);
    if (i == 1) {
      valid = valid && !(lead == 0xE0 && byte < 0xA0) && !(lead == 0xED && byte >= 0xA0) &&
              !(lead == 0xF0 && byte < 0x90) && !(lead == 0xF4 && byte >= 0x90);
    }
    if (!valid)
      return {Sequence::BadContinuation, static_cast<uint8_t>(i), 0};
    codePoint = codePoint << 6 | (byte & 0x3Fu);
  }
  return {Sequence::Valid, static_cast<uint8_t>(length), codePoint};
}

/// Length of the longest valid prefix.
size_t validPrefix(const uint8_t* bytes, size_t size) {
  const uint8_t* p = bytes;
  const uint8_t* end = bytes + size;
  while (p < end) {
    uint64_t word;
    while (end - p >= 8 && (memcpy(&word, p, 8), (word & 0x8080808080808080u) == 0))
      p += 8;
    if (p == end)
      break;
    Sequence sequence = readSequence(p, end);
    if (sequence.status != Sequence::Valid)
      break;
    p += sequence.length;
  }
  return static_cast<size_t>(p - bytes);
}

/// The first two bytes of a surrogate, at the end: an error handler may want the third, too.
bool isHalfSurrogate(const uint8_t* bytes, int64_t size) {
  return size == 2 && bytes[0] == 0xED && bytes[1] >= 0xA0 && bytes[1] < 0xC0;
}

Ref decodeWithErrors(std::string_view data, size_t valid, const ErrorHandling& errors,
                     int64_t* consumed) {
  StrBuilder out;
  out.append(data.substr(0, valid));
  DecodeErrors handler("utf-8", data, errors, out);
  auto* bytes = reinterpret_cast<const uint8_t*>(data.data());
  auto size = static_cast<int64_t>(data.size());
  auto i = static_cast<int64_t>(valid);
  while (i < size) {
    Sequence sequence = readSequence(bytes + i, bytes + size);
    if (sequence.status == Sequence::Valid) {
      out.appendChar(sequence.codePoint);
      i += sequence.length;
      continue;
    }
    if (consumed &&
        (sequence.status == Sequence::Incomplete || isHalfSurrogate(bytes + i, size - i)))
      break;
    const char* reason = sequence.status == Sequence::BadStart     ? "invalid start byte"
                         : sequence.status == Sequence::Incomplete ? "unexpected end of data"
                                                                   : "invalid continuation byte";
    i = handler.handle(i, i + sequence.length, reason);
    if (i < 0)
      return {};
  }
  if (consumed)
    *consumed = i;
  return out.finish();
}

} // namespace

Ref decodeUtf8(std::string_view data, const ErrorHandling& errors, int64_t* consumed) {
  auto* bytes = reinterpret_cast<const uint8_t*>(data.data());
  if (consumed)
    *consumed = static_cast<int64_t>(data.size());
  if (PYC_LIKELY(isAsciiText(bytes, data.size())))
    return makeStrAscii(data);
  size_t valid = validPrefix(bytes, data.size());
  if (PYC_LIKELY(valid == data.size()))
    return makeStr(data);
  return decodeWithErrors(data, valid, errors, consumed);
}

namespace {
/// Code points up to the next surrogate.
int64_t encodeRun(const StrObject* str, int64_t start, std::string& out) {
  return withChars(str, [&](auto* chars) {
    int64_t i = start;
    for (; i < str->length; ++i) {
      uint32_t c = chars[i];
      if (isSurrogate(c))
        break;
      appendUtf8(out, c);
    }
    return i;
  });
}
} // namespace

bool encodeUtf8(StrObject* str, const ErrorHandling& errors, std::string& out) {
  if (PYC_LIKELY(str->isAscii())) {
    out += str->asciiView();
    return true;
  }
  out.reserve(out.size() + str->dataBytes() + static_cast<size_t>(str->length) / 2);
  EncodeErrors handler("utf-8", str, errors);
  for (int64_t i = 0;;) {
    i = encodeRun(str, i, out);
    if (i == str->length)
      return true;
    int64_t end = i + 1;
    while (end < str->length && isSurrogate(str->at(end)))
      ++end;
    constexpr const char* kReason = "surrogates not allowed";
    int64_t next = handler.handle(i, end, kReason);
    if (next < 0)
      return false;
    if (handler.hasBytes()) {
      out += handler.bytes();
    } else {
      if (!handler.text()->isAscii())
        return handler.raiseError(i, end, kReason) >= 0;
      out += handler.text()->asciiView();
    }
    i = next;
  }
}

} // namespace pyc::rt
