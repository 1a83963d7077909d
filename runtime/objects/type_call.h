// Calling a class.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// type(x), which asks for x's type.
inline bool isTypeQuery(const TypeObject* type, size_t argc) {
  return type == &typeType && argc == 1;
}

/// type.__call__: makes an instance and initialises it. The `call` slot of classes.
Ref typeCall(Value type, const Value* args, size_t argc, Value kwnames);

/// The same for window[0], a type, and the arguments behind it, where window[0] may be overwritten:
/// nothing is copied.
Ref construct(Value* window, size_t argc);

/// Gives instances to come the inline slots that those so far would have needed.
void roomForAttributes(TypeObject* type);

/// __init__ (borrowed) of a class whose call means no more than "allocate, then run __init__,
/// written in Python"; null for other classes.
Value plainInit(TypeObject* type);
/// A new instance of such a class. Null with MemoryError.
Ref newPlainInstance(TypeObject* type);
/// The instance whose __init__ has returned `answer`, or TypeError.
Ref finishInit(Ref instance, Value answer);

/// __new__ (borrowed), written in Python, of a class whose call means no more than to call that
/// with the class and the arguments, where it gives an instance of just this class; null for
/// others.
Value plainNew(TypeObject* type);
/// What calling a class gives, after its __new__ has given `made`. The arguments are the call's.
Ref finishCreation(TypeObject* type, Ref made, const Value* args, size_t argc, Value kwnames);

/// The first part of calling a class that makes plain instances, or exceptions: an instance, and in
/// `init` the __init__ that is left to call, borrowed: a function whose native code takes exactly
/// the instance and so many arguments. `init` is null where nothing is left. Null without an
/// exception for other classes, and when memory is out.
Ref constructDirectly(TypeObject* type, const Value* args, size_t argc, Value& init);

/// A class whose call means no more than "allocate, then run __init__, written in Python": the new
/// instance, and __init__ (borrowed; null when the class has none and takes no arguments). False
/// when the call is to go through typeCall. A null instance with true: MemoryError.
bool plainConstruction(TypeObject* type, Ref& instance, Value& init);

} // namespace pyc::rt
