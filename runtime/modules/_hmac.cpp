// The module _hmac: HMAC with the hash functions that are built in.
#include "runtime/modules/hash_object.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/text_args.h"

#include <algorithm>

namespace pyc::rt {

namespace {

constinit TypeObject unknownHashErrorType =
    moduleException("_hmac.UnknownHashError", valueErrorType);
constinit TypeObject hmacType = macType("_hmac.HMAC");

bool isOfHmac(const HashEngine* engine) {
  std::string_view name = engine->name;
  return !engine->isExtendable() && !name.starts_with("sha512_") && name != "ripemd160" &&
         !name.starts_with("blake2");
}

const HashEngine* engineOf(Value name) {
  const HashEngine* engine = nullptr;
  if (isStr(name)) {
    std::string storage;
    std::string lower(utf8View(name, storage));
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
    engine = findHashEngine(lower);
  }
  if (!engine || !isOfHmac(engine))
    return raise(unknownHashErrorType, "unsupported hash algorithm %S", name);
  return engine;
}

Ref newMac(const Value* args) {
  if (!args[3] || args[3].isNone())
    return raise(typeErrorType, "new() missing 1 required argument 'digestmod'");
  const HashEngine* engine = engineOf(args[3]);
  if (!engine)
    return {};
  HashInput key, message;
  if (!key.open(args[1]) || (args[2] && !args[2].isNone() && !message.open(args[2])))
    return {};
  return makeMac(&hmacType, engine, key.get(), message.get());
}

Ref computeWith(const HashEngine* engine, Value keyArgument, Value messageArgument) {
  HashInput key, message;
  if (!engine || !key.open(keyArgument) || !message.open(messageArgument))
    return {};
  MacState state;
  state.init(engine, key.get());
  state.update(message.get());
  std::string code(engine->digestSize, '\0');
  state.finish(reinterpret_cast<uint8_t*>(code.data()));
  return makeBytes(code);
}

Ref computeDigest(const Value* args) {
  return computeWith(engineOf(args[3]), args[1], args[2]);
}

#define PYC_COMPUTE(name, engine)                                                                  \
  {.signature = "compute_" name "($module, key, msg, /)", .bound = [](const Value* args) {         \
     return computeWith(findHashEngine(engine), args[1], args[2]);                                 \
   }}

constexpr MethodDef kFunctions[] = {
    {.signature = "new($module, /, key, msg=None, digestmod=None)",
     .bound = newMac,
     .doc = "A new HMAC object."},
    {.signature = "compute_digest($module, /, key, msg, digest)",
     .bound = computeDigest,
     .doc = "The code of a message as bytes."},
    PYC_COMPUTE("md5", "md5"),
    PYC_COMPUTE("sha1", "sha1"),
    PYC_COMPUTE("sha224", "sha224"),
    PYC_COMPUTE("sha256", "sha256"),
    PYC_COMPUTE("sha384", "sha384"),
    PYC_COMPUTE("sha512", "sha512"),
    PYC_COMPUTE("sha3_224", "sha3_224"),
    PYC_COMPUTE("sha3_256", "sha3_256"),
    PYC_COMPUTE("sha3_384", "sha3_384"),
    PYC_COMPUTE("sha3_512", "sha3_512"),
    PYC_COMPUTE("blake2s_32", "blake2s"),
    PYC_COMPUTE("blake2b_32", "blake2b"),
};

} // namespace

bool fillModule__hmac(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) && addType(module, hmacType) &&
         addType(module, unknownHashErrorType) && addInt(module, "_GIL_MINSIZE", 2048);
}

} // namespace pyc::rt
