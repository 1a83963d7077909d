// The module _codecs: the registry of codecs, and the codecs written in C++ as functions.
#include "runtime/modules/codec_kinds.h"
#include "runtime/modules/codec_registry.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/int.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

// Arguments and results that the codecs share.

/// The name of an error handler, or None.
bool takeErrors(const char* function, Value argument, ErrorHandling& errors) {
  if (argument && !argument.isNone() && !isStr(argument))
    return raiseBadArgument(function, 2, "str or None", argument);
  errors = errorHandling(argument);
  return true;
}

Ref withCount(Ref result, int64_t count) {
  return result ? tupleOf(result.get(), Value::fromInt(count)) : Ref();
}

/// The data of a decoder: bytes, or for those of escape sequences also text.
class DataArgument {
public:
  bool open(Value argument, bool allowText) {
    if (!allowText || !isStr(argument))
      return bytes_.open(argument);
    isText_ = true;
    return toUtf8(argument, text_);
  }
  std::string_view get() const { return isText_ ? std::string_view(text_) : bytes_.get(); }

private:
  BytesLike bytes_;
  std::string text_;
  bool isText_ = false;
};

/// decode(data, errors, final): `decoder` is called with null for a final call, or the place for
/// what it consumes.
template <class Decoder>
Ref decodeWith(const char* function, const Value* args, bool isFinal, bool allowText,
               Decoder decoder) {
  ErrorHandling errors;
  DataArgument data;
  if (!data.open(args[0], allowText) || !takeErrors(function, args[1], errors))
    return {};
  auto consumed = static_cast<int64_t>(data.get().size());
  Ref text = decoder(data.get(), errors, isFinal ? nullptr : &consumed);
  return withCount(std::move(text), consumed);
}

template <class Encoder> Ref encodeWith(const char* function, const Value* args, Encoder encoder) {
  ErrorHandling errors;
  if (!strArg(function, 1, args[0]) || !takeErrors(function, args[1], errors))
    return {};
  return withCount(encoder(asStr(args[0]), errors), asStr(args[0])->length);
}

#define PYC_ENCODER(name, ...)                                                                     \
  Ref name##Function(const Value* args) {                                                          \
    return encodeWith(#name, args, [](StrObject* str, const ErrorHandling& errors) -> Ref {        \
      static_cast<void>(errors);                                                                   \
      return __VA_ARGS__;                                                                          \
    });                                                                                            \
  }
/// `final` is the argument's value when it is left out.
#define PYC_DECODER(name, final, allowText, ...)                                                   \
  Ref name##Function(const Value* args) {                                                          \
    bool isFinal = final;                                                                          \
    if (!boolArg(args[2], isFinal))                                                                \
      return {};                                                                                   \
    return decodeWith(#name, args, isFinal, allowText,                                             \
                      [](std::string_view data, const ErrorHandling& errors,                       \
                         int64_t* consumed) -> Ref { return __VA_ARGS__; });                       \
  }
/// One that has no `final`: every call is.
#define PYC_WHOLE_DECODER(name, ...)                                                               \
  Ref name##Function(const Value* args) {                                                          \
    return decodeWith(#name, args, true, false,                                                    \
                      [](std::string_view data, const ErrorHandling& errors, int64_t*) -> Ref {    \
                        return __VA_ARGS__;                                                        \
                      });                                                                          \
  }

PYC_ENCODER(utf_8_encode, encodeText(str, Encoding::Utf8, errors))
PYC_ENCODER(utf_16_le_encode, encodeText(str, Encoding::Utf16Le, errors))
PYC_ENCODER(utf_16_be_encode, encodeText(str, Encoding::Utf16Be, errors))
PYC_ENCODER(utf_32_le_encode, encodeText(str, Encoding::Utf32Le, errors))
PYC_ENCODER(utf_32_be_encode, encodeText(str, Encoding::Utf32Be, errors))
PYC_ENCODER(latin_1_encode, encodeText(str, Encoding::Latin1, errors))
PYC_ENCODER(ascii_encode, encodeText(str, Encoding::Ascii, errors))
PYC_ENCODER(utf_7_encode, encodeUtf7(str))
PYC_ENCODER(unicode_escape_encode, encodeUnicodeEscape(str))
PYC_ENCODER(raw_unicode_escape_encode, encodeRawUnicodeEscape(str))

