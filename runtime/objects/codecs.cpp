// Names of encodings and error handlers; the way from a name to a codec.
#include "runtime/objects/codecs.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/codec_impl.h"
#include "runtime/objects/protocol.h"

#include <algorithm>

namespace pyc::rt {

CodecHooks codecHooks;

namespace {

struct EncodingName {
  const char* name; // lower case, words joined by '_'
  Encoding encoding;
};

constexpr EncodingName kEncodings[] = {
    {"utf_8", Encoding::Utf8},        {"utf8", Encoding::Utf8},
    {"u8", Encoding::Utf8},           {"utf", Encoding::Utf8},
    {"cp65001", Encoding::Utf8},      {"ascii", Encoding::Ascii},
    {"us_ascii", Encoding::Ascii},    {"646", Encoding::Ascii},
    {"latin_1", Encoding::Latin1},    {"latin1", Encoding::Latin1},
    {"latin", Encoding::Latin1},      {"l1", Encoding::Latin1},
    {"iso_8859_1", Encoding::Latin1}, {"iso8859_1", Encoding::Latin1},
    {"iso8859", Encoding::Latin1},    {"8859", Encoding::Latin1},
    {"cp819", Encoding::Latin1},      {"utf_16", Encoding::Utf16},
    {"utf16", Encoding::Utf16},       {"u16", Encoding::Utf16},
    {"utf_16_le", Encoding::Utf16Le}, {"utf_16le", Encoding::Utf16Le},
    {"utf16_le", Encoding::Utf16Le},  {"utf16le", Encoding::Utf16Le},
    {"utf_16_be", Encoding::Utf16Be}, {"utf_16be", Encoding::Utf16Be},
    {"utf16_be", Encoding::Utf16Be},  {"utf16be", Encoding::Utf16Be},
    {"utf_32", Encoding::Utf32},      {"utf32", Encoding::Utf32},
    {"u32", Encoding::Utf32},         {"utf_32_le", Encoding::Utf32Le},
    {"utf_32le", Encoding::Utf32Le},  {"utf32_le", Encoding::Utf32Le},
    {"utf32le", Encoding::Utf32Le},   {"utf_32_be", Encoding::Utf32Be},
    {"utf_32be", Encoding::Utf32Be},  {"utf32_be", Encoding::Utf32Be},
    {"utf32be", Encoding::Utf32Be},
};

struct ErrorName {
  const char* name;
  ErrorMode mode;
};

constexpr ErrorName kErrorModes[] = {
    {"strict", ErrorMode::Strict},
    {"ignore", ErrorMode::Ignore},
    {"replace", ErrorMode::Replace},
    {"backslashreplace", ErrorMode::BackslashReplace},
    {"xmlcharrefreplace", ErrorMode::XmlCharRefReplace},
    {"namereplace", ErrorMode::NameReplace},
    {"surrogateescape", ErrorMode::SurrogateEscape},
    {"surrogatepass", ErrorMode::SurrogatePass},
};

} // namespace

Encoding findEncoding(std::string_view name) {
  if (name == "utf-8")
    return Encoding::Utf8;
  if (name.size() > 12)
    return Encoding::Other;
  char normal[16];
  for (size_t i = 0; i < name.size(); ++i) {
    char c = name[i];
    normal[i] = c == '-' || c == ' ' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  std::string_view wanted(normal, name.size());
  for (const EncodingName& known : kEncodings) {
    if (wanted == known.name)
      return known.encoding;
  }
  return Encoding::Other;
}

ErrorHandling errorHandling(Value errors) {
  if (!errors || errors.isNone())
    return {};
  for (const ErrorName& known : kErrorModes) {
    if (strEquals(asStr(errors), known.name))
      return {known.mode, errors};
  }
  return {ErrorMode::Other, errors};
}

Ref decodeText(std::string_view data, Encoding encoding, const ErrorHandling& errors,
               int64_t* consumed) {
  int order = 0;
  switch (encoding) {
  case Encoding::Utf8:
    return decodeUtf8(data, errors, consumed);
  case Encoding::Ascii:
    return decodeAscii(data, errors, consumed);
  case Encoding::Latin1:
    if (consumed)
      *consumed = static_cast<int64_t>(data.size());
    return makeStrLatin1(reinterpret_cast<const uint8_t*>(data.data()),
                         static_cast<int64_t>(data.size()));
  case Encoding::Utf16:
    return decodeUtf16(data, errors, &order, consumed);
  case Encoding::Utf16Le:
    return decodeUtf16(data, errors, &(order = -1), consumed);
  case Encoding::Utf16Be:
    return decodeUtf16(data, errors, &(order = 1), consumed);
  case Encoding::Utf32:
    return decodeUtf32(data, errors, &order, consumed);
  case Encoding::Utf32Le:
    return decodeUtf32(data, errors, &(order = -1), consumed);
  case Encoding::Utf32Be:
    return decodeUtf32(data, errors, &(order = 1), consumed);
  case Encoding::Other:
    break;
  }
  PYC_UNREACHABLE("decoding without a codec");
}

bool encodeText(StrObject* str, Encoding encoding, const ErrorHandling& errors, std::string& out) {
  switch (encoding) {
  case Encoding::Utf8:
    return encodeUtf8(str, errors, out);
  case Encoding::Ascii:
    return encodeNarrow(str, 128, errors, out);
  case Encoding::Latin1:
    return encodeNarrow(str, 256, errors, out);
  case Encoding::Utf16:
    return encodeUtf16(str, 0, errors, out);
  case Encoding::Utf16Le:
    return encodeUtf16(str, -1, errors, out);
  case Encoding::Utf16Be:
    return encodeUtf16(str, 1, errors, out);
  case Encoding::Utf32:
    return encodeUtf32(str, 0, errors, out);
  case Encoding::Utf32Le:
    return encodeUtf32(str, -1, errors, out);
  case Encoding::Utf32Be:
    return encodeUtf32(str, 1, errors, out);
  case Encoding::Other:
    break;
  }
  PYC_UNREACHABLE("encoding without a codec");
}

Ref encodeText(StrObject* str, Encoding encoding, const ErrorHandling& errors) {
  bool asItIs = encoding == Encoding::Latin1 ? str->isNarrow()
                                             : str->isAscii() && encoding <= Encoding::Latin1;
  if (asItIs)
    return makeBytes(
        {reinterpret_cast<const char*>(str->data()), static_cast<size_t>(str->length)});
  std::string out;
  if (!encodeText(str, encoding, errors, out))
    return {};
  return makeBytes(out);
}

namespace {
Raised raiseUnknownEncoding(Value name) {
  return raise(lookupErrorType, "unknown encoding: %S", name);
}

Encoding encodingOf(Value name) {
  if (!name || name.isNone())
    return Encoding::Utf8;
  return asStr(name)->isAscii() ? findEncoding(asStr(name)->asciiView()) : Encoding::Other;
}
} // namespace

Ref encodeByName(StrObject* str, Value encodingName, Value errors) {
  Encoding encoding = encodingOf(encodingName);
  if (PYC_LIKELY(encoding != Encoding::Other))
    return encodeText(str, encoding, errorHandling(errors));
  if (!codecHooks.encode)
    return raiseUnknownEncoding(encodingName);
  return codecHooks.encode(&str->header, encodingName, errors);
}

Ref decodeByName(Value source, std::string_view data, Value encodingName, Value errors) {
  Encoding encoding = encodingOf(encodingName);
  if (PYC_LIKELY(encoding != Encoding::Other))
    return decodeText(data, encoding, errorHandling(errors));
  if (!codecHooks.decode)
    return raiseUnknownEncoding(encodingName);
  return codecHooks.decode(source, encodingName, errors);
}

} // namespace pyc::rt
