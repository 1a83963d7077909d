// The dicts of built-in types, filled from their tables when first asked for.
#include "runtime/objects/descriptors.h"
#include "runtime/objects/slot_table.h"
#include "runtime/objects/type_attributes.h"
#include "runtime/objects/type_internal.h"

#include <cstring>

namespace pyc::rt {

namespace {

void put(DictObject* dict, StrObject* name, Ref value) {
  PYC_CHECK(value && dictSetStr(dict, name, value));
}

/// The name that a signature begins with.
StrObject* nameOfSignature(const char* signature) {
  return internLiteral({signature, std::strcspn(signature, "(")});
}

void fill(TypeObject* type, DictObject* dict) {
  addSlotWrappers(type, dict);
  for (const MethodDef& def : type->methods)
    put(dict, nameOfSignature(def.signature), makeTypeMethod(type, &def));
  for (const MemberDef& def : type->members)
    put(dict, internLiteral(def.name), makeMemberDescriptor(type, &def));
  for (const GetSetDef& def : type->getSets)
    put(dict, internLiteral(def.name), makeGetSetDescriptor(type, &def));
  // The type that brings an attribute store into its line shows it, unless it does so in its own
  // way.
  bool bringsStore = (type->flags & kTypeHasStore) && !(type->base->flags & kTypeHasStore);
  if (bringsStore && !dictFindStr(dict, names::__dict__))
    put(dict, names::__dict__, makeGetSetDescriptor(type, &builtinInstanceDictDef));
  if (type->slots.create && (!type->base || type->slots.create != type->base->slots.create))
    put(dict, names::__new__, makeNewFunction(type));
  if (!dictFindStr(dict, names::__doc__))
    put(dict, names::__doc__, type->doc ? makeStr(docWithoutSignature(type->doc)) : Ref::none());
  PYC_CHECK(!type->addConstants || type->addConstants(dict));
  if (type->slots.hash == unhashable && (!type->base || type->base->slots.hash != unhashable))
    put(dict, names::__hash__, Ref::none());
}

} // namespace

DictObject* typeDict(TypeObject* type) {
  if (PYC_LIKELY(type->dict != nullptr))
    return type->dict;
  readyType(type);
  Ref dict = newDict();
  PYC_CHECK(dict);
  // Set at once: making the descriptors may look attributes up, of this type too.
  type->dict = asDict(dict.release());
  fill(type, type->dict);
  type->flags |= kTypeDictReady;
  typeModified(type, nullptr); // look-ups made while the dict was being filled must not stay cached
  return type->dict;
}

} // namespace pyc::rt
