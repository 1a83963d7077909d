// Which inline caches rest on which attribute of a type (or on there being none of that name).
#pragma once

#include "runtime/objects/code.h"

namespace pyc::rt {

/// Enters the cache in the list of the name, so that a change to it resets the cache. False when
/// the name changes too often to be worth caching, or memory is out.
bool addDependent(TypeObject* type, StrObject* name, AttrCache* cache);
/// Enters the cell in the type's list of those that rest on where its instances' attributes lie: on
/// their not being hidden by a data descriptor, nor look-up by a method of the class's own.
bool addLayoutDependent(TypeObject* type, AttrCache* cell);
/// Takes the cell out of the list that it is in, if any.
void removeLayoutDependent(AttrCache* cell);
/// Empties the cells in the type's list.
void resetLayoutDependents(TypeObject* type);
/// Takes the cache out of the list that it is in, if any; `name`: its site's, or null when unknown.
void removeDependent(AttrCache* cache, StrObject* name);
/// Empties the caches that rest on the name (null: all names).
void resetDependents(TypeObject* type, StrObject* name);
/// For a type's death.
void freeDependents(TypeObject* type);

} // namespace pyc::rt
