// What datetime's slots (datetime_moment.cpp) give its type (datetime_moment_type.cpp).
#pragma once

#include "runtime/modules/datetime_objects.h"

namespace pyc::rt {

Ref createDateTime(TypeObject* type, const Value* args, size_t argc, Value kwnames);
/// __reduce_ex__(protocol)
Ref reduceDateTime(Value self, int protocol);
bool hashDateTime(Value self, int64_t& hash);
Ref compareDateTimes(Value self, Value other, CompareOp op);
Ref addDateTime(Value left, Value right);
Ref subtractDateTime(Value left, Value right);

} // namespace pyc::rt
