// The descriptors that built-in types keep in their dicts: methods, attributes computed in C++,
// fields, and slots shown as special methods. Made when a type's dict is filled (typeDict).
#pragma once

#include "runtime/objects/function.h"

namespace pyc::rt {

/// What all of them begin with.
struct DescriptorObject {
  Object header;
  TypeObject* type; // __objclass__, immortal or kept alive by its dict's owner
  StrObject* name;  // interned
};

/// Functions with more are not called quietly.
inline constexpr size_t kFewParameters = 4;

/// list.append (methodDescriptorType) and dict.fromkeys (classMethodDescriptorType).
struct MethodDescriptorObject {
  Object header;
  TypeObject* type;
  StrObject* name;
  const MethodDef* def;
  const Signature* signature; // parsed on first use
  /// How many arguments, the object included, a call may have that is made without a frame of the
  /// caller, where all are plain data (plain_data.h). No call (most is 0) until the signature is
  /// parsed, which stores `least` before `most`.
  uint8_t leastQuiet;
  uint8_t mostQuiet;
  bool ofQuietType; // allowQuietMethods
};

struct GetSetDescriptorObject {
  Object header;
  TypeObject* type;
  StrObject* name;
  const GetSetDef* def;
};

/// A Value field: of a built-in object (MemberDef), or of a class with __slots__.
struct MemberDescriptorObject {
  Object header;
  TypeObject* type;
  StrObject* name;
  uint32_t offset;
  MemberDef::Flags flags;
  const char* doc;
};

/// One row of the table that maps slots to special methods.
struct SlotWrapperDef {
  const char* signature; // "__add__($self, value, /)": the name, and __text_signature__
  const char* doc;
  /// Runs `owner`'s slot (not the one of self's type) on self, which is an instance of owner.
  Ref (*call)(TypeObject* owner, Value self, const Value* args, size_t argc, Value kwnames);
};

/// int.__add__
struct SlotWrapperObject {
  Object header;
  TypeObject* type;
  StrObject* name;
  const SlotWrapperDef* def;
};

/// (1).__add__
struct MethodWrapperObject {
  Object header;
  SlotWrapperObject* wrapper;
  Value self;
};

/// What stands in the type's dict for a row of its method table: by kind a method descriptor, a
/// class method descriptor, or a staticmethod.
Ref makeTypeMethod(TypeObject* type, const MethodDef* def);
/// The type's methods look at no frame of their caller where all arguments are plain data, as those
/// of plain data themselves.
void allowQuietMethods(TypeObject* type);
Ref makeGetSetDescriptor(TypeObject* type, const GetSetDef* def);
Ref makeMemberDescriptor(TypeObject* type, const MemberDef* def);
/// For an entry of __slots__.
Ref makeSlotMember(TypeObject* type, StrObject* name, uint32_t offset);
Ref makeSlotWrapper(TypeObject* type, const SlotWrapperDef* def);
/// The type's `create` slot as `__new__`.
Ref makeNewFunction(TypeObject* type);
/// The type that such a function makes instances of; null for anything else.
TypeObject* ownerOfNewFunction(Value function);
/// Whether owner.__new__ may make instances of `type`: it derives from `owner`, and its nearest
/// base that is not a Python class is made by the same function, without which its instances would
/// lack what that base's have.
bool isMadeBy(TypeObject* type, TypeObject* owner);

inline bool isMemberDescriptor(Value value) {
  return hasShape(value, kShapeMemberDescriptor);
}

} // namespace pyc::rt
