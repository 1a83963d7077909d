// Weak references. The objects themselves know only a flag (kObjectHasWeakrefs); their references
// stand in a side table by address.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// weakref.ref and the proxies.
struct WeakReferenceObject {
  Object header;
  Object* object;            // null: dead
  Value callback;            // or null
  int64_t hashCode;          // of the object, once asked for; -1: not yet
  WeakReferenceObject* next; // of the same object
};

/// weakref.ref(object, callback); callback may be null or None. TypeError when the object's type
/// allows none. Without a callback the same reference is given again.
Ref makeWeakReference(Value object, Value callback);
Ref makeWeakProxy(Value object, Value callback);
/// The object, or None when it is dead.
Ref weakReferenceGet(WeakReferenceObject* reference);
bool isWeakReference(Value value);

/// weakref.getweakrefcount() and getweakrefs().
int64_t weakReferenceCount(Value object);
Ref weakReferences(Value object);

/// Clears the object's weak references and calls their callbacks. At its death.
void weakrefsObjectDies(Object* object);

/// The collector's two steps for garbage (marked kObjectMarked). The first clears the references
/// with a callback and calls those of references that are no garbage themselves; true when it
/// called any. The second clears what references there are left.
bool weakrefsCallBack(std::span<Object* const> garbage);
void weakrefsClear(std::span<Object* const> garbage);

} // namespace pyc::rt
