// What generic aliases and unions share: parameters, substitution of type variables, texts.
#pragma once

#include "runtime/objects/generic_alias.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

/// The type variables in a tuple of arguments, each once, in order.
Ref collectParameters(Value args);
/// The arguments with `item` (one, or a tuple) in the parameters' place. `self` is for messages.
Ref substituteParameters(Value self, Value args, Value parameters, Value item);
/// Appends a type as it is written in an annotation.
bool appendTypeText(StrBuilder& out, Value type);
/// Whether `|` makes unions of it without looking closer.
bool isUnionable(Value value);

} // namespace pyc::rt
