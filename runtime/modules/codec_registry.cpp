#include "runtime/modules/codec_registry.h"

#include "runtime/modules/import_system.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/codecs.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/list.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

/// Made on first use and never freed; its parts are Python objects, with their own protection
/// against other threads.
struct Registry {
  Value searches; // list of functions
  Value found;    // dict: name to codec
  Value handlers; // dict: name to function
  bool isFilled = false;
};
Registry registry;

bool openRegistry() {
  if (registry.handlers)
    return true;
  Ref searches = newList(0), found = newDict(), handlers = newDict();
  if (!searches || !found || !handlers || !addErrorHandlers(asDict(handlers)))
    return false;
  registry.searches = searches.release();
  registry.found = found.release();
  registry.handlers = handlers.release();
  return true;
}

/// The package `encodings` registers its function by itself. A program without it has the codecs
/// that are built in, and those that it registers.
bool fillRegistry() {
  if (!openRegistry())
    return false;
  if (registry.isFilled)
    return true;
  registry.isFilled = true;
  Ref package = importModuleNamed("encodings");
  return package || catchRaised(importErrorType);
}

/// Asks the functions in turn; null with nothing raised when none knows the codec.
Ref search(Value name) {
  ListObject* searches = asList(registry.searches);
  for (int64_t i = 0; i < searches->count; ++i) {
    Ref function = listGet(searches, i);
    if (!function)
      return {};
    PYC_TRY(codec, call(function, name));
    if (codec.isNone())
      continue;
    if (!isTuple(codec) || asTuple(codec)->count != 4)
      return raise(typeErrorType, "codec search functions must return 4-tuples");
    return codec;
  }
  return {};
}

bool hasZero(StrObject* text) {
  for (int64_t i = 0; i < text->length; ++i)
    if (text->at(i) == 0)
      return true;
  return false;
}

/// "encoding with 'x' codec failed", as a note of the exception that is raised.
Raised addNote(const char* operation, Value encoding) {
  Ref exception = takeRaised();
  if (Ref note = formatText("%s with '%S' codec failed", operation, encoding)) {
    Ref done = callMethod(exception, names::add_note, note);
    if (!done)
      clearRaised();
  } else {
    clearRaised();
  }
  restoreRaised(std::move(exception));
  return {};
}

/// The name that the functions are asked for.
Ref searchName(StrObject* encoding) {
  StrBuilder out;
  for (int64_t i = 0; i < encoding->length; ++i) {
    uint32_t c = encoding->at(i);
    out.appendChar(c == ' ' ? '-' : c - 'A' < 26 ? c | 0x20 : c);
  }
  return out.finish();
}

enum Direction { Encode = 0, Decode = 1 };
constexpr const char* kOperation[] = {"encoding", "decoding"};
constexpr const char* kCoder[] = {"encoder", "decoder"};

/// The first part of what a codec's function returns.
Ref runCodec(Direction direction, Value codec, Value object, Value encoding, Value errors) {
  Ref function = Ref::copy(asTuple(codec)->items()[direction]);
  Ref result = errors && !errors.isNone() ? call(function, object, errors) : call(function, object);
  if (!result)
    return addNote(kOperation[direction], encoding);
  if (!isTuple(result) || asTuple(result)->count != 2)
    return raise(typeErrorType, "%s must return a tuple (object, integer)", kCoder[direction]);
  return Ref::copy(asTuple(result)->items()[0]);
}

Ref lookUpTextCodec(Value encoding, const char* alternative) {
  PYC_TRY(codec, lookUpCodec(encoding));
  Ref isText;
  if (isExactTuple(codec))
    return codec;
  if (!findAttr(codec, internLiteral("_is_text_encoding"), isText))
    return {};
  bool usable = true;
  if (isText && !truth(isText, usable))
    return {};
  if (!usable)
    return raise(lookupErrorType, "'%S' is not a text encoding; use %s to handle arbitrary codecs",
                 encoding, alternative);
  return codec;
}

