// Attribute look-up of ordinary objects, and the AttributeErrors that come of it.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

/// The interned string with the name's text; null with MemoryError.
StrObject* internedName(StrObject* name);

/// As genericGetAttr; a missing attribute is a null Ref with nothing raised. False on errors.
bool genericFindAttr(Value object, StrObject* name, Ref& result);
/// The same of a class, as type.__getattribute__ does. `result` is to be null before.
bool findAttrOfType(TypeObject* type, StrObject* name, Ref& result);

/// AttributeError "'T' object has no attribute 'name'", with its fields name and obj.
Raised raiseNoAttribute(Value object, StrObject* name);
/// AttributeError(name): a special method has gone.
Raised raiseNoSpecial(Value object, StrObject* name);
/// Sets name and obj of the AttributeError being raised, unless they are set.
Raised addAttributeErrorFields(Value object, StrObject* name);

} // namespace pyc::rt
