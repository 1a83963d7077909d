#include "runtime/modules/ordered_dict.h"

#include "runtime/objects/arguments.h"
#include "runtime/objects/dict_methods.h"
#include "runtime/objects/dict_view.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/sequence.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

bool isOrdered(Value value) {
  return value.isObject() && isInstance(value, &orderedDictType);
}

/// Whether the class has dict's method of this name.
bool hasOwnMethodOfDict(Value self, StrObject* name) {
  return hasShape(self, orderedDictType.rootShape) ||
         findInType(typeOf(self), name) == findInType(&dictType, name);
}
bool storesPlainly(Value self) {
  return hasOwnMethodOfDict(self, internLiteral("__setitem__"));
}

//===----------------------------------------------------------------------===//
// update(), as collections.abc.MutableMapping has it
//===----------------------------------------------------------------------===//

bool storePair(Value self, Value pair) {
  PYC_TRY(parts, sequenceTuple(pair));
  int64_t count = asTuple(parts)->count;
  if (count < 2)
    return raise(valueErrorType, "need more than %lld value%s to unpack",
                 static_cast<long long>(count), count == 1 ? "" : "s");
  if (count > 2)
    return raise(valueErrorType, "too many values to unpack (expected 2)");
  return setItem(self, asTuple(parts)->items()[0], asTuple(parts)->items()[1]);
}

bool storePairs(Value self, Value pairs) {
  return forEach(pairs, [&](Value pair) { return storePair(self, pair); });
}

/// The items of anything, by self's own __setitem__.
bool storeAll(Value self, Value source) {
  if (isExactDict(source)) {
    PYC_TRY(items, callMethod(source, names::items));
    return storePairs(self, items);
  }
  Ref method;
  if (!findAttr(source, names::keys, method))
    return false;
  if (method) {
    PYC_TRY(keys, call(method));
    return forEach(keys, [&](Value key) {
      Ref value = getItem(source, key);
      return value && setItem(self, key, value);
    });
  }
  if (!findAttr(source, names::items, method))
    return false;
  if (!method)
    return storePairs(self, source);
  PYC_TRY(items, call(method));
  return storePairs(self, items);
}

bool updateFrom(Value self, Value source) {
  bool isPlain = storesPlainly(self) && isPlainMapping(source);
  return isPlain ? dictUpdate(asDict(self), source) : storeAll(self, source);
}

bool addAll(Value self, const Value* args, size_t argc, Value kwnames) {
  if (argc == 1 && !updateFrom(self, args[0]))
    return false;
  for (int64_t i = 0; kwnames && i < asTuple(kwnames)->count; ++i)
    if (!setItem(self, asTuple(kwnames)->items()[i], args[argc + static_cast<size_t>(i)]))
      return false;
  return true;
}

bool init(Value self, const Value* args, size_t argc, Value kwnames) {
  if (argc > 1)
    return raise(typeErrorType, "expected at most 1 argument, got %zu", argc);
  return addAll(self, args, argc, kwnames);
}

Ref update(const Value* args, size_t argc, Value kwnames) {
  if (argc > 2)
    return raise(typeErrorType, "update() takes at most 1 positional argument (%zu given)",
                 argc - 1);
  return addAll(args[0], args + 1, argc - 1, kwnames) ? Ref::none() : Ref();
}

//===----------------------------------------------------------------------===//
// Single items
//===----------------------------------------------------------------------===//

bool isLast(Value flag, bool& last) {
  last = true;
  return !flag || truth(flag, last);
}

Ref moveToEnd(const Value* args) {
  DictObject* dict = asDict(args[0]);
  int64_t hash;
  bool last;
  if (!isLast(args[2], last))
    return {};
  int64_t number = dictLookup(dict, args[1], &hash);
  if (number == kDictMissing)
    return raiseKeyError(args[1]);
  if (number == kDictError || !dictMoveToEnd(dict, static_cast<uint32_t>(number), last))
    return {};
  return Ref::none();
}

