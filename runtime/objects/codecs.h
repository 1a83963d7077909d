// Text encodings: str to bytes and back, with CPython's error handlers and error positions. UTF-8,
// UTF-16, UTF-32, Latin-1 and ASCII are here; all others are found through the codec registry,
// which the codecs module hooks in.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

constexpr bool isSurrogate(uint32_t codePoint) {
  return codePoint - 0xD800 < 0x800;
}

enum class Encoding : uint8_t {
  Utf8,
  Ascii,
  Latin1,
  Utf16, // with a byte order mark; native order
  Utf16Le,
  Utf16Be,
  Utf32,
  Utf32Le,
  Utf32Be,
  Other, // none of ours
};
/// By CPython's names and aliases, in any case and with '-', '_' or ' ' between words.
Encoding findEncoding(std::string_view name);

enum class ErrorMode : uint8_t {
  Strict,
  Ignore,
  Replace,
  BackslashReplace,
  XmlCharRefReplace,
  NameReplace,
  SurrogateEscape,
  SurrogatePass,
  Other, // a handler of the registry
};

/// How a codec deals with what it can't translate.
struct ErrorHandling {
  ErrorMode mode = ErrorMode::Strict;
  Value name; // str, borrowed; used for Other
};
/// `errors` is a str, or null or None for 'strict'.
ErrorHandling errorHandling(Value errors);

/// data.decode(). With `consumed`, an incomplete sequence at the end is left for the next call and
/// *consumed says where it begins; without, it is an error.
Ref decodeText(std::string_view data, Encoding encoding, const ErrorHandling& errors = {},
               int64_t* consumed = nullptr);
/// As decodeText for UTF-16 or UTF-32, whose byte order is not decided by the name alone: -1
/// little, 0 by the byte order mark (native without one), 1 big; *order is set to what was found.
Ref decodeUtf16(std::string_view data, const ErrorHandling& errors, int* order, int64_t* consumed);
Ref decodeUtf32(std::string_view data, const ErrorHandling& errors, int* order, int64_t* consumed);

/// str.encode(): appends to `out`.
bool encodeText(StrObject* str, Encoding encoding, const ErrorHandling& errors, std::string& out);
/// The same as bytes.
Ref encodeText(StrObject* str, Encoding encoding, const ErrorHandling& errors = {});

/// str.encode(encoding, errors) and data.decode(encoding, errors) with any encoding's name. Names
/// are strs, or null for the defaults. `source` is the object that holds the data.
Ref encodeByName(StrObject* str, Value encoding, Value errors);
Ref decodeByName(Value source, std::string_view data, Value encoding, Value errors);

/// What the codec registry does for encodings and error handlers that are not built in. Null until
/// the codecs module is there: LookupError then.
struct CodecHooks {
  Ref (*encode)(Value str, Value encoding, Value errors) = nullptr;
  Ref (*decode)(Value source, Value encoding, Value errors) = nullptr;
  Ref (*errorHandler)(Value name) = nullptr; // the callable
};
extern CodecHooks codecHooks;

/// Raises UnicodeEncodeError(encoding, str, start, end, reason).
Raised raiseEncodeError(const char* encoding, Value str, int64_t start, int64_t end,
                        const char* reason);
/// Raises UnicodeDecodeError(encoding, bytes, start, end, reason) with a copy of the data.
Raised raiseDecodeError(const char* encoding, std::string_view data, int64_t start, int64_t end,
                        const char* reason);

} // namespace pyc::rt
