// The table of a dict: making, filling and searching it. Internal to the dict*.cpp files; nothing
// here counts references, except that look-ups which run Python code protect what they compare.
#pragma once

#include "runtime/objects/dict.h"

namespace pyc::rt {

/// A search's result besides an entry's number.
inline constexpr int64_t kDictMissing = -1, kDictError = -2;

/// The table of all empty dicts. Never written.
DictEntry* emptyDictEntries();

/// Entries that a table of `places` places may hold: more than a quarter of the index stays empty.
inline uint32_t dictCapacity(uint64_t places) {
  return static_cast<uint32_t>(places <= 8 ? places * 3 / 4 : places * 2 / 3);
}
inline uint32_t dictCapacity(const DictTable* table) {
  return dictCapacity(uint64_t(table->mask) + 1);
}

/// The least kind of table that can hold the key.
inline DictKeys dictKeysFor(Value key) {
  return key.isInt() ? DictKeys::Simple : isExactStr(key) ? DictKeys::Str : DictKeys::General;
}

inline int64_t* dictHashes(DictEntry* entries) {
  return reinterpret_cast<int64_t*>(entries + dictCapacity(tableOf(entries)));
}

/// The hash of an entry's key; no Python code runs.
inline int64_t dictEntryHash(DictEntry* entries, uint32_t number) {
  Value key = entries[number].key;
  if (key.isInt())
    return smallIntHash(key.asInt());
  if (tableOf(entries)->keys != DictKeys::General)
    return strHash(asStr(key));
  return dictHashes(entries)[number];
}

/// The key's hash; a TypeError that speaks of the dict's keys when it has none.
bool dictHashKey(const DictObject* dict, Value key, int64_t& hash);

/// A new table with room for `capacity` entries; null with MemoryError.
DictEntry* newDictTable(uint64_t capacity, DictKeys keys);
/// The same table again, bit by bit; null with MemoryError. The caller counts the references.
DictEntry* cloneDictTable(DictEntry* entries);
/// Appends the live entries of one table to another, which has room and suits the keys.
void copyDictEntries(DictEntry* from, DictEntry* to);
size_t dictTableBytes(const DictTable* table);
void freeDictTable(DictEntry* entries);
/// Drops all references of a table and frees it. Runs destructors.
void releaseDictTable(DictEntry* entries);

/// Puts an entry's number at a place of the index that holds none.
inline void dictIndexSet(DictTable* table, uint64_t place, int64_t hash, uint32_t number) {
  auto at = -static_cast<int64_t>(place);
  if (table->mask <= kDictSmallMask)
    const_cast<uint8_t*>(dictIndex8(table))[at] = static_cast<uint8_t>(number);
  else
    const_cast<uint32_t*>(dictIndex32(table))[at] =
        (static_cast<uint32_t>(hash) & ~table->mask) | number;
}

/// The first place of a hash that holds no entry.
inline uint64_t dictFreePlace(const DictTable* table, int64_t hash) {
  DictProbe probe(hash, table->mask);
  auto at = [&] { return -static_cast<int64_t>(probe.place); };
  if (table->mask <= kDictSmallMask)
    while (dictIndex8(table)[at()] < kDictDeleted8)
      probe.next();
  else
    while (dictIndex32(table)[at()] < kDictDeleted32)
      probe.next();
  return probe.place;
}

/// Writes an entry behind the last one, at a free place of its hash; the table has room and suits
/// the key.
inline void dictTableAppend(DictEntry* entries, Value key, int64_t hash, Value value,
                            uint64_t place) {
  DictTable* table = tableOf(entries);
  uint32_t number = table->used++;
  --table->free;
  entries[number] = {key, value};
  if (table->keys == DictKeys::General)
    dictHashes(entries)[number] = hash;
  dictIndexSet(table, place, hash, number);
}
inline void dictTableAppend(DictEntry* entries, Value key, int64_t hash, Value value) {
  dictTableAppend(entries, key, hash, value, dictFreePlace(tableOf(entries), hash));
}
/// Makes room for one key more of a kind. False with MemoryError.
bool dictMakeRoom(DictObject* dict, DictKeys keys);

/// Number of the key's entry, kDictMissing or kDictError. May run Python code.
int64_t dictLookup(DictObject* dict, Value key, int64_t hash);
/// As dictLookup; hashes the key as well (also when it is missing).
int64_t dictLookup(DictObject* dict, Value key, int64_t* hash);

/// Adds a key that is missing. Takes over the value's count, also on failure; not the key's.
bool dictInsert(DictObject* dict, Value key, int64_t hash, Value value);
/// Takes the entry out; its key and value go to the caller, owned.
DictEntry dictTakeEntry(DictObject* dict, uint32_t number);
/// Number of the first or last entry of a dict that is not empty.
uint32_t dictEndEntry(const DictObject* dict, bool last);
/// Makes the entry the first or last one; amortised O(1). False with MemoryError, the entry gone.
/// Not for watched dicts.
bool dictMoveToEnd(DictObject* dict, uint32_t number, bool last);
/// Sets the value of an entry. Takes over its count.
void dictReplace(DictObject* dict, uint32_t number, Value value);

/// Must follow each change of a watched dict's value (null: removed).
void dictWatchChanged(DictObject* dict, Value key, Value value);
/// After the removal of every key.
void dictWatchCleared(DictObject* dict);
/// With the dict's end.
void dictWatchFree(DictObject* dict);
void dictWatchTraverse(DictObject* dict, Visitor& visitor);

/// Whether the value is a dict or frozendict whose iteration no subclass has redefined.
bool isPlainMapping(Value source);
/// Whether code can have the value for its builtins: any mapping. The `builtins` of functions and
/// frames points to it and is to be read as a dict's only where it is one.
inline bool isBuiltinsMapping(Value value) {
  return value.isObject() && typeOf(value)->slots.getItem != nullptr;
}
/// Iterator of what mapping.keys() returned; TypeError when that is no iterable.
Ref iterateKeys(Value mapping, Value keys);

/// An instance of dict or a subclass with room for `expected` keys.
DictObject* allocDict(TypeObject* type, size_t expected);

} // namespace pyc::rt