Ref popItem(const Value* args) {
  DictObject* dict = asDict(args[0]);
  bool last;
  if (!isLast(args[1], last))
    return {};
  if (dict->count == 0)
    return raise(keyErrorType, "dictionary is empty");
  PYC_TRY(pair, newTuple(2));
  DictEntry taken = dictTakeEntry(dict, dictEndEntry(dict, last));
  asTuple(pair)->items()[0] = taken.key;
  asTuple(pair)->items()[1] = taken.value;
  return pair;
}

Ref pop(const Value* args) {
  Ref value;
  bool removed;
  if (!dictRemove(asDict(args[0]), args[1], removed, &value))
    return {};
  if (removed)
    return value;
  return args[2] ? Ref::copy(args[2]) : Ref(raiseKeyError(args[1]));
}

Ref setDefault(const Value* args) {
  Value fallback = args[2] ? args[2] : Value::none();
  if (hasShape(args[0], orderedDictType.rootShape))
    return dictSetDefault(asDict(args[0]), args[1], fallback);
  bool isThere;
  if (!contains(args[0], args[1], isThere))
    return {};
  if (isThere)
    return getItem(args[0], args[1]);
  return setItem(args[0], args[1], fallback) ? Ref::copy(fallback) : Ref();
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

/// Walks over the keys while code of the program runs, which may not change the dict.
class KeyWalk {
public:
  explicit KeyWalk(Value self) : dict_(asDict(self)), version_(dict_->version) {}

  /// The next key, owned, or null at the end.
  Ref next() {
    Value key;
    return dictNext(dict_, position_, key, value_) ? Ref::copy(key) : Ref();
  }
  /// Of the key that next() gave, borrowed.
  Value value() const { return value_; }
  /// RuntimeError if the dict changed.
  bool check() const {
    return dict_->version == version_ ||
           raise(runtimeErrorType, "OrderedDict mutated during iteration");
  }

private:
  DictObject* dict_;
  uint32_t version_;
  int64_t position_ = 0;
  Value value_;
};

Ref copy(const Value* args) {
  bool isPlain = hasShape(args[0], orderedDictType.rootShape);
  PYC_TRY(result, call(Value(&typeOf(args[0])->header)));
  KeyWalk walk(args[0]);
  while (Ref key = walk.next()) {
    Ref value = isPlain ? Ref::copy(walk.value()) : getItem(args[0], key);
    if (!value || !setItem(result, key, value) || !walk.check())
      return {};
  }
  return result;
}

Ref fromKeys(const Value* args) {
  PYC_TRY(result, call(args[0]));
  Value value = args[2] ? args[2] : Value::none();
  bool isDone = forEach(args[1], [&](Value key) { return setItem(result, key, value); });
  return isDone ? std::move(result) : Ref();
}

Ref reduce(const Value* args) {
  PYC_TRY(state, callMethod(args[0], internLiteral("__getstate__")));
  PYC_TRY(none, newTuple(0));
  PYC_TRY(items, callMethod(args[0], names::items));
  PYC_TRY(iterator, getIter(items));
  return tupleOf(Value(&typeOf(args[0])->header), none.get(), state.get(), Value::none(),
                 iterator.get());
}

/// The items as dict shows them; a subclass may have its own items().
Ref itemsText(Value self) {
  if (hasShape(self, orderedDictType.rootShape))
    return dict_methods::itemsText(asDict(self));
  PYC_TRY(items, callMethod(self, names::items));
  PYC_TRY(dict, newDict());
  return dictUpdate(asDict(dict), items) ? repr(dict) : Ref();
}

Ref reprSlot(Value self) {
  if (asDict(self)->count == 0)
    return formatText("%s()", typeName(self));
  ReprGuard guard(self);
  if (!guard.enter())
    return makeStr("...");
  PYC_TRY(items, itemsText(self));
  return formatText("%s(%S)", typeName(self), items.get());
}

/// Whether the keys of dicts with the same items come in the same order.
bool hasSameOrder(Value a, Value b, bool& same) {
  KeyWalk left(a), right(b);
  same = true;
  while (same) {
    Ref one = left.next(), other = right.next();
    if (!one || !other) {
      same = !one && !other;
      break;
    }
    if (!equalItems(one, other, same) || !left.check() || !right.check())
      return false;
  }
  return true;
}

Ref compareSlot(Value self, Value other, CompareOp op) {
  PYC_TRY(equal, dict_methods::compareDicts(self, other, op));
  bool isEq = op == CompareOp::Eq;
  bool isDecided = !(equal == Value::fromBool(isEq)) || !isOrdered(other);
  if (isDecided)
    return equal;
  bool same;
  if (!hasSameOrder(self, other, same))
    return {};
  return Ref::boolean(same == isEq);
}

Ref unite(Value left, Value right) {
  if (!isAnyDict(left) || !isAnyDict(right))
    return Ref::notImplemented();
  Value like = isOrdered(left) ? left : right;
  PYC_TRY(result, call(Value(&typeOf(like)->header), left));
  return updateFrom(result, right) ? std::move(result) : Ref();
}

Ref updateInPlace(Value self, Value other) {
  return updateFrom(self, other) ? Ref::copy(self) : Ref();
}

// Views with names of their own.

constexpr TypeObject viewType(const char* name, TypeObject& base) {
  return {.name = name,
          .base = &base,
          .basicSize = sizeof(DictView),
          .flags = kTypeBuiltin | kTypeCollected};
}
constinit TypeObject keysType = viewType("odict_keys", dictKeysType);
constinit TypeObject valuesType = viewType("odict_values", dictValuesType);
constinit TypeObject itemsType = viewType("odict_items", dictItemsType);

Ref keys(const Value* args) {
  return makeDictView(&keysType, args[0]);
}
Ref values(const Value* args) {
  return makeDictView(&valuesType, args[0]);
}
Ref items(const Value* args) {
  return makeDictView(&itemsType, args[0]);
}

constexpr MethodDef kMethods[] = {
    {.signature = "keys($self, /)", .bound = keys},
    {.signature = "values($self, /)", .bound = values},
    {.signature = "items($self, /)", .bound = items},
    {.signature = "move_to_end($self, key, last=True)",
     .bound = moveToEnd,
     .doc = "Makes a key the last one, or the first; KeyError when it is missing."},
    {.signature = "popitem($self, last=True)",
     .bound = popItem,
     .doc = "Removes the last pair (key, value), or the first, and returns it."},
    {.signature = "pop($self, key, default=<unrepresentable>)",
     .bound = pop,
     .doc = "Removes a key and returns its value; default, or a KeyError, when it is missing."},
    {.signature = "setdefault($self, key, default=None)",
     .bound = setDefault,
     .doc = "The value for key; inserts the key with default when it is missing."},
    {.signature = "update($self, /, *args, **kwargs)",
     .raw = update,
     .doc = "Adds the items of a mapping or of an iterable of pairs, then the keywords."},
    {.signature = "copy($self, /)", .bound = copy, .doc = "A shallow copy."},
    {.signature = "fromkeys($type, iterable, value=None)",
     .bound = fromKeys,
     .kind = MethodDef::Class,
     .doc = "A new one with keys from iterable and one value for all."},
    {.signature = "__reduce__($self, /)",
     .bound = reduce,
     .doc = "Return state information for pickling."},
};

constexpr TypeSlots makeSlots() {
  TypeSlots slots = {.repr = reprSlot, .compare = compareSlot, .init = init};
  slots.binary[static_cast<unsigned>(BinaryOp::Or)] = unite;
  slots.inplace[static_cast<unsigned>(BinaryOp::Or)] = updateInPlace;
  return slots;
}

} // namespace

constinit TypeObject orderedDictType = {
    .name = "collections.OrderedDict",
    .base = &dictType,
    .basicSize = sizeof(DictObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeHasStore | kTypeWeakrefs |
             kTypeMapping | kTypeMatchSelf | kTypeIsDict,
    .methods = kMethods,
    .doc = "A dict whose keys can be moved to its ends, and whose order counts in comparisons.",
    .slots = makeSlots(),
};

} // namespace pyc::rt
