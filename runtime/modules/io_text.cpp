// TextIOWrapper: its making, writing, closing and attributes. Reading is in io_text_read.cpp.
#include "runtime/modules/io_text.h"

#include "runtime/modules/codec_registry.h"

#include "runtime/objects/instance.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

#include <cstring>

namespace pyc::rt {

bool requireAttached(TextObject* self) {
  if (self->buffer)
    return true;
  return raise(valueErrorType, self->pending ? "underlying buffer has been detached"
                                             : "I/O operation on uninitialized object");
}

bool requireOpenText(TextObject* self) {
  if (!requireAttached(self))
    return false;
  bool closed;
  if (self->buffered && self->buffered->file)
    closed = self->buffered->file->fd < 0;
  else if (!isClosed(self->buffer, closed))
    return false;
  return !closed || static_cast<bool>(raise(valueErrorType, "I/O operation on closed file."));
}

namespace {

constexpr int64_t kChunkSize = 8192;

ErrorHandling errorsOf(const TextObject* self) {
  return {self->errorMode, self->errorsName};
}

bool hasLineEnd(const StrObject* text) {
  return findLineEnd(text, 0, "\n") >= 0 || findLineEnd(text, 0, "\r") >= 0;
}

/// The text as bytes, appended to what is pending.
bool encode(TextObject* self, StrObject* text) {
  if (self->encoder) {
    PYC_TRY(bytes, callMethod(self->encoder, internLiteral("encode"), Value(&text->header)));
    if (!isBytes(bytes))
      return raise(typeErrorType, "encoder should return a bytes object, not '%T'", bytes.get());
    *self->pending += asBytes(bytes)->view();
    return true;
  }
  if (PYC_LIKELY(text->isAscii() && self->encoding <= Encoding::Latin1)) {
    *self->pending += text->asciiView();
    return true;
  }
  Encoding encoding = self->encoding;
  if (self->started && encoding == Encoding::Utf16)
    encoding = Encoding::Utf16Le;
  if (self->started && encoding == Encoding::Utf32)
    encoding = Encoding::Utf32Le;
  self->started = true;
  size_t before = self->pending->size();
  if (encodeText(text, encoding, errorsOf(self), *self->pending))
    return true;
  self->pending->resize(before); // nothing of a text that can't be written as a whole
  return false;
}

bool writePending(TextObject* self) {
  if (self->pending->empty())
    return true;
  if (self->buffered) {
    if (self->buffered->writable) {
      if (!bufferedWrite(self->buffered, *self->pending))
        return false;
      self->pending->clear();
      return true;
    }
    return raiseUnsupported("write");
  }
  PYC_TRY(bytes, makeBytes(*self->pending));
  self->pending->clear();
  Ref buffer = Ref::copy(self->buffer); // write() may detach it
  return static_cast<bool>(callMethod(buffer, names::write, bytes));
}

/// Encodes behind what is pending. What is pending goes on its way first when both together would
/// be more than a chunk.
bool encodeBehind(TextObject* self, StrObject* text) {
  size_t before = self->pending->size();
  if (!encode(self, text))
    return false;
  if (before == 0 || self->pending->size() <= static_cast<size_t>(self->chunkSize))
    return true;
  std::string added = self->pending->substr(before);
  self->pending->resize(before);
  while (!self->pending->empty()) // write() may add to it
    if (!writePending(self) || !requireAttached(self))
      return false;
  *self->pending = std::move(added);
  return true;
}

} // namespace

bool textWrite(TextObject* self, StrObject* text) {
  if (!requireOpenText(self))
    return false;
  if (!self->writable)
    return raiseUnsupported("not writable");
  bool endsLine = (self->lineBuffering || *self->writeEnd) && hasLineEnd(text);
  Ref translated;
  if (endsLine && *self->writeEnd) {
    PYC_TRY(newline, makeStr("\n"));
    PYC_TRY(end, makeStr(self->writeEnd));
    Value args[] = {newline, end};
    translated = callMethod(Value(&text->header), internLiteral("replace"), args, 2);
    if (!translated)
      return false;
    text = asStr(translated);
  }
  // What was read ahead does not fit the position any more.
  if (self->decoded && self->seekable && !dropDecoded(self))
    return false;
  if (!encodeBehind(self, text))
    return false;
  bool flushes = self->lineBuffering && endsLine;
  if ((self->pending->size() >= static_cast<size_t>(self->chunkSize) || self->writeThrough ||
       flushes) &&
      !writePending(self))
    return false;
  if (!flushes)
    return true;
  if (!requireAttached(self))
    return false;
  return self->buffered ? bufferedFlush(self->buffered)
                        : static_cast<bool>(callMethod(self->buffer, names::flush));
}

bool textFlush(TextObject* self) {
  self->telling = self->seekable;
  if (!writePending(self) || !requireAttached(self))
    return false;
  return self->buffered && self->buffered->file && self->buffered->writable &&
                 self->buffered->readEnd == 0
             ? bufferedFlush(self->buffered)
             : static_cast<bool>(callMethod(self->buffer, names::flush));
}

bool flushPendingText(TextObject* self) {
  return writePending(self);
}

namespace {

// Making.

bool checkNewline(Value newline) {
  if (!newline || newline.isNone())
    return true;
  if (!isStr(newline))
    return raise(typeErrorType, "TextIOWrapper() argument 'newline' must be str or None, not %T",
                 newline);
  StrObject* text = asStr(newline);
  if (text->length == 0 || strEquals(text, "\n") || strEquals(text, "\r") ||
      strEquals(text, "\r\n"))
    return true;
  return raise(valueErrorType, "illegal newline value: %R", newline);
}

void setNewline(TextObject* self, Value newline) {
  bool none = !newline || newline.isNone();
  std::string storage;
  std::string_view text = none ? std::string_view() : utf8View(newline, storage);
  self->universal = none || text.empty();
  self->translate = none;
  memset(self->lineEnd, 0, sizeof self->lineEnd);
  memset(self->writeEnd, 0, sizeof self->writeEnd);
  if (none)
    self->lineEnd[0] = '\n'; // lines of translated text
  text.copy(self->lineEnd + (none ? 1 : 0), text.size());
  if (text != "\n")
    text.copy(self->writeEnd, text.size());
}

/// Encoder and decoder from the registry.
bool findCodec(TextObject* self) {
  PYC_TRY(info, lookUpCodec(self->encodingName));
  PYC_TRY(isText, getAttr(info, internLiteral("_is_text_encoding")));
  if (isText.get().isFalse())
    return raise(lookupErrorType,
                 "'%S' is not a text encoding; use codecs.open() to handle arbitrary codecs",
                 self->encodingName);
  if (self->readable) {
    PYC_TRY(decoder, callMethod(info, internLiteral("incrementaldecoder"), self->errorsName));
    if (self->universal) {
      readyType(&newlineDecoderType);
      Value args[] = {decoder, Value::fromBool(self->translate)};
      decoder = call(&newlineDecoderType.header, args, 2);
      if (!decoder)
        return false;
    }
    decrefMaybe(std::exchange(self->decoder, decoder.release()));
  }
  if (self->writable) {
    PYC_TRY(encoder, callMethod(info, internLiteral("incrementalencoder"), self->errorsName));
    decrefMaybe(std::exchange(self->encoder, encoder.release()));
  }
  return true;
}

/// A name of an encoding or error handler must be what C knows as a string.
bool checkName(Value name) {
  const StrObject* text = asStr(name);
  for (int64_t i = 0; i < text->length; ++i)
    if (text->at(i) == 0)
      return raise(valueErrorType, "embedded null character");
  return text->isAscii() || static_cast<bool>(callMethod(name, internLiteral("encode")));
}

bool setEncoding(TextObject* self, Value encoding, Value errors) {
  bool isDefault = !encoding || encoding.isNone();
  if (!isDefault && !isStr(encoding))
    return raise(typeErrorType, "TextIOWrapper() argument 'encoding' must be str or None, not %T",
                 encoding);
  if (errors && !errors.isNone() && !isStr(errors))
    return raise(typeErrorType, "TextIOWrapper() argument 'errors' must be str or None, not %T",
                 errors);
  if ((!isDefault && !checkName(encoding)) || (errors && !errors.isNone() && !checkName(errors)))
    return false;
  bool isLocale = isDefault || strEquals(asStr(encoding), "locale");
  PYC_TRY(name, isLocale ? makeStr("utf-8") : Ref::copy(encoding));
  PYC_TRY(errorName, errors && !errors.isNone() ? Ref::copy(errors) : makeStr("strict"));
  std::string storage;
  Encoding kind = findEncoding(utf8View(name, storage));
  decrefMaybe(std::exchange(self->encodingName, name.release()));
  decrefMaybe(std::exchange(self->errorsName, errorName.release()));
  decrefMaybe(std::exchange(self->encoder, Value()));
  decrefMaybe(std::exchange(self->decoder, Value()));
  self->encoding = kind;
  self->errorMode = errorHandling(self->errorsName).mode;
  return kind != Encoding::Other || findCodec(self);
}

/// A stream that is appended to has its byte order mark already.
bool findPosition(TextObject* self) {
  PYC_TRY(seekable, callMethod(self->buffer, internLiteral("seekable")));
  bool yes;
  if (!truth(seekable, yes))
    return false;
  self->seekable = self->telling = yes;
  if (!yes || !self->writable)
    return true;
  PYC_TRY(position, callMethod(self->buffer, internLiteral("tell")));
  self->started = !(position.get().isInt() && position.get().asInt() == 0);
  if (self->started && self->encoder)
    return static_cast<bool>(
        callMethod(self->encoder, internLiteral("setstate"), Value::fromInt(0)));
  return true;
}

/// Back to where no constructor has run.
void forget(TextObject* self) {
  self->buffered = nullptr;
  decrefMaybe(std::exchange(self->buffer, Value()));
  delete std::exchange(self->pending, nullptr);
}

bool initText(Value self, Value buffer, const TextOptions& options) {
  TextObject* text = asText(self);
  forget(text);
  bool isExact = isExactBuffered(buffer);
  text->readable = isExact && asBuffered(buffer)->readable;
  text->writable = isExact && asBuffered(buffer)->writable;
  if (!checkNewline(options.newline))
    return false;
  setNewline(text, options.newline); // decoders depend on it
  if ((!isExact && (!isFlagSet(buffer, internLiteral("readable"), text->readable) ||
                    !isFlagSet(buffer, internLiteral("writable"), text->writable))) ||
      !setEncoding(text, options.encoding, options.errors))
    return false;
  for (std::string** part : {&text->undecoded, &text->chunk, &text->pending}) {
    delete *part;
    *part = new std::string;
  }
  decrefMaybe(std::exchange(text->decoded, Value()));
  text->decodedUsed = 0;
  text->newlinesSeen = 0;
  text->order = 0;
  text->started = false;
  text->lineBuffering = options.lineBuffering;
  text->writeThrough = options.writeThrough;
  text->chunkSize = kChunkSize;
  text->buffered = isExact ? asBuffered(buffer) : nullptr;
  decrefMaybe(std::exchange(text->buffer, Ref::copy(buffer).release()));
  if (findPosition(text))
    return true;
  forget(text);
  return false;
}

bool init(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "TextIOWrapper(buffer, encoding=None, errors=None, newline=None, "
      "line_buffering=False, write_through=False)");
  Value bound[6];
  TextOptions options;
  if (!signature.bind(args, argc, kwnames, bound) ||
      (bound[4] && !truth(bound[4], options.lineBuffering)) ||
      (bound[5] && !truth(bound[5], options.writeThrough)))
    return false;
  options.encoding = bound[1];
  options.errors = bound[2];
  options.newline = bound[3];
  return initText(self, bound[0], options);
}

// Methods.

Ref writeMethod(const Value* args) {
  if (!isStr(args[1]))
    return raise(typeErrorType, "write() argument must be str, not %T", args[1]);
  if (!textWrite(asText(args[0]), asStr(args[1])))
    return {};
  return makeInt(asStr(args[1])->length);
}

Ref flushMethod(const Value* args) {
  TextObject* self = asText(args[0]);
  return requireOpenText(self) && textFlush(self) ? Ref::none() : Ref();
}

Ref closeMethod(const Value* args) {
  TextObject* self = asText(args[0]);
  if (!requireAttached(self))
    return {};
  Ref buffer = Ref::copy(self->buffer);
  bool closed;
  if (!isClosed(buffer, closed))
    return {};
  if (closed || !self->buffer)
    return Ref::none();
  return closeThrough(args[0], buffer, self->finalizing);
}

Ref detachMethod(const Value* args) {
  TextObject* self = asText(args[0]);
  if (!requireAttached(self))
    return {};
  PYC_TRY(flushed, callMethod(args[0], names::flush));
  if (!requireAttached(self))
    return {};
  self->buffered = nullptr;
  return Ref::steal(std::exchange(self->buffer, Value()));
}

Ref reconfigureMethod(const Value* args) {
  TextObject* self = asText(args[0]);
  Value encoding = args[1], errors = args[2], newline = args[3];
  bool changesCodec = (encoding && !encoding.isNone()) || (errors && !errors.isNone()) || newline;
  if (self->decoded && changesCodec)
    return raiseUnsupported(
        "It is not possible to set the encoding or newline of stream after the first read");
  if (!checkNewline(newline) || !requireOpenText(self) || !textFlush(self))
    return {};
  if (newline)
    setNewline(self, newline);
  bool changesEncoding = (encoding && !encoding.isNone()) || (errors && !errors.isNone());
  if (changesEncoding || (newline && self->encoding == Encoding::Other)) {
    Ref keptEncoding = Ref::copy(encoding && !encoding.isNone() ? encoding : self->encodingName);
    Ref keptErrors;
    if (errors && !errors.isNone())
      keptErrors = Ref::copy(errors);
    else if (!encoding || encoding.isNone())
      keptErrors = Ref::copy(self->errorsName);
    if (!setEncoding(self, keptEncoding, keptErrors) || !findPosition(self))
      return {};
  }
  for (auto [value, field] :
       {std::pair(args[4], &self->lineBuffering), std::pair(args[5], &self->writeThrough)})
    if (value && !value.isNone() && !truth(value, *field))
      return {};
  return Ref::none();
}

Ref forward(const Value* args, const char* method) {
  TextObject* self = asText(args[0]);
  return requireAttached(self) ? callMethod(self->buffer, internLiteral(method)) : Ref();
}
Ref seekableMethod(const Value* args) {
  return forward(args, "seekable");
}
Ref readableMethod(const Value* args) {
  return forward(args, "readable");
}
Ref writableMethod(const Value* args) {
  return forward(args, "writable");
}
Ref filenoMethod(const Value* args) {
  return forward(args, "fileno");
}
Ref isattyMethod(const Value* args) {
  return forward(args, "isatty");
}

Ref truncateMethod(const Value* args) {
  TextObject* self = asText(args[0]);
  if (!requireAttached(self))
    return {};
  PYC_TRY(flushed, callMethod(args[0], names::flush));
  if (!requireAttached(self))
    return {};
  return args[1] ? callMethod(self->buffer, internLiteral("truncate"), args[1])
                 : callMethod(self->buffer, internLiteral("truncate"));
}

Ref encodingGetter(Value self) {
  Value value = asText(self)->encodingName;
  return value ? Ref::copy(value) : Ref::none();
}
Ref errorsGetter(Value self) {
  Value value = asText(self)->errorsName;
  return value ? Ref::copy(value) : Ref::none();
}
Ref newlinesGetter(Value self) {
  TextObject* text = asText(self);
  if (!requireAttached(text))
    return {};
  return text->decoder && text->universal ? getAttr(text->decoder, internLiteral("newlines"))
                                          : newlinesSeenValue(text->newlinesSeen);
}
Ref bufferGetter(Value self) {
  return requireAttached(asText(self)) ? Ref::copy(asText(self)->buffer) : Ref();
}
Ref closedGetter(Value self) {
  return requireAttached(asText(self)) ? getAttr(asText(self)->buffer, internLiteral("closed"))
                                       : Ref();
}
Ref nameGetter(Value self) {
  return requireAttached(asText(self)) ? getAttr(asText(self)->buffer, names::name) : Ref();
}
Ref lineBufferingGetter(Value self) {
  return Ref::boolean(asText(self)->lineBuffering);
}
Ref writeThroughGetter(Value self) {
  return Ref::boolean(asText(self)->writeThrough);
}
Ref chunkSizeGetter(Value self) {
  return requireAttached(asText(self)) ? makeInt(asText(self)->chunkSize) : Ref();
}
bool chunkSizeSetter(Value self, Value value) {
  int64_t size;
  if (!value)
    return raise(attributeErrorType,
                 "attribute '_CHUNK_SIZE' of '_io.TextIOWrapper' objects cannot be deleted");
  if (!requireAttached(asText(self)) || !toInt64(value, size, &valueErrorType))
    return false;
  if (size <= 0)
    return raise(valueErrorType, "a strictly positive integer is required");
  asText(self)->chunkSize = size;
  return true;
}
Ref finalizingGetter(Value self) {
  return Ref::boolean(asText(self)->finalizing);
}
bool finalizingSetter(Value self, Value value) {
  return value && truth(value, asText(self)->finalizing);
}
Ref warnMethod(const Value* args) {
  if (Value buffer = asText(args[0])->buffer)
    warnUnclosed(buffer, args[1]);
  return Ref::none();
}

/// An attribute for repr(): null when there is none.
Ref quietAttribute(Value self, StrObject* name) {
  Ref result;
  if (!findAttr(self, name, result))
    clearRaised();
  return result;
}

Ref textRepr(Value self) {
  if (!asText(self)->pending)
    return raise(valueErrorType, "I/O operation on uninitialized object");
  StrBuilder out;
  out.append("<");
  out.append(typeOf(self)->name);
  for (StrObject* name : {names::name, internLiteral("mode")}) {
    Ref value = quietAttribute(self, name);
    if (!value)
      continue;
    PYC_TRY(text, formatText(" %S=%R", Value(name), value.get()));
    out.append(text.get());
  }
  PYC_TRY(encoding,
          formatText(" encoding=%R>",
                     asText(self)->encodingName ? asText(self)->encodingName : Value::none()));
  out.append(encoding.get());
  return out.finish();
}

void dealloc(Object* object) {
  TextObject* self = asText(object);
  for (Value value : {self->buffer, self->encodingName, self->errorsName, self->encoder,
                      self->decoder, self->decoded})
    decrefMaybe(value);
  delete self->undecoded;
  delete self->chunk;
  delete self->pending;
  freeObject(object);
}

void traverse(Object* object, Visitor& visitor) {
  TextObject* self = asText(object);
  for (Value value : {self->buffer, self->encoder, self->decoder})
    if (value)
      visitor.visit(value);
}
void clear(Object* object) {
  TextObject* self = asText(object);
  self->buffered = nullptr;
  for (Value* value : {&self->buffer, &self->encoder, &self->decoder})
    decrefMaybe(std::exchange(*value, Value()));
}

const MethodDef kMethods[] = {
    {.signature = "write($self, text, /)", .bound = writeMethod},
    {.signature = "read($self, size=-1, /)", .bound = textReadMethod},
    {.signature = "readline($self, size=-1, /)", .bound = textReadlineMethod},
    {.signature = "flush($self, /)", .bound = flushMethod},
    {.signature = "close($self, /)", .bound = closeMethod},
    {.signature = "detach($self, /)", .bound = detachMethod},
    {.signature =
         "reconfigure($self, /, *, encoding=None, errors=None, newline=None, line_buffering=None, "
         "write_through=None)",
     .bound = reconfigureMethod},
    {.signature = "seekable($self, /)", .bound = seekableMethod},
    {.signature = "readable($self, /)", .bound = readableMethod},
    {.signature = "writable($self, /)", .bound = writableMethod},
    {.signature = "fileno($self, /)", .bound = filenoMethod},
    {.signature = "isatty($self, /)", .bound = isattyMethod},
    {.signature = "_dealloc_warn($self, source, /)", .bound = warnMethod},
    {.signature = "seek($self, cookie, whence=0, /)", .bound = textSeekMethod},
    {.signature = "tell($self, /)", .bound = textTellMethod},
    {.signature = "truncate($self, pos=None, /)", .bound = truncateMethod},
    {.signature = "__getstate__($self, /)", .bound = refusePickling},
};

const GetSetDef kGetSets[] = {
    {"encoding", encodingGetter},
    {"errors", errorsGetter},
    {"newlines", newlinesGetter},
    {"buffer", bufferGetter},
    {"closed", closedGetter},
    {"name", nameGetter},
    {"line_buffering", lineBufferingGetter},
    {"write_through", writeThroughGetter},
    {"_CHUNK_SIZE", chunkSizeGetter, chunkSizeSetter},
    {"_finalizing", finalizingGetter, finalizingSetter},
};

} // namespace

constinit TypeObject textIoWrapperType = {
    .name = "_io.TextIOWrapper",
    .base = &textIoBaseType,
    .basicSize = sizeof(TextObject),
    .flags = kStreamFlags,
    .methods = kMethods,
    .getSets = kGetSets,
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .clear = clear,
              .repr = textRepr,
              .next = textNextSlot,
              .init = init},
};

Ref makeText(Value buffer, const TextOptions& options) {
  readyType(&textIoWrapperType);
  Ref self = Ref::steal(allocObject(&textIoWrapperType));
  if (!self || !initText(self, buffer, options))
    return {};
  return self;
}

} // namespace pyc::rt
