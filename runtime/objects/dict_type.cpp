// The type dict: what frozendict has not.
#include "runtime/objects/arguments.h"
#include "runtime/objects/dict_methods.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"

namespace pyc::rt {

namespace {

void clear(Object* self) {
  dictClear(reinterpret_cast<DictObject*>(self));
}

Ref dictRepr(Value self) {
  ReprGuard guard(self);
  return guard.enter() ? dict_methods::itemsText(asDict(self)) : makeStr("{...}");
}

bool setItem(Value self, Value key, Value value) {
  if (value)
    return dictSet(asDict(self), key, value);
  bool removed;
  if (!dictRemove(asDict(self), key, removed))
    return false;
  return removed || raiseKeyError(key);
}

Ref updateInPlace(Value lhs, Value rhs) {
  return dictUpdate(asDict(lhs), rhs) ? Ref::copy(lhs) : Ref();
}

Ref unite(Value lhs, Value rhs) {
  if (!isDict(lhs) || !isAnyDict(rhs))
    return Ref::notImplemented();
  PYC_TRY(result, dictCopy(asDict(lhs)));
  return dictUpdate(asDict(result), rhs) ? std::move(result) : Ref();
}

Ref create(TypeObject* type, const Value*, size_t, Value) {
  DictObject* dict = allocDict(type, 0);
  return dict ? Ref::steal(dict) : Ref();
}

bool init(Value self, const Value* args, size_t argc, Value kwnames) {
  return dict_methods::addArguments(asDict(self), "dict", args, argc, kwnames);
}

Ref update(const Value* args, size_t argc, Value kwnames) {
  if (!dict_methods::addArguments(asDict(args[0]), "update", args + 1, argc - 1, kwnames))
    return {};
  return Ref::none();
}

Ref setDefault(const Value* args) {
  return dictSetDefault(asDict(args[0]), args[1], args[2] ? args[2] : Value::none());
}

Ref pop(const Value* args) {
  DictObject* dict = asDict(args[0]);
  Ref value;
  bool removed = false;
  if (dict->count != 0 && !dictRemove(dict, args[1], removed, &value))
    return {};
  if (removed)
    return value;
  return args[2] ? Ref::copy(args[2]) : Ref(raiseKeyError(args[1]));
}

Ref popItem(const Value* args) {
  DictObject* dict = asDict(args[0]);
  if (dict->count == 0)
    return raise(keyErrorType, "popitem(): dictionary is empty");
  PYC_TRY(pair, newTuple(2));
  DictTable* table = tableOf(dict);
  uint32_t last = table->used - 1;
  while (dict->entries[last].key.isNull())
    --last;
  DictEntry taken = dictTakeEntry(dict, last);
  table->used = last;
  if (table->first > last)
    table->first = last;
  asTuple(pair)->items()[0] = taken.key;
  asTuple(pair)->items()[1] = taken.value;
  return pair;
}

Ref clearMethod(const Value* args) {
  dictClear(asDict(args[0]));
  return Ref::none();
}

Ref copy(const Value* args) {
  return dictCopy(asDict(args[0]));
}

constexpr MethodDef kMethods[] = {
    {.signature = "__sizeof__($self, /)", .bound = dict_methods::sizeOf},
    {.signature = "get($self, key, default=None, /)",
     .bound = dict_methods::get,
     .doc = "The value for key if key is in the dictionary, else default."},
    {.signature = "setdefault($self, key, default=None, /)",
     .bound = setDefault,
     .doc = "The value for key; inserts the key with default when it is missing."},
    {.signature = "pop($self, key, default=<unrepresentable>, /)",
     .bound = pop,
     .doc = "Removes a key and returns its value; default, or a KeyError, when it is missing."},
    {.signature = "popitem($self, /)",
     .bound = popItem,
     .doc = "Removes the pair (key, value) that was inserted last and returns it."},
    {.signature = "keys($self, /)", .bound = dict_methods::keys},
    {.signature = "items($self, /)", .bound = dict_methods::items},
    {.signature = "values($self, /)", .bound = dict_methods::values},
    {.signature = "update($self, /, *args, **kwargs)",
     .raw = update,
     .doc = "Adds the items of a mapping or of an iterable of pairs, then the keywords."},
    {.signature = "fromkeys($type, iterable, value=None, /)",
     .bound = dict_methods::fromKeys,
     .kind = MethodDef::Class,
     .doc = "A new dictionary with keys from iterable and one value for all."},
    {.signature = "clear($self, /)", .bound = clearMethod, .doc = "Removes all items."},
    {.signature = "copy($self, /)", .bound = copy, .doc = "A shallow copy."},
    {.signature = "__reversed__($self, /)", .bound = dict_methods::reversed},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class},
};

constexpr TypeSlots makeSlots() {
  TypeSlots slots = {.dealloc = dict_methods::dealloc,
                     .traverse = dict_methods::traverse,
                     .clear = clear,
                     .repr = dictRepr,
                     .compare = dict_methods::compareDicts,
                     .iter = dict_methods::iterate,
                     .create = create,
                     .init = init,
                     .length = dict_methods::length,
                     .getItem = dict_methods::getItem,
                     .setItem = setItem,
                     .contains = dict_methods::contains};
  slots.binary[static_cast<unsigned>(BinaryOp::Or)] = unite;
  slots.inplace[static_cast<unsigned>(BinaryOp::Or)] = updateInPlace;
  return slots;
}

} // namespace

constinit TypeObject dictType = {
    .name = "dict",
    .base = &objectType,
    .basicSize = sizeof(DictObject),
    .flags =
        kTypeBuiltin | kTypeBase | kTypeCollected | kTypeMapping | kTypeMatchSelf | kTypeIsDict,
    .methods = kMethods,
    .doc = "dict(), dict(mapping), dict(iterable of pairs), each with further items as **kwargs.",
    .slots = makeSlots(),
};

} // namespace pyc::rt
