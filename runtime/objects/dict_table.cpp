#include "runtime/objects/dict_table.h"

#include "runtime/memory/heap.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/protocol.h"

#include <cstring>

namespace pyc::rt {

namespace {

constexpr uint64_t kMinPlaces = 4, kFirstPlaces = 8;
constexpr uint64_t kMaxPlaces = 1ull << 32;
constexpr uint32_t kFewEntries = 10000;

/// One place, no entries: every search ends at once, every insertion asks for room first.
struct EmptyTable {
  uint8_t index[8];
  DictTable table;
};
constexpr EmptyTable kEmptyTable = {{kDictEmpty8, kDictEmpty8, kDictEmpty8, kDictEmpty8,
                                     kDictEmpty8, kDictEmpty8, kDictEmpty8, kDictEmpty8},
                                    {0, 0, 0, 0, DictKeys::Str}};

size_t indexBytes(uint32_t mask) {
  size_t places = size_t(mask) + 1;
  return mask <= kDictSmallMask ? (places + 7) & ~size_t(7) : places * sizeof(uint32_t);
}

size_t tableBytes(uint32_t mask, DictKeys keys) {
  size_t entryBytes = sizeof(DictEntry) + (keys == DictKeys::General ? sizeof(int64_t) : 0);
  return indexBytes(mask) + sizeof(DictTable) + dictCapacity(uint64_t(mask) + 1) * entryBytes;
}

void* blockOf(DictEntry* entries) {
  DictTable* table = tableOf(entries);
  return reinterpret_cast<char*>(table) - indexBytes(table->mask);
}

uint64_t placesFor(uint64_t capacity) {
  uint64_t places = kMinPlaces;
  while (dictCapacity(places) < capacity)
    places *= 2;
  return places;
}

void clearTable(DictEntry* entries) {
  DictTable* table = tableOf(entries);
  std::memset(blockOf(entries), 0xFF, indexBytes(table->mask));
  table->used = table->first = 0;
  table->free = dictCapacity(table);
}

/// Closes the gaps of deleted entries; size and kind of the table stay.
void compactTable(DictEntry* entries) {
  DictTable* table = tableOf(entries);
  uint32_t used = table->used, first = table->first;
  clearTable(entries);
  for (uint32_t i = first; i < used; ++i)
    if (!entries[i].key.isNull())
      dictTableAppend(entries, entries[i].key, dictEntryHash(entries, i), entries[i].value);
}

} // namespace

DictEntry* emptyDictEntries() {
  return const_cast<DictEntry*>(reinterpret_cast<const DictEntry*>(&kEmptyTable + 1));
}

bool dictHashKey(const DictObject* dict, Value key, int64_t& result) {
  if (key.isInt()) {
    result = smallIntHash(key.asInt());
    return true;
  }
  if (isExactStr(key)) {
    result = strHash(asStr(key));
    return true;
  }
  if (PYC_LIKELY(hash(key, result)))
    return true;
  if (isRaised(typeErrorType)) {
    Ref cause = takeRaised();
    const char* kind =
        isSubtype(shapeOf(&dict->header)->type, &frozenDictType) ? "frozendict" : "dict";
    raise(typeErrorType, "cannot use '%T' as a %s key (%S)", key, kind, cause.get());
  }
  return false;
}

DictEntry* newDictTable(uint64_t capacity, DictKeys keys) {
  uint64_t places = placesFor(capacity);
  if (places > kMaxPlaces)
    return raiseMemoryError();
  uint32_t mask = static_cast<uint32_t>(places - 1);
  size_t room = dictCapacity(places);
  size_t entryBytes =
      room * (sizeof(DictEntry) + (keys == DictKeys::General ? sizeof(int64_t) : 0));
  auto* block = static_cast<char*>(allocPlain(indexBytes(mask) + sizeof(DictTable) + entryBytes));
  if (!block)
    return raiseMemoryError();
  auto* table = reinterpret_cast<DictTable*>(block + indexBytes(mask));
  table->mask = mask;
  table->keys = keys;
  auto* entries = reinterpret_cast<DictEntry*>(table + 1);
  clearTable(entries);
  return entries;
}

DictEntry* cloneDictTable(DictEntry* entries) {
  size_t size = tableBytes(tableOf(entries)->mask, tableOf(entries)->keys);
  auto* block = static_cast<char*>(allocPlain(size));
  if (!block)
    return raiseMemoryError();
  std::memcpy(block, blockOf(entries), size);
  return reinterpret_cast<DictEntry*>(block + indexBytes(tableOf(entries)->mask) +
                                      sizeof(DictTable));
}

/// What putting a key into a table will touch.
static void prefetchFor(Value key, const DictTable* table) {
  if (key.isObject())
    __builtin_prefetch(key.object());
  else if (table->mask > kDictSmallMask)
    __builtin_prefetch(dictIndex32(table) -
                       (static_cast<uint64_t>(smallIntHash(key.asInt())) & table->mask));
}

void copyDictEntries(DictEntry* from, DictEntry* to) {
  uint32_t used = tableOf(from)->used;
  for (uint32_t i = tableOf(from)->first; i < used; ++i) {
    if (from[i].key.isNull())
      continue;
    if (i + 8 < used)
      prefetchFor(from[i + 8].key, tableOf(to));
    dictTableAppend(to, from[i].key, dictEntryHash(from, i), from[i].value);
  }
}

void freeDictTable(DictEntry* entries) {
  if (tableOf(entries)->mask != 0)
    freeMemory(blockOf(entries));
}

void releaseDictTable(DictEntry* entries) {
  DictTable* table = tableOf(entries);
  for (uint32_t i = table->first; i < table->used; ++i) {
    decrefMaybe(entries[i].key);
    decrefMaybe(entries[i].value);
  }
  freeDictTable(entries);
}

size_t dictTableBytes(const DictTable* table) {
  return tableBytes(table->mask, table->keys);
}

bool dictMakeRoom(DictObject* dict, DictKeys keys) {
  DictTable* table = tableOf(dict);
  keys = keys < table->keys ? table->keys : keys;
  bool restructure = keys == DictKeys::General && table->keys != DictKeys::General;
  if (!restructure && table->free != 0) {
    table->keys = keys;
    return true;
  }
  // Small tables grow to four times their size, large ones to twice.
  uint64_t wanted =
      uint64_t(dict->count) * (dict->count < kFewEntries ? 2 : 1) + dict->count / 2 + 1;
  if (table->mask == 0)
    wanted = dictCapacity(kFirstPlaces);
  else if (restructure && wanted < dictCapacity(table))
    wanted = dictCapacity(table);
  ++dict->version;
  if (!restructure && placesFor(wanted) == uint64_t(table->mask) + 1) {
    table->keys = keys;
    compactTable(dict->entries);
    return true;
  }
  DictEntry* entries = newDictTable(wanted, keys);
  if (!entries)
    return false;
  DictEntry* old = dict->entries;
  copyDictEntries(old, entries);
  dict->entries = entries;
  freeDictTable(old);
  return true;
}

} // namespace pyc::rt
