// The operations of dict.h on top of the table.
#include "runtime/objects/dict_table.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/fast_alloc.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"
#include "runtime/objects/tuple_hash.h"

#include <algorithm>

namespace pyc::rt {

namespace {

/// Outcome of comparing a search key with an entry of the same hash.
enum class Match { No, Yes, Error, Changed };

Match compareEntry(DictObject* dict, uint32_t number, Value key) {
  Value candidate = dict->entries[number].key;
  if (candidate.isInt() && key.isInt())
    return Match::No; // not the same bits
  if (isExactStr(candidate) && isExactStr(key))
    return strEquals(asStr(candidate), asStr(key)) ? Match::Yes : Match::No;
  uint32_t version = dict->version;
  Ref kept = Ref::copy(candidate);
  bool equal = false;
  if (!equalItems(candidate, key, equal))
    return Match::Error;
  if (dict->version != version)
    return Match::Changed;
  return equal ? Match::Yes : Match::No;
}

/// Tuples of the very same items: equal without a look at what these are.
bool isSameTuple(Value a, Value b) {
  if (!isExactTuple(a) || !isExactTuple(b) || asTuple(a)->count != asTuple(b)->count)
    return false;
  const Value *left = asTuple(a)->items(), *right = asTuple(b)->items();
  return std::equal(left, left + asTuple(a)->count, right);
}

/// The hash of an exact tuple of small ints and exact strs; false for other keys.
bool plainTupleHash(Value key, int64_t& result) {
  if (!isExactTuple(key))
    return false;
  TupleHash state;
  for (int64_t i = 0; i < asTuple(key)->count; ++i) {
    Value item = asTuple(key)->items()[i];
    if (item.isInt())
      state.add(smallIntHash(item.asInt()));
    else if (isExactStr(item))
      state.add(strHash(asStr(item)));
    else
      return false;
  }
  result = state.finish();
  return true;
}

/// The entry of such a tuple, or kDictMissing; kDictFurther where it has to be compared with a key
/// of the same hash that does not hold the very same items.
int64_t findPlainTuple(DictObject* dict, Value key, int64_t hash) {
  DictEntry* entries = dict->entries;
  if (tableOf(entries)->keys != DictKeys::General)
    return kDictMissing;
  const int64_t* hashes = dictHashes(entries);
  bool isDecided = true;
  auto matches = [&](uint32_t number) {
    if (entries[number].key == key)
      return true;
    if (hashes[number] != hash)
      return false;
    isDecided = isSameTuple(entries[number].key, key);
    return true;
  };
  int64_t number = dictWalk(tableOf(entries), hash, matches, [](uint64_t) {});
  return isDecided ? number : kDictFurther;
}

int64_t lookupOnce(DictObject* dict, Value key, int64_t hash, Match& outcome) {
  DictEntry* entries = dict->entries;
  return dictWalk(tableOf(entries), hash, [&](uint32_t number) {
    if (entries[number].key == key) {
      outcome = Match::Yes;
      return true;
    }
    if (dictEntryHash(entries, number) != hash)
      return false;
    if (isSameTuple(entries[number].key, key)) {
      outcome = Match::Yes;
      return true;
    }
    outcome = compareEntry(dict, number, key);
    return outcome != Match::No;
  });
}

} // namespace

int64_t dictLookup(DictObject* dict, Value key, int64_t hash) {
  if (tableOf(dict)->keys != DictKeys::General && isExactStr(key))
    return dictFindStrEntry(dict->entries, asStr(key));
  for (;;) {
    Match outcome = Match::No;
    int64_t number = lookupOnce(dict, key, hash, outcome);
    if (outcome == Match::Error)
      return kDictError;
    if (outcome != Match::Changed)
      return number;
  }
}

int64_t dictLookup(DictObject* dict, Value key, int64_t* hash) {
  if (PYC_LIKELY(tableOf(dict)->keys != DictKeys::General)) {
    if (isExactStr(key)) {
      *hash = strHash(asStr(key));
      return dictFindStrEntry(dict->entries, asStr(key));
    }
    if (key.isInt()) {
      *hash = smallIntHash(key.asInt());
      return dictFindIntEntry(dict->entries, key);
    }
  }
  if (plainTupleHash(key, *hash)) {
    int64_t number = findPlainTuple(dict, key, *hash);
    return PYC_LIKELY(number != kDictFurther) ? number : dictLookup(dict, key, *hash);
  }
  return dictHashKey(dict, key, *hash) ? dictLookup(dict, key, *hash) : kDictError;
}

/// Adds a missing key at a free place of its hash, to a table with room that suits it.
static void append(DictObject* dict, Value key, int64_t hash, Value value, uint64_t place) {
  incref(key);
  dictTableAppend(dict->entries, key, hash, value, place);
  ++dict->count;
  ++dict->version;
  if (PYC_UNLIKELY(dict->watch != nullptr))
    dictWatchChanged(dict, key, value);
}

bool dictInsert(DictObject* dict, Value key, int64_t hash, Value value) {
  DictKeys keys = dictKeysFor(key);
  DictTable* table = tableOf(dict);
  if (PYC_UNLIKELY(table->free == 0 || keys > table->keys)) {
    if (!dictMakeRoom(dict, keys)) {
      decref(value);
      return false;
    }
  }
  append(dict, key, hash, value, dictFreePlace(tableOf(dict), hash));
  return true;
}

void dictReplace(DictObject* dict, uint32_t number, Value value) {
  Value old = dict->entries[number].value;
  dict->entries[number].value = value;
  if (PYC_UNLIKELY(dict->watch != nullptr))
    dictWatchChanged(dict, dict->entries[number].key, value);
  decref(old);
}

DictEntry dictTakeEntry(DictObject* dict, uint32_t number) {
  DictEntry* entries = dict->entries;
  DictTable* table = tableOf(entries);
  DictEntry taken = entries[number];
  DictProbe probe(dictEntryHash(entries, number), table->mask);
  if (table->mask <= kDictSmallMask) {
    auto* index = const_cast<uint8_t*>(dictIndex8(table));
    while (index[-static_cast<int64_t>(probe.place)] != number)
      probe.next();
    index[-static_cast<int64_t>(probe.place)] = kDictDeleted8;
  } else {
    auto* index = const_cast<uint32_t*>(dictIndex32(table));
    uint32_t word = (static_cast<uint32_t>(dictEntryHash(entries, number)) & ~table->mask) | number;
    while (index[-static_cast<int64_t>(probe.place)] != word)
      probe.next();
    index[-static_cast<int64_t>(probe.place)] = kDictDeleted32;
  }
  entries[number] = {};
  while (table->first < table->used && entries[table->first].key.isNull())
    ++table->first;
  --dict->count;
  ++dict->version;
  if (PYC_UNLIKELY(dict->watch != nullptr))
    dictWatchChanged(dict, taken.key, Value());
  return taken;
}

Ref newDict(size_t expected) {
  return Ref::steal(Value(reinterpret_cast<Object*>(allocDict(&dictType, expected))));
}

DictObject* allocDict(TypeObject* type, size_t expected) {
  Object* object =
      PYC_LIKELY(type == &dictType) ? allocFast<true>(type, sizeof(DictObject)) : allocObject(type);
  if (!object)
    return nullptr;
  auto* dict = reinterpret_cast<DictObject*>(object);
  dict->entries = emptyDictEntries();
  dict->count = dict->version = 0;
  dict->watch = nullptr;
  if (expected != 0) {
    DictEntry* entries = newDictTable(expected, DictKeys::Str);
    if (!entries) {
      decrefObject(&dict->header);
      return nullptr;
    }
    dict->entries = entries;
  }
  return dict;
}

bool dictFind(DictObject* dict, Value key, Value& result) {
  if (dictFindFast(dict, key, result))
    return true;
  int64_t hash;
  int64_t number = dictLookup(dict, key, &hash);
  result = number >= 0 ? dict->entries[number].value : Value();
  return number != kDictError;
}

bool dictGet(DictObject* dict, Value key, Ref& result) {
  Value found;
  bool ok = dictFind(dict, key, found);
  result = Ref::copy(found);
  return ok;
}

Value dictFindStr(const DictObject* dict, StrObject* key) {
  int64_t number;
  if (PYC_LIKELY(tableOf(dict)->keys != DictKeys::General)) {
    number = dictFindStrEntry(dict->entries, key);
  } else {
    Ref pending = takeRaised();
    number = dictLookup(const_cast<DictObject*>(dict), key, strHash(key));
    if (number == kDictError)
      clearRaised();
    restoreRaised(std::move(pending));
  }
  return number >= 0 ? dict->entries[number].value : Value();
}

bool dictSet(DictObject* dict, Value key, Value value) {
  incref(value);
  return dictSetStealing(dict, key, value);
}

/// Sets a key that the table suits and whose hash and match are known, by one search.
template <class Matches>
static bool setMatching(DictObject* dict, Value key, int64_t hash, Matches matches, Value value) {
  DictTable* table = tableOf(dict);
  uint64_t place = 0;
  bool isFree = false;
  int64_t number = dictFirstPlace(table, hash, matches);
  if (number < 0)
    number = dictWalk(table, hash, matches, [&](uint64_t passed) {
      place = isFree ? place : passed;
      isFree = true;
    });
  if (number >= 0)
    dictReplace(dict, static_cast<uint32_t>(number), value);
  else if (PYC_UNLIKELY(table->free == 0))
    return dictInsert(dict, key, hash, value);
  else
    append(dict, key, hash, value, place);
  return true;
}

bool dictSetStealing(DictObject* dict, Value key, Value value) {
  DictKeys kind = tableOf(dict)->keys;
  if (key.isInt() && kind == DictKeys::Simple)
    return setMatching(dict, key, smallIntHash(key.asInt()), DictIntMatch{dict->entries, key},
                       value);
  if (isExactStr(key) && kind != DictKeys::General)
    return setMatching(dict, key, strHash(asStr(key)), DictStrMatch{dict->entries, asStr(key)},
                       value);
  int64_t hash;
  int64_t number = dictLookup(dict, key, &hash);
  if (number >= 0) {
    dictReplace(dict, static_cast<uint32_t>(number), value);
    return true;
  }
  if (PYC_LIKELY(number == kDictMissing))
    return dictInsert(dict, key, hash, value);
  decref(value);
  return false;
}

bool dictSetStr(DictObject* dict, StrObject* key, Value value) {
  return dictSet(dict, key, value);
}

bool dictSetHashed(DictObject* dict, Value key, int64_t hash, Value value) {
  int64_t number = dictLookup(dict, key, hash);
  if (number == kDictError)
    return false;
  incref(value);
  if (number == kDictMissing)
    return dictInsert(dict, key, hash, value);
  dictReplace(dict, static_cast<uint32_t>(number), value);
  return true;
}

bool dictRemove(DictObject* dict, Value key, bool& removed, Ref* value) {
  int64_t hash;
  int64_t number = dictLookup(dict, key, &hash);
  removed = number >= 0;
  if (!removed)
    return number != kDictError;
  DictEntry taken = dictTakeEntry(dict, static_cast<uint32_t>(number));
  if (value)
    *value = Ref::steal(taken.value);
  else
    decref(taken.value);
  decref(taken.key);
  return true;
}

void dictClear(DictObject* dict) {
  DictEntry* old = dict->entries;
  dict->entries = emptyDictEntries();
  dict->count = 0;
  ++dict->version;
  if (PYC_UNLIKELY(dict->watch != nullptr))
    dictWatchCleared(dict);
  releaseDictTable(old);
}

Ref dictSetDefault(DictObject* dict, Value key, Value value) {
  int64_t hash;
  int64_t number = dictLookup(dict, key, &hash);
  if (number >= 0)
    return Ref::copy(dict->entries[number].value);
  if (number == kDictError)
    return {};
  incref(value);
  if (!dictInsert(dict, key, hash, value))
    return {};
  return Ref::copy(value);
}

bool dictNext(const DictObject* dict, int64_t& position, Value& key, Value& value) {
  const DictTable* table = tableOf(dict);
  int64_t i = position < table->first ? table->first : position;
  while (i < table->used && dict->entries[i].key.isNull())
    ++i;
  if (i >= table->used)
    return false;
  key = dict->entries[i].key;
  value = dict->entries[i].value;
  position = i + 1;
  return true;
}

} // namespace pyc::rt
