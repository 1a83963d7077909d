// object's own slots and methods, for types that build on them or ask whether they were overridden.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// "<module.Class object at 0x...>"
Ref objectRepr(Value self);
/// object.__new__ and object.__init__, which refuse arguments that nobody takes.
Ref objectCreate(TypeObject* type, const Value* args, size_t argc, Value kwnames);
bool objectInit(Value self, const Value* args, size_t argc, Value kwnames);

/// Methods of object; args[0]: the object. Assignment to __class__.
Ref objectDir(const Value* args);
Ref objectGetState(const Value* args);
Ref objectReduce(const Value* args);
Ref objectReduceEx(const Value* args);
bool setObjectClass(Value self, Value type);

/// Whether __reduce_ex__(2 or later) of an instance is object's own and says no more than
/// copyreg.__newobj__, its class and its attributes: nothing along the way is overridden.
bool hasPlainReduction(Object* object);

/// Adds the attributes of a class and its bases, for dir().
bool mergeClassDict(DictObject* into, Value type);

} // namespace pyc::rt
