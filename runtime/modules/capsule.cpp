#include "runtime/modules/capsule.h"

#include "runtime/objects/errors.h"

namespace pyc::rt {

Ref makeCapsule(const char* name, const void* pointer) {
  Object* object = allocObject(&capsuleType);
  if (object) {
    auto* capsule = reinterpret_cast<CapsuleObject*>(object);
    capsule->name = name;
    capsule->pointer = pointer;
  }
  return Ref::steal(object);
}

namespace {

Ref reprSlot(Value self) {
  return formatText("<capsule object \"%s\" at 0x%llx>", self.as<CapsuleObject>()->name,
                    static_cast<unsigned long long>(self.bits()));
}

} // namespace

constinit TypeObject capsuleType = {
    .name = "PyCapsule",
    .base = &objectType,
    .basicSize = sizeof(CapsuleObject),
    .flags = kTypeBuiltin | kTypeDisallowNew,
    .doc = "A pointer that one part of the runtime keeps in a module for another.",
    .slots = {.repr = reprSlot},
};

} // namespace pyc::rt
