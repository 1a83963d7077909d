// The side table of weak references: object -> list of its references, newest first.
#pragma once

#include "runtime/objects/weakref.h"

#include <vector>

namespace pyc::rt {

/// Enters a reference to `object`.
void addWeakref(Object* object, WeakReferenceObject* reference);
/// Takes a reference out, at its death; its `object` becomes null.
void removeWeakref(WeakReferenceObject* reference);
/// A live reference of exactly this type without callback (new reference), or null.
Ref findPlainWeakref(Object* object, const TypeObject* type);
/// All live references (new references).
std::vector<Ref> weakrefsOf(Object* object);

} // namespace pyc::rt
