// Meanings of the exception and context manager uops.
#pragma once

#include "runtime/objects/errors.h"
#include "uop/opcodes.h"

namespace pyc::rt {

/// `raise` alone. False when there is nothing to raise again: RuntimeError then.
bool raiseHandled();
/// Whether `except type` takes the exception; false with TypeError for a bad type.
bool exceptionMatches(Value exception, Value type, bool& matches);
/// `except* type`: parts[0] = the rest or None, parts[1] = the match or None (owned). A naked
/// exception that matches is wrapped in a group.
bool matchExceptionGroup(Value exception, Value type, Value parts[2]);
/// The special method of a `with` statement, split as by loadMethod; TypeError names the protocol.
bool loadSpecial(Value object, uop::SpecialMethod which, Value out[2]);
/// The name of that method.
StrObject* specialMethodName(uop::SpecialMethod which);
/// exit(type, exception, traceback), where exit is a pair from loadSpecial.
Ref callExit(const Value* exit, Value exception);

} // namespace pyc::rt
