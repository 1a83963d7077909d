// complex: two doubles.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

struct ComplexNumber {
  double real, imag;
};

struct ComplexObject {
  Object header;
  double real, imag;

  ComplexNumber number() const { return {real, imag}; }
};
inline ComplexObject* asComplex(Value value) {
  return value.as<ComplexObject>();
}
/// complex and subclasses.
inline bool isComplex(Value value) {
  return value.isObject() && (hasShape(value, kShapeComplex) || isInstance(value, &complexType));
}

Ref makeComplex(double real, double imag);
inline Ref makeComplex(ComplexNumber number) {
  return makeComplex(number.real, number.imag);
}
/// base ** exponent; ZeroDivisionError, OverflowError.
Ref complexPower(ComplexNumber base, ComplexNumber exponent);
/// complex(value) of a number: complex, __complex__, float or what float() takes as a number.
bool toComplex(Value value, ComplexNumber& result);

} // namespace pyc::rt
