// Parts of type's behaviour that others build on.
#pragma once

#include "runtime/objects/str.h"

namespace pyc::rt {

/// type.__setattr__ and __delattr__.
bool typeSetAttr(Value self, StrObject* name, Value value);
/// TypeError: built-in types can't be changed.
Raised raiseImmutable(TypeObject* type, StrObject* name);
/// Gives a class its name; ValueError for null characters.
bool setTypeName(TypeObject* type, Value name);
/// Replaces the bases of a class (assignment to __bases__).
bool setTypeBases(TypeObject* type, TupleObject* bases);
/// __subclasses__(): a list.
Ref subclassList(TypeObject* type);

/// Attributes of classes (type_getset.cpp).
extern const GetSetDef typeGetSets[18];
/// __dict__ and __weakref__ of instances of classes.
extern const GetSetDef instanceDictDef, builtinInstanceDictDef, instanceWeakrefDef;
/// A built-in type's doc without the signature that it may begin with ("name(...)\n--\n\n").
const char* docWithoutSignature(const char* doc);

/// "__name__"
bool isSpecialName(const StrObject* name);

} // namespace pyc::rt
