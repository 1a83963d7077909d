// The module _md5.
#include "runtime/modules/hash_object.h"
#include "runtime/modules/registry.h"

namespace pyc::rt {

namespace {

constinit TypeObject md5Type = hashType("_md5.md5");

constexpr MethodDef kFunctions[] = {
    {.signature = "md5($module, /, data=b'', *, usedforsecurity=True, string=None)",
     .bound = [](const Value* args) { return makeHashOf(&md5Type, "md5", args); },
     .doc = "A new hash object."},
};

} // namespace

bool fillModule__md5(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addValue(module, "MD5Type", Ref::copy(Value(&md5Type.header))) &&
         addInt(module, "_GIL_MINSIZE", 2048);
}

} // namespace pyc::rt
