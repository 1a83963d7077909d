// Hash table from interned names to numbers (slots, addresses of shapes). Only grows: lookups take
// no lock, additions are made under the caller's.
#pragma once

#include "runtime/objects/shape.h"

namespace pyc::rt {

struct ShapeTable {
  struct Entry {
    StrObject* name; // null: free
    uint64_t value;
  };
  struct Entries {
    uint32_t mask;
    Entry at[]; // NOLINT: flexible array, a Clang and GCC extension
  };
  Entries* entries;
  uint32_t used;
};

/// With room for `count` names; null when memory is out.
ShapeTable* newShapeTable(uint32_t count);
bool findInTable(const ShapeTable* table, const StrObject* name, uint64_t& value);
/// The name must be new. False when memory is out.
bool putInTable(ShapeTable* table, StrObject* name, uint64_t value);

} // namespace pyc::rt
