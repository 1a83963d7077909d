// types.GenericAlias: list[int].
#include "runtime/objects/generic_alias.h"

#include "runtime/objects/attribute.h"
#include "runtime/objects/generic_parts.h"
#include "runtime/objects/list.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

#include <algorithm>
#include <string_view>

namespace pyc::rt {

namespace {

GenericAliasObject* asAlias(Value value) {
  return value.as<GenericAliasObject>();
}

Ref makeAlias(TypeObject* type, Value origin, Value args, bool starred) {
  Ref tuple = isTuple(args) ? Ref::copy(args) : tupleOf(args);
  if (!tuple)
    return {};
  Ref result = Ref::steal(allocObject(type));
  if (!result)
    return {};
  setField(asAlias(result)->origin, origin);
  asAlias(result)->args = asTuple(tuple.release());
  asAlias(result)->starred = starred;
  return result;
}

Ref createAlias(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("GenericAlias(origin, args, /)");
  Value in[2];
  return signature.bind(args, argc, kwnames, in) ? makeAlias(type, in[0], in[1], false) : Ref();
}

/// An argument in a list: Callable's parameters.
bool appendListText(StrBuilder& out, Value list) {
  out.append("[");
  for (int64_t i = 0; i < asList(list)->count; i++) {
    if (i > 0)
      out.append(", ");
    Ref item = listGet(asList(list), i);
    if (!item || !appendTypeText(out, item))
      return false;
  }
  out.append("]");
  return true;
}

Ref reprAlias(Value self) {
  GenericAliasObject* alias = asAlias(self);
  StrBuilder out;
  if (alias->starred)
    out.append("*");
  if (!appendTypeText(out, alias->origin))
    return {};
  out.append("[");
  for (int64_t i = 0; i < alias->args->count; i++) {
    if (i > 0)
      out.append(", ");
    Value argument = alias->args->items()[i];
    if (!(isList(argument) ? appendListText(out, argument) : appendTypeText(out, argument)))
      return {};
  }
  out.append(alias->args->count == 0 ? "()]" : "]");
  return out.finish();
}

Ref compareAliases(Value self, Value other, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !isInstance(other, &genericAliasType))
    return Ref::notImplemented();
  GenericAliasObject* a = asAlias(self);
  GenericAliasObject* b = asAlias(other);
  bool equal = a->starred == b->starred;
  if (equal && !compareBool(CompareOp::Eq, a->origin, b->origin, equal))
    return {};
  if (equal && !compareBool(CompareOp::Eq, Value(a->args), Value(b->args), equal))
    return {};
  return Ref::boolean(equal == (op == CompareOp::Eq));
}

bool hashAlias(Value self, int64_t& result) {
  int64_t origin = 0, args = 0;
  if (!hash(asAlias(self)->origin, origin) || !hash(Value(asAlias(self)->args), args))
    return false;
  result = origin ^ args;
  if (result == -1)
    result = -2;
  return true;
}

Ref callAlias(Value callee, const Value* args, size_t argc, Value kwnames) {
  Ref origin = Ref::copy(asAlias(callee)->origin);
  PYC_TRY(result, call(origin, args, argc, kwnames));
  // Not every object takes attributes.
  if (!setAttr(result, names::__orig_class__, callee) && !catchRaised(attributeErrorType) &&
      !catchRaised(typeErrorType))
    return {};
  return result;
}

/// Attributes that are the alias's own; all others are those of its origin.
bool isOwnAttr(StrObject* name) {
  static constexpr std::string_view kOwn[] = {
      "__class__",      "__origin__",      "__args__",      "__unpacked__",
      "__parameters__", "__mro_entries__", "__reduce_ex__", "__reduce__",
      "__copy__",       "__deepcopy__",    "__bases__",     "__typing_unpacked_tuple_args__",
  };
  return std::any_of(std::begin(kOwn), std::end(kOwn),
                     [&](std::string_view own) { return strEquals(name, own); });
}

Ref getAttrOfAlias(Value self, StrObject* name) {
  return isOwnAttr(name) ? genericGetAttr(self, name) : getAttr(asAlias(self)->origin, name);
}

Ref parametersOf(Value self) {
  GenericAliasObject* alias = asAlias(self);
  if (!alias->parameters) {
    Ref parameters = collectParameters(Value(alias->args));
    if (!parameters)
      return {};
    setField(alias->parameters, std::move(parameters));
  }
  return Ref::copy(alias->parameters);
}

Ref getItemOfAlias(Value self, Value item) {
  PYC_TRY(parameters, parametersOf(self));
  PYC_TRY(args, substituteParameters(self, Value(asAlias(self)->args), parameters, item));
  return makeAlias(&genericAliasType, asAlias(self)->origin, args, asAlias(self)->starred);
}

Ref unionOfAliases(Value lhs, Value rhs) {
  return makeUnion(lhs, rhs);
}

Ref getUnpacked(Value self) {
  return Ref::boolean(asAlias(self)->starred);
}

Ref getUnpackedTupleArgs(Value self) {
  GenericAliasObject* alias = asAlias(self);
  return alias->starred && alias->origin == Value(&tupleType) ? Ref::copy(Value(alias->args))
                                                              : Ref::none();
}

Ref mroEntries(const Value* args) {
  return tupleOf(asAlias(args[0])->origin);
}

Ref refuseInstanceCheck(const Value* args) {
  return raise(typeErrorType, "isinstance() argument 2 cannot be a parameterized generic");
}

Ref refuseSubclassCheck(const Value* args) {
  return raise(typeErrorType, "issubclass() argument 2 cannot be a parameterized generic");
}

Ref reduceAlias(const Value* args) {
  GenericAliasObject* alias = asAlias(args[0]);
  if (!alias->starred) {
    PYC_TRY(arguments, tupleOf(alias->origin, Value(alias->args)));
    return tupleOf(Value(&genericAliasType), arguments.get());
  }
  PYC_TRY(next, getBuiltin(names::next));
  PYC_TRY(plain, makeAlias(&genericAliasType, alias->origin, Value(alias->args), false));
  PYC_TRY(iterator, getIter(plain));
  PYC_TRY(arguments, tupleOf(iterator.get()));
  return tupleOf(next.get(), arguments.get());
}

Ref dirOfAlias(const Value* args) {
  bool found = false; // object has one
  PYC_TRY(list, callSpecial(asAlias(args[0])->origin, names::__dir__, nullptr, 0, found));
  PYC_TRY(result, sequenceList(list));
  for (StrObject* name :
       {names::__origin__, names::__args__, names::__parameters__, names::__mro_entries__,
        names::__unpacked__, names::__typing_unpacked_tuple_args__}) {
    bool has = false;
    if (!contains(result, Value(name), has) || (!has && !listAppend(asList(result), Value(name))))
      return {};
  }
  return result;
}

void traverseAlias(Object* self, Visitor& visitor) {
  GenericAliasObject* alias = asAlias(self);
  for (Value field : {alias->origin, Value(alias->args), alias->parameters})
    if (field)
      visitor.visit(field);
}

void deallocAlias(Object* self) {
  GenericAliasObject* alias = asAlias(self);
  clearField(alias->origin);
  decrefMaybe(Value(alias->args));
  clearField(alias->parameters);
  freeObject(self);
}

// Iterating an alias gives it once, starred: *tuple[int, ...] in a subscript.

struct AliasIteratorObject {
  Object header;
  Value alias; // null: exhausted
};

AliasIteratorObject* asAliasIterator(Value value) {
  return value.as<AliasIteratorObject>();
}

Ref selfIterator(Value self) {
  return Ref::copy(self);
}

Ref nextOfAlias(Value self) {
  Ref alias = Ref::steal(std::exchange(asAliasIterator(self)->alias, Value()));
  if (!alias)
    return {};
  return makeAlias(&genericAliasType, asAlias(alias)->origin, Value(asAlias(alias)->args), true);
}

void traverseAliasIterator(Object* self, Visitor& visitor) {
  if (asAliasIterator(self)->alias)
    visitor.visit(asAliasIterator(self)->alias);
}

void deallocAliasIterator(Object* self) {
  clearField(asAliasIterator(self)->alias);
  freeObject(self);
}

Ref reduceAliasIterator(const Value* args) {
  PYC_TRY(iter, getBuiltin(names::iter));
  PYC_TRY(empty, makeTuple(nullptr, 0));
  Value alias = asAliasIterator(args[0])->alias;
  PYC_TRY(arguments, tupleOf(alias ? alias : empty.get()));
  return tupleOf(iter.get(), arguments.get());
}

const MethodDef kIteratorMethods[] = {{"__reduce__($self, /)", reduceAliasIterator}};

constinit TypeObject aliasIteratorType = {
    .name = "generic_alias_iterator",
    .basicSize = sizeof(AliasIteratorObject),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kIteratorMethods,
    .slots = {.dealloc = deallocAliasIterator,
              .traverse = traverseAliasIterator,
              .iter = selfIterator,
              .next = nextOfAlias},
};

Ref iterateAlias(Value self) {
  Ref result = Ref::steal(allocObject(&aliasIteratorType));
  if (result)
    setField(asAliasIterator(result)->alias, self);
  return result;
}

const MethodDef kMethods[] = {
    {"__mro_entries__($self, bases, /)", mroEntries},
    {"__instancecheck__($self, instance, /)", refuseInstanceCheck},
    {"__subclasscheck__($self, subclass, /)", refuseSubclassCheck},
    {"__reduce__($self, /)", reduceAlias},
    {"__dir__($self, /)", dirOfAlias},
};
const GetSetDef kGetSets[] = {
    {"__parameters__", parametersOf, nullptr, "Type variables in the GenericAlias."},
    {"__unpacked__", getUnpacked},
    {"__typing_unpacked_tuple_args__", getUnpackedTupleArgs},
};
const MemberDef kMembers[] = {
    {"__origin__", offsetof(GenericAliasObject, origin), MemberDef::ReadOnly},
    {"__args__", offsetof(GenericAliasObject, args), MemberDef::ReadOnly},
};

constexpr TypeSlots makeSlots() {
  TypeSlots slots = {.dealloc = deallocAlias,
                     .traverse = traverseAlias,
                     .repr = reprAlias,
                     .hash = hashAlias,
                     .call = callAlias,
                     .getAttr = getAttrOfAlias,
                     .compare = compareAliases,
                     .iter = iterateAlias,
                     .create = createAlias,
                     .getItem = getItemOfAlias};
  slots.binary[static_cast<unsigned>(BinaryOp::Or)] = unionOfAliases;
  return slots;
}

} // namespace

Ref makeGenericAlias(Value origin, Value args) {
  return makeAlias(&genericAliasType, origin, args, false);
}

Ref classGetItem(const Value* args) {
  return makeGenericAlias(args[0], args[1]);
}

extern "C" constinit TypeObject genericAliasType = {
    .name = "types.GenericAlias",
    .basicSize = sizeof(GenericAliasObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeWeakrefs,
    .methods = kMethods,
    .getSets = kGetSets,
    .members = kMembers,
    .doc = "Represent a PEP 585 generic type\n\n"
           "E.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).",
    .slots = makeSlots(),
};

} // namespace pyc::rt
