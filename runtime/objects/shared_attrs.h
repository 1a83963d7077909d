// Attributes that places without a cache of their own look up.
#pragma once

#include "runtime/objects/protocol.h"

namespace pyc::rt {

/// As findAttr; asks the table that all sites share, by shape and name, first.
bool findAttrShared(Value object, StrObject* name, Ref& result);
/// The same for getAttr.
Ref getAttrShared(Value object, StrObject* name);
/// The same for genericSetAttr, with a value.
bool genericSetAttrShared(Value object, StrObject* name, Value value);

} // namespace pyc::rt
