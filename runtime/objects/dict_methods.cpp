#include "runtime/objects/dict_methods.h"

#include "runtime/objects/arguments.h"
#include "runtime/objects/dict_view.h"
#include "runtime/objects/fast_alloc.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/set.h"

namespace pyc::rt::dict_methods {

void dealloc(Object* self) {
  auto* dict = reinterpret_cast<DictObject*>(self);
  if (dict->watch)
    dictWatchFree(dict);
  if (dict->entries)
    releaseDictTable(dict->entries);
  if (PYC_LIKELY(self->shape == kShapeDict))
    freeFast<true>(self);
  else
    freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  auto* dict = reinterpret_cast<DictObject*>(self);
  if (!dict->entries) // not complete yet
    return;
  const DictTable* table = tableOf(dict);
  bool visitKeys = visitor.seesAtoms || table->keys == DictKeys::General;
  for (uint32_t i = table->first; i < table->used; ++i) {
    const DictEntry& entry = dict->entries[i];
    if (entry.key.isNull())
      continue;
    if (visitKeys)
      visitor.visit(entry.key);
    visitor.visit(entry.value);
  }
  dictWatchTraverse(dict, visitor);
}

Ref itemsText(DictObject* dict) {
  StrBuilder out;
  out.append("{");
  int64_t position = 0;
  bool isFirst = true;
  for (Value key, value; dictNext(dict, position, key, value); isFirst = false) {
    Ref keptKey = Ref::copy(key), keptValue = Ref::copy(value);
    if (!isFirst)
      out.append(", ");
    PYC_TRY(keyText, repr(key));
    out.append(keyText.get());
    out.append(": ");
    PYC_TRY(valueText, repr(value));
    out.append(valueText.get());
  }
  out.append("}");
  return out.finish();
}

static bool sameItems(DictObject* a, DictObject* b, bool& result) {
  result = a->count == b->count;
  int64_t position = 0;
  for (Value key, value; result && dictNext(a, position, key, value);) {
    int64_t hash = dictEntryHash(a->entries, static_cast<uint32_t>(position - 1));
    Ref keptKey = Ref::copy(key), keptValue = Ref::copy(value);
    int64_t number = dictLookup(b, key, hash);
    if (number == kDictError)
      return false;
    if (number == kDictMissing) {
      result = false;
      return true;
    }
    Ref other = Ref::copy(b->entries[number].value);
    if (!equalItems(value, other, result))
      return false;
  }
  return true;
}

Ref compareDicts(Value self, Value other, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !isAnyDict(other))
    return Ref::notImplemented();
  bool same;
  if (!sameItems(asDict(self), asDict(other), same))
    return {};
  return Ref::boolean(same == (op == CompareOp::Eq));
}

Ref iterate(Value self) {
  return makeDictIterator(&dictKeyIteratorType, self);
}

bool length(Value self, int64_t& result) {
  result = asDict(self)->count;
  return true;
}

Ref getItem(Value self, Value key) {
  Ref value;
  if (!dictGet(asDict(self), key, value))
    return {};
  if (value)
    return value;
  if (!isExactDict(self)) {
    bool found = false;
    Ref missing = callSpecial(self, names::__missing__, &key, 1, found);
    if (found)
      return missing;
  }
  return raiseKeyError(key);
}

bool contains(Value self, Value key, bool& result) {
  Value found;
  bool ok = dictFind(asDict(self), key, found);
  result = static_cast<bool>(found);
  return ok;
}

bool addArguments(DictObject* dict, const char* name, const Value* args, size_t argc,
                  Value kwnames) {
  if (!checkArgumentCount(name, argc, 0, 1) || (argc == 1 && !dictUpdate(dict, args[0])))
    return false;
  if (!kwnames)
    return true;
  TupleObject* names = asTuple(kwnames);
  for (int64_t i = 0; i < names->count; ++i)
    if (!dictSetStr(dict, asStr(names->items()[i]), args[argc + static_cast<size_t>(i)]))
      return false;
  return true;
}

Ref get(const Value* args) {
  Ref value;
  if (!dictGet(asDict(args[0]), args[1], value))
    return {};
  if (value)
    return value;
  return args[2] ? Ref::copy(args[2]) : Ref::none();
}

Ref keys(const Value* args) {
  return makeDictView(&dictKeysType, args[0]);
}
Ref values(const Value* args) {
  return makeDictView(&dictValuesType, args[0]);
}
Ref items(const Value* args) {
  return makeDictView(&dictItemsType, args[0]);
}
Ref reversed(const Value* args) {
  return makeDictIterator(&dictReverseKeyIteratorType, args[0]);
}

/// Keys of an iterable with one value, in a dict.
/// Adds keys that all get the same value. The hashes of a set's are known.
static bool addKeys(DictObject* dict, Value keys, Value value) {
  if (!isExactSet(keys) && !isExactFrozenSet(keys))
    return forEach(keys, [&](Value key) { return dictSet(dict, key, value); });
  int64_t position = 0, keyHash;
  for (Value key; setNext(asSet(keys), position, key, keyHash);) {
    Ref kept = Ref::copy(key);
    if (!dictSetHashed(dict, key, keyHash, value))
      return false;
  }
  return true;
}

Ref fromKeys(const Value* args) {
  Value value = args[2] ? args[2] : Value::none();
  if (args[0] == Value(&dictType.header)) {
    PYC_TRY(dict, newDict());
    return addKeys(asDict(dict), args[1], value) ? std::move(dict) : Ref();
  }
  PYC_TRY(result, call(args[0]));
  if (isInstance(result, &frozenDictType)) { // a dict with its items and the others is frozen
    PYC_TRY(items, newDict());
    if (!dictUpdate(asDict(items), result) || !addKeys(asDict(items), args[1], value))
      return {};
    return call(args[0], items);
  }
  bool completed = forEach(args[1], [&](Value key) { return setItem(result, key, value); });
  return completed ? std::move(result) : Ref();
}

Ref sizeOf(const Value* args) {
  DictObject* dict = asDict(args[0]);
  size_t size = typeOf(args[0])->basicSize;
  if (tableOf(dict)->mask != 0)
    size += dictTableBytes(tableOf(dict));
  return Ref::number(Value::fromInt(static_cast<int64_t>(size)));
}

} // namespace pyc::rt::dict_methods
