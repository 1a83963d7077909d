#include "runtime/modules/hash_object.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

HashInput::~HashInput() {
  if (view_.owner)
    releaseBuffer(view_);
}

bool HashInput::open(Value object) {
  if (isStr(object))
    return raise(typeErrorType, "Strings must be encoded before hashing");
  if (!hasBuffer(object))
    return raise(typeErrorType, "object supporting the buffer API required");
  if (!getBuffer(object, view_, kBufferSimple))
    return false;
  return view_.dimensions <= 1 ||
         static_cast<bool>(raise(bufferErrorType, "Buffer must be single dimension"));
}

bool chooseData(Value data, Value string, Value& chosen) {
  bool hasString = string && !string.isNone();
  if (data && hasString)
    return raise(typeErrorType,
                 "'data' and 'string' are mutually exclusive and support for 'string' keyword "
                 "parameter is slated for removal in a future version.");
  if (hasString &&
      !warn(deprecationWarningType, 1,
            "the 'string' keyword parameter is deprecated since Python 3.15 and slated for removal "
            "in Python 3.19; use the 'data' keyword parameter or pass the data to hash as a "
            "positional argument instead"))
    return false;
  chosen = data ? data : hasString ? string : Value();
  return true;
}

Ref hexText(std::string_view bytes) {
  std::string text;
  for (unsigned char byte : bytes) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return makeStrAscii(text);
}

Ref makeHash(TypeObject* type, const HashEngine* engine, Value data) {
  readyType(type);
  Object* object = allocObject(type);
  if (!object)
    return {};
  Ref result = Ref::steal(object);
  HashObject* hash = asHash(result);
  hash->engine = engine;
  hash->digestSize = engine->digestSize;
  engine->init(hash->state);
  if (!data)
    return result;
  HashInput input;
  if (!input.open(data))
    return {};
  engine->update(hash->state, reinterpret_cast<const uint8_t*>(input.get().data()),
                 input.get().size());
  return result;
}

/// args: module, data, usedforsecurity, string
Ref makeHashOf(TypeObject* type, const char* engine, const Value* args) {
  Value data;
  bool forSecurity;
  if (!boolArg(args[2], forSecurity) || !chooseData(args[1], args[3], data))
    return {};
  return makeHash(type, findHashEngine(engine), data);
}

// The methods.

namespace {

constexpr size_t kMostExtended = size_t(1) << 29;

std::string digestOf(Value self, size_t length) {
  HashObject* hash = asHash(self);
  HashState state = hash->state;
  std::string digest(length, '\0');
  hash->engine->finish(state, reinterpret_cast<uint8_t*>(digest.data()), length);
  return digest;
}

bool lengthArgument(Value argument, size_t& length) {
  int64_t number = 0;
  if (!sizeArg(argument, number))
    return false;
  if (number < 0)
    return raise(valueErrorType, "length cannot be negative");
  length = static_cast<size_t>(number);
  return length < kMostExtended ||
         static_cast<bool>(raise(overflowErrorType, "digest length is too large"));
}

} // namespace

Ref hashUpdate(const Value* args) {
  HashInput input;
  if (!input.open(args[1]))
    return {};
  HashObject* hash = asHash(args[0]);
  hash->engine->update(hash->state, reinterpret_cast<const uint8_t*>(input.get().data()),
                       input.get().size());
  return Ref::none();
}

Ref hashDigest(const Value* args) {
  return makeBytes(digestOf(args[0], asHash(args[0])->digestSize));
}
Ref hashHexDigest(const Value* args) {
  return hexText(digestOf(args[0], asHash(args[0])->digestSize));
}
Ref hashExtendedDigest(const Value* args) {
  size_t length;
  return lengthArgument(args[1], length) ? makeBytes(digestOf(args[0], length)) : Ref();
}
Ref hashExtendedHexDigest(const Value* args) {
  size_t length;
  return lengthArgument(args[1], length) ? hexText(digestOf(args[0], length)) : Ref();
}

Ref hashCopy(const Value* args) {
  Object* object = allocObject(typeOf(args[0]));
  if (!object)
    return {};
  asHash(object)->engine = asHash(args[0])->engine;
  asHash(object)->digestSize = asHash(args[0])->digestSize;
  asHash(object)->state = asHash(args[0])->state;
  return Ref::steal(object);
}

Ref hashName(Value self) {
  return makeStr(asHash(self)->engine->name);
}
Ref hashBlockSize(Value self) {
  return makeInt(asHash(self)->engine->blockSize);
}
Ref hashDigestSize(Value self) {
  return makeInt(asHash(self)->digestSize);
}

// MACs.

Ref makeMac(TypeObject* type, const HashEngine* engine, std::string_view key,
            std::string_view message) {
  readyType(type);
  Object* object = allocObject(type);
  if (!object)
    return {};
  asMac(object)->engine = engine;
  asMac(object)->state.init(engine, key);
  asMac(object)->state.update(message);
  return Ref::steal(object);
}

namespace {
std::string codeOf(Value self) {
  MacState state = asMac(self)->state;
  std::string code(asMac(self)->engine->digestSize, '\0');
  state.finish(reinterpret_cast<uint8_t*>(code.data()));
  return code;
}
} // namespace

Ref macUpdate(const Value* args) {
  HashInput input;
  if (!input.open(args[1]))
    return {};
  asMac(args[0])->state.update(input.get());
  return Ref::none();
}
Ref macDigest(const Value* args) {
  return makeBytes(codeOf(args[0]));
}
Ref macHexDigest(const Value* args) {
  return hexText(codeOf(args[0]));
}
Ref macCopy(const Value* args) {
  Object* object = allocObject(typeOf(args[0]));
  if (!object)
    return {};
  asMac(object)->engine = asMac(args[0])->engine;
  asMac(object)->state = asMac(args[0])->state;
  return Ref::steal(object);
}
Ref macRepr(Value self) {
  return formatText("<%s HMAC object @ 0x%llx>", asMac(self)->engine->name,
                    static_cast<unsigned long long>(self.bits()));
}
Ref macName(Value self) {
  return makeStr(std::string("hmac-") + asMac(self)->engine->name);
}
Ref macBlockSize(Value self) {
  return makeInt(asMac(self)->engine->blockSize);
}
Ref macDigestSize(Value self) {
  return makeInt(asMac(self)->engine->digestSize);
}

} // namespace pyc::rt
