// What references and proxies share.
#pragma once

#include "runtime/objects/list.h"
#include "runtime/objects/weakref.h"

namespace pyc::rt {

/// WeakReferenceObject::hashCode before it is asked for.
inline constexpr int64_t kNoWeakrefHash = -1;

/// A reference or proxy of this type; one without a callback is shared. TypeError when the object's
/// type allows none.
Ref makeReferenceOf(TypeObject* type, Value object, Value callback);

void weakrefDealloc(Object* self);
void weakrefTraverse(Object* self, Visitor& visitor);
void weakrefClear(Object* self);

} // namespace pyc::rt