PYC_DECODER(utf_8_decode, false, false, decodeText(data, Encoding::Utf8, errors, consumed))
PYC_DECODER(utf_16_decode, false, false, decodeText(data, Encoding::Utf16, errors, consumed))
PYC_DECODER(utf_16_le_decode, false, false, decodeText(data, Encoding::Utf16Le, errors, consumed))
PYC_DECODER(utf_16_be_decode, false, false, decodeText(data, Encoding::Utf16Be, errors, consumed))
PYC_DECODER(utf_32_decode, false, false, decodeText(data, Encoding::Utf32, errors, consumed))
PYC_DECODER(utf_32_le_decode, false, false, decodeText(data, Encoding::Utf32Le, errors, consumed))
PYC_DECODER(utf_32_be_decode, false, false, decodeText(data, Encoding::Utf32Be, errors, consumed))
PYC_DECODER(utf_7_decode, false, false, decodeUtf7(data, errors, consumed))
PYC_DECODER(unicode_escape_decode, true, true, decodeUnicodeEscape(data, errors, consumed))
PYC_DECODER(raw_unicode_escape_decode, true, true, decodeRawUnicodeEscape(data, errors, consumed))
PYC_WHOLE_DECODER(latin_1_decode, decodeText(data, Encoding::Latin1, errors))
PYC_WHOLE_DECODER(ascii_decode, decodeText(data, Encoding::Ascii, errors))

#undef PYC_ENCODER
#undef PYC_DECODER
#undef PYC_WHOLE_DECODER

// UTF-16 and UTF-32 with the byte order as an argument.

using OrderedEncodings = const Encoding[3]; // little, by mark, big

Ref encodeOrdered(const char* function, OrderedEncodings& encodings, const Value* args) {
  int order = 0;
  if (!intArg(args[2], order))
    return {};
  Encoding encoding = encodings[order < 0 ? 0 : order == 0 ? 1 : 2];
  return encodeWith(function, args, [=](StrObject* str, const ErrorHandling& errors) {
    return encodeText(str, encoding, errors);
  });
}

using OrderedDecoder = Ref (*)(std::string_view, const ErrorHandling&, int*, int64_t*);

Ref decodeOrdered(const char* function, OrderedDecoder decoder, const Value* args) {
  ErrorHandling errors;
  BytesLike data;
  int order = 0;
  bool isFinal = false;
  if (!data.open(args[0]) || !takeErrors(function, args[1], errors) || !intArg(args[2], order) ||
      !boolArg(args[3], isFinal))
    return {};
  int64_t consumed = data.size();
  PYC_TRY(text, decoder(data.get(), errors, &order, isFinal ? nullptr : &consumed));
  return tupleOf(text.get(), Value::fromInt(consumed), Value::fromInt(order));
}

constexpr OrderedEncodings kUtf16 = {Encoding::Utf16Le, Encoding::Utf16, Encoding::Utf16Be};
constexpr OrderedEncodings kUtf32 = {Encoding::Utf32Le, Encoding::Utf32, Encoding::Utf32Be};

Ref utf16Encode(const Value* args) {
  return encodeOrdered("utf_16_encode", kUtf16, args);
}
Ref utf32Encode(const Value* args) {
  return encodeOrdered("utf_32_encode", kUtf32, args);
}
Ref utf16Decode(const Value* args) {
  return decodeOrdered("utf_16_ex_decode", decodeUtf16, args);
}
Ref utf32Decode(const Value* args) {
  return decodeOrdered("utf_32_ex_decode", decodeUtf32, args);
}

// Character maps, bytes.

