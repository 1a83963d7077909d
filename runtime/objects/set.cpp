// The operations of set.h and the table below them.
#include "runtime/objects/set_table.h"

#include "runtime/memory/heap.h"
#include "runtime/objects/dict_table.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/plain_keys.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/unseen_keys.h"

#include <algorithm>
#include <cstring>
#include <mimalloc.h>

namespace pyc::rt {

namespace {

constexpr int64_t kLinearProbes = 9; // entries looked at behind each place before jumping
constexpr int64_t kDeletedHash = -1;

bool isUnused(const SetEntry& entry) {
  return entry.key.isNull() && entry.hash == 0;
}

/// Calls visit(entry number) at the places where a hash can be, until it returns true.
template <class Visit> int64_t probe(int64_t mask, int64_t hash, Visit visit) {
  auto perturb = static_cast<uint64_t>(hash);
  uint64_t place = perturb & static_cast<uint64_t>(mask);
  for (;;) {
    auto first = static_cast<int64_t>(place);
    int64_t last = first + kLinearProbes <= mask ? first + kLinearProbes : first;
    for (int64_t i = first; i <= last; ++i)
      if (visit(i))
        return i;
    perturb >>= 5;
    place = (place * 5 + 1 + perturb) & static_cast<uint64_t>(mask);
  }
}

/// Puts a key into a table without deleted entries that does not have it.
void insertClean(SetEntry* table, int64_t mask, Value key, int64_t hash) {
  if (SetEntry& first = table[hash & mask]; PYC_LIKELY(first.key.isNull())) {
    first = {key, hash};
    return;
  }
  probe(mask, hash, [&](int64_t i) {
    if (!table[i].key.isNull())
      return false;
    table[i] = {key, hash};
    return true;
  });
}

enum class Match { No, Yes, Error, Changed };

Match compareKey(SetObject* set, int64_t number, Value item) {
  SetEntry* table = set->table;
  int64_t mask = set->mask;
  Value candidate = table[number].key;
  if (KeyMatch match = matchKeys(candidate, item); PYC_LIKELY(match != KeyMatch::Unknown))
    return match == KeyMatch::Yes ? Match::Yes : Match::No;
  Ref kept = Ref::copy(candidate);
  bool equal = false;
  if (!equalItems(candidate, item, equal))
    return Match::Error;
  if (set->table != table || set->mask != mask || table[number].key != candidate)
    return Match::Changed;
  return equal ? Match::Yes : Match::No;
}

/// The hash of a small int or exact str; false for other items.
[[gnu::always_inline]] inline bool simpleHash(Value item, int64_t& result) {
  if (item.isInt())
    result = smallIntHash(item.asInt());
  else if (isExactStr(item))
    result = strHash(asStr(item));
  else
    return false;
  return true;
}

/// The first place of a hash, if that tells where the item is (Yes) or would go (No): else -1.
[[gnu::always_inline]] inline int64_t firstPlace(const SetObject* set, Value item, int64_t hash,
                                                 Match& outcome) {
  int64_t place = hash & set->mask;
  const SetEntry& entry = set->table[place];
  outcome = entry.key == item ? Match::Yes : Match::No;
  return outcome == Match::Yes || isUnused(entry) ? place : -1;
}

/// findPlace for a small int or exact str. -1: the search meets another kind of key with the hash.
int64_t findSimple(const SetObject* set, Value item, int64_t hash, Match& outcome) {
  if (int64_t place = firstPlace(set, item, hash, outcome); PYC_LIKELY(place >= 0))
    return place;
  const SetEntry* table = set->table;
  outcome = Match::No;
  int64_t number = probe(set->mask, hash, [&](int64_t i) {
    Value key = table[i].key;
    if (key.isNull() || table[i].hash != hash)
      return isUnused(table[i]);
    if (key == item)
      outcome = Match::Yes;
    else if (key.isInt() && item.isInt())
      return false; // not the same bits
    else if (isExactStr(key) && isExactStr(item))
      outcome = strEquals(asStr(key), asStr(item)) ? Match::Yes : Match::No;
    else
      outcome = Match::Changed;
    return outcome != Match::No;
  });
  return outcome != Match::Changed ? number : -1;
}

/// The entry of the item (outcome Yes), or the unused one where it would go (outcome No).
int64_t findPlace(SetObject* set, Value item, int64_t hash, Match& outcome) {
  if (int64_t place = firstPlace(set, item, hash, outcome); PYC_LIKELY(place >= 0))
    return place;
  for (;;) {
    outcome = Match::No;
    SetEntry* table = set->table;
    int64_t number = probe(set->mask, hash, [&](int64_t i) {
      if (table[i].key == item) {
        outcome = Match::Yes;
        return true;
      }
      if (table[i].hash == hash && !table[i].key.isNull()) {
        outcome = compareKey(set, i, item);
        return outcome != Match::No;
      }
      return isUnused(table[i]);
    });
    if (outcome != Match::Changed)
      return number;
  }
}

/// Grows the table when three fifths of it are in use.
bool growIfFull(SetObject* set) {
  if (set->fill * 5 < set->mask * 3)
    return true;
  return setResize(set, set->count > 50000 ? set->count * 2 : set->count * 4);
}

} // namespace

bool addToSet(Value set, Value item) {
  if (PYC_LIKELY(isExactSet(set)) || isInstance(set, &setType))
    return setAdd(asSet(set), item);
  return raise(typeErrorType, "'%T' object is not a set", set);
}

bool isAnySet(Value value) {
  if (!value.isObject())
    return false;
  return isExactSet(value) || isExactFrozenSet(value) || isInstance(value, &setType) ||
         isInstance(value, &frozenSetType);
}

bool setHashItem(Value item, int64_t& result) {
  if (PYC_LIKELY(hash(item, result)))
    return true;
  if (isRaised(typeErrorType)) {
    Ref cause = takeRaised();
    raise(typeErrorType, "cannot use '%T' as a set element (%S)", item, cause.get());
  }
  return false;
}

int64_t setLookup(SetObject* set, Value item, int64_t hash) {
  Match outcome;
  int64_t number = findPlace(set, item, hash, outcome);
  return outcome == Match::Yes ? number : outcome == Match::Error ? kSetError : kSetMissing;
}

bool setFindUnseen(SetObject* set, UnseenTuple& key, bool& found) {
  if (PYC_UNLIKELY(!key.hash()))
    return false;
  const SetEntry* table = set->table;
  KeyMatch last = KeyMatch::No;
  probe(set->mask, *key.hash(), [&](int64_t i) {
    if (table[i].key.isNull() || table[i].hash != *key.hash())
      return isUnused(table[i]);
    last = matchKeys(table[i].key, key.value());
    return last != KeyMatch::No;
  });
  found = last == KeyMatch::Yes;
  return last != KeyMatch::Unknown;
}

namespace {

/// Takes the table out, of which `first` gets a copy in `kept`, and puts the set's own empty one
/// there.
SetEntry* takeTable(SetObject* set, SetEntry (&kept)[kSetFirstSize]) {
  SetEntry* table = std::exchange(set->table, set->first);
  set->mask = kSetFirstSize - 1;
  if (table != set->first)
    return table; // `first` was emptied when the set outgrew it
  std::copy_n(table, kSetFirstSize, kept);
  std::fill_n(set->first, kSetFirstSize, SetEntry{});
  return kept;
}

} // namespace

bool setResize(SetObject* set, int64_t wanted) {
  int64_t size = kSetFirstSize;
  while (size <= wanted)
    size *= 2;
  SetEntry* table = nullptr;
  if (size != kSetFirstSize) {
    table = static_cast<SetEntry*>(mi_calloc(static_cast<size_t>(size), sizeof(SetEntry)));
    if (!table)
      return raiseMemoryError();
  }
  int64_t oldMask = set->mask;
  SetEntry kept[kSetFirstSize];
  SetEntry* old = takeTable(set, kept);
  if (table)
    set->table = table;
  set->mask = size - 1;
  for (int64_t i = 0; i <= oldMask; ++i)
    if (!old[i].key.isNull())
      insertClean(set->table, set->mask, old[i].key, old[i].hash);
  set->fill = set->count;
  if (old != kept)
    freeMemory(old);
  return true;
}

bool setAddHashed(SetObject* set, Value item, int64_t hash) {
  Match outcome;
  int64_t number = findPlace(set, item, hash, outcome);
  if (outcome != Match::No)
    return outcome == Match::Yes;
  incref(item);
  set->table[number] = {item, hash};
  ++set->fill;
  ++set->count;
  return growIfFull(set);
}

bool setAddFast(SetObject* set, Value item) {
  int64_t hash;
  Match outcome;
  if (!simpleHash(item, hash))
    return false;
  int64_t number = findSimple(set, item, hash, outcome);
  if (number < 0 || outcome == Match::Yes)
    return number >= 0;
  if ((set->fill + 1) * 5 >= set->mask * 3)
    return false; // to grow
  incref(item);
  set->table[number] = {item, hash};
  ++set->fill;
  ++set->count;
  return true;
}

bool setContainsFast(const SetObject* set, Value item, bool& result) {
  int64_t hash;
  Match outcome;
  if (!simpleHash(item, hash) || findSimple(set, item, hash, outcome) < 0)
    return false;
  result = outcome == Match::Yes;
  return true;
}

bool setAdd(SetObject* set, Value item) {
  if (PYC_LIKELY(setAddFast(set, item)))
    return true;
  int64_t hash;
  return (hashPlainTuple(item, hash) || setHashItem(item, hash)) && setAddHashed(set, item, hash);
}

bool setContains(SetObject* set, Value item, bool& result) {
  if (PYC_LIKELY(setContainsFast(set, item, result)))
    return true;
  int64_t hash;
  if (!hashPlainTuple(item, hash) && !setHashItem(item, hash))
    return false;
  int64_t number = setLookup(set, item, hash);
  result = number >= 0;
  return number != kSetError;
}

Value setTakeEntry(SetObject* set, int64_t number) {
  Value key = set->table[number].key;
  set->table[number] = {Value(), kDeletedHash};
  --set->count;
  return key;
}

bool setRemove(SetObject* set, Value item, bool& removed) {
  int64_t hash;
  if (!setHashItem(item, hash))
    return false;
  int64_t number = setLookup(set, item, hash);
  removed = number >= 0;
  if (removed)
    decref(setTakeEntry(set, number));
  return number != kSetError;
}

void setClear(SetObject* set) {
  set->finger = 0;
  set->hash = -1;
  if (set->fill == 0 && set->table == set->first)
    return;
  int64_t mask = set->mask;
  SetEntry kept[kSetFirstSize];
  SetEntry* table = takeTable(set, kept);
  set->fill = set->count = 0;
  for (int64_t i = 0; i <= mask; ++i)
    decrefMaybe(table[i].key);
  if (table != kept)
    freeMemory(table);
}

bool setNext(const SetObject* set, int64_t& position, Value& key, int64_t& hash) {
  int64_t i = position;
  while (i <= set->mask && set->table[i].key.isNull())
    ++i;
  position = i + 1;
  if (i > set->mask)
    return false;
  key = set->table[i].key;
  hash = set->table[i].hash;
  return true;
}

bool setMerge(SetObject* set, SetObject* other) {
  if (set == other || other->count == 0)
    return true;
  if ((set->fill + other->count) * 5 >= set->mask * 3 &&
      !setResize(set, (set->count + other->count) * 2))
    return false;
  if (set->fill != 0)
    return forEachInSet(other,
                        [&](Value key, int64_t hash) { return setAddHashed(set, key, hash); });
  if (set->mask == other->mask && other->fill == other->count)
    std::memcpy(set->table, other->table, static_cast<size_t>(set->mask + 1) * sizeof(SetEntry));
  else
    forEachInSet(other, [&](Value key, int64_t hash) {
      insertClean(set->table, set->mask, key, hash);
      return true;
    });
  for (int64_t i = 0; i <= set->mask; ++i)
    if (!set->table[i].key.isNull())
      incref(set->table[i].key);
  set->fill = set->count = other->count;
  return true;
}

static bool mergeKeys(SetObject* set, DictObject* dict) {
  int64_t more = dict->count;
  if ((set->fill + more) * 5 >= set->mask * 3 && !setResize(set, (set->count + more) * 2))
    return false;
  int64_t position = 0;
  for (Value key, value; dictNext(dict, position, key, value);) {
    Ref kept = Ref::copy(key);
    if (!setAddHashed(set, key, dictEntryHash(dict->entries, static_cast<uint32_t>(position - 1))))
      return false;
  }
  return true;
}

bool setUpdate(SetObject* set, Value iterable) {
  if (isAnySet(iterable))
    return setMerge(set, asSet(iterable));
  if (isExactDict(iterable))
    return mergeKeys(set, asDict(iterable));
  return forEach(iterable, [&](Value item) { return setAdd(set, item); });
}

SetObject* allocSet(TypeObject* type) {
  auto* set = reinterpret_cast<SetObject*>(allocObject(type));
  if (!set)
    return nullptr;
  set->table = set->first;
  set->mask = kSetFirstSize - 1;
  set->hash = -1;
  return set;
}

Ref setFrom(TypeObject* type, Value iterable) {
  SetObject* set = allocSet(type);
  if (!set)
    return {};
  Ref result = Ref::steal(set);
  return !iterable || setUpdate(set, iterable) ? std::move(result) : Ref();
}

Ref newSet() {
  return setFrom(&setType, {});
}
Ref makeSet(Value iterable) {
  return setFrom(&setType, iterable);
}
Ref makeFrozenSet(Value iterable) {
  return setFrom(&frozenSetType, iterable);
}

Ref makeFrozenSet(const Value* items, size_t count) {
  PYC_TRY(result, setFrom(&frozenSetType, {}));
  for (size_t i = 0; i < count; ++i)
    if (!setAdd(asSet(result), items[i]))
      return {};
  return result;
}

} // namespace pyc::rt
