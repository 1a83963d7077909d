// staticmethod and classmethod: wrappers that change what a function is bound to.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// Both types' instances.
struct MethodHolderObject {
  Object header;
  Value function;
};

Ref makeStaticMethod(Value function);
Ref makeClassMethod(Value function);

} // namespace pyc::rt
