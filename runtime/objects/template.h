// Template strings (PEP 750): Template and Interpolation.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

struct InterpolationObject {
  Object header;
  Value value;
  Value expression; // str
  Value conversion; // str or None
  Value formatSpec; // str
};

struct TemplateObject {
  Object header;
  Value strings;        // tuple of str, one more than there are interpolations
  Value interpolations; // tuple
};

Ref makeInterpolation(Value value, Value expression, Value conversion, Value formatSpec);
/// From two tuples of the compiler's making.
Ref makeTemplate(Value strings, Value interpolations);

} // namespace pyc::rt
