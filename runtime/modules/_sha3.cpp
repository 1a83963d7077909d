// The module _sha3: classes, which take the data themselves.
#include "runtime/modules/hash_object.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/int.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

Ref createSha3(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  // Named after the engine; the texts live as long as the program.
  static ConstructorSignature signature("sha3(data=b'', *, usedforsecurity=True, string=None)");
  Value bound[3], data;
  bool forSecurity;
  if (!signature.bind(args, argc, kwnames, bound) || !boolArg(bound[1], forSecurity) ||
      !chooseData(bound[0], bound[2], data))
    return {};
  return makeHash(type, findHashEngine(nameOf(type)), data);
}

Ref capacity(Value self) {
  return makeInt(1600 - 8 * asHash(self)->engine->blockSize);
}
Ref rate(Value self) {
  return makeInt(8 * asHash(self)->engine->blockSize);
}
Ref suffix(Value self) {
  return makeBytes({reinterpret_cast<const char*>(&asHash(self)->state.keccak.suffix), 1});
}

constexpr MethodDef kMethods[] = {
    {.signature = "copy($self, /)", .bound = hashCopy, .doc = "A copy with the same state."},
    {.signature = "digest($self, /)", .bound = hashDigest, .doc = "The hash as bytes."},
    {.signature = "hexdigest($self, /)",
     .bound = hashHexDigest,
     .doc = "The hash as str of hexadecimal digits."},
    {.signature = "update($self, data, /)", .bound = hashUpdate, .doc = "Hashes more data."},
};
constexpr MethodDef kExtendableMethods[] = {
    {.signature = "copy($self, /)", .bound = hashCopy, .doc = "A copy with the same state."},
    {.signature = "digest($self, /, length)",
     .bound = hashExtendedDigest,
     .doc = "The first bytes of the hash."},
    {.signature = "hexdigest($self, /, length)",
     .bound = hashExtendedHexDigest,
     .doc = "The first bytes of the hash as str of hexadecimal digits."},
    {.signature = "update($self, data, /)", .bound = hashUpdate, .doc = "Hashes more data."},
};
constexpr GetSetDef kGetSets[] = {
    {"block_size", hashBlockSize}, {"name", hashName},   {"digest_size", hashDigestSize},
    {"_capacity_bits", capacity},  {"_rate_bits", rate}, {"_suffix", suffix},
};

constexpr TypeObject sha3Type(const char* name, std::span<const MethodDef> methods) {
  TypeObject type = hashType(name);
  type.flags = kTypeBuiltin;
  type.methods = methods;
  type.getSets = kGetSets;
  type.slots.create = createSha3;
  return type;
}

constinit TypeObject sha3Types[] = {
    sha3Type("_sha3.sha3_224", kMethods),
    sha3Type("_sha3.sha3_256", kMethods),
    sha3Type("_sha3.sha3_384", kMethods),
    sha3Type("_sha3.sha3_512", kMethods),
    sha3Type("_sha3.shake_128", kExtendableMethods),
    sha3Type("_sha3.shake_256", kExtendableMethods),
};

} // namespace

bool fillModule__sha3(ModuleObject* module) {
  for (TypeObject& type : sha3Types)
    if (!addType(module, type))
      return false;
  return addStr(module, "implementation", "pyc") && addInt(module, "_GIL_MINSIZE", 2048);
}

} // namespace pyc::rt
