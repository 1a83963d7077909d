// The module _blake2.
#include "runtime/modules/hash_object.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

enum Argument {
  kData,
  kDigestSize,
  kKey,
  kSalt,
  kPerson,
  kFanout,
  kDepth,
  kLeafSize,
  kNodeOffset,
  kNodeDepth,
  kInnerSize,
  kLastNode,
  kForSecurity,
  kString,
  kArgumentCount
};

#define PYC_BLAKE2_PARAMETERS(name)                                                                \
  "(data=b'', *, digest_size=_blake2." name ".MAX_DIGEST_SIZE,\n        key=b'', salt=b'', "       \
  "person=b'', fanout=1, depth=1, leaf_size=0,\n        node_offset=0, node_depth=0, "             \
  "inner_size=0, last_node=False,\n        usedforsecurity=True, string=None)"

ConstructorSignature signatureB("blake2b" PYC_BLAKE2_PARAMETERS("blake2b"));
ConstructorSignature signatureS("blake2s" PYC_BLAKE2_PARAMETERS("blake2s"));

/// Key, salt, personal bytes: held until the state is made.
struct ByteArguments {
  BytesLike key, salt, person;
};

bool openBytes(Value argument, BytesLike& bytes, const char* what, size_t most,
               std::string_view& out) {
  if (!argument)
    return true;
  if (!bytes.open(argument))
    return false;
  out = bytes.get();
  return out.size() <= most ||
         static_cast<bool>(raise(valueErrorType, "maximum %s length is %zu bytes, got %zu", what,
                                 most, out.size()));
}

bool smallArgument(Value argument, const char* name, int least, int most, uint8_t& out) {
  int number = out;
  if (argument && !intArg(argument, number))
    return false;
  if (number < least || number > most)
    return raise(valueErrorType, "'%s' must be between %d and %d", name, least, most);
  out = static_cast<uint8_t>(number);
  return true;
}

bool wideArgument(Value argument, const char* name, const char* type, uint64_t most,
                  uint64_t& out) {
  if (!argument)
    return true;
  PYC_TRY(number, toIndex(argument));
  if (intSign(number) < 0)
    return raise(valueErrorType, "Cannot convert negative int");
  if (!intFitsUnsigned64(number, out))
    return raise(overflowErrorType, "Python int too large for C %s", type);
  return out <= most || static_cast<bool>(raise(overflowErrorType, "'%s' is too large", name));
}

template <class Word>
bool readParameters(const Value* args, ByteArguments& bytes, Blake2Parameters& out) {
  constexpr size_t kMostOut = 8 * sizeof(Word), kMostSalt = 2 * sizeof(Word);
  int digestSize = kMostOut;
  if (args[kDigestSize] && !intArg(args[kDigestSize], digestSize))
    return false;
  if (digestSize <= 0 || digestSize > static_cast<int>(kMostOut))
    return raise(valueErrorType, "digest_size for %s must be between 1 and %zu bytes, got %d",
                 sizeof(Word) == 8 ? "blake2b" : "blake2s", kMostOut, digestSize);
  out.digestSize = static_cast<uint8_t>(digestSize);
  uint64_t leafSize = 0;
  constexpr uint64_t kMostOffset = sizeof(Word) == 8 ? ~uint64_t(0) : (uint64_t(1) << 48) - 1;
  if (!openBytes(args[kKey], bytes.key, "key", kMostOut, out.key) ||
      !openBytes(args[kSalt], bytes.salt, "salt", kMostSalt, out.salt) ||
      !openBytes(args[kPerson], bytes.person, "person", kMostSalt, out.person) ||
      !smallArgument(args[kFanout], "fanout", 0, 255, out.fanout) ||
      !smallArgument(args[kDepth], "depth", 1, 255, out.depth) ||
      !wideArgument(args[kLeafSize], "leaf_size", "unsigned long", 0xFFFFFFFF, leafSize) ||
      !wideArgument(args[kNodeOffset], "node_offset", "unsigned long long", kMostOffset,
                    out.nodeOffset) ||
      !smallArgument(args[kNodeDepth], "node_depth", 0, 255, out.nodeDepth) ||
      !smallArgument(args[kInnerSize], "inner_size", 0, kMostOut, out.innerSize))
    return false;
  out.leafSize = static_cast<uint32_t>(leafSize);
  return boolArg(args[kLastNode], out.isLastNode);
}

