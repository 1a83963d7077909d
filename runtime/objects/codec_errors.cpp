#include "runtime/objects/codec_errors.h"

#include "runtime/base/unicode/unicode_names.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

namespace {

Ref makeError(TypeObject& type, const char* encoding, Value object, int64_t start, int64_t end,
              const char* reason) {
  PYC_TRY(encodingName, makeStr(encoding));
  PYC_TRY(reasonText, makeStr(reason));
  Value args[] = {encodingName, object, Value::fromInt(start), Value::fromInt(end), reasonText};
  return call(Value(&type.header), args, 5);
}

Ref makeDecodeError(const char* encoding, std::string_view data, int64_t start, int64_t end,
                    const char* reason) {
  PYC_TRY(bytes, makeBytes(data));
  return makeError(unicodeDecodeErrorType, encoding, bytes, start, end, reason);
}

/// Calls a registered handler: its answer is (replacement, position), and it is checked here but
/// for the replacement's type.
bool callRegistered(Value name, Value error, int64_t length, const char* answer, Ref& replacement,
                    int64_t& position) {
  if (!codecHooks.errorHandler)
    return raise(lookupErrorType, "unknown error handler name '%S'", name);
  Ref handler = codecHooks.errorHandler(name);
  if (!handler)
    return false;
  Ref result = call(handler, error);
  if (!result)
    return false;
  if (!isTuple(result) || asTuple(result)->count != 2)
    return raise(typeErrorType, "%s", answer);
  TupleObject* pair = asTuple(result);
  if (!isInteger(pair->items()[1]))
    return raise(typeErrorType, "%s", answer);
  replacement = Ref::copy(pair->items()[0]);
  if (!intFits64(pair->items()[1], position))
    return raise(overflowErrorType, "Python int too large to convert to C ssize_t");
  int64_t place = position < 0 ? position + length : position;
  if (place < 0 || place > length)
    return raise(indexErrorType, "position %lld from error handler out of bounds",
                 static_cast<long long>(position));
  position = place;
  return true;
}

void appendHexEscape(std::string& out, uint32_t c) {
  char text[16];
  const char* format = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
  snprintf(text, sizeof text, format, c);
  out += text;
}

bool startsWith(const char* text, const char* prefix) {
  return strncmp(text, prefix, strlen(prefix)) == 0;
}

/// Bytes of a code unit and whether it is big-endian, by the encoding's name; 0 for UTF-8 and 1 for
/// codecs without surrogates.
struct UnitShape {
  int bytes;
  bool big;
};
UnitShape unitShape(const char* encoding) {
  size_t length = strlen(encoding);
  bool big = length > 3 && strcmp(encoding + length - 3, "-be") == 0;
  if (startsWith(encoding, "utf-16"))
    return {2, big};
  if (startsWith(encoding, "utf-32"))
    return {4, big};
  return {startsWith(encoding, "utf-8") ? 0 : 1, false};
}

uint32_t loadUnit(const uint8_t* from, UnitShape shape) {
  uint32_t unit = 0;
  for (int i = 0; i < shape.bytes; ++i)
    unit |= static_cast<uint32_t>(from[i]) << 8 * (shape.big ? shape.bytes - 1 - i : i);
  return unit;
}

void storeUnit(std::string& out, uint32_t unit, UnitShape shape) {
  for (int i = 0; i < shape.bytes; ++i)
    out += static_cast<char>(unit >> 8 * (shape.big ? shape.bytes - 1 - i : i));
}

} // namespace

Raised raiseEncodeError(const char* encoding, Value str, int64_t start, int64_t end,
                        const char* reason) {
  Ref error = makeError(unicodeEncodeErrorType, encoding, str, start, end, reason);
  return error ? raiseValue(error) : Raised();
}

Raised raiseDecodeError(const char* encoding, std::string_view data, int64_t start, int64_t end,
                        const char* reason) {
  Ref error = makeDecodeError(encoding, data, start, end, reason);
  return error ? raiseValue(error) : Raised();
}

// Decoding.

int64_t DecodeErrors::raiseError(int64_t start, int64_t end, const char* reason) {
  raiseDecodeError(encoding_, data_, start, end, reason);
  return -1;
}

int64_t DecodeErrors::handle(int64_t start, int64_t end, const char* reason) {
  switch (errors_.mode) {
  case ErrorMode::Strict:
    return raiseError(start, end, reason);
  case ErrorMode::Ignore:
    return end;
  case ErrorMode::Replace:
    out_.appendChar(0xFFFD);
    return end;
  case ErrorMode::BackslashReplace: {
    std::string text;
    for (int64_t i = start; i < end; ++i)
      appendHexEscape(text, static_cast<uint8_t>(data_[static_cast<size_t>(i)]));
    out_.append(text);
    return end;
  }
  case ErrorMode::SurrogateEscape:
    return escapeSurrogates(start, end, reason);
  case ErrorMode::SurrogatePass:
    return passSurrogate(start, end, reason);
  case ErrorMode::XmlCharRefReplace:
  case ErrorMode::NameReplace:
    raise(typeErrorType, "don't know how to handle UnicodeDecodeError in error callback");
    return -1;
  case ErrorMode::Other:
    return callHandler(start, end, reason);
  }
  PYC_UNREACHABLE("error mode");
}

