#include "runtime/objects/dict_view.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/mapping_proxy.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/sequence.h"

namespace pyc::rt {

Ref makeDictView(TypeObject* type, Value dict) {
  auto* view = reinterpret_cast<DictView*>(allocObject(type));
  if (!view)
    return {};
  incref(dict);
  view->dict = asDict(dict);
  return Ref::steal(view);
}

namespace {

bool isSetView(Value value) {
  return value.isObject() && (isDictKeys(value) || isDictItems(value));
}

void dealloc(Object* self) {
  if (DictObject* dict = reinterpret_cast<DictView*>(self)->dict)
    decrefObject(&dict->header);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  if (DictObject* dict = reinterpret_cast<DictView*>(self)->dict)
    visitor.visit(dict);
}

Ref viewRepr(Value self) {
  ReprGuard guard(self);
  if (!guard.enter())
    return makeStr("...");
  PYC_TRY(items, sequenceList(self));
  return formatText("%s(%R)", typeName(self), items.get());
}

bool viewLength(Value self, int64_t& length) {
  length = asDictView(self)->dict->count;
  return true;
}

Ref iterKeys(Value self) {
  return makeDictIterator(&dictKeyIteratorType, asDictView(self)->dict);
}
Ref iterValues(Value self) {
  return makeDictIterator(&dictValueIteratorType, asDictView(self)->dict);
}
Ref iterItems(Value self) {
  return makeDictIterator(&dictItemIteratorType, asDictView(self)->dict);
}

Ref reversedKeys(const Value* args) {
  return makeDictIterator(&dictReverseKeyIteratorType, asDictView(args[0])->dict);
}
Ref reversedValues(const Value* args) {
  return makeDictIterator(&dictReverseValueIteratorType, asDictView(args[0])->dict);
}
Ref reversedItems(const Value* args) {
  return makeDictIterator(&dictReverseItemIteratorType, asDictView(args[0])->dict);
}

bool containsKey(Value self, Value key, bool& result) {
  Value found;
  bool ok = dictFind(asDictView(self)->dict, key, found);
  result = static_cast<bool>(found);
  return ok;
}

bool containsItem(Value self, Value item, bool& result) {
  result = false;
  if (!isTuple(item) || asTuple(item)->count != 2)
    return true;
  Ref found;
  if (!dictGet(asDictView(self)->dict, asTuple(item)->items()[0], found))
    return false;
  return !found || equalItems(found, asTuple(item)->items()[1], result);
}

/// Whether each item of one collection is in the other.
bool containsAll(Value container, Value items, bool& result) {
  result = true;
  bool completed =
      forEach(items, [&](Value item) { return contains(container, item, result) && result; });
  return completed || !isRaised();
}

Ref viewCompare(Value self, Value other, CompareOp op) {
  if (!isAnySet(other) && !isSetView(other))
    return Ref::notImplemented();
  int64_t mine, others;
  if (!length(self, mine) || !length(other, others))
    return {};
  bool result = false;
  bool isSubset = op == CompareOp::Lt || op == CompareOp::Le;
  bool isEquality = op == CompareOp::Eq || op == CompareOp::Ne;
  if (isEquality ? mine == others : compareOrder(op, mine, others))
    if (!(isSubset || isEquality ? containsAll(other, self, result)
                                 : containsAll(self, other, result)))
      return {};
  return Ref::boolean(result != (op == CompareOp::Ne));
}

/// A set of the items; of a keys view's dict directly.
Ref toSet(Value view) {
  return makeSet(view.isObject() && isDictKeys(view) ? Value(asDictView(view)->dict) : view);
}

Ref intersect(Value lhs, Value rhs) {
  if (!isSetView(lhs))
    std::swap(lhs, rhs);
  int64_t mine = asDictView(lhs)->dict->count;
  if (isExactSet(rhs) && mine <= asSet(rhs)->count)
    return callMethod(rhs, names::intersection, lhs);
  if (isSetView(rhs) && int64_t(asDictView(rhs)->dict->count) > mine)
    std::swap(lhs, rhs);
  PYC_TRY(result, newSet());
  auto containsOne = typeOf(lhs)->slots.contains;
  bool completed = forEach(rhs, [&](Value item) {
    bool found;
    return containsOne(lhs, item, found) && (!found || setAdd(asSet(result), item));
  });
  return completed ? std::move(result) : Ref();
}

Ref unite(Value lhs, Value rhs) {
  PYC_TRY(result, toSet(lhs));
  return setUpdate(asSet(result), rhs) ? std::move(result) : Ref();
}

Ref subtract(Value lhs, Value rhs) {
  PYC_TRY(result, toSet(lhs));
  return setSubtract(asSet(result), rhs) ? std::move(result) : Ref();
}

/// items ^ items without hashing the values that both have.
Ref itemsXor(Value lhs, Value rhs) {
  DictObject *small = asDictView(lhs)->dict, *large = asDictView(rhs)->dict;
  if (small->count > large->count)
    std::swap(small, large);
  PYC_TRY(rest, dictCopy(small));
  PYC_TRY(result, newSet());
  PYC_TRY(items, makeDictView(&dictItemsType, large));
  bool completed = forEach(items, [&](Value pair) {
    Value key = asTuple(pair)->items()[0];
    Ref other;
    bool equal = false;
    if (!dictGet(asDict(rest), key, other) ||
        (other && !equalItems(other, asTuple(pair)->items()[1], equal)))
      return false;
    bool removed;
    return equal ? dictRemove(asDict(rest), key, removed) : setAdd(asSet(result), pair);
  });
  if (!completed)
    return {};
  PYC_TRY(left, makeDictView(&dictItemsType, rest));
  return setUpdate(asSet(result), left) ? std::move(result) : Ref();
}

Ref symmetricDifference(Value lhs, Value rhs) {
  if (lhs.isObject() && rhs.isObject() && isDictItems(lhs) && isDictItems(rhs))
    return itemsXor(lhs, rhs);
  PYC_TRY(result, toSet(lhs));
  PYC_TRY(other, makeSet(rhs));
  return binaryOp(BinaryOp::Xor, result, other);
}

Ref isDisjoint(const Value* args) {
  Value self = args[0], other = args[1];
  if (self == other)
    return Ref::boolean(asDictView(self)->dict->count == 0);
  if (isAnySet(other) || isSetView(other)) {
    int64_t mine, others;
    if (!length(self, mine) || !length(other, others))
      return {};
    if (others > mine)
      std::swap(self, other);
  }
  bool found = false;
  bool completed =
      forEach(other, [&](Value item) { return contains(self, item, found) && !found; });
  return completed || !isRaised() ? Ref::boolean(!found) : Ref();
}

Ref mapping(Value self) {
  return makeMappingProxy(asDictView(self)->dict);
}

constexpr GetSetDef kGetSets[] = {
    {"mapping", mapping, nullptr, "dictionary that this view refers to"},
};
constexpr MethodDef kKeysMethods[] = {
    {.signature = "isdisjoint($self, other, /)", .bound = isDisjoint},
    {.signature = "__reversed__($self, /)", .bound = reversedKeys},
};
constexpr MethodDef kItemsMethods[] = {
    {.signature = "isdisjoint($self, other, /)", .bound = isDisjoint},
    {.signature = "__reversed__($self, /)", .bound = reversedItems},
};
constexpr MethodDef kValuesMethods[] = {
    {.signature = "__reversed__($self, /)", .bound = reversedValues},
};

constexpr TypeSlots setViewSlots(UnaryFn iter, bool (*contains)(Value, Value, bool&)) {
  TypeSlots slots = {.dealloc = dealloc,
                     .traverse = traverse,
                     .repr = viewRepr,
                     .compare = viewCompare,
                     .iter = iter,
                     .length = viewLength,
                     .contains = contains};
  slots.binary[static_cast<unsigned>(BinaryOp::And)] = intersect;
  slots.binary[static_cast<unsigned>(BinaryOp::Or)] = unite;
  slots.binary[static_cast<unsigned>(BinaryOp::Xor)] = symmetricDifference;
  slots.binary[static_cast<unsigned>(BinaryOp::Sub)] = subtract;
  return slots;
}

} // namespace

constinit TypeObject dictKeysType = {
    .name = "dict_keys",
    .base = &objectType,
    .basicSize = sizeof(DictView),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kKeysMethods,
    .getSets = kGetSets,
    .slots = setViewSlots(iterKeys, containsKey),
};

constinit TypeObject dictItemsType = {
    .name = "dict_items",
    .base = &objectType,
    .basicSize = sizeof(DictView),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kItemsMethods,
    .getSets = kGetSets,
    .slots = setViewSlots(iterItems, containsItem),
};

constinit TypeObject dictValuesType = {
    .name = "dict_values",
    .base = &objectType,
    .basicSize = sizeof(DictView),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kValuesMethods,
    .getSets = kGetSets,
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .repr = viewRepr,
              .iter = iterValues,
              .length = viewLength},
};

} // namespace pyc::rt
