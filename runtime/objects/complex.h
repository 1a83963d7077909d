// complex: two doubles.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

struct ComplexObject {
  Object header;
  double real, imag;
};
inline ComplexObject* asComplex(Value value) {
  return value.as<ComplexObject>();
}

Ref makeComplex(double real, double imag);

} // namespace pyc::rt
