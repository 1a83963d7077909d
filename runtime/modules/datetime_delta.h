// timedelta's arithmetic (datetime_delta.cpp), for its type (datetime_delta_type.cpp).
#pragma once

#include "runtime/modules/datetime_objects.h"

namespace pyc::rt {

/// timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)
Ref createDelta(TypeObject* type, const Value* args, size_t argc, Value kwnames);

// Operators; NotImplemented for operands that they don't know.
Ref addDelta(Value left, Value right);
Ref subtractDelta(Value left, Value right);
Ref multiplyDelta(Value left, Value right);
Ref divideDelta(Value left, Value right);
Ref floorDivideDelta(Value left, Value right);
Ref remainderDelta(Value left, Value right);
Ref divmodDelta(Value left, Value right);
Ref negateDelta(Value self);
Ref plusDelta(Value self);
Ref absoluteDelta(Value self);

} // namespace pyc::rt