Ref charmapDecode(const Value* args) {
  return decodeWith("charmap_decode", args, true, false,
                    [&](std::string_view data, const ErrorHandling& errors, int64_t*) {
                      return decodeCharmap(data, errors, args[2]);
                    });
}
Ref charmapEncode(const Value* args) {
  return encodeWith("charmap_encode", args, [&](StrObject* str, const ErrorHandling& errors) {
    return encodeCharmap(str, errors, args[2]);
  });
}
Ref charmapBuild(const Value* args) {
  return strArg("charmap_build", 0, args[0]) ? buildCharmap(asStr(args[0])) : Ref();
}

Ref escapeDecode(const Value* args) {
  ErrorHandling errors;
  DataArgument data;
  if (!data.open(args[0], true) || !takeErrors("escape_decode", args[1], errors))
    return {};
  return withCount(decodeBytesEscape(data.get(), errors.name),
                   static_cast<int64_t>(data.get().size()));
}
Ref escapeEncode(const Value* args) {
  ErrorHandling errors;
  if (!isBytes(args[0]))
    return raiseBadArgument("escape_encode", 1, "bytes", args[0]);
  if (!takeErrors("escape_encode", args[1], errors))
    return {};
  return withCount(encodeBytesEscape(asBytes(args[0])->view()), asBytes(args[0])->length);
}
Ref readBufferEncode(const Value* args) {
  ErrorHandling errors;
  DataArgument data;
  if (!data.open(args[0], true) || !takeErrors("readbuffer_encode", args[1], errors))
    return {};
  return withCount(makeBytes(data.get()), static_cast<int64_t>(data.get().size()));
}

// The registry.

Ref registerFunction(const Value* args) {
  return registerCodecSearch(args[0]) ? Ref::none() : Ref();
}
Ref unregisterFunction(const Value* args) {
  return unregisterCodecSearch(args[0]) ? Ref::none() : Ref();
}
Ref lookupFunction(const Value* args) {
  return strArg("lookup", 0, args[0]) ? lookUpCodec(args[0]) : Ref();
}

bool takeNames(const char* function, const Value* args, Value& encoding, Value& errors) {
  if (args[1] && !isStr(args[1]))
    return raiseBadArgument(function, "encoding", "str", args[1]);
  if (args[2] && !isStr(args[2]))
    return raiseBadArgument(function, "errors", "str", args[2]);
  encoding = args[1] ? args[1] : Value(internLiteral("utf-8"));
  errors = args[2];
  return true;
}

template <Ref (*run)(Value, Value, Value)> Ref runNamed(const char* function, const Value* args) {
  Value encoding, errors;
  return takeNames(function, args, encoding, errors) ? run(args[0], encoding, errors) : Ref();
}
Ref encodeFunction(const Value* args) {
  return runNamed<encodeObject>("encode", args);
}
Ref decodeFunction(const Value* args) {
  return runNamed<decodeObject>("decode", args);
}

Ref registerError(const Value* args) {
  if (!strArg("register_error", 1, args[0]))
    return {};
  return registerErrorHandler(args[0], args[1]) ? Ref::none() : Ref();
}
Ref unregisterError(const Value* args) {
  bool wasThere;
  if (!strArg("_unregister_error", 0, args[0]) || !unregisterErrorHandler(args[0], wasThere))
    return {};
  return Ref::boolean(wasThere);
}
Ref lookupError(const Value* args) {
  return strArg("lookup_error", 0, args[0]) ? lookUpErrorHandler(args[0]) : Ref();
}
Ref normalizeEncoding(const Value* args) {
  if (!isStr(args[0]))
    return raiseBadArgument("_normalize_encoding", "encoding", "str", args[0]);
  return normalEncodingName(asStr(args[0]));
}