int64_t DecodeErrors::escapeSurrogates(int64_t start, int64_t end, const char* reason) {
  int64_t i = start;
  for (; i < end && i < start + 4; ++i) {
    auto byte = static_cast<uint8_t>(data_[static_cast<size_t>(i)]);
    if (byte < 128) // an ASCII byte is never escaped
      break;
    out_.appendChar(0xDC00u + byte);
  }
  return i == start ? raiseError(start, end, reason) : i;
}

int64_t DecodeErrors::passSurrogate(int64_t start, int64_t end, const char* reason) {
  UnitShape shape = unitShape(encoding_);
  auto* bytes = reinterpret_cast<const uint8_t*>(data_.data()) + start;
  int64_t rest = static_cast<int64_t>(data_.size()) - start;
  uint32_t unit = 0;
  int64_t size = shape.bytes;
  if (shape.bytes == 0) {
    size = 3;
    if (rest >= 3 && bytes[0] == 0xED && (bytes[1] & 0xC0) == 0x80 && (bytes[2] & 0xC0) == 0x80)
      unit = 0xD000u | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
  } else if (shape.bytes > 1 && rest >= size) {
    unit = loadUnit(bytes, shape);
  }
  if (!isSurrogate(unit))
    return raiseError(start, end, reason);
  out_.appendChar(unit);
  return start + size;
}

int64_t DecodeErrors::callHandler(int64_t start, int64_t end, const char* reason) {
  Ref error = makeDecodeError(encoding_, data_, start, end, reason);
  Ref replacement;
  int64_t position;
  constexpr const char* kAnswer = "decoding error handler must return (str, int) tuple";
  if (!error || !callRegistered(errors_.name, error, static_cast<int64_t>(data_.size()), kAnswer,
                                replacement, position))
    return -1;
  if (!isStr(replacement)) {
    raise(typeErrorType, "%s", kAnswer);
    return -1;
  }
  out_.append(replacement);
  return position;
}

// Encoding.

int64_t EncodeErrors::raiseError(int64_t start, int64_t end, const char* reason) {
  raiseEncodeError(encoding_, &str_->header, start, end, reason);
  return -1;
}

int64_t EncodeErrors::handle(int64_t start, int64_t end, const char* reason) {
  hasBytes_ = false;
  switch (errors_.mode) {
  case ErrorMode::Strict:
    return raiseError(start, end, reason);
  case ErrorMode::Ignore:
  case ErrorMode::Replace:
  case ErrorMode::BackslashReplace:
  case ErrorMode::XmlCharRefReplace:
  case ErrorMode::NameReplace:
    return replaceEach(start, end);
  case ErrorMode::SurrogateEscape:
    return escapeSurrogates(start, end, reason);
  case ErrorMode::SurrogatePass:
    return passSurrogates(start, end, reason);
  case ErrorMode::Other:
    return callHandler(start, end, reason);
  }
  PYC_UNREACHABLE("error mode");
}

int64_t EncodeErrors::replaceEach(int64_t start, int64_t end) {
  std::string text;
  for (int64_t i = start; i < end; ++i) {
    uint32_t c = str_->at(i);
    std::string name;
    if (errors_.mode == ErrorMode::Replace) {
      text += '?';
    } else if (errors_.mode == ErrorMode::XmlCharRefReplace) {
      text += "&#" + std::to_string(c) + ";";
    } else if (errors_.mode == ErrorMode::NameReplace && unicodeName(c, name)) {
      text += "\\N{" + name + "}";
    } else if (errors_.mode != ErrorMode::Ignore) {
      appendHexEscape(text, c);
    }
  }
  text_ = makeStr(text);
  return text_ ? end : -1;
}

int64_t EncodeErrors::escapeSurrogates(int64_t start, int64_t end, const char* reason) {
  hasBytes_ = true;
  bytes_.clear();
  for (int64_t i = start; i < end; ++i) {
    uint32_t c = str_->at(i);
    if (c - 0xDC80 >= 0x80)
      return raiseError(i, end, reason);
    bytes_ += static_cast<char>(c - 0xDC00);
  }
  return end;
}

int64_t EncodeErrors::passSurrogates(int64_t start, int64_t end, const char* reason) {
  UnitShape shape = unitShape(encoding_);
  hasBytes_ = true;
  bytes_.clear();
  for (int64_t i = start; i < end; ++i) {
    uint32_t c = str_->at(i);
    if (!isSurrogate(c) || shape.bytes == 1)
      return raiseError(start, end, reason);
    if (shape.bytes == 0)
      appendUtf8(bytes_, c);
    else
      storeUnit(bytes_, c, shape);
  }
  return end;
}

int64_t EncodeErrors::callHandler(int64_t start, int64_t end, const char* reason) {
  Ref error = makeError(unicodeEncodeErrorType, encoding_, &str_->header, start, end, reason);
  Ref replacement;
  int64_t position;
  constexpr const char* kAnswer = "encoding error handler must return (str/bytes, int) tuple";
  if (!error || !callRegistered(errors_.name, error, str_->length, kAnswer, replacement, position))
    return -1;
  if (isBytes(replacement)) {
    hasBytes_ = true;
    bytes_ = asBytes(replacement)->view();
  } else if (isStr(replacement)) {
    text_ = std::move(replacement);
  } else {
    raise(typeErrorType, "%s", kAnswer);
    return -1;
  }
  return position;
}

} // namespace pyc::rt
