// Tuples with named fields, as CPython's structseq: sys.version_info, time.struct_time.
//
// The fields behind the visible ones are attributes only: the object is a tuple of `visible` items.
#pragma once

#include "runtime/objects/tuple.h"

#include <array>

namespace pyc::rt {

/// What one such type is made of; structSequenceType makes the TypeObject.
struct StructSequenceDef {
  const char* const* fields; // names, visible ones first; null: an item without an attribute
  uint32_t count;
  uint32_t visible;
  bool constructible;   // from a sequence; else "cannot create instances"
  uint32_t unnamed = 0; // how many fields are null; they are visible, behind all visible named ones

  /// The name of the k-th field that has one.
  constexpr const char* named(uint32_t k) const {
    return fields[k < visible - unnamed ? k : k + unnamed];
  }
};

/// The named fields as attributes.
template <const StructSequenceDef& def>
inline constexpr auto kStructMembers = [] {
  std::array<MemberDef, def.count - def.unnamed> members;
  for (uint32_t k = 0, next = 0; k < def.count; ++k)
    if (def.fields[k])
      members[next++] = {def.fields[k],
                         static_cast<uint32_t>(sizeof(TupleObject) + k * sizeof(Value)),
                         MemberDef::ReadOnly};
  return members;
}();

/// An instance that takes over the counts of def.count values; null when one of them is (its
/// exception is raised).
Ref makeStructSequence(TypeObject& type, const StructSequenceDef& def, Ref* values);
/// type(sequence, dict=None) for constructible types.
Ref structSequenceFrom(TypeObject& type, const StructSequenceDef& def, Value sequence, Value extra);

// Slots of the types; each type's own wrappers pass its def.
void deallocStructSequence(Object* self, const StructSequenceDef& def);
void traverseStructSequence(Object* self, const StructSequenceDef& def, Visitor& visitor);
Ref reprStructSequence(Value self, const StructSequenceDef& def);
Ref reduceStructSequence(Value self, const StructSequenceDef& def);
Ref replaceStructFields(const StructSequenceDef& def, const Value* args, size_t argc,
                        Value kwnames);
bool addStructSequenceConstants(DictObject* dict, const StructSequenceDef& def);

/// The slots and methods of a type, from its def.
template <const StructSequenceDef& def> struct StructSequence {
  static Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames);
  static void dealloc(Object* self) { deallocStructSequence(self, def); }
  static void traverse(Object* self, Visitor& visitor) {
    traverseStructSequence(self, def, visitor);
  }
  static Ref repr(Value self) { return reprStructSequence(self, def); }
  static Ref reduce(const Value* args) { return reduceStructSequence(args[0], def); }
  static Ref replace(const Value* args, size_t argc, Value kwnames) {
    return replaceStructFields(def, args, argc, kwnames);
  }
  static bool addConstants(DictObject* dict) { return addStructSequenceConstants(dict, def); }
  static constexpr MethodDef kMethods[] = {
      {.signature = "__reduce__($self, /)", .bound = reduce},
      {.signature = "__replace__($self, /, **changes)",
       .raw = replace,
       .doc = "A copy with new values of the fields that are named."},
  };
};

Ref createStructSequence(TypeObject* type, const StructSequenceDef& def, const Value* args,
                         size_t argc, Value kwnames);

template <const StructSequenceDef& def>
Ref StructSequence<def>::create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  return createStructSequence(type, def, args, argc, kwnames);
}

/// The TypeObject of a struct sequence.
template <const StructSequenceDef& def>
constexpr TypeObject structSequenceType(const char* name, const char* doc) {
  TypeObject type;
  type.name = name;
  type.base = &tupleType;
  type.basicSize = sizeof(TupleObject);
  type.itemSize = sizeof(Value);
  type.flags = kTypeBuiltin | kTypeCollected | kTypeVarSized | kTypeIsTuple | kTypeSequence;
  type.methods = StructSequence<def>::kMethods;
  type.members = kStructMembers<def>;
  type.doc = doc;
  type.slots.dealloc = StructSequence<def>::dealloc;
  type.slots.traverse = StructSequence<def>::traverse;
  type.slots.repr = StructSequence<def>::repr;
  type.addConstants = StructSequence<def>::addConstants;
  type.slots.create = StructSequence<def>::create;
  return type;
}

} // namespace pyc::rt
