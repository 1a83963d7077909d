// TextIOWrapper.seek() and tell().
//
// Of a built-in encoding, a position is a number of bytes, since decoding can start anew at any
// character. Of another decoder it is a cookie: a place where the decoder held no bytes, its flags
// there, how many bytes to feed it and how many characters of those to skip.
#include "runtime/modules/io_text.h"

#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

#include <cstring>

namespace pyc::rt {

namespace {

/// Characters that the program sees of the chunk's first bytes; -1 with an exception. `endsPair`:
/// the last is a "\n" that only makes one with the "\r" before it.
int64_t charactersIn(TextObject* self, int64_t count, bool* endsPair = nullptr) {
  int order = std::exchange(self->order, self->chunkOrder);
  int64_t used;
  Ref text = decodeBytes(self, std::string_view(*self->chunk).substr(0, static_cast<size_t>(count)),
                         false, &used);
  self->order = order;
  if (!text)
    return -1;
  const StrObject* str = asStr(text);
  int64_t length = str->length;
  if (self->translate)
    for (int64_t i = 1; i < str->length; ++i)
      length -= str->at(i) == '\n' && str->at(i - 1) == '\r';
  if (endsPair)
    *endsPair = used == count && str->length > 1 && str->at(str->length - 1) == '\n' &&
                str->at(str->length - 2) == '\r';
  return length;
}

/// How many bytes of the chunk made the first `count` characters of it.
bool bytesOfCharacters(TextObject* self, int64_t count, int64_t& result) {
  auto size = static_cast<int64_t>(self->chunk->size());
  if (count == asStr(self->decoded)->length) {
    result = size;
    return true;
  }
  // The number of characters grows with that of the bytes: halve the range.
  int64_t low = 0, high = size;
  while (low < high) {
    int64_t middle = (low + high) / 2, seen = charactersIn(self, middle);
    if (seen < 0)
      return false;
    if (seen < count)
      low = middle + 1;
    else
      high = middle;
  }
  result = low;
  // A "\r\n" that gives one character belongs together.
  int64_t width = returnWidth(self->encoding);
  if (self->translate && count > 0 && low + width <= size &&
      asStr(self->decoded)->at(count - 1) == '\n') {
    bool endsPair;
    int64_t seen = charactersIn(self, low + width, &endsPair);
    if (seen < 0)
      return false;
    if (seen == count && endsPair)
      result = low + width;
  }
  return true;
}

// Cookies.

struct Cookie {
  int64_t start = 0;
  uint32_t flags = 0, feed = 0, skip = 0;
  uint8_t atEnd = 0;
};
constexpr size_t kCookieBytes = 21;

Ref packCookie(const Cookie& cookie) {
  char bytes[kCookieBytes];
  memcpy(bytes, &cookie.start, 8);
  memcpy(bytes + 8, &cookie.flags, 4);
  memcpy(bytes + 12, &cookie.feed, 4);
  memcpy(bytes + 16, &cookie.skip, 4);
  bytes[20] = static_cast<char>(cookie.atEnd);
  PYC_TRY(data, makeBytes({bytes, kCookieBytes}));
  PYC_TRY(order, makeStr("little"));
  Value args[] = {data, order};
  return callMethod(Value(&intType.header), internLiteral("from_bytes"), args, 2);
}

bool unpackCookie(Value value, Cookie& cookie) {
  PYC_TRY(order, makeStr("little"));
  Value args[] = {Value::fromInt(kCookieBytes), order};
  PYC_TRY(data, callMethod(value, internLiteral("to_bytes"), args, 2));
  const char* bytes = asBytes(data)->view().data();
  memcpy(&cookie.start, bytes, 8);
  memcpy(&cookie.flags, bytes + 8, 4);
  memcpy(&cookie.feed, bytes + 12, 4);
  memcpy(&cookie.skip, bytes + 16, 4);
  cookie.atEnd = static_cast<uint8_t>(bytes[20]);
  return true;
}

bool setDecoderState(TextObject* self, int64_t flags) {
  PYC_TRY(empty, makeBytes({}));
  PYC_TRY(number, makeInt(flags));
  PYC_TRY(state, tupleOf(empty, number));
  return static_cast<bool>(callMethod(self->decoder, internLiteral("setstate"), state));
}

/// Characters of one more piece; -1 with an exception.
int64_t feedDecoder(TextObject* self, std::string_view piece, bool final) {
  int64_t used;
  Ref text = decodeBytes(self, piece, final, &used);
  return text ? asStr(text)->length : -1;
}

/// Feeds the decoder byte by byte and notes the last place, not behind the characters that were
/// given away, where it held nothing.
bool findSafePlace(TextObject* self, const std::string& chunk, Cookie& cookie) {
  int64_t decoded = 0;
  for (size_t i = 0; i < chunk.size(); ++i) {
    int64_t count = feedDecoder(self, std::string_view(chunk).substr(i, 1), false);
    if (count < 0)
      return false;
    ++cookie.feed;
    decoded += count;
    PYC_TRY(state, callMethod(self->decoder, internLiteral("getstate")));
    if (!isTuple(state) || asTuple(state)->count != 2 || !isBytes(asTuple(state)->items()[0]))
      return raise(typeErrorType, "illegal decoder state");
    if (asBytes(asTuple(state)->items()[0])->length == 0 && decoded <= cookie.skip) {
      int64_t flags;
      if (!toInt64(asTuple(state)->items()[1], flags, &overflowErrorType))
        return false;
      cookie.start += cookie.feed;
      cookie.skip -= static_cast<uint32_t>(decoded);
      cookie.flags = static_cast<uint32_t>(flags);
      cookie.feed = 0;
      decoded = 0;
    }
    if (decoded >= cookie.skip)
      return true;
  }
  int64_t count = feedDecoder(self, {}, true);
  if (count < 0)
    return false;
  cookie.atEnd = 1;
  return decoded + count >= cookie.skip ||
         static_cast<bool>(raise(osErrorType, "can't reconstruct logical file position"));
}

/// tell() with a decoder that has a state; `end`: the buffer's position.
Ref tellByCookie(TextObject* self, int64_t end) {
  std::string chunk = *self->chunk; // the decoder's methods may seek
  Cookie cookie{.start = end - static_cast<int64_t>(chunk.size()),
                .flags = static_cast<uint32_t>(self->decoderFlags),
                .skip = static_cast<uint32_t>(self->decodedUsed)};
  if (cookie.skip == 0)
    return packCookie(cookie);
  PYC_TRY(saved, callMethod(self->decoder, internLiteral("getstate")));
  bool found = setDecoderState(self, self->decoderFlags) && findSafePlace(self, chunk, cookie);
  Ref error = takeRaised();
  bool restored = static_cast<bool>(callMethod(self->decoder, internLiteral("setstate"), saved));
  chainRaised(std::move(error));
  return found && restored ? packCookie(cookie) : Ref();
}

/// Brings the decoder to where a cookie says, the buffer being at its start.
bool restoreDecoder(TextObject* self, const Cookie& cookie) {
  self->decoderFlags = cookie.flags;
  if (!setDecoderState(self, cookie.flags))
    return false;
  if (cookie.skip == 0)
    return true;
  PYC_TRY(data, callMethod(self->buffer, names::read, Value::fromInt(cookie.feed)));
  if (!isBytes(data))
    return raise(typeErrorType,
                 "underlying read() should have returned a bytes-like object, not '%T'",
                 data.get());
  int64_t used;
  Ref text = decodeBytes(self, asBytes(data)->view(), cookie.atEnd != 0, &used);
  if (!text)
    return false;
  if (asStr(text)->length < cookie.skip)
    return raise(osErrorType, "can't restore logical file position");
  *self->chunk = asBytes(data)->view();
  decrefMaybe(std::exchange(self->decoded, text.release()));
  self->decodedUsed = cookie.skip;
  return true;
}

} // namespace

Ref textTellMethod(const Value* args) {
  TextObject* self = asText(args[0]);
  if (!requireOpenText(self))
    return {};
  if (!self->seekable)
    return raiseUnsupported("underlying stream is not seekable");
  if (!self->telling)
    return raise(osErrorType, "telling position disabled by next() call");
  if (!flushPendingText(self))
    return {};
  PYC_TRY(flushed, callMethod(args[0], names::flush));
  PYC_TRY(position, callMethod(self->buffer, internLiteral("tell")));
  int64_t bytes, used = 0;
  if (!toInt64(position, bytes, &overflowErrorType))
    return {};
  if (!self->decoded)
    return position;
  if (self->decoder)
    return tellByCookie(self, bytes);
  if (!bytesOfCharacters(self, self->decodedUsed, used))
    return {};
  auto behind = static_cast<int64_t>(self->undecoded->size() + self->chunk->size());
  return makeInt(bytes - behind + used);
}

Ref textSeekMethod(const Value* args) {
  TextObject* self = asText(args[0]);
  int64_t whence = 0;
  if (!requireOpenText(self))
    return {};
  if (!self->seekable)
    return raiseUnsupported("underlying stream is not seekable");
  if (args[2] && !toInt64(args[2], whence, &overflowErrorType))
    return {};
  Ref where = Ref::copy(args[1]);
  if (!isInteger(where) && !(where = toIndex(where)))
    return {};
  bool isZero = intSign(where) == 0;
  Value end = Value::fromInt(0);
  if (whence == 1) {
    if (!isZero)
      return raiseUnsupported("can't do nonzero cur-relative seeks");
    where = callMethod(args[0], internLiteral("tell"));
    if (!where)
      return {};
    isZero = intSign(where) == 0;
  } else if (whence == 2) {
    if (!isZero)
      return raiseUnsupported("can't do nonzero end-relative seeks");
    end = Value::fromInt(2);
  } else if (whence != 0) {
    return raise(valueErrorType, "invalid whence (%d, should be 0, 1 or 2)",
                 static_cast<int>(whence));
  }
  if (intSign(where) < 0)
    return raise(valueErrorType, "negative seek position %R", args[1]);
  PYC_TRY(flushed, callMethod(args[0], names::flush));
  if (!dropDecoded(self))
    return {};
  Cookie cookie;
  bool hasCookie = self->decoder && whence != 2 && !isZero;
  Ref start = Ref::copy(where);
  if (hasCookie && (!unpackCookie(where, cookie) || !(start = makeInt(cookie.start))))
    return {};
  Value position[] = {start, end};
  PYC_TRY(result, callMethod(self->buffer, internLiteral("seek"), position, 2));
  if (hasCookie && !restoreDecoder(self, cookie))
    return {};
  bool atStart = result.get().isInt() && result.get().asInt() == 0;
  self->started = !atStart;
  if (self->encoder &&
      !(atStart ? callMethod(self->encoder, internLiteral("reset"))
                : callMethod(self->encoder, internLiteral("setstate"), Value::fromInt(0))))
    return {};
  if (atStart)
    self->order = 0;
  self->telling = self->seekable;
  return hasCookie ? std::move(where) : std::move(result);
}

} // namespace pyc::rt
