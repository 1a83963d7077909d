#include "runtime/objects/descriptor_parts.h"

#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

static DescriptorObject* asDescriptor(Value value) {
  return value.as<DescriptorObject>();
}

Ref makeDescriptor(TypeObject* kind, TypeObject* type, StrObject* name) {
  Ref result = Ref::steal(allocObject(kind));
  if (!result)
    return {};
  // Not counted: the descriptor is in the dict of its type, or of a subclass, which keeps it alive.
  asDescriptor(result)->type = type;
  asDescriptor(result)->name = name;
  return result;
}

void deallocDescriptor(Object* self) {
  freeObject(self);
}

bool checkDescriptorSelf(Value descriptor, Value object) {
  TypeObject* type = asDescriptor(descriptor)->type;
  if (isInstance(object, type))
    return true;
  return raise(typeErrorType,
               "descriptor '%S' for '%.100s' objects doesn't apply to a '%.100T' object",
               Value(asDescriptor(descriptor)->name), type->name, object);
}

Ref reprDescriptor(Value self, const char* kind) {
  return formatText("<%s '%S' of '%s' objects>", kind, Value(asDescriptor(self)->name),
                    asDescriptor(self)->type->name);
}

Ref nameOfDescriptor(Value self) {
  return Ref::copy(Value(asDescriptor(self)->name));
}

Ref qualifiedNameOfDescriptor(Value self) {
  PYC_TRY(typeQualifiedName, getAttr(Value(asDescriptor(self)->type), names::__qualname__));
  return formatText("%S.%S", typeQualifiedName.get(), Value(asDescriptor(self)->name));
}

Ref typeOfDescriptor(Value self) {
  return Ref::copy(Value(asDescriptor(self)->type));
}

Ref reduceDescriptor(const Value* args) {
  PYC_TRY(getattr, getBuiltin(names::getattr));
  PYC_TRY(arguments,
          tupleOf(Value(asDescriptor(args[0])->type), Value(asDescriptor(args[0])->name)));
  return tupleOf(getattr.get(), arguments.get());
}

} // namespace pyc::rt
