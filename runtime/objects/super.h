// super: attribute look-up that starts behind a class in an object's MRO.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

struct SuperObject {
  Object header;
  Value type;       // the class to start behind; null before __init__
  Value object;     // the instance or class bound to; null: unbound
  Value objectType; // whose MRO is searched; null: unbound
};

/// super(type, object); object null for an unbound one. TypeError when they do not fit.
Ref makeSuper(Value type, Value object);
/// super(type, object).name without making the super object. `name` is interned.
Ref superGetAttr(Value type, Value object, StrObject* name);
/// As loadMethod of super(type, object): a function and object, or value and null (owned).
bool superLoadMethod(Value type, Value object, StrObject* name, Value out[2]);

} // namespace pyc::rt
