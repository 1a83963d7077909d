// mappingproxy: a read-only view of a mapping (a class's __dict__).
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

struct MappingProxyObject {
  Object header;
  Value mapping; // owned
};

Ref makeMappingProxy(Value mapping);

} // namespace pyc::rt
