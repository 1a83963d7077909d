// What the descriptors of built-in types have in common.
#pragma once

#include "runtime/objects/descriptors.h"

namespace pyc::rt {

/// A descriptor of `kind` with its head filled in. `name` must be interned.
Ref makeDescriptor(TypeObject* kind, TypeObject* type, StrObject* name);
void deallocDescriptor(Object* self);
/// TypeError unless the object is an instance of the descriptor's type.
bool checkDescriptorSelf(Value descriptor, Value object);
/// <kind 'name' of 'type' objects>
Ref reprDescriptor(Value self, const char* kind);
Ref nameOfDescriptor(Value self);
Ref qualifiedNameOfDescriptor(Value self);
Ref typeOfDescriptor(Value self);
Ref reduceDescriptor(const Value* args);

} // namespace pyc::rt
