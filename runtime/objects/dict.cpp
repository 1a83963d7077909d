// The operations of dict.h on top of the table.
#include "runtime/objects/dict_table.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/fast_alloc.h"
#include "runtime/objects/plain_keys.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/unseen_keys.h"

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

/// Whether an entry has this str as its key, in a table of kind Str or Simple. In line but for the
/// texts.
struct TextMatch {
  const DictEntry* entries;
  const StrObject* key;
  int64_t hash;
  [[gnu::always_inline]] bool operator()(uint32_t number) const {
    Value candidate = entries[number].key;
    return candidate == Value(key) || (candidate.isObject() && asStr(candidate)->hashCode == hash &&
                                       sameHashedText(asStr(candidate), key));
  }
};

/// Whether an entry of a table of kind General has an equal key, or one that cannot be told.
struct PlainMatch {
  const DictEntry* entries;
  Value key;
  int64_t hash;
  const int64_t* hashes;
  KeyMatch* last;
  [[gnu::always_inline]] bool operator()(uint32_t number) const {
    if (entries[number].key != key && hashes[number] != hash)
      return false;
    *last = matchKeys(entries[number].key, key);
    return *last != KeyMatch::No;
  }
};

[[gnu::always_inline]] inline int64_t findText(DictEntry* entries, StrObject* key, int64_t hash) {
  return dictProbe(tableOf(entries), hash, TextMatch{entries, key, hash});
}

/// The entry of a key in a table of kind General, or kDictMissing; kDictFurther where Python code
/// would have to tell.
int64_t findPlain(DictEntry* entries, Value key, int64_t hash) {
  KeyMatch last = KeyMatch::No;
  int64_t number =
      dictProbe(tableOf(entries), hash, PlainMatch{entries, key, hash, dictHashes(entries), &last});
  return PYC_LIKELY(last != KeyMatch::Unknown) ? number : kDictFurther;
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
    outcome = compareEntry(dict, number, key);
    return outcome != Match::No;
  });
}

} // namespace

/// Of any key in any table; may run Python code.
static int64_t lookupComparing(DictObject* dict, Value key, int64_t hash) {
  for (;;) {
    Match outcome = Match::No;
    int64_t number = lookupOnce(dict, key, hash, outcome);
    if (outcome == Match::Error)
      return kDictError;
    if (outcome != Match::Changed)
      return number;
  }
}

[[gnu::always_inline]] static inline int64_t lookupHashed(DictObject* dict, Value key,
                                                          int64_t hash) {
  DictEntry* entries = dict->entries;
  int64_t number = kDictFurther;
  if (PYC_LIKELY(tableOf(entries)->keys == DictKeys::General))
    number = findPlain(entries, key, hash);
  else if (isExactStr(key))
    return findText(entries, asStr(key), hash);
  return PYC_LIKELY(number != kDictFurther) ? number : lookupComparing(dict, key, hash);
}

int64_t dictLookup(DictObject* dict, Value key, int64_t hash) {
  return lookupHashed(dict, key, hash);
}

int64_t dictLookup(DictObject* dict, Value key, int64_t* hash) {
  DictEntry* entries = dict->entries;
  if (PYC_LIKELY(tableOf(entries)->keys != DictKeys::General)) {
    if (isExactStr(key)) {
      *hash = strHash(asStr(key));
      return findText(entries, asStr(key), *hash);
    }
    if (key.isInt()) {
      *hash = smallIntHash(key.asInt());
      return dictFindIntEntry(entries, key);
    }
  }
  bool ok = hashPlainTuple(key, *hash) || dictHashKey(dict, key, *hash);
  return PYC_LIKELY(ok) ? lookupHashed(dict, key, *hash) : kDictError;
}

bool dictFindUnseen(DictObject* dict, UnseenTuple& key, int64_t& number) {
  if (PYC_UNLIKELY(!key.hash()))
    return false;
  bool hasTuples = tableOf(dict)->keys == DictKeys::General;
  number = hasTuples ? findPlain(dict->entries, key.value(), *key.hash()) : kDictMissing;
  return number != kDictFurther;
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
