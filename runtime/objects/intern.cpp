// Interned strings: the runtime's own names are found in a table made at compile time, all others
// in a hash table that only grows. Interned strings are immortal.
#include "runtime/objects/errors.h"
#include "runtime/objects/interned.h"
#include "runtime/objects/str_chars.h"

#include <mimalloc.h>

#include <bit>
#include <mutex>
#include <type_traits>

namespace pyc::rt {

namespace {

// The static strings.

consteval Latin1Table makeLatin1Table() {
  Latin1Table table{};
  for (unsigned i = 0; i < 256; ++i) {
    table.chars[i] = makeStaticStr("?");
    if (i >= 0x80)
      table.chars[i].str.header.flags |= static_cast<unsigned>(StrKind::Latin1) << kStrKindShift;
    table.chars[i].text[0] = static_cast<char>(i);
  }
  return table;
}

} // namespace

extern "C" constinit Latin1Table pycLatin1 = makeLatin1Table();

extern "C" constinit NameTable pycNames = {
#define PYC_NAME(id) makeStaticStr(#id),
#define PYC_NAME_AS(id, text) makeStaticStr(text),
#include "runtime/objects/names.def"
#undef PYC_NAME
#undef PYC_NAME_AS
};

namespace {

// The table of names: places of a power of two, open addressing, filled at compile time.

struct NameEntry {
  std::string_view text;
  size_t offset;
};

constexpr NameEntry kNameEntries[] = {
#define PYC_NAME(id) {#id, offsetof(NameTable, id)},
#define PYC_NAME_AS(id, text) {text, offsetof(NameTable, id)},
#include "runtime/objects/names.def"
#undef PYC_NAME
#undef PYC_NAME_AS
};

constexpr size_t kNamePlaces = std::bit_ceil(4 * std::size(kNameEntries));

template <class Word> constexpr Word loadWord(const char* text) {
  Word word = 0;
  if (std::is_constant_evaluated()) {
    for (size_t i = 0; i < sizeof(Word); ++i)
      word |= static_cast<Word>(static_cast<uint8_t>(text[i])) << (8 * i);
  } else {
    memcpy(&word, text, sizeof word);
  }
  return word;
}

/// Of the first and last eight characters and the length.
constexpr size_t namePlace(std::string_view name) {
  uint64_t head = 0, tail = 0;
  if (name.size() >= 8) {
    head = loadWord<uint64_t>(name.data());
    tail = loadWord<uint64_t>(name.data() + name.size() - 8);
  } else if (name.size() >= 4) {
    head = loadWord<uint32_t>(name.data());
    tail = loadWord<uint32_t>(name.data() + name.size() - 4);
  } else {
    for (char c : name)
      head = head << 8 | static_cast<uint8_t>(c);
  }
  uint64_t mixed = (head * 0x9E3779B97F4A7C15u ^ tail) + name.size();
  return (mixed * 0xD6E8FEB86659FD93u >> 40) & (kNamePlaces - 1);
}

struct NamePlaces {
  uint16_t offsets[kNamePlaces]; // in NameTable, in words of 8 bytes, plus 1; 0: free
  size_t longest;
};

consteval NamePlaces fillNamePlaces() {
  NamePlaces places{};
  for (const NameEntry& entry : kNameEntries) {
    size_t place = namePlace(entry.text);
    while (places.offsets[place] != 0)
      place = (place + 1) & (kNamePlaces - 1);
    places.offsets[place] = static_cast<uint16_t>(entry.offset / 8 + 1);
    places.longest = places.longest > entry.text.size() ? places.longest : entry.text.size();
  }
  return places;
}

constexpr NamePlaces kPlaces = fillNamePlaces();
static_assert(sizeof(NameTable) / 8 < 0xFFFF);

/// The static str of an ASCII text, or null.
StrObject* findStatic(std::string_view text) {
  if (text.size() == 1)
    return latin1Char(static_cast<uint8_t>(text[0]));
  if (text.size() > kPlaces.longest)
    return nullptr;
  for (size_t place = namePlace(text);; place = (place + 1) & (kNamePlaces - 1)) {
    unsigned offset = kPlaces.offsets[place];
    if (offset == 0)
      return nullptr;
    auto* name =
        reinterpret_cast<StrObject*>(reinterpret_cast<char*>(&pycNames) + (offset - 1) * 8);
    if (name->asciiView() == text)
      return name;
  }
}

// The table of all other interned strings.

struct InternTable {
  std::mutex lock;
  StrObject** places = nullptr;
  size_t size = 0; // power of two
  size_t used = 0;
};
constinit InternTable table;

/// The place of the text, or the free place where it belongs. `same` compares.
template <class Same> StrObject** findPlace(int64_t hash, Same same) {
  size_t mask = table.size - 1;
  for (size_t i = static_cast<size_t>(hash) & mask;; i = (i + 1) & mask) {
    StrObject* found = table.places[i];
    if (!found || (found->hashCode == hash && same(found)))
      return &table.places[i];
  }
}

bool growTable() {
  size_t oldSize = table.size;
  StrObject** old = table.places;
  size_t size = oldSize == 0 ? 2048 : oldSize * 2; // a thousand names are there from the start
  auto** places = static_cast<StrObject**>(mi_zalloc(size * sizeof(StrObject*)));
  if (!places) {
    raiseMemoryError();
    return false;
  }
  table.places = places;
  table.size = size;
  for (size_t i = 0; i < oldSize; ++i) {
    if (old[i])
      *findPlace(old[i]->hashCode, [](StrObject*) { return false; }) = old[i];
  }
  mi_free(old);
  return true;
}

bool makeRoom() {
  return table.used * 2 < table.size || growTable();
}

/// Makes the str itself the interned one; it must be this thread's own and exact.
StrObject* enter(StrObject** place, StrObject* str) {
  str->header.flags |= kStrInterned;
  makeImmortal(&str->header);
  ++table.used;
  return *place = str;
}

} // namespace

/// The string itself, or the static one with its text, or null.
static StrObject* internedAlready(StrObject* str) {
  if (PYC_LIKELY(str->isInterned()))
    return str;
  if (str->length == 0)
    return names::empty;
  if (str->length == 1 && str->isNarrow())
    return latin1Char(str->data()[0]);
  return str->isAscii() ? findStatic(str->asciiView()) : nullptr;
}

StrObject* findInterned(StrObject* str) {
  if (StrObject* found = internedAlready(str))
    return found;
  int64_t hash = strHash(str);
  std::lock_guard guard(table.lock);
  if (table.size == 0)
    return nullptr;
  return *findPlace(hash, [&](StrObject* found) { return strEquals(found, str); });
}

StrObject* internStr(StrObject* str) {
  if (StrObject* found = internedAlready(str))
    return found;
  int64_t hash = strHash(str);
  std::lock_guard guard(table.lock);
  if (!makeRoom())
    return nullptr;
  StrObject** place = findPlace(hash, [&](StrObject* found) { return strEquals(found, str); });
  if (*place)
    return *place;
  bool ours = str->header.shape == kShapeStr && str->header.owner == thisThread().id;
  if (ours)
    return enter(place, str);
  StrObject* copy = allocStr(str->length, str->kind());
  if (!copy)
    return nullptr;
  memcpy(copy->data(), str->data(), str->dataBytes());
  copy->hashCode = hash;
  return enter(place, copy);
}

Ref intern(Value str) {
  StrObject* interned = internStr(asStr(str));
  return interned ? Ref::copy(&interned->header) : Ref();
}

StrObject* internLiteral(std::string_view ascii) {
  if (StrObject* name = findStatic(ascii))
    return name;
  int64_t hash = hashBytes(ascii.data(), ascii.size());
  std::lock_guard guard(table.lock);
  if (!makeRoom())
    return nullptr;
  StrObject** place = findPlace(hash, [&](StrObject* found) { return strEquals(found, ascii); });
  if (*place)
    return *place;
  StrObject* str = allocStr(static_cast<int64_t>(ascii.size()), StrKind::Ascii);
  if (!str)
    return nullptr;
  memcpy(str->data(), ascii.data(), ascii.size());
  str->hashCode = hash;
  return enter(place, str);
}

int64_t internedCount() {
  std::lock_guard guard(table.lock);
  return static_cast<int64_t>(table.used);
}

} // namespace pyc::rt
