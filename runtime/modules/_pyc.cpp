// The module _pyc: what tests of pyc itself ask the runtime.
#include "runtime/modules/registry.h"
#include "runtime/objects/allocation_count.h"
#include "runtime/objects/int.h"

namespace pyc::rt {

namespace {

Ref allocations(const Value*) {
  countAllocations();
  return makeInt(static_cast<int64_t>(allocationsOfThread()));
}

constexpr MethodDef kFunctions[] = {
    {.signature = "allocations()",
     .bound = allocations,
     .doc = "Number of objects that this thread has made since the first call."},
};

} // namespace

bool fillModule__pyc(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions));
}

} // namespace pyc::rt
