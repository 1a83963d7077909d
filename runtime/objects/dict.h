// dict: compact and ordered (Hettinger's design, CPython 3.6). One block of memory holds a table:
//
//   [index, growing downwards] [DictTable] [entries in insertion order] [hashes]
//
// and DictObject::entries points at its entries. A place of the index is a byte in tables of up to
// 256 places (kSmallMask), else 32 bits that hold the entry's number in the low bits (under the
// mask) and those of the hash in the bits above, so that few entries are visited in vain.
//
// Hashes are stored for keys whose hash is not at hand only: see DictKeys.
#pragma once

#include "runtime/objects/str.h"

#include <cstring>

namespace pyc::rt {

struct DictEntry {
  Value key; // null: deleted
  Value value;
};

/// What a table's keys are; never goes back to a lesser kind but by clearing the dict.
enum class DictKeys : uint8_t {
  Str,     // exact strs
  Simple,  // exact strs and small ints
  General, // any; hashes are stored behind the entries
};

struct alignas(8) DictTable {
  uint32_t mask;  // places of the index - 1
  uint32_t used;  // entries in use, deleted ones included
  uint32_t free;  // entries that can be added before the table must grow
  uint32_t first; // the entries before this one are deleted
  DictKeys keys;
};
static_assert(sizeof(DictTable) == 24);

struct GlobalWatch;

struct DictObject {
  Object header;
  DictEntry* entries; // never null; an empty dict may share a static table
  uint32_t count;     // live entries
  uint32_t
      version; // changes when a key is added or removed or entries move; never with a value alone
  GlobalWatch* watch; // namespaces: mirrors of values for fast global look-up, or null
};
static_assert(sizeof(DictObject) == 40);

inline DictObject* asDict(Value value) {
  return value.as<DictObject>();
}
/// Exactly dict, no subclass.
inline bool isExactDict(Value value) {
  return hasShape(value, kShapeDict);
}

/// dict, frozendict and subclasses: all of them are DictObjects.
inline bool isAnyDict(Value value) {
  return isDict(value) || (value.isObject() && isInstance(value, &frozenDictType));
}

/// An empty dict; `expected` keys fit without growing.
Ref newDict(size_t expected = 0);
/// Borrowed value, or null when missing; errors (from __eq__, __hash__) are reported by false.
bool dictFind(DictObject* dict, Value key, Value& result);
/// As dictFind with a new reference.
bool dictGet(DictObject* dict, Value key, Ref& result);
/// For exact str keys. Borrowed, or null. Never raises: what a foreign key's __eq__ raises is
/// dropped.
Value dictFindStr(const DictObject* dict, StrObject* key);
bool dictSet(DictObject* dict, Value key, Value value);
/// As dictSet; takes over the value's count, also on failure.
bool dictSetStealing(DictObject* dict, Value key, Value value);
bool dictSetStr(DictObject* dict, StrObject* key, Value value);
bool dictSetHashed(DictObject* dict, Value key, int64_t hash, Value value);
/// Removes; `removed` says whether it was there; its value goes to *value when not null.
bool dictRemove(DictObject* dict, Value key, bool& removed, Ref* value = nullptr);
void dictClear(DictObject* dict);
/// A plain dict with the same items.
Ref dictCopy(DictObject* dict);
/// setdefault: the value found or stored (new reference).
Ref dictSetDefault(DictObject* dict, Value key, Value value);
/// dict.update(mapping or iterable of pairs).
bool dictUpdate(DictObject* dict, Value source);
/// Iteration in order: `position` starts at 0; borrowed. The dict must not change size meanwhile.
bool dictNext(const DictObject* dict, int64_t& position, Value& key, Value& value);

/// Mirrors of a namespace's values. Code that reads a global asks for the name's slot once and then
/// reads slot->value: the value in the watched dict, or else in the builtins' dict, or null. Slots
/// are kept current by the dict's writes and live as long as the dict.
struct GlobalSlot {
  Value value; // borrowed from the dict; null: look it up the slow way (missing, or a lazy import)
  StrObject* name;
  GlobalSlot* next;
  uint32_t entry; // where the name was last seen in the namespace; a hint
};
/// Called before the slots of a dying dict go; set by the interpreter.
extern void (*watchedDictDies)(DictObject* dict);
GlobalSlot* globalSlot(DictObject* globals, DictObject* builtins, StrObject* name);
/// globals[slot->name] = value, faster than by name. The slot must be one of this dict's.
bool dictSetSlot(DictObject* globals, GlobalSlot* slot, Value value);

// The table, for inline fast paths.

inline constexpr uint32_t kDictSmallMask = 255;

inline const DictTable* tableOf(const DictEntry* entries) {
  return reinterpret_cast<const DictTable*>(entries) - 1;
}
inline DictTable* tableOf(DictEntry* entries) {
  return reinterpret_cast<DictTable*>(entries) - 1;
}
inline const DictTable* tableOf(const DictObject* dict) {
  return tableOf(dict->entries);
}
inline DictTable* tableOf(DictObject* dict) {
  return tableOf(dict->entries);
}

/// hash() of a small int.
inline int64_t smallIntHash(int64_t value) {
  return value == -1 ? -2 : value;
}

/// Places of small tables and of large ones that hold no entry.
inline constexpr uint8_t kDictEmpty8 = 0xFF, kDictDeleted8 = 0xFE;
inline constexpr uint32_t kDictEmpty32 = 0xFFFFFFFF, kDictDeleted32 = 0xFFFFFFFE;

inline const uint8_t* dictIndex8(const DictTable* table) {
  return reinterpret_cast<const uint8_t*>(table) - 1;
}
inline const uint32_t* dictIndex32(const DictTable* table) {
  return reinterpret_cast<const uint32_t*>(table) - 1;
}

/// The places where a hash can be, in order. In large tables all places of a group come before the
/// next jump: a group shares a cache line.
struct DictProbe {
  static constexpr uint64_t kGroup = 8;
  uint64_t place, perturb, mask;
  uint64_t steps = 0;
  DictProbe(int64_t hash, uint32_t mask)
      : place(static_cast<uint64_t>(hash) & mask), perturb(static_cast<uint64_t>(hash)),
        mask(mask) {}
  void next() {
    if (mask > kDictSmallMask) {
      place = (place & ~(kGroup - 1)) | ((place + 1) % kGroup);
      if (++steps % kGroup != 0)
        return; // else it is back at the group's first: the jumps alone lead through all places
    }
    perturb >>= 5;
    place = (place * 5 + perturb + 1) & mask;
  }
};

/// Goes through the places of a hash: the number of the first entry with (perhaps) this hash for
/// which matches(entry number) is true, or -1. passes(place) is called at each place on the way
/// that holds no entry, the last of which is empty where there is no match.
template <class Matches, class Passes>
inline int64_t dictWalk(const DictTable* table, int64_t hash, Matches matches, Passes passes) {
  DictProbe probe(hash, table->mask);
  if (PYC_LIKELY(table->mask <= kDictSmallMask)) {
    for (const uint8_t* index = dictIndex8(table);; probe.next()) {
      uint8_t number = index[-static_cast<int64_t>(probe.place)];
      if (number < kDictDeleted8) {
        if (matches(number))
          return number;
        continue;
      }
      passes(probe.place);
      if (number == kDictEmpty8)
        return -1;
    }
  }
  for (const uint32_t* index = dictIndex32(table);; probe.next()) {
    uint32_t word = index[-static_cast<int64_t>(probe.place)];
    if (word < kDictDeleted32) {
      if (((word ^ static_cast<uint32_t>(hash)) & ~table->mask) == 0 && matches(word & table->mask))
        return word & table->mask;
      continue;
    }
    passes(probe.place);
    if (word == kDictEmpty32)
      return -1;
  }
}
template <class Matches>
[[gnu::noinline]] int64_t dictWalk(const DictTable* table, int64_t hash, Matches matches) {
  return dictWalk(table, hash, matches, [](uint64_t) {});
}

/// What the first place of a hash tells: an entry's number, -1 where there is none, or
/// kDictFurther.
inline constexpr int64_t kDictFurther = -2;
template <class Matches>
[[gnu::always_inline]] inline int64_t dictFirstPlace(const DictTable* table, int64_t hash,
                                                     Matches matches) {
  uint32_t mask = table->mask;
  auto place = static_cast<int64_t>(static_cast<uint64_t>(hash) & mask);
  if (PYC_LIKELY(mask <= kDictSmallMask)) {
    uint8_t number = dictIndex8(table)[-place];
    if (number < kDictDeleted8)
      return PYC_LIKELY(matches(number)) ? number : kDictFurther;
    return number == kDictEmpty8 ? -1 : kDictFurther;
  }
  uint32_t word = dictIndex32(table)[-place];
  if (word == kDictEmpty32)
    return -1;
  bool fits = ((word ^ static_cast<uint32_t>(hash)) & ~mask) == 0 && word != kDictDeleted32 &&
              matches(word & mask);
  return fits ? word & mask : kDictFurther;
}

/// dictWalk, with the first place in line.
template <class Matches>
inline int64_t dictProbe(const DictTable* table, int64_t hash, Matches matches) {
  int64_t number = dictFirstPlace(table, hash, matches);
  return PYC_LIKELY(number != kDictFurther) ? number : dictWalk(table, hash, matches);
}

/// Whether two blocks of bytes are the same, for short ones.
inline bool sameShortBytes(const uint8_t* a, const uint8_t* b, size_t size) {
  auto differ = [&]<class Word>(Word, size_t at) {
    Word left, right;
    std::memcpy(&left, a + at, sizeof(Word));
    std::memcpy(&right, b + at, sizeof(Word));
    return left != right;
  };
  if (size >= 8) { // the last word overlaps the one before
    for (size_t at = 0; at + 8 < size; at += 8)
      if (differ(uint64_t(), at))
        return false;
    return !differ(uint64_t(), size - 8);
  }
  if (size >= 4)
    return !differ(uint32_t(), 0) && !differ(uint32_t(), size - 4);
  return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
}

/// Equality of two different strs with the same hash.
inline bool sameHashedText(const StrObject* a, const StrObject* b) {
  constexpr size_t kShort = 64;
  if (a->length != b->length || a->kind() != b->kind())
    return false;
  size_t size = a->dataBytes();
  return PYC_LIKELY(size <= kShort) ? sameShortBytes(a->data(), b->data(), size) : strEquals(a, b);
}

/// Whether an entry of a table of kind Str or Simple has an exact str as its key, which was hashed.
struct DictStrMatch {
  const DictEntry* entries;
  const StrObject* key;
  bool operator()(uint32_t number) const {
    Value candidate = entries[number].key;
    if (candidate == Value(key))
      return true;
    return candidate.isObject() && asStr(candidate)->hashCode == key->hashCode &&
           sameHashedText(asStr(candidate), key);
  }
};
/// The same of a small int.
struct DictIntMatch {
  const DictEntry* entries;
  Value key;
  bool operator()(uint32_t number) const { return entries[number].key == key; }
};

/// Entry of an exact str in a table of kind Str or Simple, or -1.
inline int64_t dictFindStrEntry(const DictEntry* entries, StrObject* key) {
  int64_t hash = strHash(key);
  return dictProbe(tableOf(entries), hash, DictStrMatch{entries, key});
}
/// Entry of a small int in a table of kind Str or Simple, or -1.
inline int64_t dictFindIntEntry(const DictEntry* entries, Value key) {
  return dictProbe(tableOf(entries), smallIntHash(key.asInt()), DictIntMatch{entries, key});
}

/// Look-up of the commonest keys, without hashing by hand and without Python code: true when it is
/// decided, with the entry's number or -1.
inline bool dictFindNumber(const DictObject* dict, Value key, int64_t& number) {
  if (PYC_UNLIKELY(tableOf(dict)->keys == DictKeys::General))
    return false;
  if (key.isInt())
    number = dictFindIntEntry(dict->entries, key);
  else if (isExactStr(key))
    number = dictFindStrEntry(dict->entries, asStr(key));
  else
    return false;
  return true;
}
/// The same, with the borrowed value or null.
inline bool dictFindFast(const DictObject* dict, Value key, Value& result) {
  int64_t number;
  if (!dictFindNumber(dict, key, number))
    return false;
  result = number >= 0 ? dict->entries[number].value : Value();
  return true;
}

} // namespace pyc::rt
