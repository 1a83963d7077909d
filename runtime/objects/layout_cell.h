// Guards of native code on where an instance's attributes lie. A profile says at which offsets the
// compiler may expect them; a cell holds the shape for which that was found to be true, so that the
// guard is one comparison.
#pragma once

#include "runtime/objects/code.h"

namespace pyc::rt {

/// One expectation: the attribute lies so many bytes from the object's start. Emitted as constant
/// data.
struct LayoutFact {
  uint32_t nameIndex; // in the names that are handed over with the guard
  uint32_t offset;
};

/// A guard: its cells (caches that are used for nothing else), one a class that it expects, and
/// what must be true of all of them. With `added` there is one cell.
struct LayoutGuard {
  AttrCache* cells;
  const LayoutFact* facts;
  ShapeRef* added; // not null: the object has none of the attributes; its shapes as it gets them
  uint32_t cellCount, factCount;
};

/// Makes one of the cells hold the object's shape if all facts are true for it: the attributes are
/// in these slots, or will be when they are added in this order, and nothing in the class comes
/// before them. Runs no Python code. False: the
/// guard fails.
bool adoptLayout(Value object, const LayoutGuard* guard, StrObject* const* names);

/// Makes one of the cells hold the object's shape and the function that is its method of the name,
/// if a plain look-up finds one in the class. Runs no Python code. The cell; null: the guard fails.
const AttrCache* adoptMethod(Value object, StrObject* name, AttrCache* cells, uint32_t count);

/// The same for a special method, which only the class has a say in.
const AttrCache* adoptSpecial(Value object, StrObject* name, AttrCache* cells, uint32_t count);

/// The same for the function that gets the object's property of the name, or sets it.
const AttrCache* adoptGetter(Value object, StrObject* name, AttrCache* cells, uint32_t count);
const AttrCache* adoptSetter(Value object, StrObject* name, AttrCache* cells, uint32_t count);

} // namespace pyc::rt
