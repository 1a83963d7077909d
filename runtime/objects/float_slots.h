// What the parts of float share.
#pragma once

#include "runtime/objects/float.h"

namespace pyc::rt {

/// The number of a float or int operand; false for others and, with OverflowError and `raised`, for
/// ints that are too large.
bool floatOperand(Value value, double& result, bool& raised);

/// int(value): ValueError and OverflowError for what is not finite.
Ref floatToInt(double value);

// Slots and methods.
Ref floatAdd(Value a, Value b);
Ref floatSubtract(Value a, Value b);
Ref floatMultiply(Value a, Value b);
Ref floatDivide(Value a, Value b);
Ref floatFloorDivide(Value a, Value b);
Ref floatModulo(Value a, Value b);
Ref floatPowerOf(Value a, Value b);
Ref floatDivmod(Value a, Value b);
Ref floatCompare(Value self, Value other, CompareOp op);
Ref floatRound(const Value* args);
Ref floatHex(const Value* args);
Ref floatFromHex(const Value* args);
Ref floatFormat(const Value* args);
Ref floatCreate(TypeObject* type, const Value* args, size_t argc, Value kwnames);

} // namespace pyc::rt