#define PYC_ENCODE(name) {.signature = #name "(str, errors=None, /)", .bound = name##Function}
#define PYC_DECODE(name, parameters)                                                               \
  {.signature = #name "(data, errors=None, " parameters "/)", .bound = name##Function}

constexpr MethodDef kFunctions[] = {
    {.signature = "register(search_function, /)",
     .bound = registerFunction,
     .doc = "Adds a function that finds codecs: it is called with a name in lower case and returns "
            "the\ncodec's functions (encoder, decoder, stream_reader, stream_writer), or None."},
    {.signature = "unregister(search_function, /)",
     .bound = unregisterFunction,
     .doc = "Takes a function that finds codecs out again, and forgets what was found."},
    {.signature = "lookup(encoding, /)",
     .bound = lookupFunction,
     .doc = "The functions of the codec with this name."},
    {.signature = "encode(obj, encoding='utf-8', errors='strict')",
     .bound = encodeFunction,
     .doc = "Encodes an object by the codec with this name."},
    {.signature = "decode(obj, encoding='utf-8', errors='strict')",
     .bound = decodeFunction,
     .doc = "Decodes an object by the codec with this name."},
    {.signature = "register_error(errors, handler, /)",
     .bound = registerError,
     .doc = "Makes a function the error handler of this name. It is called with an exception and "
            "raises\none, or returns a replacement and the place to go on at."},
    {.signature = "_unregister_error(errors, /)",
     .bound = unregisterError,
     .doc = "Takes an error handler out again; says whether there was one."},
    {.signature = "lookup_error(name, /)",
     .bound = lookupError,
     .doc = "The error handler with this name; LookupError when there is none."},
    {.signature = "_normalize_encoding(encoding)",
     .bound = normalizeEncoding,
     .doc = "The name with everything but letters, digits and dots made underscores."},
    {.signature = "escape_encode(data, errors=None, /)", .bound = escapeEncode},
    {.signature = "escape_decode(data, errors=None, /)", .bound = escapeDecode},
    {.signature = "readbuffer_encode(data, errors=None, /)", .bound = readBufferEncode},
    {.signature = "charmap_encode(str, errors=None, mapping=None, /)", .bound = charmapEncode},
    {.signature = "charmap_decode(data, errors=None, mapping=None, /)", .bound = charmapDecode},
    {.signature = "charmap_build(map, /)", .bound = charmapBuild},
    {.signature = "utf_16_encode(str, errors=None, byteorder=0, /)", .bound = utf16Encode},
    {.signature = "utf_32_encode(str, errors=None, byteorder=0, /)", .bound = utf32Encode},
    {.signature = "utf_16_ex_decode(data, errors=None, byteorder=0, final=False, /)",
     .bound = utf16Decode},
    {.signature = "utf_32_ex_decode(data, errors=None, byteorder=0, final=False, /)",
     .bound = utf32Decode},
    PYC_ENCODE(ascii_encode),
    PYC_ENCODE(latin_1_encode),
    PYC_ENCODE(raw_unicode_escape_encode),
    PYC_ENCODE(unicode_escape_encode),
    PYC_ENCODE(utf_16_be_encode),
    PYC_ENCODE(utf_16_le_encode),
    PYC_ENCODE(utf_32_be_encode),
    PYC_ENCODE(utf_32_le_encode),
    PYC_ENCODE(utf_7_encode),
    PYC_ENCODE(utf_8_encode),
    PYC_DECODE(ascii_decode, ""),
    PYC_DECODE(latin_1_decode, ""),
    PYC_DECODE(raw_unicode_escape_decode, "final=True, "),
    PYC_DECODE(unicode_escape_decode, "final=True, "),
    PYC_DECODE(utf_16_be_decode, "final=False, "),
    PYC_DECODE(utf_16_decode, "final=False, "),
    PYC_DECODE(utf_16_le_decode, "final=False, "),
    PYC_DECODE(utf_32_be_decode, "final=False, "),
    PYC_DECODE(utf_32_decode, "final=False, "),
    PYC_DECODE(utf_32_le_decode, "final=False, "),
    PYC_DECODE(utf_7_decode, "final=False, "),
    PYC_DECODE(utf_8_decode, "final=False, "),
};

#undef PYC_ENCODE
#undef PYC_DECODE

} // namespace

bool fillModule__codecs(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions));
}

} // namespace pyc::rt
