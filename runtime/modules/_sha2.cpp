// The module _sha2.
#include "runtime/modules/hash_object.h"
#include "runtime/modules/registry.h"

namespace pyc::rt {

namespace {

constinit TypeObject sha224Type = hashType("_sha2.SHA224Type");
constinit TypeObject sha256Type = hashType("_sha2.SHA256Type");
constinit TypeObject sha384Type = hashType("_sha2.SHA384Type");
constinit TypeObject sha512Type = hashType("_sha2.SHA512Type");

constexpr MethodDef kFunctions[] = {
    {.signature = "sha224($module, /, data=b'', *, usedforsecurity=True, string=None)",
     .bound = [](const Value* args) { return makeHashOf(&sha224Type, "sha224", args); },
     .doc = "A new hash object."},
    {.signature = "sha256($module, /, data=b'', *, usedforsecurity=True, string=None)",
     .bound = [](const Value* args) { return makeHashOf(&sha256Type, "sha256", args); },
     .doc = "A new hash object."},
    {.signature = "sha384($module, /, data=b'', *, usedforsecurity=True, string=None)",
     .bound = [](const Value* args) { return makeHashOf(&sha384Type, "sha384", args); },
     .doc = "A new hash object."},
    {.signature = "sha512($module, /, data=b'', *, usedforsecurity=True, string=None)",
     .bound = [](const Value* args) { return makeHashOf(&sha512Type, "sha512", args); },
     .doc = "A new hash object."},
};

} // namespace

bool fillModule__sha2(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) && addType(module, sha224Type) &&
         addType(module, sha256Type) && addType(module, sha384Type) &&
         addType(module, sha512Type) && addInt(module, "_GIL_MINSIZE", 2048);
}

} // namespace pyc::rt