Ref encodeStr(Value str, Value encoding, Value errors) {
  PYC_TRY(codec, lookUpTextCodec(encoding, "codecs.encode()"));
  PYC_TRY(result, runCodec(Encode, codec, str, encoding, errors));
  if (isBytes(result))
    return result;
  if (!isByteArray(result))
    return raise(typeErrorType,
                 "'%S' encoder returned '%T' instead of 'bytes'; use codecs.encode() to encode to "
                 "arbitrary types",
                 encoding, result.get());
  if (!warn(runtimeWarningType, 1,
            "encoder %S returned bytearray instead of bytes; use codecs.encode() to encode to "
            "arbitrary types",
            encoding))
    return {};
  return makeBytes(asByteArray(result)->view());
}

Ref decodeBytes(Value source, Value encoding, Value errors) {
  PYC_TRY(codec, lookUpTextCodec(encoding, "codecs.decode()"));
  PYC_TRY(result, runCodec(Decode, codec, source, encoding, errors));
  if (!isStr(result))
    return raise(typeErrorType,
                 "'%S' decoder returned '%T' instead of 'str'; use codecs.decode() to decode to "
                 "arbitrary types",
                 encoding, result.get());
  return result;
}

Ref runObject(Direction direction, Value object, Value encoding, Value errors) {
  PYC_TRY(codec, lookUpCodec(encoding));
  return runCodec(direction, codec, object, encoding, errors);
}

} // namespace

void installCodecRegistry() {
  codecHooks.encode = encodeStr;
  codecHooks.decode = decodeBytes;
  codecHooks.errorHandler = lookUpErrorHandler;
}

Ref normalEncodingName(StrObject* name) {
  StrBuilder out;
  bool isGap = false;
  for (int64_t i = 0; i < name->length; ++i) {
    uint32_t c = name->at(i);
    if ((c | 0x20) - 'a' >= 26 && c - '0' >= 10 && c != '.') {
      isGap = isGap || c < 128; // what is not ASCII is left out
      continue;
    }
    if (isGap && out.length() > 0)
      out.appendChar('_');
    isGap = false;
    out.appendChar(c);
  }
  return out.finish();
}

bool registerCodecSearch(Value search) {
  if (!isCallable(search))
    return raise(typeErrorType, "argument must be callable");
  return openRegistry() && listAppend(asList(registry.searches), search);
}

bool unregisterCodecSearch(Value search) {
  if (!openRegistry())
    return false;
  ListObject* searches = asList(registry.searches);
  for (int64_t i = 0; i < searches->count; ++i)
    if (listGet(searches, i).get() == search) {
      dictClear(asDict(registry.found));
      return setItem(registry.searches, Value::fromInt(i), {});
    }
  return true;
}

Ref lookUpCodec(Value encoding) {
  if (hasZero(asStr(encoding)))
    return raise(valueErrorType, "embedded null character");
  if (!asStr(encoding)->isAscii() && !callMethod(encoding, internLiteral("encode")))
    return {};
  if (!fillRegistry())
    return {};
  PYC_TRY(name, searchName(asStr(encoding)));
  Ref codec;
  if (!dictGet(asDict(registry.found), name, codec))
    return {};
  if (codec)
    return codec;
  codec = search(name);
  if (!codec && !isRaised())
    return raise(lookupErrorType, "unknown encoding: %S", encoding);
  if (!codec || !dictSet(asDict(registry.found), name, codec))
    return {};
  return codec;
}

Ref encodeObject(Value object, Value encoding, Value errors) {
  return runObject(Encode, object, encoding, errors);
}
Ref decodeObject(Value object, Value encoding, Value errors) {
  return runObject(Decode, object, encoding, errors);
}

bool registerErrorHandler(Value name, Value handler) {
  if (!isCallable(handler))
    return raise(typeErrorType, "handler must be callable");
  return openRegistry() && dictSet(asDict(registry.handlers), name, handler);
}

Ref lookUpErrorHandler(Value name) {
  Ref handler;
  if (!openRegistry() || !dictGet(asDict(registry.handlers), name, handler))
    return {};
  if (!handler)
    return raise(lookupErrorType, "unknown error handler name '%S'", name);
  return handler;
}

bool unregisterErrorHandler(Value name, bool& wasThere) {
  wasThere = false;
  if (isBuiltinErrorHandler(name))
    return raise(valueErrorType, "cannot un-register built-in error handler '%S'", name);
  return openRegistry() && dictRemove(asDict(registry.handlers), name, wasThere);
}

} // namespace pyc::rt
