// What the parts of complex share.
#pragma once

#include "runtime/objects/complex.h"

#include <string>

namespace pyc::rt {

ComplexNumber multiplyComplex(ComplexNumber a, ComplexNumber b);
/// The divisor is not zero.
ComplexNumber divideComplex(ComplexNumber a, ComplexNumber b);

// Slots and methods.
Ref complexAdd(Value a, Value b);
Ref complexSubtract(Value a, Value b);
Ref complexMultiply(Value a, Value b);
Ref complexDivide(Value a, Value b);
Ref complexPowerOf(Value a, Value b);
Ref complexPowerModulo(Value base, Value exponent, Value modulus);
Ref complexFormat(const Value* args);
Ref complexCreate(TypeObject* type, const Value* args, size_t argc, Value kwnames);

} // namespace pyc::rt
