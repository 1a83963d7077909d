// The module _hashlib: hash functions by name, HMAC, key derivation. In CPython it is OpenSSL's
// side of hashlib; here it stands on the same functions as the modules of single hashes.
#include "runtime/modules/hash_object.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/mapping_proxy.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

#include <climits>

namespace pyc::rt {

namespace {

constinit TypeObject unsupportedDigestmodErrorType =
    moduleException("_hashlib.UnsupportedDigestmodError", valueErrorType);

// The classes.

Ref reprHash(Value self) {
  return formatText("<%s %s object @ 0x%llx>", asHash(self)->engine->name, typeOf(self)->name,
                    static_cast<unsigned long long>(self.bits()));
}

constexpr MethodDef kExtendableMethods[] = {
    {.signature = "digest($self, /, length)",
     .bound = hashExtendedDigest,
     .doc = "The first bytes of the hash."},
    {.signature = "hexdigest($self, /, length)",
     .bound = hashExtendedHexDigest,
     .doc = "The first bytes of the hash as str of hexadecimal digits."},
};

constexpr TypeObject makeHashType() {
  TypeObject type = hashType("_hashlib.HASH");
  type.flags = kTypeBuiltin | kTypeBase | kTypeDisallowNew;
  type.slots.repr = reprHash;
  type.doc = "HASH(name, string=b'')\n--\n\nThe hash of the data given so far.";
  return type;
}
constinit TypeObject anyHashType = makeHashType();

constexpr TypeObject makeExtendableType() {
  TypeObject type = hashType("_hashlib.HASHXOF");
  type.base = &anyHashType;
  type.flags = kTypeBuiltin | kTypeBase | kTypeDisallowNew;
  type.methods = kExtendableMethods;
  type.getSets = {};
  type.slots.repr = reprHash;
  type.doc = "HASHXOF(name, string=b'')\n--\n\nA hash of any length of the data given so far.";
  return type;
}
constinit TypeObject extendableHashType = makeExtendableType();
constinit TypeObject hmacType = macType("_hashlib.HMAC");

// Names.

struct Alias {
  std::string_view name, engine;
};
constexpr Alias kAliases[] = {
    {"ssl3-md5", "md5"},          {"ssl3-sha1", "sha1"},      {"sha-1", "sha1"},
    {"sha2-224", "sha224"},       {"sha-224", "sha224"},      {"sha2-256", "sha256"},
    {"sha-256", "sha256"},        {"sha2-384", "sha384"},     {"sha-384", "sha384"},
    {"sha2-512", "sha512"},       {"sha-512", "sha512"},      {"sha512-224", "sha512_224"},
    {"sha512-256", "sha512_256"}, {"sha3-224", "sha3_224"},   {"sha3-256", "sha3_256"},
    {"sha3-384", "sha3_384"},     {"sha3-512", "sha3_512"},   {"shake128", "shake_128"},
    {"shake256", "shake_256"},    {"shake-128", "shake_128"}, {"shake-256", "shake_256"},
    {"blake2b512", "blake2b"},    {"blake2s256", "blake2s"},  {"blake2b-512", "blake2b"},
    {"blake2s-256", "blake2s"},   {"ripemd", "ripemd160"},    {"rmd160", "ripemd160"},
    {"ripemd-160", "ripemd160"},
};

Raised raiseUnsupported(Value name) {
  return raise(unsupportedDigestmodErrorType,
               "[digital envelope routines] unsupported hash algorithm %S", name);
}

const HashEngine* engineOf(Value name) {
  std::string storage;
  std::string lower(utf8View(name, storage));
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c + 32);
  const HashEngine* engine = findHashEngine(lower);
  for (const Alias& alias : kAliases)
    if (!engine && alias.name == lower)
      engine = findHashEngine(alias.engine);
  if (!engine)
    return raiseUnsupported(name);
  return engine;
}

/// The functions of this module by what they make: {function: name}.
Value constructors;

/// A hash of fixed length, given by name or by a function of this module.
const HashEngine* engineOfMod(Value digestmod) {
  Value name = digestmod;
  if (!isStr(digestmod)) {
    name = Value();
    if (!dictFind(asDict(constructors), digestmod, name)) {
      clearRaised();
      name = Value();
    }
    if (!name)
      return raiseUnsupported(digestmod);
  }
  const HashEngine* engine = engineOf(name);
  if (engine && engine->isExtendable())
    return raiseUnsupported(name);
  return engine;
}

Ref newHash(const HashEngine* engine, Value data, Value forSecurity, Value string) {
  Value chosen;
  bool flag;
  if (!boolArg(forSecurity, flag) || !chooseData(data, string, chosen))
    return {};
  return makeHash(engine->isExtendable() ? &extendableHashType : &anyHashType, engine, chosen);
}

Ref newByName(const Value* args) {
  if (!isStr(args[1]))
    return raiseBadArgument("new", "name", "str", args[1]);
  const HashEngine* engine = engineOf(args[1]);
  return engine ? newHash(engine, args[2], args[3], args[4]) : Ref();
}

// HMAC.

Ref newMac(const Value* args) {
  if (!args[3] || args[3].isNone())
    return raise(typeErrorType, "Missing required parameter 'digestmod'.");
  BytesLike key;
  HashInput message;
  if (!key.open(args[1]) || (args[2] && !args[2].isNone() && !message.open(args[2])))
    return {};
  const HashEngine* engine = engineOfMod(args[3]);
  return engine ? makeMac(&hmacType, engine, key.get(), message.get()) : Ref();
}

Ref macDigestOf(const Value* args) {
  BytesLike key, message;
  if (!key.open(args[1]) || !message.open(args[2]))
    return {};
  const HashEngine* engine = engineOfMod(args[3]);
  if (!engine)
    return {};
  MacState state;
  state.init(engine, key.get());
  state.update(message.get());
  std::string code(engine->digestSize, '\0');
  state.finish(reinterpret_cast<uint8_t*>(code.data()));
  return makeBytes(code);
}

// Key derivation.

bool longArgument(Value argument, int64_t& result) {
  PYC_TRY(number, toIndex(argument));
  return intFits64(number, result) ||
         static_cast<bool>(raise(overflowErrorType, "Python int too large to convert to C long"));
}

Ref pbkdf2(const Value* args) {
  if (!isStr(args[1]))
    return raiseBadArgument("pbkdf2_hmac", "hash_name", "str", args[1]);
  BytesLike password, salt;
  int64_t iterations, length;
  if (!password.open(args[2]) || !salt.open(args[3]) || !longArgument(args[4], iterations))
    return {};
  const HashEngine* engine = engineOf(args[1]);
  if (!engine)
    return {};
  if (engine->isExtendable())
    return raiseUnsupported(args[1]);
  if (iterations < 1)
    return raise(valueErrorType, "iteration value must be greater than 0.");
  if (iterations > INT_MAX)
    return raise(overflowErrorType, "iteration value is too great.");
  length = engine->digestSize;
  if (args[5] && !args[5].isNone() && !longArgument(args[5], length))
    return {};
  if (length < 1)
    return raise(valueErrorType, "key length must be greater than 0.");
  if (length > INT_MAX)
    return raise(overflowErrorType, "key length is too great.");
  std::string key(static_cast<size_t>(length), '\0');
  deriveByPbkdf2(engine, password.get(), salt.get(), static_cast<uint64_t>(iterations), key);
  return makeBytes(key);
}

bool costArgument(Value argument, uint64_t& result) {
  PYC_TRY(number, toIndex(argument));
  if (intSign(number) < 0)
    return raise(valueErrorType, "Cannot convert negative int");
  return intFitsUnsigned64(number, result) ||
         static_cast<bool>(raise(overflowErrorType, "Python int too large for C unsigned long"));
}

/// args: module, password, salt, n, r, p, maxmem, dklen
Ref scrypt(const Value* args) {
  constexpr uint64_t kUsualMemory = 32 << 20;
  BytesLike password, salt;
  ScryptCost cost;
  int64_t memory = 0, length = 64;
  if (!password.open(args[1]) || !salt.open(args[2]) || !costArgument(args[3], cost.n) ||
      !costArgument(args[4], cost.r) || !costArgument(args[5], cost.p) ||
      (args[6] && !longArgument(args[6], memory)) || (args[7] && !longArgument(args[7], length)))
    return {};
  if (cost.n < 2 || (cost.n & (cost.n - 1)) != 0)
    return raise(valueErrorType, "n must be a power of 2");
  if (memory < 0 || memory > INT_MAX)
    return raise(valueErrorType, "maxmem must be positive and at most %d", INT_MAX);
  if (length < 1 || length > INT_MAX)
    return raise(valueErrorType, "dklen must be at least 1 and at most %d", INT_MAX);
  if (cost.r == 0 || cost.p == 0 || cost.p > ((uint64_t(1) << 30) - 1) / cost.r ||
      (16 * cost.r < 64 && cost.n >= uint64_t(1) << (16 * cost.r)))
    return raise(valueErrorType, "invalid parameter combination for n, r, p, and maxmem");
  unsigned __int128 needed = static_cast<unsigned __int128>(cost.n + 2 + cost.p) * cost.r * 128;
  if (needed > (memory ? static_cast<uint64_t>(memory) : kUsualMemory))
    return raise(valueErrorType, "[digital envelope routines] memory limit exceeded");
  std::string key(static_cast<size_t>(length), '\0');
  if (!deriveByScrypt(password.get(), salt.get(), cost, key))
    return raiseMemoryError();
  return makeBytes(key);
}

// Comparing in a time that does not tell where the first difference is.

bool equalsSlowly(std::string_view a, std::string_view b) {
  volatile unsigned char difference = a.size() != b.size();
  std::string_view left = a.size() == b.size() ? a : b;
  for (size_t i = 0; i < b.size(); ++i)
    difference = difference | static_cast<unsigned char>(left[i] ^ b[i]);
  return difference == 0;
}

Ref compareDigest(const Value* args) {
  Value a = args[1], b = args[2];
  if (isStr(a) && isStr(b)) {
    if (!asStr(a)->isAscii() || !asStr(b)->isAscii())
      return raise(typeErrorType, "comparing strings with non-ASCII characters is not supported");
    return Ref::boolean(equalsSlowly(asStr(a)->asciiView(), asStr(b)->asciiView()));
  }
  if (!hasBuffer(a) && !hasBuffer(b))
    return raise(typeErrorType,
                 "unsupported operand types(s) or combination of types: '%T' and '%T'", a, b);
  BytesLike left, right;
  if (!left.open(a) || !right.open(b))
    return {};
  return Ref::boolean(equalsSlowly(left.get(), right.get()));
}

Ref fipsMode(const Value*) {
  return makeInt(0);
}

// The module.

#define PYC_OPENSSL_HASH(name)                                                                     \
  {.signature = "openssl_" #name "($module, /, data=b'', *, usedforsecurity=True, string=None)",   \
   .bound =                                                                                        \
       [](const Value* args) {                                                                     \
         return newHash(findHashEngine(#name), args[1], args[2], args[3]);                         \
       },                                                                                          \
   .doc = "A new hash object."}

constexpr MethodDef kFunctions[] = {
    {.signature = "new($module, /, name, data=b'', *, usedforsecurity=True, string=None)",
     .bound = newByName,
     .doc = "A new hash object of the function of that name."},
    PYC_OPENSSL_HASH(md5),
    PYC_OPENSSL_HASH(sha1),
    PYC_OPENSSL_HASH(sha224),
    PYC_OPENSSL_HASH(sha256),
    PYC_OPENSSL_HASH(sha384),
    PYC_OPENSSL_HASH(sha512),
    PYC_OPENSSL_HASH(sha3_224),
    PYC_OPENSSL_HASH(sha3_256),
    PYC_OPENSSL_HASH(sha3_384),
    PYC_OPENSSL_HASH(sha3_512),
    PYC_OPENSSL_HASH(shake_128),
    PYC_OPENSSL_HASH(shake_256),
    {.signature = "pbkdf2_hmac($module, /, hash_name, password, salt, iterations,\n            "
                  "dklen=None)",
     .bound = pbkdf2,
     .doc = "A key of a password by PBKDF2 with HMAC."},
    {.signature = "scrypt($module, /, password, *, salt, n, r, p, maxmem=0, dklen=64)",
     .bound = scrypt,
     .doc = "A key of a password by scrypt."},
    {.signature = "get_fips_mode($module, /)", .bound = fipsMode},
    {.signature = "compare_digest($module, a, b, /)",
     .bound = compareDigest,
     .doc = "a == b, in a time that says nothing about where they differ."},
    {.signature = "hmac_new($module, /, key, msg=b'', digestmod=None)",
     .bound = newMac,
     .doc = "A new HMAC object."},
    {.signature = "hmac_digest($module, /, key, msg, digest)",
     .bound = macDigestOf,
     .doc = "The code of a message as bytes."},
};

bool addConstructors(ModuleObject* module) {
  PYC_TRY(dict, newDict());
  constexpr std::string_view kPrefix = "openssl_";
  for (const HashEngine& engine : hashEngines()) {
    std::string name = std::string(kPrefix) + engine.name;
    Value function = dictFindStr(moduleDict(Value(module)), internLiteral(name));
    if (function && !dictSet(asDict(dict), function, Value(internLiteral(engine.name))))
      return false;
  }
  constructors = Ref::copy(dict).release();
  return addValue(module, "_constructors", makeMappingProxy(dict));
}

bool addNames(ModuleObject* module) {
  PYC_TRY(names, newList(0));
  for (const HashEngine& engine : hashEngines())
    if (!listAppend(asList(names), Value(internLiteral(engine.name))))
      return false;
  return addValue(module, "openssl_md_meth_names", call(Value(&frozenSetType.header), names));
}

} // namespace

bool fillModule__hashlib(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) && addType(module, anyHashType) &&
         addType(module, extendableHashType) && addType(module, hmacType) &&
         addType(module, unsupportedDigestmodErrorType) && addConstructors(module) &&
         addNames(module) && addInt(module, "_GIL_MINSIZE", 2048);
}

} // namespace pyc::rt
