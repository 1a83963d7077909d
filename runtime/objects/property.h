// property: an attribute computed by functions.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

struct PropertyObject {
  Object header;
  Value getter, setter, deleter; // null: none
  Value doc, name;               // null: none
  bool docFromGetter;
};

Ref makeProperty(Value getter, Value setter = {}, Value deleter = {}, Value doc = {});

} // namespace pyc::rt