template <class Word>
Ref createBlake2(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  Value bound[kArgumentCount], data;
  ConstructorSignature& signature = sizeof(Word) == 8 ? signatureB : signatureS;
  ByteArguments bytes;
  Blake2Parameters parameters{};
  bool forSecurity;
  if (!signature.bind(args, argc, kwnames, bound) || !boolArg(bound[kForSecurity], forSecurity) ||
      !chooseData(bound[kData], bound[kString], data) ||
      !readParameters<Word>(bound, bytes, parameters))
    return {};
  const char* name = sizeof(Word) == 8 ? "blake2b" : "blake2s";
  PYC_TRY(result, makeHash(type, findHashEngine(name), {}));
  asHash(result)->digestSize = parameters.digestSize;
  initBlake2<Word>(asHash(result)->state, parameters);
  if (data) {
    Value arguments[] = {result, data};
    PYC_TRY(done, hashUpdate(arguments));
  }
  return result;
}

bool addSize(DictObject* dict, const char* name, int64_t size) {
  return dictSetStr(dict, internLiteral(name), Value::fromInt(size));
}

template <int64_t word> bool addSizes(DictObject* dict) {
  return addSize(dict, "SALT_SIZE", 2 * word) && addSize(dict, "PERSON_SIZE", 2 * word) &&
         addSize(dict, "MAX_KEY_SIZE", 8 * word) && addSize(dict, "MAX_DIGEST_SIZE", 8 * word);
}

constexpr MethodDef kMethods[] = {
    {.signature = "copy($self, /)", .bound = hashCopy, .doc = "A copy with the same state."},
    {.signature = "digest($self, /)", .bound = hashDigest, .doc = "The hash as bytes."},
    {.signature = "hexdigest($self, /)",
     .bound = hashHexDigest,
     .doc = "The hash as str of hexadecimal digits."},
    {.signature = "update($self, data, /)", .bound = hashUpdate, .doc = "Hashes more data."},
};

constexpr TypeObject blake2Type(const char* name, decltype(TypeSlots::create) create,
                                bool (*addConstants)(DictObject*), const char* doc) {
  TypeObject type = hashType(name);
  type.flags = kTypeBuiltin | kTypeBase;
  type.methods = kMethods;
  type.doc = doc;
  type.slots.create = create;
  type.addConstants = addConstants;
  return type;
}

constinit TypeObject blake2bType =
    blake2Type("_blake2.blake2b", createBlake2<uint64_t>, addSizes<8>,
               "blake2b" PYC_BLAKE2_PARAMETERS("blake2b") "\n--\n\nA new BLAKE2b hash object.");
constinit TypeObject blake2sType =
    blake2Type("_blake2.blake2s", createBlake2<uint32_t>, addSizes<4>,
               "blake2s" PYC_BLAKE2_PARAMETERS("blake2s") "\n--\n\nA new BLAKE2s hash object.");

bool addModuleSizes(ModuleObject* module, std::string prefix, int64_t word) {
  return addInt(module, prefix + "_SALT_SIZE", 2 * word) &&
         addInt(module, prefix + "_PERSON_SIZE", 2 * word) &&
         addInt(module, prefix + "_MAX_KEY_SIZE", 8 * word) &&
         addInt(module, prefix + "_MAX_DIGEST_SIZE", 8 * word);
}

} // namespace

bool fillModule__blake2(ModuleObject* module) {
  return addType(module, blake2bType) && addModuleSizes(module, "BLAKE2B", 8) &&
         addType(module, blake2sType) && addModuleSizes(module, "BLAKE2S", 4) &&
         addInt(module, "_GIL_MINSIZE", 2048);
}

} // namespace pyc::rt
