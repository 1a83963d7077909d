// TextIOWrapper: reading. Of a built-in encoding, what makes no character yet (an incomplete one, a
// final "\r" whose "\n" may follow) is kept as bytes; any other decoder has a state of its own, and
// an IncrementalNewlineDecoder around it.
#include "runtime/modules/io_text.h"

#include "runtime/objects/buffer.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

#include <algorithm>

namespace pyc::rt {

Ref decodeBytes(TextObject* self, std::string_view bytes, bool final, int64_t* used) {
  *used = static_cast<int64_t>(bytes.size());
  int64_t* consumed = final ? nullptr : used;
  ErrorHandling errors{self->errorMode, self->errorsName};
  switch (self->encoding) {
  case Encoding::Other: {
    PYC_TRY(data, makeBytes(bytes));
    Value args[] = {data, Value::fromBool(final)};
    PYC_TRY(text, callMethod(self->decoder, internLiteral("decode"), args, 2));
    if (!isStr(text))
      return raise(typeErrorType, "decoder should return a string result, not '%T'", text.get());
    return text;
  }
  case Encoding::Utf16:
    return decodeUtf16(bytes, errors, &self->order, consumed);
  case Encoding::Utf32:
    return decodeUtf32(bytes, errors, &self->order, consumed);
  default:
    return decodeText(bytes, self->encoding, errors, consumed);
  }
}

int64_t returnWidth(Encoding encoding) {
  switch (encoding) {
  case Encoding::Utf16:
  case Encoding::Utf16Le:
  case Encoding::Utf16Be:
    return 2;
  case Encoding::Utf32:
  case Encoding::Utf32Le:
  case Encoding::Utf32Be:
    return 4;
  default:
    return 1;
  }
}

namespace {

/// Text of a chunk as the program sees it; *used as of decodeBytes.
Ref decodeChunk(TextObject* self, std::string_view bytes, bool final, int64_t* used) {
  PYC_TRY(text, decodeBytes(self, bytes, final, used));
  StrObject* str = asStr(text);
  if (!self->universal || self->encoding == Encoding::Other)
    return text;
  if (!final && str->length > 0 && str->at(str->length - 1) == '\r') {
    // "\n" may follow: the "\r" waits as a byte.
    *used -= returnWidth(self->encoding);
    text = strSlice(str, 0, str->length - 1);
    if (!text)
      return {};
    str = asStr(text);
  }
  if (findLineEnd(str, 0, "\r") < 0) {
    if (!(self->newlinesSeen & kNewlineLF))
      noteNewlines(str, self->newlinesSeen);
    return text;
  }
  noteNewlines(str, self->newlinesSeen);
  return self->translate ? translateNewlines(str) : std::move(text);
}

/// The next bytes of the stream; empty at its end.
bool readBytes(TextObject* self, std::string& out) {
  if (self->buffered && self->buffered->readable) {
    Ref keep = Ref::copy(self->buffer); // the raw stream may detach it
    std::string_view data;
    if (!bufferedPeek(asBuffered(keep), data))
      return false;
    data = data.substr(0, static_cast<size_t>(self->chunkSize));
    out += data;
    bufferedSkip(asBuffered(keep), static_cast<int64_t>(data.size()));
    return true;
  }
  Ref reader;
  if (!findAttr(self->buffer, internLiteral("read1"), reader))
    return false;
  Ref keep = Ref::copy(self->buffer);
  PYC_TRY(size, makeInt(self->chunkSize));
  PYC_TRY(data, reader ? call(reader, size) : callMethod(keep, names::read, size));
  BytesLike bytes;
  if (!bytes.open(data)) {
    clearRaised();
    return raise(typeErrorType,
                 "underlying %s() should have returned a bytes-like object, not '%T'",
                 reader ? "read1" : "read", data.get());
  }
  out += bytes.get();
  return true;
}

/// Keeps the flags of the decoder's state, for tell(), and gives the bytes that it holds back.
bool noteDecoderState(TextObject* self, std::string& held) {
  PYC_TRY(state, callMethod(self->decoder, internLiteral("getstate")));
  if (!isTuple(state) || asTuple(state)->count != 2 || !isInteger(asTuple(state)->items()[1]))
    return raise(typeErrorType, "illegal decoder state");
  Value bytes = asTuple(state)->items()[0];
  if (!isBytes(bytes))
    return raise(typeErrorType,
                 "illegal decoder state: the first item should be a bytes object, not '%T'", bytes);
  held = asBytes(bytes)->view();
  return toInt64(asTuple(state)->items()[1], self->decoderFlags, &overflowErrorType);
}

/// Reads and decodes until there is text; `atEnd` when there is no more.
bool readChunk(TextObject* self, bool& atEnd) {
  std::string bytes = std::move(*self->undecoded);
  self->undecoded->clear();
  self->chunkOrder = self->order;
  for (;;) {
    std::string held;
    if (self->decoder && self->telling && !noteDecoderState(self, held))
      return false;
    size_t before = bytes.size();
    if (!readBytes(self, bytes))
      return false;
    atEnd = bytes.size() == before;
    int64_t used;
    self->order = self->chunkOrder; // all is decoded again, a byte order mark too
    Ref text = decodeChunk(self, bytes, atEnd, &used);
    if (!text)
      return false;
    if (asStr(text)->length > 0 || atEnd) {
      *self->undecoded = bytes.substr(static_cast<size_t>(used));
      bytes.resize(static_cast<size_t>(used));
      *self->chunk = held + bytes;
      atEnd = asStr(text)->length == 0;
      decrefMaybe(std::exchange(self->decoded, text.release()));
      self->decodedUsed = 0;
      return true;
    }
    if (self->encoding == Encoding::Other)
      bytes.clear(); // the decoder has it
  }
}

int64_t available(const TextObject* self) {
  return self->decoded ? asStr(self->decoded)->length - self->decodedUsed : 0;
}

/// Up to `count` characters of what is decoded.
Ref takeDecoded(TextObject* self, int64_t count) {
  count = std::min(count, available(self));
  if (count == 0)
    return makeStr("");
  int64_t start = self->decodedUsed;
  self->decodedUsed += count;
  return strSlice(asStr(self->decoded), start, start + count);
}

bool beginRead(TextObject* self) {
  if (!requireOpenText(self))
    return false;
  if (!self->readable)
    return raiseUnsupported("not readable");
  return self->pending->empty() || textFlush(self);
}

Ref readAllText(TextObject* self) {
  PYC_TRY(data, callMethod(self->buffer, names::read));
  if (data.isNone())
    return raise(blockingIOErrorType, "Read returned None.");
  BytesLike source;
  if (!source.open(data)) {
    clearRaised();
    return raise(typeErrorType,
                 "underlying read() should have returned a bytes-like object, not '%T'",
                 data.get());
  }
  std::string joined;
  std::string_view bytes = source.get();
  if (!self->undecoded->empty()) {
    joined = *self->undecoded + std::string(bytes);
    bytes = joined;
  }
  int64_t used;
  PYC_TRY(rest, decodeChunk(self, bytes, true, &used));
  self->undecoded->clear();
  Ref result = available(self) ? takeDecoded(self, available(self)) : Ref();
  result = result ? strConcat(result, rest) : std::move(rest);
  decrefMaybe(std::exchange(self->decoded, Value()));
  self->decodedUsed = 0;
  self->chunk->clear();
  return result;
}

Ref readCharacters(TextObject* self, int64_t count) {
  PYC_TRY(first, takeDecoded(self, count));
  if (asStr(first)->length == count)
    return first;
  StrBuilder out;
  out.append(first.get());
  while (out.length() < count) {
    bool atEnd;
    if (!readChunk(self, atEnd))
      return {};
    if (atEnd)
      break;
    PYC_TRY(piece, takeDecoded(self, count - out.length()));
    out.append(piece.get());
  }
  return out.finish();
}

/// A line, at most `limit` characters unless negative.
Ref readTextLine(TextObject* self, int64_t limit) {
  StrBuilder parts;
  for (;;) {
    if (available(self) == 0) {
      bool atEnd;
      if (!readChunk(self, atEnd))
        return {};
      if (atEnd)
        return parts.finish();
    }
    StrObject* text = asStr(self->decoded);
    int64_t start = self->decodedUsed;
    int64_t end = findLineEnd(text, start, self->lineEnd);
    bool complete = end >= 0;
    if (!complete)
      end = text->length;
    if (limit >= 0 && parts.length() + (end - start) >= limit) {
      end = start + limit - parts.length();
      complete = true;
    }
    // A line end of two characters may be torn apart.
    if (!complete && self->lineEnd[1] && end > start && text->at(end - 1) == '\r')
      --end;
    self->decodedUsed = end;
    if (complete && parts.length() == 0)
      return strSlice(text, start, end);
    parts.append(text, start, end);
    if (complete)
      return parts.finish();
    if (end < text->length) {
      // Brings the held back "\r" together with what follows it.
      Ref held = strSlice(text, end, text->length);
      bool atEnd;
      if (!held || !readChunk(self, atEnd))
        return {};
      Ref joined = strConcat(held, self->decoded);
      if (!joined)
        return {};
      decref(std::exchange(self->decoded, joined.release()));
      self->chunk->insert(0, "\r");
      if (atEnd) {
        self->decodedUsed = asStr(self->decoded)->length;
        parts.append(self->decoded);
        return parts.finish();
      }
    }
  }
}

} // namespace

bool dropDecoded(TextObject* self) {
  decrefMaybe(std::exchange(self->decoded, Value()));
  self->decodedUsed = 0;
  self->undecoded->clear();
  self->chunk->clear();
  return !self->decoder || static_cast<bool>(callMethod(self->decoder, internLiteral("reset")));
}

Ref textReadMethod(const Value* args) {
  TextObject* self = asText(args[0]);
  int64_t size;
  if (!readSize(args[1], size) || !beginRead(self))
    return {};
  return size < 0 ? readAllText(self) : readCharacters(self, size);
}

Ref textReadlineMethod(const Value* args) {
  TextObject* self = asText(args[0]);
  int64_t limit;
  if (!readSize(args[1], limit) || !beginRead(self))
    return {};
  return readTextLine(self, limit);
}

Ref textNextSlot(Value value) {
  TextObject* self = asText(value);
  if (!beginRead(self))
    return {};
  self->telling = false;
  PYC_TRY(line, typeOf(value) == &textIoWrapperType ? readTextLine(self, -1)
                                                    : callMethod(value, names::readline));
  if (!isStr(line))
    return raise(osErrorType, "readline() should have returned a str object, not '%T'", line.get());
  if (asStr(line)->length > 0)
    return line;
  self->telling = self->seekable;
  return {};
}

} // namespace pyc::rt
