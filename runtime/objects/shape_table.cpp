#include "runtime/objects/shape_table.h"

#include "runtime/memory/heap.h"

#include <cstring>

namespace pyc::rt {

namespace {

using Entries = ShapeTable::Entries;

uint32_t hashOf(const StrObject* name) {
  return static_cast<uint32_t>((reinterpret_cast<uint64_t>(name) >> 4) * 0x9E3779B97F4A7C15ull >>
                               32);
}

Entries* newEntries(uint32_t size) {
  size_t bytes = sizeof(Entries) + size * sizeof(ShapeTable::Entry);
  auto* entries = static_cast<Entries*>(allocPlain(bytes));
  if (!entries)
    return nullptr;
  std::memset(entries, 0, bytes);
  entries->mask = size - 1;
  return entries;
}

void insert(Entries* entries, StrObject* name, uint64_t value) {
  uint32_t i = hashOf(name) & entries->mask;
  while (entries->at[i].name)
    i = (i + 1) & entries->mask;
  entries->at[i].value = value;
  __atomic_store_n(&entries->at[i].name, name, __ATOMIC_RELEASE); // readers see the value with it
}

/// The old entries are left to readers that may be in them: all generations together are less than
/// the last one.
bool grow(ShapeTable* table) {
  Entries* old = table->entries;
  Entries* entries = newEntries((old->mask + 1) * 2);
  if (!entries)
    return false;
  for (uint32_t i = 0; i <= old->mask; ++i)
    if (old->at[i].name)
      insert(entries, old->at[i].name, old->at[i].value);
  __atomic_store_n(&table->entries, entries, __ATOMIC_RELEASE);
  return true;
}

} // namespace

ShapeTable* newShapeTable(uint32_t count) {
  uint32_t size = 2;
  while (size < count + count / 2 + 1)
    size *= 2;
  auto* table = static_cast<ShapeTable*>(allocPlain(sizeof(ShapeTable)));
  if (!table)
    return nullptr;
  table->entries = newEntries(size);
  table->used = 0;
  return table->entries ? table : nullptr;
}

bool findInTable(const ShapeTable* table, const StrObject* name, uint64_t& value) {
  const Entries* entries = __atomic_load_n(&table->entries, __ATOMIC_ACQUIRE);
  for (uint32_t i = hashOf(name) & entries->mask;; i = (i + 1) & entries->mask) {
    const StrObject* found = __atomic_load_n(&entries->at[i].name, __ATOMIC_ACQUIRE);
    if (found == name) {
      value = entries->at[i].value;
      return true;
    }
    if (!found)
      return false;
  }
}

bool putInTable(ShapeTable* table, StrObject* name, uint64_t value) {
  if ((table->used + 1) * 3 > (table->entries->mask + 1) * 2 && !grow(table))
    return false;
  insert(table->entries, name, value);
  ++table->used;
  return true;
}

} // namespace pyc::rt
