// frozendict (PEP 814): an immutable, hashable dict; not a subclass of dict.
#include "runtime/objects/arguments.h"
#include "runtime/objects/dict_methods.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/set_hash.h"
#include "runtime/objects/tuple_hash.h"

namespace pyc::rt {

namespace {

FrozenDictObject* asFrozen(Value value) {
  return value.as<FrozenDictObject>();
}
bool isExact(Value value) {
  return hasShape(value, kShapeFrozenDict);
}

FrozenDictObject* allocFrozen(TypeObject* type) {
  auto* result = reinterpret_cast<FrozenDictObject*>(allocDict(type, 0));
  if (result)
    result->hash = -1;
  return result;
}

Ref frozenRepr(Value self) {
  const char* name = typeName(self);
  if (asDict(self)->count == 0)
    return formatText("%s()", name);
  ReprGuard guard(self);
  if (!guard.enter())
    return formatText("%s({...})", name);
  PYC_TRY(items, dict_methods::itemsText(asDict(self)));
  return formatText("%s(%S)", name, items.get());
}

/// As that of a frozenset of the items.
bool frozenHash(Value self, int64_t& result) {
  FrozenDictObject* frozen = asFrozen(self);
  if (frozen->hash == -1) {
    SetHash state;
    DictObject* dict = &frozen->dict;
    int64_t position = 0;
    for (Value key, value; dictNext(dict, position, key, value);) {
      int64_t valueHash;
      if (!hash(value, valueHash))
        return false;
      TupleHash pair;
      pair.add(dictEntryHash(dict->entries, static_cast<uint32_t>(position - 1)));
      pair.add(valueHash);
      state.add(pair.finish());
    }
    frozen->hash = state.finish();
  }
  result = frozen->hash;
  return true;
}

/// A plain frozendict with the items of a dict.
Ref freeze(Value source) {
  FrozenDictObject* frozen = allocFrozen(&frozenDictType);
  if (!frozen)
    return {};
  Ref result = Ref::steal(&frozen->dict);
  return dictUpdate(&frozen->dict, source) ? std::move(result) : Ref();
}

Ref unite(Value lhs, Value rhs) {
  if (!isInstance(lhs, &frozenDictType) || !isAnyDict(rhs))
    return Ref::notImplemented();
  if (isExact(lhs) && asDict(rhs)->count == 0)
    return Ref::copy(lhs);
  if (isExact(lhs) && isExact(rhs) && asDict(lhs)->count == 0)
    return Ref::copy(rhs);
  PYC_TRY(result, freeze(lhs));
  return dictUpdate(asDict(result), rhs) ? std::move(result) : Ref();
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  bool hasKeywords = kwnames && asTuple(kwnames)->count != 0;
  if (type == &frozenDictType && argc == 1 && !hasKeywords && isExact(args[0]))
    return Ref::copy(args[0]);
  FrozenDictObject* frozen = allocFrozen(type);
  if (!frozen)
    return {};
  Ref result = Ref::steal(&frozen->dict);
  return dict_methods::addArguments(&frozen->dict, "frozendict", args, argc, kwnames)
             ? std::move(result)
             : Ref();
}

Ref copy(const Value* args) {
  return isExact(args[0]) ? Ref::copy(args[0]) : freeze(args[0]);
}

Ref getNewArgs(const Value* args) {
  PYC_TRY(items, dictCopy(asDict(args[0])));
  return tupleOf(items);
}

constexpr MethodDef kMethods[] = {
    {.signature = "__sizeof__($self, /)", .bound = dict_methods::sizeOf},
    {.signature = "get($self, key, default=None, /)",
     .bound = dict_methods::get,
     .doc = "The value for key if key is in the dictionary, else default."},
    {.signature = "keys($self, /)", .bound = dict_methods::keys},
    {.signature = "items($self, /)", .bound = dict_methods::items},
    {.signature = "values($self, /)", .bound = dict_methods::values},
    {.signature = "fromkeys($type, iterable, value=None, /)",
     .bound = dict_methods::fromKeys,
     .kind = MethodDef::Class,
     .doc = "A new frozendict with keys from iterable and one value for all."},
    {.signature = "copy($self, /)", .bound = copy, .doc = "A shallow copy."},
    {.signature = "__reversed__($self, /)", .bound = dict_methods::reversed},
    {.signature = "__getnewargs__($self, /)", .bound = getNewArgs},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class},
};

constexpr TypeSlots makeSlots() {
  TypeSlots slots = {.dealloc = dict_methods::dealloc,
                     .traverse = dict_methods::traverse,
                     .repr = frozenRepr,
                     .hash = frozenHash,
                     .compare = dict_methods::compareDicts,
                     .iter = dict_methods::iterate,
                     .create = create,
                     .length = dict_methods::length,
                     .getItem = dict_methods::getItem,
                     .contains = dict_methods::contains};
  slots.binary[static_cast<unsigned>(BinaryOp::Or)] = unite;
  return slots;
}

} // namespace

constinit TypeObject frozenDictType = {
    .name = "frozendict",
    .base = &objectType,
    .basicSize = sizeof(FrozenDictObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeMapping | kTypeMatchSelf,
    .methods = kMethods,
    .doc = "frozendict(), frozendict(mapping), frozendict(iterable of pairs), each with further "
           "items as **kwargs.",
    .slots = makeSlots(),
};

} // namespace pyc::rt
