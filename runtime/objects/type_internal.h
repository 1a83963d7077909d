// What the files type_*.cpp and slot_*.cpp share.
#pragma once

#include "runtime/objects/dict.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"
#include "runtime/objects/type.h"

namespace pyc::rt {

/// Flags and null slots from one base.
void inheritFlags(TypeObject* type, const TypeObject* base);
void inheritSlots(TypeObject* type, const TypeObject* base);

/// Direct subclasses among classes made at run time (type_modified.cpp).
bool addSubclass(TypeObject* base, TypeObject* type);
void removeSubclass(TypeObject* base, TypeObject* type);
void freeSubclasses(TypeObject* type);

/// As typeModified where one value that is no descriptor replaced another.
void typeDataReplaced(TypeObject* type, StrObject* name);
std::span<TypeObject* const> runtimeSubclasses(const TypeObject* type);

/// Drops what the look-up cache knows of the type's attribute.
void forgetLookup(TypeObject* type, StrObject* name);

} // namespace pyc::rt
