// The module _sha1.
#include "runtime/modules/hash_object.h"
#include "runtime/modules/registry.h"

namespace pyc::rt {

namespace {

constinit TypeObject sha1Type = hashType("_sha1.sha1");

constexpr MethodDef kFunctions[] = {
    {.signature = "sha1($module, /, data=b'', *, usedforsecurity=True, string=None)",
     .bound = [](const Value* args) { return makeHashOf(&sha1Type, "sha1", args); },
     .doc = "A new hash object."},
};

} // namespace

bool fillModule__sha1(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addValue(module, "SHA1Type", Ref::copy(Value(&sha1Type.header))) &&
         addInt(module, "_GIL_MINSIZE", 2048);
}

} // namespace pyc::rt
