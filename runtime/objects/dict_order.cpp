// Moving entries of a dict to its ends, which only OrderedDict does.
#include "runtime/objects/dict_table.h"

#include <algorithm>

namespace pyc::rt {

namespace {

/// Number of the last entry that is there; the dict is not empty.
uint32_t lastEntry(const DictObject* dict) {
  uint32_t last = tableOf(dict)->used - 1;
  while (dict->entries[last].key.isNull())
    --last;
  return last;
}

/// A table with the same entries and places for as many again in front of them, so that most
/// insertions there are cheap. False with MemoryError.
bool makeRoomInFront(DictObject* dict, DictKeys keys) {
  uint32_t room = std::max(dict->count, 4u);
  keys = std::max(keys, tableOf(dict)->keys);
  DictEntry* entries = newDictTable(uint64_t(dict->count) * 2 + room + 1, keys);
  if (!entries)
    return false;
  DictTable* table = tableOf(entries);
  std::fill_n(entries, room, DictEntry{});
  table->used = table->first = room;
  table->free -= room;
  copyDictEntries(dict->entries, entries);
  freeDictTable(std::exchange(dict->entries, entries));
  return true;
}

/// As dictInsert, in front of all others; takes over the counts of key and value, also on failure.
bool insertInFront(DictObject* dict, Value key, int64_t hash, Value value) {
  DictKeys keys = dictKeysFor(key);
  if ((tableOf(dict)->first == 0 || keys > tableOf(dict)->keys) && !makeRoomInFront(dict, keys)) {
    decref(key);
    decref(value);
    return false;
  }
  DictEntry* entries = dict->entries;
  DictTable* table = tableOf(entries);
  uint32_t number = --table->first;
  entries[number] = {key, value};
  if (table->keys == DictKeys::General)
    dictHashes(entries)[number] = hash;
  dictIndexSet(table, dictFreePlace(table, hash), hash, number);
  ++dict->count;
  ++dict->version;
  return true;
}

} // namespace

uint32_t dictEndEntry(const DictObject* dict, bool last) {
  return last ? lastEntry(dict) : tableOf(dict)->first;
}

bool dictMoveToEnd(DictObject* dict, uint32_t number, bool last) {
  if (number == dictEndEntry(dict, last))
    return true;
  int64_t hash = dictEntryHash(dict->entries, number);
  DictEntry taken = dictTakeEntry(dict, number);
  if (!last)
    return insertInFront(dict, taken.key, hash, taken.value);
  bool isDone = dictInsert(dict, taken.key, hash, taken.value);
  decref(taken.key);
  return isDone;
}

} // namespace pyc::rt
