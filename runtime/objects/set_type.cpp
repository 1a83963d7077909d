// The types set and frozenset: slots and methods.
#include "runtime/memory/heap.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/set_hash.h"
#include "runtime/objects/set_table.h"

namespace pyc::rt {

namespace {

void dealloc(Object* self) {
  auto* set = reinterpret_cast<SetObject*>(self);
  for (int64_t i = 0; set->count != 0 && i <= set->mask; ++i)
    if (!set->table[i].key.isNull())
      decref(setTakeEntry(set, i));
  if (set->table != set->first)
    freeMemory(set->table);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  auto* set = reinterpret_cast<SetObject*>(self);
  if (!set->table) // not complete yet
    return;
  int64_t position = 0, hash;
  for (Value key; setNext(set, position, key, hash);)
    visitor.visit(key);
}

void clear(Object* self) {
  setClear(reinterpret_cast<SetObject*>(self));
}

Ref itemsText(Value self) {
  PYC_TRY(items, sequenceList(self));
  PYC_TRY(text, repr(items));
  return strSlice(asStr(text), 1, asStr(text)->length - 1);
}

Ref setRepr(Value self) {
  const char* name = typeName(self);
  if (asSet(self)->count == 0)
    return formatText("%s()", name);
  ReprGuard guard(self);
  if (!guard.enter())
    return formatText("%s(...)", name);
  PYC_TRY(items, itemsText(self));
  if (isExactSet(self))
    return formatText("{%S}", items.get());
  return formatText("%s({%S})", name, items.get());
}

bool frozenHash(Value self, int64_t& result) {
  SetObject* set = asSet(self);
  if (set->hash == -1) {
    SetHash state;
    int64_t position = 0, hash;
    for (Value key; setNext(set, position, key, hash);)
      state.add(hash);
    set->hash = state.finish();
  }
  result = set->hash;
  return true;
}

bool haveDifferentHashes(SetObject* a, SetObject* b) {
  return a->hash != -1 && b->hash != -1 && a->hash != b->hash;
}

Ref compareSets(Value self, Value other, CompareOp op) {
  if (!isAnySet(other))
    return Ref::notImplemented();
  SetObject *a = asSet(self), *b = asSet(other);
  bool result = false;
  switch (op) {
  case CompareOp::Eq:
  case CompareOp::Ne:
    if (a->count == b->count && !haveDifferentHashes(a, b) && !setIsSubset(a, b, result))
      return {};
    return Ref::boolean(result == (op == CompareOp::Eq));
  case CompareOp::Lt:
    if (a->count >= b->count)
      return Ref::boolean(false);
    [[fallthrough]];
  case CompareOp::Le:
    return setIsSubset(a, b, result) ? Ref::boolean(result) : Ref();
  case CompareOp::Gt:
    if (a->count <= b->count)
      return Ref::boolean(false);
    [[fallthrough]];
  case CompareOp::Ge:
    return setIsSubset(b, a, result) ? Ref::boolean(result) : Ref();
  }
  __builtin_unreachable();
}

Ref iterate(Value self) {
  return makeSetIterator(self);
}

bool lengthOf(Value self, int64_t& length) {
  length = asSet(self)->count;
  return true;
}

/// A set stands for the frozenset of its items where an item is looked for. Null: not a set, or an
/// error.
Ref frozenTwin(Value item) {
  if (!item.isObject() || !isInstance(item, &setType) || !isRaised(typeErrorType))
    return {};
  clearRaised();
  return makeFrozenSet(item);
}

bool containsItem(Value self, Value item, bool& result) {
  if (setContains(asSet(self), item, result))
    return true;
  Ref twin = frozenTwin(item);
  return twin && setContains(asSet(self), twin, result);
}

bool removeItem(Value self, Value item, bool& removed) {
  if (setRemove(asSet(self), item, removed))
    return true;
  Ref twin = frozenTwin(item);
  return twin && setRemove(asSet(self), twin, removed);
}

// Operators, for sets on both sides.

Ref unite(Value lhs, Value rhs) {
  if (!isAnySet(lhs) || !isAnySet(rhs))
    return Ref::notImplemented();
  PYC_TRY(result, setFrom(setBaseOf(lhs), lhs));
  if (lhs == rhs)
    return result;
  return setMerge(asSet(result), asSet(rhs)) ? std::move(result) : Ref();
}
Ref intersect(Value lhs, Value rhs) {
  return isAnySet(lhs) && isAnySet(rhs) ? setIntersection(asSet(lhs), rhs) : Ref::notImplemented();
}
Ref subtract(Value lhs, Value rhs) {
  return isAnySet(lhs) && isAnySet(rhs) ? setDifference(asSet(lhs), rhs) : Ref::notImplemented();
}
Ref exclusiveOr(Value lhs, Value rhs) {
  return isAnySet(lhs) && isAnySet(rhs) ? setSymmetricDifference(asSet(lhs), rhs)
                                        : Ref::notImplemented();
}

bool intersectUpdate(SetObject* set, Value other) {
  PYC_TRY(common, setIntersection(set, other));
  setSwapBodies(set, asSet(common));
  return true;
}

using Update = bool (*)(SetObject*, Value);
template <Update update> Ref inPlace(Value lhs, Value rhs) {
  if (!isAnySet(rhs))
    return Ref::notImplemented();
  return update(asSet(lhs), rhs) ? Ref::copy(lhs) : Ref();
}

// Methods.

Ref copy(const Value* args) {
  return isExactFrozenSet(args[0]) ? Ref::copy(args[0]) : setFrom(setBaseOf(args[0]), args[0]);
}

Ref unionMethod(const Value* args) {
  PYC_TRY(result, setFrom(setBaseOf(args[0]), args[0]));
  TupleObject* others = asTuple(args[1]);
  for (int64_t i = 0; i < others->count; ++i)
    if (others->items()[i] != args[0] && !setUpdate(asSet(result), others->items()[i]))
      return {};
  return result;
}

Ref intersection(const Value* args) {
  TupleObject* others = asTuple(args[1]);
  if (others->count == 0)
    return setFrom(setBaseOf(args[0]), args[0]);
  Ref result = Ref::copy(args[0]);
  for (int64_t i = 0; result && i < others->count; ++i)
    result = setIntersection(asSet(result), others->items()[i]);
  return result;
}

Ref difference(const Value* args) {
  TupleObject* others = asTuple(args[1]);
  if (others->count == 0)
    return setFrom(setBaseOf(args[0]), args[0]);
  Ref result = setDifference(asSet(args[0]), others->items()[0]);
  for (int64_t i = 1; result && i < others->count; ++i)
    if (!setSubtract(asSet(result), others->items()[i]))
      return {};
  return result;
}

Ref symmetricDifference(const Value* args) {
  return setSymmetricDifference(asSet(args[0]), args[1]);
}

template <Update update> Ref updateByAll(const Value* args) {
  TupleObject* others = asTuple(args[1]);
  for (int64_t i = 0; i < others->count; ++i)
    if (!update(asSet(args[0]), others->items()[i]))
      return {};
  return Ref::none();
}

Ref intersectionUpdate(const Value* args) {
  PYC_TRY(result, intersection(args));
  setSwapBodies(asSet(args[0]), asSet(result));
  return Ref::none();
}

Ref symmetricDifferenceUpdate(const Value* args) {
  return setXorUpdate(asSet(args[0]), args[1]) ? Ref::none() : Ref();
}

Ref isSubset(const Value* args) {
  if (!isAnySet(args[1])) {
    PYC_TRY(common, setIntersection(asSet(args[0]), args[1]));
    return Ref::boolean(asSet(common)->count == asSet(args[0])->count);
  }
  bool result;
  return setIsSubset(asSet(args[0]), asSet(args[1]), result) ? Ref::boolean(result) : Ref();
}

Ref isSuperset(const Value* args) {
  bool result = true;
  if (isAnySet(args[1]))
    return setIsSubset(asSet(args[1]), asSet(args[0]), result) ? Ref::boolean(result) : Ref();
  bool completed = forEach(
      args[1], [&](Value item) { return setContains(asSet(args[0]), item, result) && result; });
  return completed || !isRaised() ? Ref::boolean(result) : Ref();
}

Ref isDisjoint(const Value* args) {
  SetObject* set = asSet(args[0]);
  Value other = args[1];
  if (other == args[0])
    return Ref::boolean(set->count == 0);
  bool found = false, completed;
  if (isExactSet(other) || isExactFrozenSet(other)) {
    SetObject *walked = asSet(other), *asked = set;
    if (walked->count > asked->count)
      std::swap(walked, asked);
    completed = forEachInSet(walked, [&](Value key, int64_t hash) {
      int64_t number = setLookup(asked, key, hash);
      found = number >= 0;
      return number == kSetMissing;
    });
  } else {
    completed = forEach(other, [&](Value item) { return setContains(set, item, found) && !found; });
  }
  return completed || !isRaised() ? Ref::boolean(!found) : Ref();
}

Ref add(const Value* args) {
  return setAdd(asSet(args[0]), args[1]) ? Ref::none() : Ref();
}

Ref discard(const Value* args) {
  bool removed;
  return removeItem(args[0], args[1], removed) ? Ref::none() : Ref();
}

Ref remove(const Value* args) {
  bool removed;
  if (!removeItem(args[0], args[1], removed))
    return {};
  return removed ? Ref::none() : Ref(raiseKeyError(args[1]));
}

Ref pop(const Value* args) {
  SetObject* set = asSet(args[0]);
  if (set->count == 0)
    return raise(keyErrorType, "pop from an empty set");
  int64_t i = set->finger & set->mask;
  while (set->table[i].key.isNull())
    i = (i + 1) & set->mask;
  set->finger = i + 1;
  return Ref::steal(setTakeEntry(set, i));
}

Ref clearMethod(const Value* args) {
  setClear(asSet(args[0]));
  return Ref::none();
}

Ref reduce(const Value* args) {
  PYC_TRY(items, sequenceList(args[0]));
  PYC_TRY(arguments, tupleOf(items));
  PYC_TRY(state, callMethod(args[0], names::__getstate__));
  return tupleOf(typeOf(args[0]), arguments, state);
}

Ref sizeOf(const Value* args) {
  SetObject* set = asSet(args[0]);
  size_t size = typeOf(args[0])->basicSize;
  if (set->table != set->first)
    size += static_cast<size_t>(set->mask + 1) * sizeof(SetEntry);
  return Ref::number(Value::fromInt(static_cast<int64_t>(size)));
}

Ref createSet(TypeObject* type, const Value*, size_t, Value) {
  SetObject* set = allocSet(type);
  return set ? Ref::steal(set) : Ref();
}

bool initSet(Value self, const Value* args, size_t argc, Value kwnames) {
  if (!checkNoKeywords("set", kwnames) || !checkArgumentCount("set", argc, 0, 1))
    return false;
  if (asSet(self)->fill != 0)
    setClear(asSet(self));
  return argc == 0 || setUpdate(asSet(self), args[0]);
}

Ref createFrozen(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  bool ownInit = type->slots.init != frozenSetType.slots.init;
  if ((!ownInit && !checkNoKeywords("frozenset", kwnames)) ||
      !checkArgumentCount("frozenset", argc, 0, 1))
    return {};
  if (argc == 1 && type == &frozenSetType && isExactFrozenSet(args[0]))
    return Ref::copy(args[0]);
  return setFrom(type, argc == 1 ? args[0] : Value());
}

// Both types' methods, then those that change a set.
#define PYC_SHARED_METHODS                                                                         \
  {.signature = "__reduce__($self, /)", .bound = reduce},                                          \
      {.signature = "__sizeof__($self, /)", .bound = sizeOf},                                      \
      {.signature = "copy($self, /)", .bound = copy, .doc = "A shallow copy."},                    \
      {.signature = "union($self, /, *others)",                                                    \
       .bound = unionMethod,                                                                       \
       .doc = "A set with the items of all."},                                                     \
      {.signature = "intersection($self, /, *others)",                                             \
       .bound = intersection,                                                                      \
       .doc = "A set with the items that all have."},                                              \
      {.signature = "difference($self, /, *others)",                                               \
       .bound = difference,                                                                        \
       .doc = "A set with the items that are in none of the others."},                             \
      {.signature = "symmetric_difference($self, other, /)",                                       \
       .bound = symmetricDifference,                                                               \
       .doc = "A set with the items that are in exactly one of the two."},                         \
      {.signature = "issubset($self, other, /)",                                                   \
       .bound = isSubset,                                                                          \
       .doc = "Whether other has all items of this set."},                                         \
      {.signature = "issuperset($self, other, /)",                                                 \
       .bound = isSuperset,                                                                        \
       .doc = "Whether this set has all items of other."},                                         \
      {.signature = "isdisjoint($self, other, /)",                                                 \
       .bound = isDisjoint,                                                                        \
       .doc = "Whether the two have no item in common."},                                          \
  {                                                                                                \
    .signature = "__class_getitem__($type, object, /)", .bound = classGetItem,                     \
    .kind = MethodDef::Class                                                                       \
  }

constexpr MethodDef kFrozenMethods[] = {PYC_SHARED_METHODS};
constexpr MethodDef kSetMethods[] = {
    PYC_SHARED_METHODS,
    {.signature = "add($self, object, /)", .bound = add, .doc = "Adds an item."},
    {.signature = "discard($self, object, /)",
     .bound = discard,
     .doc = "Removes an item if it is there."},
    {.signature = "remove($self, object, /)",
     .bound = remove,
     .doc = "Removes an item; KeyError if it is missing."},
    {.signature = "pop($self, /)",
     .bound = pop,
     .doc = "Removes any item and returns it; KeyError if there is none."},
    {.signature = "clear($self, /)", .bound = clearMethod, .doc = "Removes all items."},
    {.signature = "update($self, /, *others)",
     .bound = updateByAll<setUpdate>,
     .doc = "Adds the items of all others."},
    {.signature = "intersection_update($self, /, *others)",
     .bound = intersectionUpdate,
     .doc = "Keeps the items that all have."},
    {.signature = "difference_update($self, /, *others)",
     .bound = updateByAll<setSubtract>,
     .doc = "Removes the items of all others."},
    {.signature = "symmetric_difference_update($self, other, /)",
     .bound = symmetricDifferenceUpdate,
     .doc = "Keeps the items that are in exactly one of the two."},
};
#undef PYC_SHARED_METHODS

constexpr TypeSlots sharedSlots() {
  TypeSlots slots = {.dealloc = dealloc,
                     .traverse = traverse,
                     .repr = setRepr,
                     .compare = compareSets,
                     .iter = iterate,
                     .length = lengthOf,
                     .contains = containsItem};
  slots.binary[static_cast<unsigned>(BinaryOp::And)] = intersect;
  slots.binary[static_cast<unsigned>(BinaryOp::Or)] = unite;
  slots.binary[static_cast<unsigned>(BinaryOp::Xor)] = exclusiveOr;
  slots.binary[static_cast<unsigned>(BinaryOp::Sub)] = subtract;
  return slots;
}

constexpr TypeSlots setSlots() {
  TypeSlots slots = sharedSlots();
  slots.clear = clear;
  slots.create = createSet;
  slots.init = initSet;
  slots.inplace[static_cast<unsigned>(BinaryOp::And)] = inPlace<intersectUpdate>;
  slots.inplace[static_cast<unsigned>(BinaryOp::Or)] = inPlace<setUpdate>;
  slots.inplace[static_cast<unsigned>(BinaryOp::Xor)] = inPlace<setXorUpdate>;
  slots.inplace[static_cast<unsigned>(BinaryOp::Sub)] = inPlace<setSubtract>;
  return slots;
}

constexpr TypeSlots frozenSlots() {
  TypeSlots slots = sharedSlots();
  slots.hash = frozenHash;
  slots.create = createFrozen;
  return slots;
}

} // namespace

constinit TypeObject setType = {
    .name = "set",
    .base = &objectType,
    .basicSize = sizeof(SetObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeWeakrefs | kTypeMatchSelf,
    .methods = kSetMethods,
    .doc = "set(iterable=(), /)\n--\n\nAn unordered collection of unique items.",
    .slots = setSlots(),
};

constinit TypeObject frozenSetType = {
    .name = "frozenset",
    .base = &objectType,
    .basicSize = sizeof(SetObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeWeakrefs | kTypeMatchSelf,
    .methods = kFrozenMethods,
    .doc =
        "frozenset(iterable=(), /)\n--\n\nAn unordered, unchangeable collection of unique items.",
    .slots = frozenSlots(),
};

} // namespace pyc::rt
