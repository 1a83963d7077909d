// Copying dicts, and adding what is in mappings and in iterables of pairs.
#include "runtime/objects/dict_table.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/next_pair.h"
#include "runtime/objects/protocol.h"

#include <cstring>

namespace pyc::rt {

namespace {

/// New references to all that a table's entries hold.
void increfEntries(DictEntry* entries) {
  DictTable* table = tableOf(entries);
  for (uint32_t i = 0; i < table->used; ++i) {
    incref(entries[i].key);
    incref(entries[i].value);
  }
}

/// Whether a copy of the table as it is wastes little: no gaps, and not much room either.
bool isDense(const DictObject* dict) {
  const DictTable* table = tableOf(dict);
  return dict->count == table->used && dict->count >= dictCapacity(table) / 2;
}

/// Fills an empty dict that has no watch from another one.
bool cloneInto(DictObject* target, DictObject* source) {
  if (source->count == 0)
    return true;
  DictEntry* entries;
  if (isDense(source)) {
    entries = cloneDictTable(source->entries);
    if (!entries)
      return false;
  } else {
    entries = newDictTable(source->count, tableOf(source)->keys);
    if (!entries)
      return false;
    copyDictEntries(source->entries, entries);
  }
  increfEntries(entries);
  freeDictTable(target->entries); // has no entries
  target->entries = entries;
  target->count = source->count;
  ++target->version;
  return true;
}

bool mergeDict(DictObject* target, DictObject* source) {
  if (target == source || source->count == 0)
    return true;
  if (tableOf(target)->used == 0 && !target->watch)
    return cloneInto(target, source);
  uint32_t version = source->version;
  int64_t position = 0;
  for (Value key, value; dictNext(source, position, key, value);) {
    int64_t hash = dictEntryHash(source->entries, static_cast<uint32_t>(position - 1));
    Ref keptKey = Ref::copy(key), keptValue = Ref::copy(value);
    if (!dictSetHashed(target, key, hash, value))
      return false;
    if (source->version != version)
      return raise(runtimeErrorType, "dict mutated during update");
  }
  return true;
}

bool mergeMapping(DictObject* target, Value mapping, Value keysMethod) {
  PYC_TRY(keys, call(keysMethod));
  PYC_TRY(iterator, iterateKeys(mapping, keys));
  return forEach(iterator, [&](Value key) {
    Ref value = getItem(mapping, key);
    return value && dictSetStealing(target, key, value.release());
  });
}

/// A pair of an iterable of pairs as a list or tuple.
Ref pairSequence(Value item, int64_t index) {
  if (isList(item) || isTuple(item))
    return Ref::copy(item);
  Ref iterator = getIter(item);
  if (iterator)
    return sequenceList(iterator);
  if (!catchRaised(typeErrorType))
    return {};
  raise(typeErrorType, "object is not iterable");
  Ref raised = takeRaised();
  Ref note = formatText("Cannot convert dictionary update sequence element #%lld to a sequence",
                        static_cast<long long>(index));
  if (note && callMethod(raised, names::add_note, note))
    restoreRaised(std::move(raised));
  return {};
}

bool mergePair(DictObject* target, Value item, int64_t index) {
  PYC_TRY(pair, pairSequence(item, index));
  bool isTuplePair = isTuple(pair);
  int64_t count = isTuplePair ? asTuple(pair)->count : asList(pair)->count;
  if (count != 2)
    return raise(valueErrorType,
                 "dictionary update sequence element #%lld has length %lld; 2 is required",
                 static_cast<long long>(index), static_cast<long long>(count));
  Ref key = isTuplePair ? Ref::copy(asTuple(pair)->items()[0]) : listGet(asList(pair), 0);
  Ref value = isTuplePair ? Ref::copy(asTuple(pair)->items()[1]) : listGet(asList(pair), 1);
  return dictSetStealing(target, key, value.release());
}

/// Of an enumerate or zip, which gives out pairs without making tuples.
bool mergeSteps(DictObject* target, Value iterator) {
  for (int64_t index = 0;; ++index) {
    Value parts[2];
    Ref item = Ref::steal(nextPair(iterator, parts));
    if (!item)
      return !isRaised();
    if (item != Value(&pycPair)) {
      if (!mergePair(target, item, index))
        return false;
      continue;
    }
    Ref key = Ref::steal(parts[1]);
    if (!dictSetStealing(target, key, parts[0]))
      return false;
  }
}

bool mergePairs(DictObject* target, Value pairs) {
  if (hasShape(pairs, kShapeZip) || hasShape(pairs, kShapeEnumerate))
    return mergeSteps(target, pairs);
  int64_t index = 0;
  return forEach(pairs, [&](Value item) { return mergePair(target, item, index++); });
}

} // namespace

bool isPlainMapping(Value source) {
  if (!source.isObject())
    return false;
  if (hasShape(source, kShapeDict) || hasShape(source, kShapeFrozenDict))
    return true;
  TypeObject* type = typeOf(source);
  return isAnyDict(source) &&
         (type->slots.iter == dictType.slots.iter || type->slots.iter == frozenDictType.slots.iter);
}

Ref iterateKeys(Value mapping, Value keys) {
  const TypeSlots& slots = typeOf(keys)->slots;
  if (!slots.iter && !slots.getItem)
    return raise(typeErrorType, "%Q.keys() must return an iterable, not %Q", mapping, keys);
  return getIter(keys);
}

bool dictUpdate(DictObject* dict, Value source) {
  if (isPlainMapping(source))
    return mergeDict(dict, asDict(source));
  Ref keys;
  if (!findAttr(source, names::keys, keys))
    return false;
  return keys ? mergeMapping(dict, source, keys) : mergePairs(dict, source);
}

Ref dictCopy(DictObject* source) {
  PYC_TRY(copy, newDict());
  return cloneInto(asDict(copy), source) ? std::move(copy) : Ref();
}

} // namespace pyc::rt
