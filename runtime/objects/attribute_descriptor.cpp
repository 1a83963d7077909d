// Attributes of built-in objects: computed by C++ functions (getset_descriptor) and plain fields
// (member_descriptor), which are __slots__ as well.
#include "runtime/objects/callable_text.h"
#include "runtime/objects/descriptor_parts.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

GetSetDescriptorObject* asGetSet(Value value) {
  return value.as<GetSetDescriptorObject>();
}
MemberDescriptorObject* asMember(Value value) {
  return value.as<MemberDescriptorObject>();
}

Ref reprGetSet(Value self) {
  return reprDescriptor(self, "attribute");
}
Ref docOfGetSet(Value self) {
  return docOrNone(asGetSet(self)->def->doc);
}

Ref getGetSet(Value descriptor, Value object, Value type) {
  if (!object)
    return Ref::copy(descriptor);
  if (!checkDescriptorSelf(descriptor, object))
    return {};
  GetSetDescriptorObject* self = asGetSet(descriptor);
  if (self->def->get)
    return self->def->get(object);
  return raise(attributeErrorType, "attribute '%S' of '%.100s' objects is not readable",
               Value(self->name), self->type->name);
}

bool setGetSet(Value descriptor, Value object, Value value) {
  if (!checkDescriptorSelf(descriptor, object))
    return false;
  GetSetDescriptorObject* self = asGetSet(descriptor);
  if (self->def->set)
    return self->def->set(object, value);
  return raise(attributeErrorType, "attribute '%S' of '%.100s' objects is not writable",
               Value(self->name), self->type->name);
}

Ref reprMember(Value self) {
  return reprDescriptor(self, "member");
}
Ref docOfMember(Value self) {
  return docOrNone(asMember(self)->doc);
}

Value& fieldOf(MemberDescriptorObject* member, Value object) {
  return *slotPlace(object.object(), member->offset);
}

Ref getMember(Value descriptor, Value object, Value type) {
  if (!object)
    return Ref::copy(descriptor);
  if (!checkDescriptorSelf(descriptor, object))
    return {};
  MemberDescriptorObject* member = asMember(descriptor);
  if (Value value = fieldOf(member, object))
    return Ref::copy(value);
  if (member->flags & MemberDef::NullIsNone)
    return Ref::none();
  return raiseAttributeError(object, Value(member->name), "'%Q' object has no attribute '%S'",
                             object, Value(member->name));
}

bool setMember(Value descriptor, Value object, Value value) {
  if (!checkDescriptorSelf(descriptor, object))
    return false;
  MemberDescriptorObject* member = asMember(descriptor);
  if (member->flags & MemberDef::ReadOnly)
    return raise(attributeErrorType, "readonly attribute");
  Value& field = fieldOf(member, object);
  if (!value && !field && !(member->flags & MemberDef::NullIsNone))
    return raise(attributeErrorType, "%S", Value(member->name));
  setField(field, value);
  return true;
}

const MethodDef kMethods[] = {{"__reduce__($self, /)", reduceDescriptor}};
const GetSetDef kGetSetGetSets[] = {
    {"__name__", nameOfDescriptor},
    {"__qualname__", qualifiedNameOfDescriptor},
    {"__objclass__", typeOfDescriptor},
    {"__doc__", docOfGetSet},
};
const GetSetDef kMemberGetSets[] = {
    {"__name__", nameOfDescriptor},
    {"__qualname__", qualifiedNameOfDescriptor},
    {"__objclass__", typeOfDescriptor},
    {"__doc__", docOfMember},
};

} // namespace

Ref makeGetSetDescriptor(TypeObject* type, const GetSetDef* def) {
  Ref result = makeDescriptor(&getSetDescriptorType, type, internLiteral(def->name));
  if (result)
    asGetSet(result)->def = def;
  return result;
}

Ref makeMemberDescriptor(TypeObject* type, const MemberDef* def) {
  Ref result = makeDescriptor(&memberDescriptorType, type, internLiteral(def->name));
  if (!result)
    return {};
  asMember(result)->offset = def->offset;
  asMember(result)->flags = def->flags;
  asMember(result)->doc = def->doc;
  return result;
}

Ref makeSlotMember(TypeObject* type, StrObject* name, uint32_t offset) {
  Ref result = makeDescriptor(&memberDescriptorType, type, name);
  if (result)
    asMember(result)->offset = offset;
  return result;
}

extern "C" constinit TypeObject getSetDescriptorType = {
    .name = "getset_descriptor",
    .basicSize = sizeof(GetSetDescriptorObject),
    .flags = kTypeBuiltin,
    .methods = kMethods,
    .getSets = kGetSetGetSets,
    .slots = {.dealloc = deallocDescriptor, .repr = reprGetSet, .get = getGetSet, .set = setGetSet},
};

extern "C" constinit TypeObject memberDescriptorType = {
    .name = "member_descriptor",
    .basicSize = sizeof(MemberDescriptorObject),
    .flags = kTypeBuiltin,
    .methods = kMethods,
    .getSets = kMemberGetSets,
    .slots = {.dealloc = deallocDescriptor, .repr = reprMember, .get = getMember, .set = setMember},
};

} // namespace pyc::rt
