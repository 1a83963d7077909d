// The error handlers of codecs as functions: what codecs.lookup_error() gives for the names that
// are always there. A codec that knows them by name does not call these.
#include "runtime/modules/codec_registry.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/codec_errors.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/function.h"
#include "runtime/objects/int.h"

#include <algorithm>

namespace pyc::rt {

namespace {

/// The parts of a UnicodeError that a handler deals with; its range lies within the object.
struct ErrorParts {
  UnicodeErrorObject* error;
  int64_t length, start, end;
};

bool takeParts(Value exception, ErrorParts& parts) {
  auto* error = exception.as<UnicodeErrorObject>();
  bool isDecoding = isInstance(exception, &unicodeDecodeErrorType);
  if (!error->object)
    return raise(typeErrorType, "UnicodeError 'object' attribute is not set");
  if (isDecoding ? !isBytes(error->object) : !isStr(error->object))
    return raise(typeErrorType, "UnicodeError 'object' attribute must be a %s",
                 isDecoding ? "bytes" : "string");
  int64_t length = isDecoding ? asBytes(error->object)->length : asStr(error->object)->length;
  parts.error = error;
  parts.length = length;
  parts.start = std::clamp<int64_t>(error->start, 0, std::max<int64_t>(length - 1, 0));
  parts.end = std::min(std::max<int64_t>(error->end, 1), length);
  return true;
}

Raised raiseUnknownError(Value exception) {
  return raise(typeErrorType, "don't know how to handle %T in error callback", exception);
}

/// The name by which the handlers know the codec: they look at its code units.
const char* unitName(Value encoding) {
  constexpr bool isLittle = std::endian::native == std::endian::little;
  std::string storage;
  switch (encoding && isStr(encoding) ? findEncoding(utf8View(encoding, storage))
                                      : Encoding::Other) {
  case Encoding::Utf8:
    return "utf-8";
  case Encoding::Utf16:
    return isLittle ? "utf-16-le" : "utf-16-be";
  case Encoding::Utf16Le:
    return "utf-16-le";
  case Encoding::Utf16Be:
    return "utf-16-be";
  case Encoding::Utf32:
    return isLittle ? "utf-32-le" : "utf-32-be";
  case Encoding::Utf32Le:
    return "utf-32-le";
  case Encoding::Utf32Be:
    return "utf-32-be";
  case Encoding::Ascii:
  case Encoding::Latin1:
  case Encoding::Other:
    break;
  }
  return "";
}

Ref answer(Ref replacement, int64_t position) {
  if (!replacement)
    return {};
  return tupleOf(replacement.get(), Value::fromInt(position));
}

/// What could not be dealt with is raised: the error as it was given.
Ref raiseAgain(Value exception) {
  clearRaised();
  return raiseValue(exception);
}

Ref handleEncoding(Value exception, const ErrorParts& parts, ErrorMode mode) {
  ErrorHandling handling{mode, {}};
  EncodeErrors errors(unitName(parts.error->encoding), asStr(parts.error->object), handling);
  int64_t position = errors.handle(parts.start, parts.end, "");
  if (position < 0)
    return isRaised(memoryErrorType) ? Ref() : raiseAgain(exception);
  return answer(errors.hasBytes() ? makeBytes(errors.bytes()) : Ref::copy(Value(errors.text())),
                position);
}

Ref handleDecoding(Value exception, const ErrorParts& parts, ErrorMode mode) {
  if (mode == ErrorMode::XmlCharRefReplace || mode == ErrorMode::NameReplace)
    return raiseUnknownError(exception);
  ErrorHandling handling{mode, {}};
  StrBuilder out;
  DecodeErrors errors(unitName(parts.error->encoding), asBytes(parts.error->object)->view(),
                      handling, out);
  int64_t position = errors.handle(parts.start, parts.end, "");
  return position < 0 ? raiseAgain(exception) : answer(out.finish(), position);
}

Ref handleTranslating(Value exception, const ErrorParts& parts, ErrorMode mode) {
  if (mode == ErrorMode::Replace) {
    StrBuilder out;
    out.appendRepeated(0xFFFD, std::max<int64_t>(parts.end - parts.start, 0));
    return answer(out.finish(), parts.end);
  }
  if (mode != ErrorMode::Ignore && mode != ErrorMode::BackslashReplace)
    return raiseUnknownError(exception);
  return handleEncoding(exception, parts, mode);
}

template <ErrorMode mode> Ref handle(const Value* args) {
  Value exception = args[0];
  ErrorParts parts;
  bool isEncoding = isInstance(exception, &unicodeEncodeErrorType);
  bool isDecoding = isInstance(exception, &unicodeDecodeErrorType);
  if (!isEncoding && !isDecoding && !isInstance(exception, &unicodeTranslateErrorType))
    return raiseUnknownError(exception);
  if (!takeParts(exception, parts))
    return {};
  return isEncoding   ? handleEncoding(exception, parts, mode)
         : isDecoding ? handleDecoding(exception, parts, mode)
                      : handleTranslating(exception, parts, mode);
}

Ref raiseStrictly(const Value* args) {
  if (!isException(args[0]))
    return raise(typeErrorType, "codec must pass exception instance");
  return raiseValue(args[0]);
}

struct NamedHandler {
  const char* name;
  MethodDef def;
};

constexpr NamedHandler kHandlers[] = {
    {"strict",
     {.signature = "strict_errors(object, /)", .bound = raiseStrictly, .doc = "Raises the error."}},
    {"ignore",
     {.signature = "ignore_errors(object, /)",
      .bound = handle<ErrorMode::Ignore>,
      .doc = "Leaves out what can't be translated."}},
    {"replace",
     {.signature = "replace_errors(object, /)",
      .bound = handle<ErrorMode::Replace>,
      .doc = "Puts a replacement character for what can't be translated."}},
    {"xmlcharrefreplace",
     {.signature = "xmlcharrefreplace_errors(object, /)",
      .bound = handle<ErrorMode::XmlCharRefReplace>,
      .doc = "Puts XML character references for what can't be encoded."}},
    {"backslashreplace",
     {.signature = "backslashreplace_errors(object, /)",
      .bound = handle<ErrorMode::BackslashReplace>,
      .doc = "Puts escape sequences for what can't be translated."}},
    {"namereplace",
     {.signature = "namereplace_errors(object, /)",
      .bound = handle<ErrorMode::NameReplace>,
      .doc = "Puts \\N{...} escape sequences for what can't be encoded."}},
    {"surrogatepass",
     {.signature = "surrogatepass(object, /)", .bound = handle<ErrorMode::SurrogatePass>}},
    {"surrogateescape",
     {.signature = "surrogateescape(object, /)", .bound = handle<ErrorMode::SurrogateEscape>}},
};

} // namespace

bool addErrorHandlers(DictObject* handlers) {
  for (const NamedHandler& handler : kHandlers) {
    PYC_TRY(function, makeBuiltinFunction(&handler.def, {}, {}));
    if (!dictSetStr(handlers, internLiteral(handler.name), function))
      return false;
  }
  return true;
}

bool isBuiltinErrorHandler(Value name) {
  return std::any_of(std::begin(kHandlers), std::end(kHandlers), [=](const NamedHandler& handler) {
    return strEquals(asStr(name), handler.name);
  });
}

} // namespace pyc::rt
